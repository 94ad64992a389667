from collections import Counter

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...capture.history.documents import DOCUMENTS, count_documents
from ...capture.history.rows import count_messages
from ...events.keys import captured_key
from ...events.reasons import left_out_text


class CrmInteractionReplay(models.Model):
    """Show the progress of a replay, and the reasons for events left out."""

    _inherit = "crm.interaction.replay"

    total_count = fields.Integer("Records to Read", copy=False, readonly=True)
    percent = fields.Float("Percentage Read", compute="_compute_percent")
    left_out = fields.Json(
        "Numbers Left Out", copy=False, readonly=True, help="Numbers of what was read and not logged, by reason."
    )
    left_out_text = fields.Text("Left Out", compute="_compute_left_out_text")

    @api.depends("total_count", "read_count")
    def _compute_percent(self):
        for replay in self:
            replay.percent = min(100 * replay.read_count / replay.total_count, 100) if replay.total_count else 0

    @api.depends("left_out")
    @api.depends_context("uid", "lang")
    def _compute_left_out_text(self):
        """Name the reasons; how much other companies have is for administrators only."""
        hidden = () if self.env.user.has_group("base.group_system") else ("other_company",)
        for replay in self:
            numbers = {code: n for code, n in (replay.left_out or {}).items() if code not in hidden}
            reasons = sorted(numbers.items(), key=lambda reason: (-reason[1], reason[0]))
            replay.left_out_text = "\n".join(
                f"{left_out_text(self.env, code)}: {formatLang(self.env, n, digits=0)}" for code, n in reasons
            )

    def _dropped(self, events):
        """Count the ``events`` that were not logged by reason, without those that another company has logged."""
        dropped = [event for event in events if event.dropped and not event.logged_id]
        keys = {captured_key(event.key) for event in dropped if event.dropped == "logged"}
        others = self.env["crm.interaction"].with_context(active_test=False)
        domain = [("origin_key", "in", list(keys)), ("company_id", "!=", self.company_id.id)]
        theirs = set(others.search(domain).mapped("origin_key")) if keys else set()
        return Counter(event.dropped for event in dropped if captured_key(event.key) not in theirs)

    def _number_to_read(self):
        """Return how many records all batches will read."""
        if self.mode == "reclassify":
            return self.env["crm.interaction"].search_count(self._unconfirmed_domain())
        messages = count_messages(self.env, *self._period()) if self.messages else 0
        return messages + sum(count_documents(self.env, source) for source in DOCUMENTS if self[source])
