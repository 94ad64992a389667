from odoo import api, fields, models
from odoo.fields import Domain

from .crm_interaction_matter import CrmInteractionMatter as Matter
from .crm_interaction_matter_complaint import OPEN_COMPLAINTS

JOB = "cron_matters"
ACTIVITY = "crm_outsourcing_interactions.activity_type_complaint"


class CrmInteractionMatter(models.Model):
    """Give the owner of each open complaint one activity on the client, until the complaint is closed.

    The scheduled job, which a new complaint starts at once, makes and moves them; so capturing a complaint waits for
    nothing. The text names neither subject nor author: colleagues who see the client may read it.
    """

    _inherit = "crm.interaction.matter"

    complaint_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    complaint_notified_id = fields.Many2one(
        "res.users", "Notified Colleague", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="Owner for whom the activity was created.",
    )  # fmt: skip

    @api.model
    def _update_complaint_activities(self):
        """Create, reassign and finish the activities of complaints, each in a savepoint of its own."""
        notified = Domain("complaint_notified_id", "!=", False)
        current = OPEN_COMPLAINTS & Domain("from_history", "=", False)
        matters = self.with_context(active_test=False).search(current | notified, order="id").grouped("company_id")
        for company in self.env["res.company"].search(Domain.TRUE):
            works = [matter._update_complaint_activity for matter in matters.get(company, ())]
            self.env["crm.interaction.job"]._attempt(JOB, company, works)

    def _update_complaint_activity(self):
        if not self.active or not self.filtered_domain(OPEN_COMPLAINTS):
            self._end_complaint_activity()
        elif not self._is_notified(owner := self._complaint_owner()):
            self._notify_complaint_owner(owner)

    def _is_notified(self, owner):
        """Return whether the ``owner`` has the activity, or has done it; others cannot take it away."""
        activity = self.complaint_activity_id
        if owner != self.complaint_notified_id or not owner:
            return owner == self.complaint_notified_id
        if not activity:  # deleted, or the client was
            return not self.commercial_partner_id
        is_here = (activity.res_model, activity.res_id) == ("res.partner", self.commercial_partner_id.id)
        is_theirs = activity.user_id and (activity.user_id == owner or activity.user_id not in self._complained_of())
        return is_here and is_theirs and (activity.active or activity.write_uid == owner)

    def _end_complaint_activity(self):
        activity = self.complaint_activity_id.filtered("active")
        if activity and self.is_complaint:
            activity.action_feedback(feedback=self.env._("The client has confirmed that the complaint is settled."))
        else:
            activity.unlink()
        self._by_code().write({"complaint_notified_id": False, "complaint_activity_id": False})

    def _notify_complaint_owner(self, owner):
        """Give the activity of an open complaint to its ``owner`` (``res.users``), a new one if need be."""
        activity = self.complaint_activity_id.filtered(lambda one: one.active and one.res_model == "res.partner")
        if activity:
            activity.write({"user_id": owner.id, "res_id": self.commercial_partner_id.id})
        elif self.commercial_partner_id:
            activity = self.env["mail.activity"].create(self._prepare_complaint_activity(owner))
        self._by_code().write({"complaint_notified_id": owner.id, "complaint_activity_id": activity.id})

    def _prepare_complaint_activity(self, owner):
        """Return the values of the activity of a complaint for its ``owner``. Extend it to change text or date."""
        type_ = self.env.ref(ACTIVITY, raise_if_not_found=False)
        here = self.with_context(lang=owner.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.commercial_partner_id.id,
            "activity_type_id": type_.id if type_ else False,
            "automated": True,
            "user_id": owner.id,
            "date_deadline": self.company_id._interaction_today(),
            "summary": here.env._("Complaint to settle"),
            "note": here.env["ir.qweb"]._render("crm_outsourcing_interactions.complaint_note", {"matter": here}),
        }


class MailActivity(models.Model):
    """Leave the activity of a complaint to those who handle it."""

    _inherit = "mail.activity"

    def write(self, vals):
        """Write ``vals``.

        :raises AccessError: when it is the activity of a complaint that is neither the user's nor theirs to decide.
        """
        self._check_complaints()
        return super().write(vals)

    def unlink(self):
        """Delete activities.

        :raises AccessError: as for ``write``.
        """
        self._check_complaints()
        return super().unlink()

    def _check_complaints(self):
        if self.env.su:  # Odoo removes those of archived documents in sudo
            return
        if own := self.filtered("automated"):  # whatever type it has now
            # sudo: whether it is a complaint's is no secret of an activity
            matters = self.env["crm.interaction.matter"].sudo().search(Domain("complaint_activity_id", "in", own.ids))
            for matter in matters:
                if matter.complaint_activity_id.user_id - matter._complained_of() != self.env.user:
                    matter._check_resolved_by_user()


Matter._protected_fields |= {"complaint_activity_id", "complaint_notified_id"}
