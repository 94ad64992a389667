from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...events.crm_interaction_protected_mixin import BY_CODE
from ...events.marks import mark

FOLLOWED = {"partner_id", "commercial_partner_id", "date", "company_id"}
"""Fields that further purposes share with the first one."""


class CrmInteraction(models.Model):
    """Keep further purposes with the first one: in the same client and month, ignored or restored with it."""

    _inherit = "crm.interaction"

    def _check_purposes(self, vals):
        """Check that further purposes stay with the first one.

        :raises UserError: when ``vals`` move a further purpose elsewhere.
        """
        names = FOLLOWED & vals.keys()
        if not names or mark(self.env, BY_CODE):
            return
        for purpose in self.filtered("split_from_id"):
            # sudo: the first purpose may be another colleague's
            first = purpose.split_from_id.sudo()
            if first not in self.sudo() and any(purpose._is_changed(name, vals[name]) for name in names):
                raise UserError(
                    self.env._(
                        "This is a further purpose of “%s”. Change the contact, the date or the company there.",
                        first.display_name,
                    )
                )

    @api.model
    def _take_purposes_along(self, rows, before):
        """Apply the changes of ``rows`` to their further purposes, see ``pipeline.CHANGES``."""
        ignored = rows.filtered(lambda i: before[i]["state"] != "ignored" == i.state)
        restored = rows.filtered(lambda i: before[i]["state"] == "ignored" != i.state)
        moved = {i: values for i in rows if (values := i._moved_values(before[i]))}
        # sudo: a purpose may be another colleague's
        first = (ignored | restored | rows.browse(i.id for i in moved)).sudo()
        if not first:
            return
        for purpose in self.sudo()._purposes_of(first) - rows.sudo():
            of = purpose.split_from_id.with_env(rows.env)
            if of in moved:
                purpose.write(moved[of])
            if of in ignored and purpose.active:
                purpose.write({"state": "ignored"})
            elif of in restored:
                purpose._come_back()

    def _moved_values(self, before):
        """Return the changed values that further purposes share, as for ``write``."""
        return {name: value for name, value in self._restorable(FOLLOWED).items() if value != before[name]}

    def _come_back(self):
        """Restore the purposes that were ignored together with the first one."""
        # sudo: users have no access to type changes; here they only restore values
        changes = self.env["crm.interaction.type.change"].sudo()
        with_first = changes.search([("interaction_id", "in", self.split_from_id.ids), ("state_after", "=", "ignored")])
        moments = {(change.interaction_id.id, change.create_date) for change in with_first}
        for change in self.filtered(lambda purpose: purpose.state == "ignored")._latest_changes():
            purpose = change.interaction_id
            if (purpose.split_from_id.id, change.create_date) in moments:
                purpose._by_code().write({"state": change.state_before})

    @api.constrains("state", "split_from_id")
    def _check_counted_with_first(self):
        # sudo: the first purpose may be another colleague's
        for purpose in self.filtered(lambda i: i.state != "ignored").sudo():
            if purpose.split_from_id.state == "ignored":
                raise ValidationError(
                    self.env._(
                        "This is a further purpose of “%s”, which is marked as “Not an interaction”. "
                        "Restore that one first.",
                        purpose.split_from_id.display_name,
                    )
                )

    @api.model
    def _purposes_of(self, interactions):
        """Return the further purposes of ``interactions``, archived ones as well."""
        return self.with_context(active_test=False)._by_code().search([("split_from_id", "in", interactions.ids)])
