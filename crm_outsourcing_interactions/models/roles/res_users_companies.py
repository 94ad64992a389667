from odoo import Command, models
from odoo.fields import Domain

from ..events.marks import marked
from .res_partner import MERGING


class ResUsers(models.Model):
    """Hand over the clients of a user who leaves a company of the database."""

    _inherit = "res.users"

    def _interaction_companies(self):
        """Return ``{user: companies}`` of those of these users who use this addon."""
        # sudo: whoever may write users need not work in their companies
        return {user: user.sudo().company_ids for user in self._interaction_staff()}

    def _hand_over_companies(self, before):
        """Hand over the clients of companies that users have left.

        :param dict before: what ``_interaction_companies`` returned.
        :raises UserError: when neither a successor nor a supervisor can take a client over.
        """
        staff = self._interaction_staff()  # who is gone altogether has handed over everything
        lost = {user: before[user] - user.sudo().company_ids for user in staff if user in before}
        for user, companies in lost.items():
            for company in companies:
                only_there = Domain("id", "in", user._interaction_lost_with(company).ids)
                user._hand_over_clients(Domain("company_id", "=", company.id) | only_there, company)

    def _interaction_lost_with(self, company):
        """Return the clients of no company with interactions in ``company``, which this user has left, and none in the
        user's other companies: the user would no longer see one of them."""
        # sudo: whoever writes users need not see their clients and companies
        here = self.sudo().company_ids
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        clients = partners.search(Domain("company_id", "=", False) & self._interaction_looked_after())
        theirs = [("commercial_partner_id", "in", clients.ids)]
        interactions = self.env["crm.interaction"]._everything()
        by_client = interactions._read_group(theirs, ["commercial_partner_id"], ["company_id:recordset"])
        return clients.browse(client.id for client, places in by_client if company <= places and not places & here)


class ResPartner(models.Model):
    """Assign staff of the new company to a client that moves to another company."""

    _inherit = "res.partner"

    def _interaction_takers(self, vals):
        """Remove users from the roles of clients that ``vals`` move to a company where they do not work.

        :return: ``{client: (removed users, accountant there)}``.

        :raises UserError: when the accountant does not work in the client's new company, and neither successor nor
            supervisor does.
        """
        company = self.env["res.company"].browse(vals.get("company_id") or ())
        moved = self.sudo()._interaction_of_outsiders(company) if company else self.browse()  # sudo: as Odoo's rules
        if not moved:
            return {}
        self._check_interaction_managed(vals.keys())
        self.check_access("write")  # the refusal names clients
        takers = {c: (c._interaction_outsiders(company), c._interaction_taker_in(company, vals)) for c in moved}
        for client in moved:
            client._interaction_leave_outsiders(company)
        return takers

    def _interaction_places(self):
        """Return the companies that may serve one client: its own, else those of its interactions."""
        interactions = self.env["crm.interaction"]._everything()
        theirs = [("commercial_partner_id", "=", self.id)]
        return self.company_id or interactions._read_group(theirs, [], ["company_id:recordset"])[0][0]

    def _interaction_of_outsiders(self, company):
        """Return those of these clients with staff who do not work in the new ``company``."""
        clients = self.filtered(lambda p: p.commercial_partner_id == p and p.company_id != company)
        return clients.filtered(lambda client: client._interaction_outsiders(company))

    def _interaction_outsiders(self, company):
        """Return the staff of one client who do not work in ``company``."""
        return self._interaction_people().filtered(lambda user: company not in user.company_ids)

    def _interaction_taker_in(self, company, vals):
        """Return the accountant of one client in ``company``; empty if none is needed or ``vals`` contain one.

        :raises UserError: when nobody can.
        """
        accountant = self.interaction_accountant_id
        is_kept = self.is_outsourcing_client or self.interaction_own_accountant_id
        named = accountant.browse(
            vals.get("interaction_accountant_id") or vals.get("interaction_own_accountant_id") or ()
        )
        if not is_kept or accountant not in self._interaction_outsiders(company) or company in named.company_ids:
            return accountant.browse()
        supervisor = accountant.browse(vals.get("interaction_supervisor_id") or ()) or self.interaction_supervisor_id
        takers = accountant.interaction_successor_id | supervisor
        taker = (takers - accountant).filtered(lambda user: company in user.company_ids)._interaction_staff()[:1]
        if not taker:
            accountant._check_taken(self._interaction_needing_accountant())
        return taker

    def _interaction_leave_outsiders(self, company):
        """Remove users who do not work in ``company`` from one client's roles."""
        outsiders = self._interaction_outsiders(company)
        vals = {"interaction_team_ids": [Command.unlink(user.id) for user in self.interaction_team_ids & outsiders]}
        if self.interaction_own_accountant_id in outsiders:
            vals["interaction_own_accountant_id"] = False
        if self.interaction_supervisor_id in outsiders:
            vals["interaction_supervisor_id"] = False
        marked(self, MERGING).write(vals)

    def _interaction_taken(self, outsiders, taker):
        """Give one client, and the open activities of ``outsiders`` (``res.users``), to ``taker``; when there is none,
        the activities go to its accountant."""
        if taker:
            marked(self, MERGING).interaction_accountant_id = taker
        if self.interaction_accountant_id:
            outsiders._hand_over_breaches(self, self.interaction_accountant_id)
