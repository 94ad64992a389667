from odoo import api, fields, models
from odoo.fields import Domain

from ..events.local_time import midnight
from ..events.settled_cache import settled_cache


class CrmInteractionPastRole(models.Model):
    """Keep who was the accountant of a client until when, and who deputised for whom.

    Contacts and users only have their present accountant and deputy. These rows are written when either changes, so
    that a person's hours remain those during which that person was responsible. Nobody has access to them.
    """

    _name = "crm.interaction.past.role"
    _inherit = ["crm.interaction.cached.mixin"]
    _description = "Past Responsibility"
    _order = "date_to, id"

    partner_id = fields.Many2one("res.partner", "Client", index="btree_not_null", ondelete="cascade")
    user_id = fields.Many2one("res.users", "Accountant", index="btree_not_null", ondelete="cascade")
    deputy_id = fields.Many2one("res.users", index="btree_not_null", ondelete="cascade")
    date_from = fields.Datetime("From")
    date_to = fields.Datetime("To", required=True)

    @api.model
    def _record_accountants(self, before):
        """Record the former accountants of contacts.

        :param dict before: ``{contact (sudo): id of its accountant}``.
        """
        now = fields.Datetime.now()
        rows = [
            {"partner_id": partner.id, "user_id": id_, "date_to": now}
            for partner, id_ in before.items()
            if partner.interaction_accountant_id.id != id_
        ]
        if rows:
            self.sudo().create(rows)  # sudo: nobody has access

    @api.model
    def _record_absences(self, users):
        """Record how far the present absences of ``users`` have passed, before these change."""
        now, rows = fields.Datetime.now(), []
        for user in users.sudo().filtered("interaction_deputy_id"):  # sudo: as above
            first, end, deputy_id = user._interaction_absence()
            if first < now:
                rows.append({"user_id": user.id, "deputy_id": deputy_id, "date_from": first, "date_to": min(end, now)})
        if rows:
            self.sudo().create(rows)

    @api.model
    @settled_cache()
    def _past_accountants(self):
        """Return ``{partner id: [(until when, user id), …]}`` in order of time (cached)."""
        found = {}
        for row in self.sudo().search([("partner_id", "!=", False)]):  # sudo: as above
            found.setdefault(row.partner_id.id, []).append((row.date_to, row.user_id.id))
        return found

    @api.model
    @settled_cache()
    def _absences(self):
        """Return ``{user id: [(first moment, end, deputy's id), …]}`` of all users, past and planned (cached)."""
        found = {}
        for row in self.sudo().search([("deputy_id", "!=", False)]):  # sudo: as above
            found.setdefault(row.user_id.id, []).append((row.date_from, row.date_to, row.deputy_id.id))
        users = self.env["res.users"].sudo().with_context(active_test=False)
        for user in users.search(Domain("interaction_deputy_id", "!=", False)):
            found.setdefault(user.id, []).append(user._interaction_absence())
        return found


class ResUsers(models.Model):
    """Give the moments of an absence."""

    _inherit = "res.users"

    def _interaction_absence(self):
        """Return ``(first moment, end, deputy's id)`` of the absence of one user with a deputy."""
        zone = self.company_id._interaction_zone()
        end = midnight(fields.Date.add(self.interaction_deputy_until, days=1), zone)
        return midnight(self.interaction_deputy_from, zone), end, self.interaction_deputy_id.id
