from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_duration

from ..models.targets.answer_counts import COUNTED
from .answer_sheet import AGGREGATES, FIRM, Answers


class CrmInteractionSummaryReportXlsx(models.AbstractModel):
    """Read answer times for reports, with the reader's rights."""

    _inherit = "crm.interaction.summary.report.xlsx"

    @api.model
    def _answers(self, company, period, clients=None):
        """Return ``{client id: Answers}`` of the matters due in a period, with all together under ``FIRM``."""
        domain, matters = self._answers_domain(company, period, clients), self.env["crm.interaction.matter"]
        groups = matters._read_group(domain, ["commercial_partner_id"], AGGREGATES)
        found = {client.id: Answers.of(values) for client, *values in groups if client}
        [values] = matters._read_group(domain, [], AGGREGATES)
        return {FIRM: Answers.of(values), **found}

    @api.model
    def _answers_domain(self, company, period, clients=None):
        """Return the domain of the matters due in a period, in the company's time zone."""
        domain = Domain(COUNTED) & Domain("company_id", "=", company.id)
        domain &= Domain("month", ">=", period.start.replace(day=1)) & Domain("month", "<=", period.end)
        if not period.is_whole_months:
            bounds = period.bounds(company._interaction_zone())
            domain &= self.env["crm.interaction.matter"]._counted_between(*bounds)
        return domain & Domain("commercial_partner_id", "in", clients.commercial_partner_id.ids) if clients else domain


class ClientReport(models.AbstractModel):
    """Say in words how fast both sides answered each other."""

    _inherit = "report.crm_outsourcing_interactions.client_page"

    def _answer_lines(self, answers):
        """Return the sentences (tuple) about the ``Answers`` of a client; none without answers due."""
        texts = {
            "": self.env._("Your questions that we answered in time: %(kept)s of %(due)s."),
            "their_": self.env._("Our questions that you answered in time: %(kept)s of %(due)s."),
        }
        names = ("due", "late", "median", "median_most")
        lines = []
        for prefix, text in texts.items():
            due, late, least, most = (getattr(answers, f"{prefix}{name}") for name in names)
            if due:
                lines.append(" ".join((text % {"kept": due - late, "due": due}, self._median_text(least, most))))
        return tuple(lines)

    def _median_text(self, least, most):
        """Return a sentence about a median of working hours."""
        if most:
            return self.env._("Half of the answers took %s working hours or less.", format_duration(most))
        return self.env._("Half of them took more than %s working hours, or are still open.", format_duration(least))
