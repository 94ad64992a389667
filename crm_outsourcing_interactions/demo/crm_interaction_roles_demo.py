from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from . import characters, past, people


class CrmInteraction(models.Model):
    """Create demo data: accountant, supervisor, team and begin of the contract of each client."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_clients(self):
        res = super()._demo_clients()
        months = past.months(fields.Date.today())
        begun = months[0] + relativedelta(years=-1, month=1, day=1)
        for number, (name, *_names) in enumerate(people.CLIENTS):
            since = characters.CHARACTERS[number].since
            accountant, helper = (self._demo_ref(people.ACCOUNTANTS[(number + shift) % 2]) for shift in (0, 1))
            self._demo_ref(name).write(
                {
                    "interaction_accountant_id": accountant.id,
                    "interaction_supervisor_id": self._demo_ref(people.SUPERVISOR).id,
                    "interaction_team_ids": [Command.set(helper.ids if number < people.HELPED else [])],
                    "interaction_client_from": months[since] if since else begun,
                }
            )
        return res
