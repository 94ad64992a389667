from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..events.groups import MANAGER
from ..events.marks import mark
from ..events.res_company_settings import PREFETCH

FOLLOWING = ("interaction_supervisor_id", "interaction_team_ids", "interaction_client_from", "interaction_client_until")
"""Fields that the people of a client inherit from it."""
MANAGED = {
    "interaction_accountant_id",
    "interaction_own_accountant_id",
    "interaction_response_hours",
    *FOLLOWING,
}
"""Fields that only managers assign, because they control access to interactions and the clients with targets."""


ACCOUNTANTS = {"interaction_accountant_id", "interaction_own_accountant_id", "user_id"}
"""Fields that decide who is the accountant."""

MERGING = "interaction_merging"
"""Mark to carry these fields over in a merge of contacts, whoever merges."""


class ResPartner(models.Model):
    """Store the staff who work for a client, and the period of its contract.

    Like Odoo's salesperson, the fields are the same for all companies; each user's companies determine where they
    apply. A client served by two companies has one accountant, and the other company's staff in the team; each sees the
    interactions of the own company only. Company-dependent fields would depend on the reader's current company instead
    of the company of each interaction.
    """

    _inherit = "res.partner"

    interaction_accountant_id = fields.Many2one(
        "res.users",
        string="Accountant",
        compute="_compute_interaction_accountant_id",
        inverse="_inverse_interaction_accountant_id",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False)]",
        tracking=True,
        help="Keeps the client's books and is responsible for its interactions, e.g. gets the activities. "
        "Until it is set, the salesperson.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )
    interaction_own_accountant_id = fields.Many2one(
        "res.users",
        string="Assigned Accountant",
        ondelete="set null",
        copy=False,
        check_company=True,
        groups="base.group_user",
        prefetch=PREFETCH,
    )
    interaction_supervisor_id = fields.Many2one(
        "res.users",
        string="Supervisor",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('share', '=', False)]",
        tracking=True,
        help="Oversees the bookkeeping, e.g. an auditor, and takes the client over when its accountant leaves.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )
    interaction_team_ids = fields.Many2many(
        "res.users",
        "res_partner_interaction_team_rel",
        "partner_id",
        "user_id",
        string="Team",
        groups="base.group_user",
        copy=False,
        check_company=True,
        domain="[('share', '=', False)]",
        help="Other colleagues who work for the client and see its interactions, e.g. the payroll clerk.",
    )
    interaction_client_from = fields.Date(
        "Client From",
        copy=False,
        groups="base.group_user",
        prefetch=PREFETCH,
        help="First day on which targets apply, e.g. the first day of the contract.",
    )
    interaction_client_until = fields.Date(
        "Client Until",
        groups="base.group_user",
        prefetch=PREFETCH,
        copy=False,
        help="Last day of the contract, e.g. 31 December: targets and reminders end on this day, past figures are "
        "kept.",
    )

    interaction_response_hours = fields.Float(
        "Response Time",
        groups="base.group_user",
        prefetch=PREFETCH,
        copy=False,
        help="Working hours within which we answer this client, e.g. 4:00; takes precedence over those of services and "
        "types. 0: those.",
    )

    _interaction_response_hours = models.Constraint(
        "CHECK (interaction_response_hours BETWEEN 0 AND 1000)", "Enter a response time between 0 and 1,000 hours."
    )
    _interaction_client_period = models.Constraint(
        "CHECK (interaction_client_from <= interaction_client_until)",
        "“Client Until” is before “Client From”. Correct one of the two dates.",
    )

    @api.depends("commercial_partner_id.interaction_own_accountant_id", "commercial_partner_id.user_id", "user_id")
    def _compute_interaction_accountant_id(self):
        for partner in self:
            client = partner.commercial_partner_id or partner
            partner.interaction_accountant_id = (
                client.interaction_own_accountant_id or client.user_id or partner.user_id
            )

    def _inverse_interaction_accountant_id(self):
        """Store the chosen accountant on the client, for all its contacts."""
        for partner in self:
            client = partner.commercial_partner_id or partner
            client.interaction_own_accountant_id = partner.interaction_accountant_id

    @api.model_create_multi
    def create(self, vals_list):
        """Create partners; a form sends the salesperson as accountant, though nobody chose one."""
        vals_list = [without_salesperson(vals) for vals in vals_list]
        names = {name for vals in vals_list for name, value in vals.items() if value}
        defaults = {name.removeprefix("default_") for name, value in self.env.context.items() if value}
        self._check_interaction_managed(names | defaults)
        taken_in = self.browse(id_ for vals in vals_list for id_ in named_ids(vals.get("child_ids")))
        before = taken_in._interaction_people_before()
        partners = super().create(vals_list)
        # sudo: others may have the same address
        self.env["crm.interaction.people"]._forget_namesakes(partners.sudo())
        if "interaction_response_hours" in names:
            self.env.registry.clear_cache()
        self._check_interaction_opened(before)
        return partners

    def write(self, vals):
        """Write ``vals`` and update everything that depends on the staff of the client.

        :raises AccessError: when the user may not assign a field, or would give someone access to interactions.
        :raises UserError: when no accountant is found for a client in its new company.
        """
        self._check_interaction_managed(vals.keys())
        before = self._interaction_people_before_write(vals)
        changed = self.sudo()._with_changed_facts(vals)  # sudo: contacts that the user sees in part only
        joining = self._interaction_may_join(vals)
        takers = self._interaction_takers(vals)
        # sudo: whoever changes a salesperson need not see the accountant
        former = {p: p.interaction_accountant_id.id for p in self.sudo()} if not ACCOUNTANTS.isdisjoint(vals) else {}
        res = super().write(vals)
        self.env["crm.interaction.past.role"]._record_accountants(former)
        if "interaction_response_hours" in vals:
            self.env.registry.clear_cache()
        for client, (outsiders, taker) in takers.items():
            client._interaction_taken(outsiders, taker)
        if changed:
            self.env["crm.interaction.people"]._forget_facts(changed)
            self.env["crm.interaction.people"]._forget_namesakes(changed)
        joining._interaction_join()
        self._check_interaction_opened(before)
        return res

    @api.model
    def _check_interaction_managed(self, names):
        """Check that the user may assign the fields ``names`` (set of str).

        :raises AccessError: when they decide who sees a client's interactions and the user is no manager.
        """
        if (
            not self.env.su
            and not mark(self.env, MERGING)
            and not MANAGED.isdisjoint(names)
            and not self.env.user.has_group(MANAGER)
        ):
            raise AccessError(
                self.env._(
                    "Only managers of Client Interactions assign accountant, supervisor and team of a client, and the "
                    "period of its contract. Ask one of them."
                )
            )

    def _commercial_fields(self):
        return [*super()._commercial_fields(), *FOLLOWING]

    def _interaction_needing_accountant(self):
        """Return those of these clients that must not be left without an accountant.

        Archived clients, clients with an ended contract, and mere customers with only a salesperson need none.
        """
        kept = Domain("is_outsourcing_client", "=", True) | Domain("interaction_own_accountant_id", "!=", False)
        lasts = self._interaction_contract_lasts(self.env.company._interaction_today())
        return self.filtered("active").filtered_domain(kept & lasts)


def without_salesperson(vals):
    """Return ``vals`` (dict, as for ``create``) without an accountant who is the salesperson anyway.

    >>> without_salesperson({"user_id": 7, "interaction_accountant_id": 7})
    {'user_id': 7}
    >>> without_salesperson({"user_id": 7, "interaction_accountant_id": 8})
    {'user_id': 7, 'interaction_accountant_id': 8}
    """
    if vals.get("interaction_accountant_id") != vals.get("user_id"):
        return vals
    return {name: value for name, value in vals.items() if name != "interaction_accountant_id"}


def named_ids(commands):
    """Return the ids of existing records that ``commands``, as for ``write``, name.

    >>> named_ids([Command.link(7), Command.create({}), Command.set([8, 9]), 5]), named_ids(False)
    ([7, 8, 9, 5], [])
    """
    ids = []
    for command in commands or []:
        if isinstance(command, int):
            ids.append(command)
        elif command[0] == Command.SET:
            ids += command[2]
        elif command[0] in (Command.LINK, Command.UPDATE):
            ids.append(command[1])
    return ids
