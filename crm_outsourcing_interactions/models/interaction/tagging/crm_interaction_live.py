from odoo import api, models

from odoo.addons.mail.tools.discuss import Store

CHANGED = "crm_interaction/changed"
MOST_TOLD = 500
"""Messages told of at once; after more, as with a replay of history, pages show the change when they are opened."""
LONGEST_PAGE = 64


class CrmInteraction(models.Model):
    """Tells the open pages of staff what was changed; each asks for what it shows, with its user's own rights."""

    _inherit = "crm.interaction"

    @api.model
    def _announced(self, events):
        """Have the messages of ``events``, just logged, show their badges."""
        self.env["mail.message"].invalidate_model(["interaction_ids"], flush=False)
        return events

    @api.model
    def _announce_changes(self, rows, before):
        """Tell open pages of what changed, see ``pipeline.CHANGES``."""
        rows.filtered(lambda row: row._restorable() != before[row])._tell()

    def _tell(self):
        """Tell open pages of these interactions, once for all changes of the transaction. Nothing but ids is told."""
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
        """Return what the web client shows of those messages that the user may read, as data for its store."""
        messages = self.env["mail.message"]
        if not messages._may_classify():
            return {}
        return self._badge_data(messages.browse(message_ids).exists()._filtered_access("read"))

    @api.model
    def _badge_data(self, messages):
        badges = messages._interaction_badges()
        attribute = Store.Attr("interactions", lambda message: badges.get(message.id, []))
        return Store().add(messages, [attribute]).get_result()


def own_page(env):
    """Return the name of the page that asks for a change, so that it need not hear of it; empty when it gives none.

    It decides nothing: every page is told, and each looks for its own name. The user's id in it keeps anybody from
    naming a colleague's page.
    """
    page = env.context.get("interaction_page")
    return f"{env.uid}:{page[:LONGEST_PAGE]}" if isinstance(page, str) else ""
