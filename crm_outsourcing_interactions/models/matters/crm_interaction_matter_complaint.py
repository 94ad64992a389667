from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.groups import USER
from ..events.marks import mark
from ..interaction.upkeep.crm_interaction_type_change import UNDONE
from .complaint import CLOSED
from .crm_interaction_matter import CrmInteractionMatter as Matter

STATES = [
    ("open", "Not Answered"),
    ("answered", "Answer Given"),
    ("to_confirm", "Waiting for Confirmation"),
    ("closed", "Settled"),
]
RESOLUTION = {"complaint_cause_id", "complaint_action"}
"""What the owner of a complaint writes."""
REPLY = "interaction_matter_reply"
"""Mark of a message that is moved to the matter that it answers."""
OPENNESS = {"open": 3, "answered": 2, "to_confirm": 2, CLOSED: 1}
"""How much is left to do about a complaint; by whom the client complains, it is not made less."""
OPEN_COMPLAINTS = Domain("is_complaint", "=", True) & Domain("complaint_state", "!=", CLOSED)


class CrmInteractionMatter(models.Model):
    """Manage complaints: who owns them, cause and action, and their closing by the client's word.

    They are derived like the rest of a matter, see ``complaint.py``. Cause and action are written by the client's
    supervisor, the deputy or a manager. Nobody of whom the client complains (*Complaint About*) writes them, closes the
    complaint, or takes away what makes it one, but the only manager of a company; this list only grows, so that another
    responsible or accountant changes nothing.
    """

    _inherit = "crm.interaction.matter"

    complained_on = fields.Datetime("Complaint Date", readonly=True)
    complaint_state = fields.Selection(
        STATES, "Complaint Status", readonly=True,
        help="Answer Given: record cause and action.\nWaiting for Confirmation: the client has not yet said that it is "
        "settled; only the client's word or good rating closes a complaint.",
    )  # fmt: skip
    complaint_cause_id = fields.Many2one(
        "crm.interaction.complaint.cause", "Cause", index="btree_not_null", copy=False, ondelete="restrict"
    )
    complaint_action = fields.Text("Action Taken", copy=False, help="What we did about it. For the staff only.")
    complaint_action_on = fields.Datetime("Action Recorded On", readonly=True, copy=False)
    complaint_action_by_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    complaint_closed_on = fields.Datetime("Complaint Closed", readonly=True)
    complaint_closed_by_id = fields.Many2one(
        "res.users", "Closed By", readonly=True, index="btree_not_null", ondelete="set null",
        help="User who confirmed that the client's message settles the complaint. Empty: the client's rating settled "
        "it.",
    )  # fmt: skip
    complaint_closing_id = fields.Many2one(
        "crm.interaction", "Client's Confirmation", readonly=True, index="btree_not_null", ondelete="set null"
    )
    complaint_about_ids = fields.Many2many(
        "res.users", "crm_interaction_matter_about_rel", "matter_id", "user_id", readonly=True,
        help="Responsible users and accountant when the client complained. None of them may close the complaint.",
    )  # fmt: skip
    complaint_owner_id = fields.Many2one(
        "res.users", "Owner", compute="_compute_complaint_owner_id",
        help="The client's supervisor, or the deputy during absence; else a manager.",
    )  # fmt: skip
    can_resolve_complaint = fields.Boolean(compute="_compute_can_resolve_complaint")

    _open_complaints = models.Index("(commercial_partner_id, company_id) WHERE is_complaint IS TRUE")

    @api.depends("is_complaint", "commercial_partner_id.interaction_supervisor_id", "complaint_about_ids")
    def _compute_complaint_owner_id(self):
        for matter in self:
            matter.complaint_owner_id = matter.is_complaint and matter.sudo()._complaint_owner()

    def _complaint_owner(self):
        """Return the user (``res.users``) who handles a complaint: of whom the client complains only if there is no
        other; without managers, nobody."""
        about, company = self._complained_of(), self.company_id
        supervisor = self.supervisor_id
        for user in supervisor._interaction_stand_in() | supervisor:
            if user.active and user not in about and company in user.company_ids and user.has_group(USER):
                return user
        managers = company._interaction_managers()
        return (managers - about or managers)[:1]

    def _complained_of(self):
        """Return the users (``res.users``) of whom the client complains."""
        return self.complaint_about_ids | self.accountant_id

    @api.depends_context("uid")
    @api.depends("is_complaint", "complaint_about_ids")
    def _compute_can_resolve_complaint(self):
        for matter in self:
            matter.can_resolve_complaint = matter.is_complaint and matter.sudo()._is_resolved_by_user()

    def _is_resolved_by_user(self):
        """Return whether the user may decide about a complaint. Clients may, by their ratings."""
        user = self.env.user
        if user.share or user._is_superuser():
            return True
        is_about = user in self._complained_of() and user != self._complaint_owner()
        return not is_about and self._is_supervised_by_user()

    def _check_resolved_by_user(self):
        """Check that the user may decide about these complaints.

        :raises AccessError: when the client complains of the user, or the user is neither supervisor nor manager.
        """
        for matter in self.sudo():  # sudo: whom the client complains of is no secret to whoever decides
            if not matter._is_resolved_by_user():
                matter._refuse_complaint(matter.display_name)

    @api.model
    def _refuse_complaint(self, name):
        raise AccessError(
            self.env._(
                "Only the client's supervisor or a manager may decide about the complaint “%s”, and only if it is not "
                "about them. Ask one of them.",
                name,
            )
        )

    def _complaints_guarded(self):
        """Check that what is done to these matters (sudo) neither answers, closes nor removes a complaint against the
        rules; a message to the client answers it, whoever writes it.

        Whoever has just said that a message is a complaint may take that back at once, until the owner has acted.

        :return: a context manager.
        :raises AccessError: as ``_check_resolved_by_user``.
        """
        if mark(self.env, REPLY):
            self = self.browse()
        guarded = self.filtered("complaint_action_on") if mark(self.env, UNDONE) else self
        complaints = guarded.filtered(lambda m: m.is_complaint and not m._is_resolved_by_user())
        replied = complaints.filtered(lambda matter: matter._is_replied() and not matter.sudo(False).is_private)
        return complaints._guarded(
            lambda matter, _rows: matter._weight_of_complaint(matter in replied), self._refuse_complaint
        )

    def _is_replied(self):
        """Return whether a message of ours has followed: what the client then writes is triaged as usual."""
        rows = self.with_context(active_test=False).interaction_ids
        return any(
            row.direction == "outgoing" and not row.is_unattended and row.date > self.complained_on for row in rows
        )

    def _weight_of_complaint(self, is_replied):
        """Return how much is left to do about a complaint (int), possibly deleted."""
        if is_replied:
            return self.is_complaint + (self.is_complaint and self.complaint_state != CLOSED)
        return 2 * OPENNESS.get(self.complaint_state, 0) + (self.waiting == "us")

    def write(self, vals):
        """Write cause and action of complaints; all other fields are derived.

        :raises AccessError: when the user may not decide about one of the complaints.
        """
        if mark(self.env, BY_CODE) or not RESOLUTION & vals.keys():
            return super().write(vals)
        self._check_resolved_by_user()
        # sudo: date and author are the system's to write
        super().write(vals)
        recorded = {"complaint_action_on": fields.Datetime.now(), "complaint_action_by_id": self.env.uid}
        matters = self.sudo()._by_code()
        matters.write(recorded)
        matters._derive()
        return True

    @api.model
    def _note_complained_of(self, complaints):
        """Add responsible users and accountant to those of whom the client complains, and start the scheduled job.

        :param dict complaints: ids of matters → ids of the users responsible for the complaints in it.
        """
        for matter in self.browse(complaints):
            responsible = self.env["res.users"].browse(complaints[matter.id])
            if new := (responsible | matter.accountant_id) - matter.complaint_about_ids:
                matter._by_code().complaint_about_ids = [Command.link(user.id) for user in new]
        if complaints:
            # sudo: the client who complains may be a portal user
            self.env.ref("crm_outsourcing_interactions.cron_matters").sudo()._trigger()


Matter._protected_fields |= {
    name
    for name, field in vars(CrmInteractionMatter).items()
    if isinstance(field, fields.Field) and name not in RESOLUTION
}
