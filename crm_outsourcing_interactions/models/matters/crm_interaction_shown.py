from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..capture.hooks.rating_rating import polarity_of
from ..events.reasons import reason_text
from ..interaction.tagging.mail_message import BADGE_PARTS
from .crm_interaction_matter import LIVE

BADGE_PARTS["matter"] = ("crm.interaction.matter", "_badge_sql")
STATE = {
    "id": "id",
    "type_id": "type_id",
    "waiting": "waiting",
    "since": "waiting_since",
    "due": "due",
    "perhaps": "perhaps",
    "closed_how": "closed_how",
    "count": "interaction_count",
}
"""What the badge shows of a matter → its field."""


class CrmInteraction(models.Model):
    """Show the matter of an interaction on its form, in the queue and in the badge."""

    _inherit = "crm.interaction"

    matter_waiting = fields.Selection(related="matter_id.waiting", string="Matter Waiting For")
    matter_waiting_since = fields.Datetime(related="matter_id.waiting_since", string="Matter Waiting Since")
    matter_due = fields.Datetime(related="matter_id.due", string="Matter Due")
    matter_opened_on = fields.Datetime(related="matter_id.opened_on", string="Matter Opened")
    matter_state = fields.Json(
        compute="_compute_matter_state", help="Matter, proposed matter and decision, as the badge shows them."
    )
    matter_reason = fields.Char("Why Linked", compute="_compute_matter_reason")
    is_mine_to_review = fields.Boolean(
        "Mine to Review", store=False, exportable=False, search="_search_is_mine_to_review",
        help="The user is responsible, or handles the complaint to which it belongs.",
    )  # fmt: skip

    @api.model
    def _search_is_mine_to_review(self, operator, value):
        """Complaints are for whoever handles them, and not for the accountant."""
        if operator != "in" or True not in value:
            return NotImplemented
        left = Domain("user_id.active", "=", False) & Domain("commercial_partner_id.interaction_is_mine", "=", True)
        handled = Domain("complaint_notified_id", "!=", False)
        # sudo: that a complaint is handled is no secret of its messages
        matters = self.env["crm.interaction.matter"].sudo()
        theirs = Domain(
            "matter_id", "in", matters._search(handled & Domain("complaint_notified_id", "=", self.env.uid))
        )
        own = Domain("user_id", "=", self.env.uid) | left
        return theirs | (own & Domain("matter_id", "not in", matters._search(handled)))

    @api.depends("matter_link")
    @api.depends_context("lang")
    def _compute_matter_reason(self):
        for interaction in self:
            interaction.matter_reason = reason_text(self.env, interaction.matter_link)

    @api.depends("matter_id", "proposed_matter_id", "matter_mark")
    @api.depends_context("uid")
    def _compute_matter_state(self):
        # sudo: whoever sees the interaction; the matter is read with the reader's own rights
        rows = self.sudo().with_context(active_test=False)._badge_rows(Domain("id", "in", self.ids))
        states = {row.id: parts["matter"] for row, parts in rows}
        for interaction in self:
            interaction.matter_state = states.get(interaction.id)

    def _matter_subject(self, matter):
        """Return the subject of a ``matter`` that this interaction opened.

        A rating of the firm is named as such, what the reader may not read by who answers it.
        """
        if self.event == "feedback_given" and self.res_model == "res.partner":
            texts = {
                "negative": self.env._("Rating: Dissatisfied"),
                "positive": self.env._("Rating: Satisfied"),
            }
            return texts.get(polarity_of(self.rating_value)) or self.env._("Rating: Neutral")
        owner = matter.is_private and matter.sudo().complaint_owner_id
        return self.env._("Private, to be answered by %s", owner.name) if owner else self.subject

    def _document_subjects(self):
        """Return ``{interaction: subject}`` of those with which we ask for what their document is about.

        Such documents have ``_interaction_matter_subject()``: one letter about several has one subject.
        """
        asking = self.filtered(
            lambda row: (
                row.direction == "outgoing"
                and hasattr(self.env.get(row.res_model), "_interaction_matter_subject")
                and not row.is_document_hidden
            )
        )
        subjects = {}
        for model, rows in asking.grouped("res_model").items():
            documents = self.env[model].browse(rows.mapped("res_id")).exists()
            names = {document.id: document._interaction_matter_subject() for document in documents}
            subjects |= {row: names[row.res_id] for row in rows if row.res_id in names}
        return subjects


