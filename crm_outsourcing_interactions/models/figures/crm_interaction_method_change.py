import logging
import operator

import psycopg2.errors

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils, format_date

from ..events.actions import addon_action
from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.crm_interaction_ranges_mixin import DAYS
from ..events.event import EVENT_FACTS, EVENTS
from ..events.marks import mark as mark_of

_logger = logging.getLogger(__name__)

EFFECTS = [
    ("started", "Counted from here on"),
    ("stopped", "Not counted from here on"),
    ("changed", "Counted or classified in another way"),
]
AROUND = 3
"""Number of months before and after a change that *Comparable Only* compares."""


def same_contact(code):
    """Return the events that may record the same interaction as ``code``: an invoice counts when posted or when sent.

    >>> same_contact("invoice_sent"), same_contact("message_in")
    (['invoice_posted', 'invoice_sent'], ['message_in'])
    """
    if EVENT_FACTS.get(code) != "issued":
        return [code]
    family = code.rpartition("_")[0]
    return [other for other, fact in EVENT_FACTS.items() if fact == "issued" and other.rpartition("_")[0] == family]


class CrmInteractionMethodChange(models.Model):
    """Record a day on which the counting or classification of interactions changed, and with it the meaning of figures.

    Changes to the company's switches and to rules create these records, at most one per day and subject; a change
    reverted on the same day leaves none. Managers may add records and edit texts; edited texts are kept.

    *Comparable Only* excludes the interactions whose event started or stopped being counted within a period (see
    ``_comparable``); the rest was counted throughout.
    """

    _name = "crm.interaction.method.change"
    _inherit = ["crm.interaction.ranges.mixin", "crm.interaction.protected.mixin"]
    _protected_fields = frozenset({"subject", "before", "edited", "user_id"})
    _ranges = {"date": DAYS}
    _description = "Method Change"
    _order = "date desc, id desc"
    _check_company_auto = True

    date = fields.Date(required=True, default=lambda self: self.env.company._interaction_today(), index=True)
    display_date = fields.Char(compute="_compute_display_date")
    name = fields.Char("Change", required=True, translate=True)
    event = fields.Selection(EVENTS, string="Affected Interactions", help="Empty: all, or those of several sources.")
    effect = fields.Selection(EFFECTS, required=True, default="changed")
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, ondelete="cascade", help="Empty: all companies."
    )
    user_id = fields.Many2one(
        "res.users", string="Changed By", default=lambda self: self.env.user, readonly=True, ondelete="set null"
    )
    subject = fields.Char(readonly=True, copy=False, help="Changed setting or rule; empty for entries added by hand.")
    before = fields.Json(readonly=True, copy=False, help="Value before the first change of the day.")
    edited = fields.Boolean(readonly=True, copy=False, help="The text was edited by hand and is kept.")

    _once_a_day = models.UniqueIndex(
        "(subject, date) WHERE subject IS NOT NULL", "This change is already recorded on that day."
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_date(self):
        for change in self:
            change.display_date = format_date(self.env, change.date)

    def write(self, vals):
        """Write ``vals`` and protect an edited name from the next change of the day.

        :raises AccessError: when ``vals`` contain a protected field or a company outside the user's companies.
        """
        self._check_protected(vals)
        self._check_company_change(vals)
        if "name" in vals and not mark_of(self.env, BY_CODE):
            vals = {**vals, "edited": True}
        return super(CrmInteractionMethodChange, self._by_code()).write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Protect edited names here as well: translations bypass ``write``."""
        res = super()._update_field_translations(field_name, translations, digest, source_lang)
        if not mark_of(self.env, BY_CODE):
            self._by_code().edited = True
        return res

    @api.model
    def _note(self, subject, before, after, vals, differs=operator.ne):
        """Record the change of ``subject`` today: create, update or delete its method change of the day.

        :param str subject: identifies the changed setting or rule, e.g. ``"rule,7"``.
        :param before: its previous state, comparable and JSON-serialisable.
        :param after: its new state, likewise.
        :param vals: function of the day's first and last state that returns the values of the record; their ``name``
            is a function from a language code to the text.
        :param differs: function of two states that returns whether they differ in effect.
        """
        today = self.env.company._interaction_today()
        # sudo: recorded whoever changes settings or rules
        changes = self.sudo()._by_code()
        change = changes.search([("subject", "=", subject), ("date", "=", today)], limit=1)
        first = change.before["state"] if change else before
        if not differs(first, after):
            change.filtered(lambda own: not own.edited).unlink()
        elif change:
            change._write_named(vals(first, after))
        else:
            base = {"subject": subject, "date": today, "before": {"state": before}, "user_id": self.env.uid}
            changes._create_once({**base, **vals(before, after)})

    def _write_named(self, vals):
        """Write ``vals``, with the name in all languages unless a user has edited it."""
        text = vals["name"]
        self.write({name: value for name, value in vals.items() if name != "name"})
        if not self.edited:
            langs = {"en_US", *(code for code, _name in self.env["res.lang"].get_installed())}
            self.update_field_translations("name", {lang: text(lang) for lang in langs})

    @api.model
    def _create_once(self, vals):
        """Create a method change, or do nothing if a concurrent transaction has created it."""
        try:
            with self.env.cr.savepoint():
                self.create({**vals, "name": vals["name"]("en_US")})._write_named(vals)
        except psycopg2.errors.UniqueViolation:
            _logger.info("The change of %s is marked by another worker.", vals["subject"])

    @api.model
    def _comparable(self, date_from, date_to):
        """Return the domain of the interactions whose event was counted throughout a period.

        A change on the first day is not within the period. Interactions logged manually are always included.

        :param date date_from: first day. :param date date_to: last day.
        """
        domain = [("effect", "in", ["started", "stopped"]), ("date", ">", date_from), ("date", "<=", date_to)]
        parts = []
        for change in self.search([*domain, ("event", "!=", False)]):
            concerned = Domain("event", "in", same_contact(change.event))
            if change.company_id:
                concerned &= Domain("company_id", "=", change.company_id.id)
            parts.append(concerned)
        return ~Domain.OR(parts) | Domain("event", "=", False) if parts else Domain.TRUE

    def action_compare(self):
        """Open the shares of the months around the change, limited to interactions counted throughout."""
        self.ensure_one()
        month = date_utils.start_of(self.date, "month")
        start, end = date_utils.subtract(month, months=AROUND), date_utils.add(month, months=AROUND + 1)
        period = Domain("date", ">=", str(start)) & Domain("date", "<", str(end))
        action = addon_action(self.env, "crm_interaction_action_shares")
        last = date_utils.subtract(end, days=1)
        name = self.env._("Comparable Only: %s", self.name)
        return {
            **action,
            "name": name,
            "display_name": name,
            "path": False,
            "domain": list(period & self._comparable(start, last)),
            "context": {
                "pivot_row_groupby": ["kind_id"],
                "pivot_column_groupby": ["month:month"],
                "pivot_share_mode": "column",
            },
        }
