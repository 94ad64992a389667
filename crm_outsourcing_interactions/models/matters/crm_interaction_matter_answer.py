from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .crm_interaction_matter import CrmInteractionMatter as Matter

COUNTED_ON = ("our_due", "their_due", "opened_on")
"""Moments of a matter; the first one that is set determines the period in which it counts."""


class CrmInteractionMatter(models.Model):
    """Add how each side answered the decisive question of a matter, see ``answer_times.py``.

    Answers of ours have the prefix *our*, those of the client *their*. Hours of what is still open are those up to
    *Hours Counted Until*; an hourly job counts on. Nobody reads the person of an answer here, but in
    ``crm.interaction.matter.person``, which hides names.
    """

    _inherit = "crm.interaction.matter"

    our_asked_on = fields.Datetime(
        "Client Asked", readonly=True, help="Question that counts in the figures: the first late one, else the last."
    )
    our_due = fields.Datetime(
        "Counted as Due", readonly=True, help="When the answer to that question was due; empty while it is paused."
    )
    our_answered_on = fields.Datetime("We Answered", readonly=True)
    our_late = fields.Boolean("We Were Late", readonly=True)
    our_hours = fields.Float(
        "Our Answer Time", readonly=True, help="Our working hours until the answer; for open matters, so far."
    )
    their_asked_on = fields.Datetime("We Asked", readonly=True)
    their_due = fields.Datetime("Client's Answer Due", readonly=True)
    their_answered_on = fields.Datetime("Client Answered", readonly=True)
    their_late = fields.Boolean("Client Was Late", readonly=True)
    their_hours = fields.Float("Client's Answer Time", readonly=True, help="Working hours until the client's answer.")
    month = fields.Date(
        readonly=True,
        help="Month, in the company's time zone, in which our answer was due, else the client's; if none was due, "
        "that of the opening.",
    )
    as_of = fields.Datetime(
        "Hours Counted Until", readonly=True, help="Hours of open matters are counted up to this moment."
    )
    answer_user_id = fields.Many2one(
        "res.users", "Answer By", readonly=True, index="btree_not_null", ondelete="set null", groups=fields.NO_ACCESS,
        help="Responsible when the answer was given or, if it was late, due.",
    )  # fmt: skip
    answer_user_hours = fields.Float("Hours of That Person", readonly=True, aggregator=None, groups=fields.NO_ACCESS)
    is_answerer = fields.Boolean(
        "Answered Themselves", readonly=True, groups=fields.NO_ACCESS, help="That person gave the answer, too."
    )
    is_shared = fields.Boolean("Several Persons", readonly=True, help="More than one person was responsible.")

    _by_month = models.Index("(month)")
    _by_person_id = models.Index("((2 * id))")
    """For ``crm.interaction.matter.person``, whose ids are even for matters and odd for shares."""

    @api.model
    def _counted_between(self, start, end):
        """Return the domain of the matters that count from ``start`` to before ``end``, by the moment of ``month``."""
        domain, others = Domain.FALSE, Domain.TRUE
        for name in COUNTED_ON:
            domain |= others & Domain(name, ">=", start) & Domain(name, "<", end)
            others &= Domain(name, "=", False)
        return domain

    @api.model
    def _move_months(self, companies):
        """Recompute the months of all matters of ``companies`` in their time zones, in one statement each."""
        self.flush_model()
        for company in companies:
            zone = company._interaction_zone()
            moment = SQL("COALESCE(%s)", SQL(", ").join(map(SQL.identifier, COUNTED_ON)))
            local = SQL("timezone(%s, timezone('UTC', %s))", zone, moment)
            month = SQL("date_trunc('month', %s)::date", local)
            update = "UPDATE crm_interaction_matter SET month = %s WHERE company_id = %s AND month IS DISTINCT FROM %s"
            self.env.cr.execute(SQL(update, month, company.id, month))
        self.invalidate_model(["month"], flush=False)


Matter._protected_fields |= {
    name for name, field in vars(CrmInteractionMatter).items() if isinstance(field, fields.Field)
}
