from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.groups import MANAGER

STEPS = ("clients", "people", "rights", "history", "shares", "targets", "report")
"""Names of the steps of the checklist in their order; each has the methods ``_step_…`` and ``_open_…``."""


class CrmInteractionSetup(models.AbstractModel):
    """Guide a manager through the first hour: a checklist whose progress is computed from the company's data.

    Managers need no administrator's rights. The checklist writes nothing but whether it is hidden. ::

        checklist = env["crm.interaction.setup"].checklist()
        [step["name"] for step in checklist["steps"] if not step["is_done"]]
    """

    _name = "crm.interaction.setup"
    _description = "Setup Checklist"

    @api.model
    def _check_manager(self):
        """Check that the user is a manager of the addon.

        :raises AccessError: otherwise.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of Client Interactions use the setup checklist."))

    @api.model
    def checklist(self):
        """Return ``{"is_hidden": bool, "steps": [{"name", "title", "text", "button", "is_done", "is_ready"}, …]}``.

        A step without ``button`` (str) has nothing to open; while it is hidden there are no steps. Once all steps are
        done the checklist is hidden, so that *Clients* opens without computing it.

        :raises AccessError: when the user is no manager.
        """
        self._check_manager()
        company = self.env.company.sudo()  # sudo: the field is nobody else's business
        if company.interaction_setup_hidden:
            return {"is_hidden": True, "steps": []}
        steps = [self._step(name) for name in STEPS]
        if all(step["is_done"] for step in steps):
            company.interaction_setup_hidden = True
        return {"is_hidden": False, "steps": steps}

    @api.model
    def _step(self, name):
        texts = getattr(self, f"_step_{name}")()
        return {"name": name, "button": "", "is_ready": True, **texts}

    @api.model
    def open_step(self, name):
        """Return the action (dict) that does the step ``name`` (str, of :data:`STEPS`).

        :raises AccessError: when the user is no manager.
        """
        self._check_manager()
        return getattr(self, f"_open_{STEPS[STEPS.index(name)]}")()

    @api.model
    def hide(self):
        """Hide the checklist of this company.

        :raises AccessError: when the user is no manager.
        """
        self._check_manager()
        self.env.company.sudo().interaction_setup_hidden = True  # sudo: managers need no rights on companies

    @api.model
    def action_open(self):
        """Show the checklist of this company again, above the clients.

        :raises AccessError: when the user is no manager.
        """
        self._check_manager()
        company = self.env.company.sudo()  # sudo: as above
        if company.interaction_setup_hidden:
            company.interaction_setup_hidden = False
        action = addon_action(self.env, "crm_interaction_action_clients")
        return {**action, "context": {"search_default_under_contract": 1, "interaction_setup": True}}

    @api.model
    def _clients(self):
        """Return the domain of this company's marked clients, under contract today."""
        company = self.env.company
        return (
            Domain("is_outsourcing_client", "=", True)
            & Domain("parent_id", "=", False)
            & Domain("company_id", "in", [False, company.id])
            & self.env["res.partner"]._interaction_under_contract(company._interaction_today())
        )

    @api.model
    def _members(self, xmlid, is_anywhere=False):
        """Return the active users (``res.users``) of a group who work in this company, or anywhere."""
        works_here = Domain.TRUE if is_anywhere else Domain("company_ids", "in", self.env.company.ids)
        # sudo: group membership is not readable for managers
        users = self.env["res.users"].sudo()
        return users.search(Domain("all_group_ids", "in", self.env.ref(xmlid).ids) & works_here).sudo(False)
