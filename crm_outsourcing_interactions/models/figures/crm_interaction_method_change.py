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
"""Months before and after a change that *Comparable Only* compares."""


def same_contact(code):
    """Return the events that may stand for the same contact as ``code``: an invoice counts when posted or when sent.

    >>> same_contact("invoice_sent"), same_contact("message_in")
    (['invoice_posted', 'invoice_sent'], ['message_in'])
    """
    if EVENT_FACTS.get(code) != "issued":
        return [code]
    family = code.rpartition("_")[0]
    return [other for other, fact in EVENT_FACTS.items() if fact == "issued" and other.rpartition("_")[0] == family]


class CrmInteractionMethodChange(models.Model):
    """A day from which on figures mean something else: what is counted, or how it is classified, changed.

    Made by the company's switches and by the rules themselves, at most one for each day and subject; what is taken
    back on the same day leaves none. Managers add their own and may put it into their own words, which then stay.

    *Like for like* leaves out the contacts whose event started or stopped to be counted within a period (see
    ``_like_for_like``): what remains was counted in the same way from its first day to its last.
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
    name = fields.Char("What Changed", required=True, translate=True)
    event = fields.Selection(EVENTS, string="Contacts Concerned", help="Empty: all, or those of several sources.")
    effect = fields.Selection(EFFECTS, required=True, default="changed")
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, ondelete="cascade", help="Empty: all companies."
    )
    user_id = fields.Many2one(
        "res.users", string="Changed By", default=lambda self: self.env.user, readonly=True, ondelete="set null"
    )
    subject = fields.Char(readonly=True, copy=False, help="What made the change; empty: a person.")
    before = fields.Json(readonly=True, copy=False, help="What it was before the day's first change.")
    edited = fields.Boolean(readonly=True, copy=False, help="Its text is a person's and stays.")

    _once_a_day = models.UniqueIndex(
        "(subject, date) WHERE subject IS NOT NULL", "This change is marked on that day already."
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_date(self):
        for change in self:
            change.display_date = format_date(self.env, change.date)

    def write(self, vals):
        """Keep a person's words from being written over by the next change of the day.

        :raises AccessError: when ``vals`` name a protected field, or a company that is not the user's.
        """
        self._check_protected(vals)
        self._check_company_change(vals)
        if "name" in vals and not mark_of(self.env, BY_CODE):
            vals = {**vals, "edited": True}
        return super(CrmInteractionMethodChange, self._by_code()).write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Keep a person's words here as well: translations are written past ``write``."""
        res = super()._update_field_translations(field_name, translations, digest, source_lang)
        if not mark_of(self.env, BY_CODE):
            self._by_code().edited = True
        return res

    @api.model
    def _note(self, subject, before, after, vals, differs=operator.ne):
        """Change that ``subject`` changed today, once a day.

        :param str subject: what changed, e.g. ``"rule,7"``.
        :param before: its state before, comparable and fit for JSON; ``after`` likewise.
        :param vals: a function from the day's first and last state to the values of the change; its ``name`` is a
            function from a language to the text in it.
        :param differs: a function of two states that says whether one means something else than the other.
        """
        today = self.env.company._interaction_today()
        # sudo: whoever may change settings or rules, the change is marked
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
        """Write ``vals``, the name in all languages unless it is a person's."""
        text = vals["name"]
        self.write({name: value for name, value in vals.items() if name != "name"})
        if not self.edited:
            langs = {"en_US", *(code for code, _name in self.env["res.lang"].get_installed())}
            self.update_field_translations("name", {lang: text(lang) for lang in langs})

    @api.model
    def _create_once(self, vals):
        """Create a change unless another worker has just done so, whose transaction ours does not see: the day is
        marked then, and the change itself goes on."""
        try:
            with self.env.cr.savepoint():
                self.create({**vals, "name": vals["name"]("en_US")})._write_named(vals)
        except psycopg2.errors.UniqueViolation:
            _logger.info("The change of %s is marked by another worker.", vals["subject"])

    @api.model
    def _like_for_like(self, date_from, date_to):
        """Return a domain of the interactions whose event was counted throughout a period.

        Both are dates. A change on the first day is no change within the period. Contacts logged by hand always stay.
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
        """Open the shares of the months around the change, of the contacts counted throughout them."""
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
            "domain": list(period & self._like_for_like(start, last)),
            "context": {
                "pivot_row_groupby": ["kind_id"],
                "pivot_column_groupby": ["month:month"],
                "pivot_share_mode": "column",
            },
        }
