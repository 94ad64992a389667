from odoo import Command, api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..events.marks import mark
from .res_partner import MANAGER, MERGING

OPENING = {"user_id", "parent_id", "child_ids", "is_company", "company_type", "commercial_partner_id"}
"""What decides, beside the fields that only managers assign, whose client somebody is."""


class ResPartner(models.Model):
    """Contact managers change salespeople and companies of contacts, yet open no interactions by it.

    As long as a client has no accountant, its salesperson sees its interactions; those of a person who joins a company
    are the company's. Who sees them already may pass them on, as a salesperson does who hands a client to a colleague;
    for everybody else, a manager of the addon makes the change. Contacts without interactions are nobody's concern.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        """Create partners.

        :raises AccessError: see ``write``; a new company may take people in.
        """
        taken_in = self.browse(id_ for vals in vals_list for id_ in named_ids(vals.get("child_ids")))
        before = taken_in._interaction_people_before() if self._interaction_may_not_open() else {}
        partners = super().create(vals_list)
        self._check_interaction_opened({client: (client, people) for client, people in before.items()})
        return partners

    def write(self, vals):
        """Write ``vals``.

        :raises AccessError: when they open interactions that the user does not see to anybody.
        """
        if OPENING.isdisjoint(vals) or mark(self.env, MERGING) or not self._interaction_may_not_open():
            return super().write(vals)
        before = (self | self.browse(named_ids(vals.get("child_ids"))))._interaction_people_before()
        res = super().write(vals)
        self._check_interaction_opened({client: (client, people) for client, people in before.items()})
        return res

    def _interaction_may_not_open(self):
        return not self.env.su and not self.env.user.has_group(MANAGER)

    def _interaction_people(self):
        """Return the people of these clients, who see their interactions."""
        return self.interaction_accountant_id | self.interaction_supervisor_id | self.interaction_team_ids

    def _interaction_people_before(self):
        """Return ``{client: its people}`` of those who have interactions and whose people the user does not belong
        to."""
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

    def _check_interaction_opened(self, before):
        """Check that nobody sees interactions now who did not before.

        :param dict before: ``{client: (client that has its interactions now, people before)}``.
        :raises AccessError: when somebody does.
        """
        for old, (new, people) in before.items():
            now = (new | new.commercial_partner_id)._interaction_people()
            if gaining := (now - people)._interaction_staff():
                raise AccessError(
                    self.env._(
                        "“%(client)s” has interactions, and %(users)s would see them. Ask a manager of Client "
                        "Interactions for this change.",
                        client=old.exists().display_name or new.display_name,
                        users=", ".join(gaining.mapped("name")),
                    )
                )


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
