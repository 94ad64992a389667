from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..events.marks import mark
from .res_partner import MANAGER, MERGING, named_ids

OPENING = {"user_id", "parent_id", "child_ids", "is_company", "company_type", "commercial_partner_id"}
"""What decides, beside the fields that only managers assign, whose client somebody is."""


class ResPartner(models.Model):
    """Contact managers change salespeople and companies of contacts, yet open no interactions by it.

    As long as a client has no accountant, its salesperson sees its interactions; those of a person who joins a company
    are the company's. Who sees them already may pass them on, as a salesperson does who hands a client to a colleague;
    for everybody else, a manager of the addon makes the change. Contacts without interactions are nobody's concern.
    """

    _inherit = "res.partner"

    def _interaction_people_before_write(self, vals):
        """Return what :meth:`_check_interaction_opened` has to know before ``vals`` are written."""
        if OPENING.isdisjoint(vals) or mark(self.env, MERGING):
            return {}
        return (self | self.browse(named_ids(vals.get("child_ids"))))._interaction_people_before()

    def _interaction_people(self):
        """Return the people of these clients, who see their interactions."""
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
        """Check that nobody sees interactions now who did not before.

        :param dict before: ``{client: its people before}``.
        :param target: who has the interactions of all these clients now, if they were merged.
        :raises AccessError: when somebody does.
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
