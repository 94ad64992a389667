from markupsafe import Markup

from odoo import models

from ..events.actions import notification_action
from ..events.groups import MANAGER, USER

ADMINISTRATOR = "base.group_erp_manager"
NAMES = 5
"""Names that are listed; more are a number."""


class CrmInteractionSetup(models.AbstractModel):
    """Give colleagues access: administrators choose the users, other managers ask an administrator."""

    _inherit = "crm.interaction.setup"

    def _step_rights(self):
        managers, administrators = self._members(MANAGER), self._administrators()
        users = self._members(USER)
        text = self.env._("Managers: %s.", self._names(managers))
        if users - managers:
            text += " " + self.env._("Users: %s.", self._names(users - managers))
        button = self.env._("Choose Users")
        if self.env.user not in administrators:
            button = self.env._("Ask an Administrator") if administrators else ""
            text += " " + self.env._("Only administrators give access: %s.", self._names(administrators) or "–")
        return {
            "title": self.env._("Give your colleagues access"),
            "text": text,
            "button": button,
            "is_done": len(users) > 1,
        }

    def _administrators(self):
        """Return the administrators of this company; if it has none, those of all companies."""
        return self._members(ADMINISTRATOR) or self._members(ADMINISTRATOR, is_anywhere=True)

    def _names(self, users):
        """Return the names of users (sudo: colleagues may be hidden from managers) as text."""
        names = users.sudo().mapped("name")
        return ", ".join(names[:NAMES]) + (f" + {len(names) - NAMES}" if len(names) > NAMES else "")

    def _open_rights(self):
        administrators = self._administrators()
        if self.env.user in administrators:
            return self.env["ir.actions.act_window"]._for_xml_id("base.action_res_users")
        for administrator in administrators:
            self._ask_for_access(administrator)
        return notification_action(self.env._("Asked: %s", self._names(administrators)))

    def _ask_for_access(self, administrator):
        """Notify an administrator that colleagues need access."""
        texts = self.with_context(lang=administrator.sudo().lang).env  # sudo: as above
        body = Markup("<p>%s</p>") % texts._(
            "%s asks you to give colleagues access to Client Interactions. Open each user under Settings → Users and "
            "choose “User: Own Clients” or “Manager”.",
            self.env.user.name,
        )
        self.env.user.partner_id.message_notify(
            partner_ids=administrator.sudo().partner_id.ids,
            subject=texts._("Access to Client Interactions"),
            body=body,
        )
