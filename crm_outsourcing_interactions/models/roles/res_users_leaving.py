from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..events.res_company_settings import PREFETCH
from .res_users import DEPUTY, USER

ENTRANCE = {"active", "group_ids"}
"""Fields by which a user leaves."""
BREACH = "crm_outsourcing_interactions.activity_type_breach"
MOST_NAMED = 5


class ResUsers(models.Model):
    """Hand over the clients of users who leave, i.e. are archived, deleted or lose access.

    They go to the successor, else to each client's supervisor; if a client would have no accountant, leaving is
    refused.

    Interactions keep their responsible, so that figures and hours of users do not change. The new accountant finds
    those to review in *My Queue*.
    """

    _inherit = "res.users"

    interaction_successor_id = fields.Many2one(
        "res.users",
        string="Successor",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        domain="[('share', '=', False)]",
        help="Takes over all clients when this user is archived, deleted or loses access. Empty: each client's "
        "supervisor takes over.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    def write(self, vals):
        leaving = self.browse() if vals.keys().isdisjoint(ENTRANCE) else self._interaction_staff()
        before = self._interaction_companies() if "company_ids" in vals else {}
        if not vals.keys().isdisjoint(DEPUTY):
            self.env["crm.interaction.past.role"]._record_absences(self)
        res = super().write(vals)
        if not vals.keys().isdisjoint(DEPUTY):
            self.env["res.partner"].invalidate_model(
                ["interaction_is_mine", "interaction_is_supervised", "interaction_is_shown"]
            )
            self.env.registry.clear_cache()
        (leaving - leaving._interaction_staff())._hand_over_clients()
        self._hand_over_companies(before)
        return res

    def action_archive(self):
        """Hand the clients over before Odoo deletes the activities."""
        self.check_access("write")  # the refusal names clients
        self.filtered("active")._hand_over_clients()
        return super().action_archive()

    def unlink(self):
        self.check_access("unlink")  # the refusal names clients
        self._hand_over_clients()
        return super().unlink()

    def _interaction_staff(self):
        """Return those of the users who use this addon."""
        # sudo: whoever may write users need not read their groups
        return self.filtered(lambda user: user.active and user.sudo().has_group(USER))

    def _interaction_looked_after(self):
        """Return the domain of the clients (``res.partner``) in which these users have a role."""
        roles = ("interaction_accountant_id", "interaction_supervisor_id", "interaction_team_ids")
        return Domain.OR(Domain(role, "in", self.ids) for role in roles)

    def _hand_over_clients(self, domain=Domain.TRUE, company=None):
        """Give all roles of these leaving users to others.

        :param domain: of the clients (``res.partner``) that they leave.
        :param company: the company that they leave, in which the new accountant of a client without company must work.
        :raises UserError: when neither a successor nor a supervisor can take a client over.
        """
        if not self:
            return
        # sudo: whoever archives a user need not be a manager of this addon, nor see the clients
        leaving = self.sudo().with_context(active_test=False)
        looked_after = Domain("interaction_accountant_id", "in", leaving.ids) & domain
        clients = leaving.env["res.partner"].search(looked_after).filtered(lambda p: p.commercial_partner_id == p)
        by_taker = clients.grouped(lambda client: leaving._interaction_taker(client, company))
        left = by_taker.pop(leaving.browse(), clients.browse())
        leaving._check_taken(left._interaction_needing_accountant())
        for taker, taken in by_taker.items():
            taken.interaction_accountant_id = taker
            leaving._hand_over_breaches(taken, taker)
        for user in leaving:
            user._hand_over_other_roles(domain, company)

    def _interaction_taker(self, client, company=None):
        """Return the user who takes over ``client`` from these users, empty if nobody can. Extend it for other rules.

        :param company: where the taker of a client of no company has to work; ``None``: where it was contacted.
        """
        accountant = client.interaction_accountant_id
        takers = accountant.interaction_successor_id | client.interaction_supervisor_id
        return (takers - self).filtered(lambda user: user._may_work_for(client, company))[:1]

    def _may_work_for(self, client, company=None):
        """Return whether one user uses this addon in the company of ``client``, else in ``company`` if given, else in
        one in which the client was contacted."""
        places = client.company_id or company or client._interaction_places()
        is_there = not places or bool(places & self.company_ids)
        return is_there and bool(self._interaction_staff())

    def _check_taken(self, clients):
        """Check that no client is left without an accountant.

        :raises UserError: when there are any.
        """
        if clients:
            names = clients[:MOST_NAMED].mapped("display_name")
            raise UserError(
                self.env._(
                    "Clients of %(users)s without a successor: %(number)s (%(names)s). Choose a successor on the "
                    "user first, or assign another accountant or supervisor under Client Interactions / Clients.",
                    users=", ".join(clients.interaction_accountant_id.mapped("name")),
                    number=len(clients),
                    names=", ".join(names) + (", …" if len(clients) > MOST_NAMED else ""),
                )
            )

    def _hand_over_breaches(self, clients, taker):
        """Give the open activities on missed targets to ``taker``."""
        activity_type = self.env.ref(BREACH, raise_if_not_found=False)
        document = Domain("res_model", "=", clients._name) & Domain("res_id", "in", clients.ids)
        mine = Domain("user_id", "in", self.ids) & Domain("activity_type_id", "=", activity_type and activity_type.id)
        activities = self.env["mail.activity"].with_context(active_test=True).search(document & mine)
        activities.user_id = taker

    def _hand_over_other_roles(self, domain=Domain.TRUE, company=None):
        """Replace one user by the successor, if any, as supervisor and in teams.

        If the user leaves altogether, users whose deputy this was have none any more.
        """
        partners = self.env["res.partner"]

        def follower(client):
            return self.interaction_successor_id.filtered(lambda user: user._may_work_for(client, company))

        supervised = partners.search(Domain("interaction_supervisor_id", "=", self.id) & domain)
        for successor, clients in supervised.grouped(follower).items():
            clients.interaction_supervisor_id = successor
        helped = partners.search(Domain("interaction_team_ids", "in", self.ids) & domain)
        for successor, clients in helped.grouped(follower).items():
            clients.interaction_team_ids = [Command.unlink(self.id), *map(Command.link, successor.ids)]
        for accountant, clients in (supervised | helped).grouped("interaction_accountant_id").items():
            if accountant:
                self._hand_over_breaches(clients, accountant)
        if domain.is_true():
            self.search([("interaction_deputy_id", "=", self.id)]).interaction_deputy_id = False


class ResGroups(models.Model):
    """Hand over clients when users lose access through a change of groups."""

    _inherit = "res.groups"

    def write(self, vals):
        if vals.keys().isdisjoint({"user_ids", "implied_ids"}):
            return super().write(vals)
        before = self._interaction_users()
        res = super().write(vals)
        (before - self._interaction_users())._hand_over_clients()
        return res

    @api.model
    def _interaction_users(self):
        group = self.env.ref(USER, raise_if_not_found=False)
        # sudo: whoever changes groups need not read all users
        return group.sudo().all_user_ids.filtered("active") if group else self.env["res.users"].sudo()
