from odoo import api, models

from odoo.addons.mail.tools.discuss import Store

from ...events.keys import ids_in

CHANGED = "crm_interaction/changed"
MOST_TOLD = 500
"""Maximum number of messages to announce; more changes, e.g. by a replay, appear when pages are reloaded."""
LONGEST_PAGE = 64


class CrmInteraction(models.Model):
    """Notify open pages of staff of changes; each page then reads its messages with its user's rights."""

    _inherit = "crm.interaction"

    @api.model
    def _announced(self, events):
        """Notify open pages of the messages of ``events``, just logged."""
        self.env["mail.message"].invalidate_model(["interaction_ids"], flush=False)
        return events

    @api.model
    def _announce_changes(self, rows, before):
        """Notify open pages of changes, see ``pipeline.CHANGES``."""
        rows.filtered(lambda row: row._restorable() != before[row])._notify_pages()

    def _notify_pages(self):
        """Notify open pages of these interactions, once per transaction and with ids only."""
        if not self:
            return
        # sudo: ids only
        self = self.sudo()
        changed = self._changed_pages()
        changed["message_ids"].update(self.message_id.ids)
        changed["user_ids"].update(self.user_id.ids)
        if page := own_page(self.env):
            changed["pages"].add(page)

    @api.model
    def _changed_pages(self):
        data = self.env.cr.precommit.data
        if CHANGED not in data:
            data[CHANGED] = {"message_ids": set(), "user_ids": set(), "pages": set()}
            self.env.cr.precommit.add(self._send_changed)
        return data[CHANGED]

    @api.model
    def _send_changed(self):
        changed = self.env.cr.precommit.data.pop(CHANGED, None)
        if changed and len(changed["message_ids"]) <= MOST_TOLD:
            group = self.env.ref("crm_outsourcing_interactions.group_user")
            payload = {name: sorted(values) for name, values in changed.items()}
            self.env["bus.bus"]._sendone(group, CHANGED, payload)

    @api.model
    @api.readonly
    def message_badges(self, message_ids):
        """Return the badges of the readable messages as data for the web client's store."""
        messages = self.env["mail.message"]
        if not messages._may_classify():
            return {}
        return self._badge_data(messages.browse(ids_in(message_ids)).exists()._filtered_access("read"))

    @api.model
    def _badge_data(self, messages):
        badges = messages._interaction_badges()
        attribute = Store.Attr("interactions", lambda message: badges.get(message.id, []))
        return Store().add(messages, [attribute]).get_result()


def own_page(env):
    """Return the id of the requesting page, which skips notifications of its own changes; empty without one.

    Every page is notified and compares the id. It contains the user's id, so that nobody can use a colleague's page id.
    """
    page = env.context.get("interaction_page")
    return f"{env.uid}:{page[:LONGEST_PAGE]}" if isinstance(page, str) else ""
