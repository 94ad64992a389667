from odoo import Command, api, models

from .crm_interaction_demo import MODULE

PEOPLE = ("vector", "sever", "lotus")
"""Clients whose chief accountants log in to the personal account; the login is the name here."""

SCOPES = {
    "vector": {"included": ("accounting", "payroll", "tax"), "optional": ("personnel",), "excluded": ("legal",)},
    "sever": {"included": ("accounting", "payroll", "tax", "personnel"), "optional": ("legal",)},
    "lotus": {"included": ("accounting", "payroll", "personnel"), "optional": ("tax",), "excluded": ("legal",)},
}
"""Services by coverage. Nothing is excluded that the request lists ask for."""
LIMIT = 10
"""Requests a month about accounting."""


class CrmInteraction(models.Model):
    """Create demo data: people of three clients with a login, and what their contracts cover."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_clients(self):
        res = super()._demo_clients()
        for name in PEOPLE:
            person = self._demo_ref(f"{name}_contact")
            vals = {
                "name": person.name,
                "login": name,
                "password": f"{name}.{name}",
                "partner_id": person.id,
                "email": person.email,
                "lang": self.env.ref("base.user_admin").lang,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
            self._demo_load("res.users", **{f"{name}_user": vals})
        return res

    @api.model
    def _demo_finish(self, last_mail_id):
        """Add the contract scopes last: what was logged before keeps its type."""
        res = super()._demo_finish(last_mail_id)
        for name, coverages in SCOPES.items():
            self._demo_ref(name).interaction_scope_ids = [
                Command.create(self._demo_scope(service, coverage))
                for coverage, services in coverages.items()
                for service in services
            ]
        return res

    @api.model
    def _demo_scope(self, service, coverage):
        return {
            "service_id": self.env.ref(f"{MODULE}.service_{service}").id,
            "coverage": coverage,
            "monthly_limit": LIMIT if service == "accounting" else 0,
        }
