from odoo import api, fields, models

QUALITIES = [
    ("confirmed", "Confirmed"),
    ("corrected", "Corrected"),
    ("suggested", "Suggested"),
    ("unclassified", "Unclassified"),
]


def quality(type_id, suggested_type_id, state, classified_by):
    """Return the classification quality of an interaction, one of :data:`QUALITIES`.

    >>> quality(False, False, "to_review", False), quality(2, 2, "to_review", "rule")
    ('unclassified', 'suggested')
    >>> quality(2, 2, "confirmed", "person"), quality(3, 2, "confirmed", "person")
    ('confirmed', 'corrected')
    """
    if not type_id:
        return "unclassified"
    if state == "to_review":
        return "suggested"
    was_other = suggested_type_id and suggested_type_id != type_id
    return "corrected" if was_other and classified_by == "person" else "confirmed"


class CrmInteraction(models.Model):
    """Add the classification quality of interactions, including corrections by users."""

    _inherit = "crm.interaction"

    suggested_type_id = fields.Many2one(
        "crm.interaction.type",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Type given by a rule or a suggestion at capture.",
    )
    suggested_words = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Words of the message that led to the suggestion, e.g. “complaint”.",
    )
    # ID of the type, without one the direction, of the interaction before it in the thread; a fact for the learner
    previous = fields.Char("Previous Type", readonly=True, copy=False, groups=fields.NO_ACCESS)
    suggestion_words = fields.Char(
        "Deciding Words",
        compute="_compute_suggestion_words",
        help="Words of the message that led to the suggestion; shown to users who may read the message.",
    )
    quality = fields.Selection(
        QUALITIES, "Classification Quality", compute="_compute_quality", store=True, precompute=True
    )

    @api.depends("type_id", "suggested_type_id", "state", "classified_by")
    def _compute_quality(self):
        for i in self:
            i.quality = quality(i.type_id.id, i.suggested_type_id.id, i.state, i.classified_by)

    @api.depends("suggested_words", "classified_by", "message_id")
    @api.depends_context("uid")
    def _compute_suggestion_words(self):
        learnt = self.filtered(lambda i: i.classified_by == "suggestion")
        readable = learnt.message_id._filtered_access("read")
        for i in self:
            # sudo: the message is readable
            i.suggestion_words = i in learnt and i.message_id in readable and i.sudo().suggested_words
