from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..events.marks import mark
from .res_partner import MANAGER, MERGING, named_ids

OPENING = {"user_id", "parent_id", "child_ids", "is_company", "company_type", "commercial_partner_id"}
"""What decides, beside the fields that only managers assign, whose client somebody is."""


class ResPartner(models.Model):
    """Prevent contact managers from giving access to interactions by changing salespeople or companies.

    A client's salesperson sees its interactions as long as it has no accountant, and the interactions of a person who
    joins a company become the company's. Users who already see the interactions may make such changes, for example a
    salesperson who hands a client over; otherwise a manager of the addon does. Contacts without interactions are not
    affected.
    """

    _inherit = "res.partner"

    def _interaction_people_before_write(self, vals):
        """Return the data that :meth:`_check_interaction_opened` needs from before ``vals`` are written."""
        if OPENING.isdisjoint(vals) or mark(self.env, MERGING):
            return {}
        return (self | self.browse(named_ids(vals.get("child_ids"))))._interaction_people_before()

    def _interaction_people(self):
        """Return the staff of these clients, who see their interactions."""
        return self.interaction_accountant_id | self.interaction_supervisor_id | self.interaction_team_ids

    def _interaction_people_before(self):
        """Return ``{client: its people}`` of those who have interactions and whose people the user does not belong
        to."""
        if self.env.su or self.env.user.has_group(MANAGER):
            return {}  # they may open them
        # sudo: who sees a client's interactions is not for everybody to read
        clients = self.sudo().filtered(lambda partner: partner.commercial_partner_id == partner)
        people = {client: client._interaction_people() for client in clients._interaction_contacted()}
        return {client: users for client, users in people.items() if self.env.user not in users}

    def _interaction_contacted(self):
        """Return those of these clients who have interactions."""
        if not self:
            return self
        self.env["crm.interaction"].flush_model(["commercial_partner_id"])
        query = SQL(
            "SELECT p.id FROM unnest(%s::int[]) AS p (id)"
            " WHERE EXISTS (SELECT FROM crm_interaction i WHERE i.commercial_partner_id = p.id)",
            self.ids,
        )
        return self.browse(id_ for (id_,) in self.env.execute_query(query))

    def _check_interaction_opened(self, before, target=None):
        """Check that no user gains access to interactions.

        :param dict before: ``{client: its people before}``.
        :param target: the client with all these interactions now, after a merge.
        :raises AccessError: when a user does.
        """
        for client, people in before.items():
            new = target or client
            now = (new | new.commercial_partner_id)._interaction_people()
            if gaining := (now - people)._interaction_staff():
                raise AccessError(
                    self.env._(
                        "“%(client)s” has interactions, and %(users)s would see them. Ask a manager of Client "
                        "Interactions for this change.",
                        client=client.exists().display_name or new.display_name,
                        users=", ".join(gaining.mapped("name")),
                    )
                )