class CrmInteractionMatter(models.Model):
    """Count what waits, and describe matters in badges and on their form."""

    _inherit = "crm.interaction.matter"

    proposed_ids = fields.One2many("crm.interaction", "proposed_matter_id", "Proposed Interactions", readonly=True)
    is_decided = fields.Boolean("Decided by a Person", compute="_compute_is_decided")
    subject = fields.Char(compute="_compute_subject", help="Subject of the interaction that opened the matter.")
    is_private = fields.Boolean(
        "Private Complaint", compute="_compute_subject", help="Only others may read and answer this complaint."
    )

    @api.depends("interaction_ids.matter_marked_by_id")
    def _compute_is_decided(self):
        for matter in self:
            matter.is_decided = any(matter.interaction_ids.mapped("matter_marked_by_id"))

    @api.depends("opened_on", "interaction_ids.date", "interaction_ids.polarity", "interaction_ids.subject")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_subject(self):
        openings = self.sudo(False)._openings()  # Odoo reads the names of references in sudo
        subjects = self.env["crm.interaction"].union(*openings.values()).sudo(False)._document_subjects()
        private = self.filtered("is_complaint")._private()
        for matter in self:
            opening = openings.get(matter.id, self.env["crm.interaction"])
            matter.is_private = matter in private
            matter.subject = subjects.get(opening) or (opening._matter_subject(matter) if opening else False)

    def _private(self):
        """Return those of these complaints of which the reader may not read a message in which the client complains."""
        # sudo: whether they are hidden is asked for the reader
        rows = self.sudo().with_context(active_test=True).interaction_ids
        complaints = rows.filtered(lambda row: row.direction == "incoming" and row.polarity == "negative")
        return complaints.sudo(False).filtered("is_document_hidden").sudo().matter_id

    def _openings(self):
        """Return ``{id of one of these matters: the interaction that opened it}``, those that the reader may read."""
        interactions = self.env["crm.interaction"].with_context(active_test=False)
        if not interactions.has_access("read"):
            return {}
        at_opening = Domain("matter_id", "in", self.ids) & Domain("date", "in", self.sudo().mapped("opened_on"))
        rows = interactions.search_fetch(at_opening, order="date desc, id desc")
        return {
            row.matter_id.id: row for row in rows if row.date.replace(microsecond=0) == row.sudo().matter_id.opened_on
        }

    @api.model
    @api.readonly
    def waiting_counts(self):
        """Return ``{"mine": n, "team": n}``, the numbers of visible matters that wait for us.

        Complaints count for whoever handles them, and not for the accountant.
        """
        waiting = LIVE & Domain("waiting", "=", "us")
        clients = Domain("commercial_partner_id.interaction_is_mine", "=", True)
        owner = Domain("complaint_notified_id", "=", self.env.uid)
        mine = owner | (clients & Domain("complaint_notified_id", "=", False))
        return {"mine": self.search_count(waiting & mine), "team": self.search_count(waiting)}

    @api.model
    def _badge_sql(self, interaction):
        """Return the SQL of the JSON value that tells the matter of an interaction, see ``BADGE_PARTS``.

        :param str interaction: alias of the interactions in the query.
        """
        return SQL(
            "json_build_object('mark', %s, 'matter', %s, 'proposed', %s)",
            SQL.identifier(interaction, "matter_mark"),
            self._state_sql(SQL.identifier(interaction, "matter_id")),
            self._state_sql(SQL.identifier(interaction, "proposed_matter_id")),
        )

    @api.model
    def _state_sql(self, matter_id):
        """Return the SQL of the state (JSON) of the matter ``matter_id`` (SQL), NULL if the reader may not read it."""
        query = self._search(Domain.TRUE)
        values = [SQL("%s, %s", name, self._field_to_sql(self._table, field)) for name, field in STATE.items()]
        return SQL(
            "(SELECT json_build_object(%s) FROM %s WHERE %s = %s AND %s)",
            SQL(", ").join(values),
            query.from_clause,
            SQL.identifier(self._table, "id"),
            matter_id,
            query.where_clause or SQL("TRUE"),
        )
