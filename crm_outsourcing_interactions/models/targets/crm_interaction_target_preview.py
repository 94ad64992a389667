from collections import Counter

from odoo import api, fields, models
from odoo.tools import format_date

from ..events.plurals import plural
from . import targets
from .crm_interaction_indicator import ZONES
from .target_counts import TargetCounts
from .target_values import FIRM

MONTHS = 12
COLOURS = {"red": "danger", "yellow": "warning", "green": "success", "none": "secondary"}


class CrmInteractionTarget(models.Model):
    """Preview the verdicts of a target before it is saved, computed by the code that refreshes indicators."""

    _inherit = "crm.interaction.target"

    preview = fields.Html(
        compute="_compute_preview",
        sanitize=False,
        help="Verdicts that the target as entered here gives now, and its values in the last twelve months.",
    )

    @api.depends(
        "measure", "kind_id", "type_id", "partner_id", "company_id", "bound", "low", "high", "tolerance",
        "minimum_sample", "window_months", "date_from", "date_to",
    )  # fmt: skip
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_preview(self):
        may_set = self.browse().has_access("write")
        for target in self:
            target.preview = target._preview() if may_set and target._can_be_previewed() else False

    def _can_be_previewed(self):
        """Return whether one target is complete, and of a company whose figures the user works with."""
        about = {"kind_share": self.kind_id, **dict.fromkeys(targets.TYPE_MEASURES, self.type_id)}
        return (
            self.company_id in self.env.companies
            and bool(self.measure and about.get(self.measure, True))
            and 1 <= self.window_months <= targets.MONTHS_AT_MOST
        )

    def _preview(self):
        """Return the preview of one target as HTML."""
        today = self.company_id._interaction_today()
        months = targets.months_back(targets.first_of(today), MONTHS)
        # sudo: figures must not depend on the user; only managers, who see all indicators, get here
        company = self.sudo().company_id
        indicators = self.env["crm.interaction.indicator"].sudo().with_company(company)
        indicators = indicators.with_context(allowed_company_ids=company.ids)
        own = self.with_env(indicators.env)
        rules = own | own._of_other_clients()
        counts = TargetCounts(indicators.env["crm.interaction"], company, rules, months, today)
        clients = [client for rule, client in indicators._subjects(rules, months[0], counts) if rule == own]
        window = indicators.new({"month": months[0], "window_months": self.window_months})._window_text()
        values = {"verdicts": [], "year": [], "window": self.measure != targets.INTERVAL and window}
        if clients:
            values["title"], values["verdicts"] = own._preview_verdicts(indicators, clients, months[0], counts)
        if self.partner_id or FIRM in clients:
            subject = self.partner_id.id or FIRM
            values["year"] = [own._preview_month(indicators, subject, month, counts) for month in reversed(months)]
            values["name"] = self.partner_id.name or self.env._("Whole firm")
        return self.env["ir.qweb"]._render("crm_outsourcing_interactions.target_preview", values)

    def _of_other_clients(self):
        """Return the targets agreed with clients that replace this one (sudo), a target of the firm."""
        if self.partner_id:
            return self.browse()
        others = self.search([("company_id", "=", self.company_id.id), ("partner_id", "!=", False)])
        return (others - self._origin).filtered(lambda other: other._measure_key() == self._measure_key())

    def _preview_verdicts(self, indicators, clients, month, counts):
        """Return the number of clients as text, and ``[(verdict, number, colour), …]``."""
        clients = [client for client in clients if client != FIRM]
        zones = Counter(indicators._prepare_indicator_vals(self, client, month, counts)["zone"] for client in clients)
        number = plural(self.env, self.env._("%(n)s client|%(n)s clients"), len(clients))
        names = dict(indicators._fields["zone"]._description_selection(self.env))
        return number, [(names[zone], zones[zone], COLOURS[zone]) for zone, _name in ZONES if zones[zone]]

    def _preview_month(self, indicators, client, month, counts):
        """Return month, value as text and colour of its verdict, and whether the month has ended."""
        vals = indicators._prepare_indicator_vals(self, client, month, counts)
        text = self.env._("never so far") if vals["is_never"] else self._value_text(vals["value"])
        return {
            "month": format_date(self.env, month, date_format="LLL y"),
            "value": text if vals["has_value"] else "–",
            "colour": COLOURS[vals["zone"]],
            "verdict": dict(indicators._fields["zone"]._description_selection(self.env))[vals["zone"]],
            "is_running": month == targets.first_of(counts.today),
        }
