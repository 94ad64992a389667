from odoo import Command, api, models

from . import people
from .crm_interaction_demo import MODULE


class CrmInteraction(models.Model):
    """Create demo data: a second firm without clients, whose manager opens the setup checklist after logging in."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_second_firm(self):
        firm = self._demo_load("res.company", second_firm={"name": self._demo_text(people.SECOND_FIRM)})
        login, *names = people.MANAGER
        manager = {
            "login": login,
            "password": f"{login}-demo",
            "name": self._demo_text(names),
            "email": f"{login}@second-firm.example.com",
            "lang": self.env.ref("base.user_admin").lang,
            "company_id": firm.id,
            "company_ids": [Command.set(firm.ids)],
            "group_ids": [Command.set(self.env.ref(f"{MODULE}.group_manager").ids)],
            "action_id": self.env.ref(f"{MODULE}.crm_interaction_action_clients").id,
        }
        self._demo_load("res.users", **{login: manager})
