import gc
import logging
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...capture.history.documents import DOCUMENTS, document_events
from ...capture.history.messages import message_events
from ...events.crm_interaction_ranges_mixin import DAYS
from ...events.local_time import midnight
from ...events.marks import marked

_logger = logging.getLogger(__name__)

SOURCES = ("messages", *DOCUMENTS)
BATCH_SIZE = {"messages": 10_000}
DOCUMENT_BATCH_SIZE = 500
STATES = [
    ("draft", "Draft"),
    ("counting", "Counting"),
    ("counted", "Counted"),
    ("running", "Running"),
    ("stopped", "Stopped"),
    ("done", "Done"),
]


@contextmanager
def garbage_kept():
    """Do not look for garbage meanwhile: a batch makes many objects that all are needed until its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class CrmInteractionReplay(models.Model):
    """Log interactions from before the installation, or apply changed rules to logged ones.

    A dry run first counts the interactions to log or move. A scheduled action then works in batches, each committed
    with its progress, so that it can be stopped and continues after a crash. Interactions keep their original dates,
    and nobody is notified. Logged interactions are not logged again, and a person's classification is kept. ::

        replay = env["crm.interaction.replay"].create({"date_from": "2026-01-01", "date_to": "2026-10-31"})
        replay.action_count()
        env["crm.interaction.replay"]._cron_run()
    """

    _name = "crm.interaction.replay"
    _inherit = ["crm.interaction.ranges.mixin", "crm.interaction.protected.mixin"]
    _protected_fields = frozenset({"state", "progress", "total_count", "read_count", "new_count", "left_out", "error"})
    _ranges = {"date_from": DAYS, "date_to": DAYS}
    _description = "Load History"
    _order = "id desc"

    mode = fields.Selection(
        [("capture", "Load History"), ("reclassify", "Apply the rules again")],
        required=True,
        default="capture",
    )
    date_from = fields.Date("From", required=True, default=lambda self: self._today() - timedelta(days=90))
    date_to = fields.Date("To", required=True, default=lambda self: self._today())
    partner_ids = fields.Many2many("res.partner", string="Clients", help="Empty: all clients.")
    messages = fields.Boolean("Messages and Activities", default=True)
    invoices = fields.Boolean(default=True)
    payments = fields.Boolean(default=True)
    tasks = fields.Boolean("Tasks Delivered", default=True)
    ratings = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    progress = fields.Json(
        copy=False, readonly=True, help="Last record ID read from each source, and the sources that were stopped."
    )
    read_count = fields.Integer("Records Read", copy=False, readonly=True)
    new_count = fields.Integer("Logged or Moved", copy=False, readonly=True)
    error = fields.Char(copy=False, readonly=True, help="Error that stopped the load.")
    line_ids = fields.One2many("crm.interaction.replay.line", "replay_id", string="Shares", readonly=True)

    _period_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The period cannot end before it begins. Correct the dates."
    )

    @api.model
    def _today(self):
        return self.env.company._interaction_today()

    # --- buttons ----------------------------------------------------------------------

    def action_count(self):
        """Start the dry run."""
        self._start("counting")

    def action_run(self):
        """Start the run, or go on with what was stopped."""
        self.ensure_one()
        if self.state == "stopped":
            self._by_code().write({"state": self.progress["stopped"], "error": False})
            self._trigger()
        else:
            self._start("running")

    def action_stop(self):
        """Stop after the present batch."""
        for replay in self.filtered(lambda replay: replay.state in ("counting", "running")):
            replay._stop()

    def action_draft(self):
        """Discard the figures, so that period, clients and sources can be changed; what is logged stays."""
        waiting = self.filtered(lambda replay: replay.state in ("counted", "stopped"))
        waiting._reset("draft")

    def _stop(self, error=False):
        progress = {**(self.progress or {}), "stopped": self.state}
        self._by_code().write({"progress": progress, "state": "stopped", "error": error})

    def _start(self, state):
        self.ensure_one()
        if not any(self[source] for source in SOURCES):
            raise UserError(self.env._("Choose at least one source of events."))
        self._reset(state)
        self._prepare_lines()
        self._trigger()

    def _reset(self, state):
        self.check_access("write")
        self.sudo().line_ids.unlink()  # sudo: only code writes the lines
        nothing = {"progress": False, "total_count": 0, "read_count": 0, "new_count": 0, "left_out": False}
        self._by_code().write({"state": state, "error": False, **nothing})

    def _trigger(self):
        self.env.ref("crm_outsourcing_interactions.cron_replay")._trigger()

    def _prepare_lines(self):
        """Note the shares as they are before anything changes."""
        groups = self.env["crm.interaction"]._read_group(self._domain(), ["kind_id"], ["__count"])
        # sudo: as above
        self.env["crm.interaction.replay.line"].sudo().create(
            [{"replay_id": self.id, "kind_id": kind.id, "count_before": count} for kind, count in groups]
        )

    def _domain(self):
        start, end = self._period()
        domain = [("company_id", "=", self.company_id.id), ("date", ">=", start), ("date", "<", end)]
        if self.partner_ids:
            domain.append(("commercial_partner_id", "in", self.partner_ids.commercial_partner_id.ids))
        return domain

    def _period(self):
        """Return the first moment and the first one after, of the days of the company."""
        zone = self.company_id._interaction_zone()
        return midnight(self.date_from, zone), midnight(self.date_to + timedelta(days=1), zone)

    # --- work -------------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Do batches of all replays that run, as long as the cron has time; one that fails is stopped."""
        for replay in self.search([("state", "in", ("counting", "running"))], order="id"):
            while replay.state in ("counting", "running"):
                replay._run_batch_or_stop()
                left = self.env["ir.cron"]._commit_progress(1, remaining=int(replay.state in ("counting", "running")))
                if not left:
                    return
                replay.invalidate_recordset(["state"])

    def _run_batch_or_stop(self):
        """Do a batch; a fault is undone with it, logged and shown on the replay, which can go on from there."""
        try:
            with self.env.cr.savepoint():
                self._run_batch()
        except Exception as error:
            _logger.exception("Replay %s stopped", self.id)
            self._stop(f"{type(error).__name__}: {error}"[:1000])

    def _run_batch(self):
        """Read one batch of the first source that has more; finish when none has."""
        self.ensure_one()
        work = self.with_company(self.company_id).sudo()._by_code()
        if not work.total_count:
            work.total_count = work._number_to_read()
        if work.mode == "reclassify":
            return work._reclassify_batch()
        for source in SOURCES:
            if work[source] and (work.progress or {}).get(source) != "done":
                return work._capture_batch(source)
        return work._finish()

    def _finish(self):
        """End the dry run, or the load, whose interactions are in the figures a moment later."""
        self.state = "counted" if self.state == "counting" else "done"
        if self.state == "done":
            self.env["crm.interaction.pipeline"]._history_loaded()

    def _capture_batch(self, source):
        size = BATCH_SIZE.get(source, DOCUMENT_BATCH_SIZE)
        after = (self.progress or {}).get(source, 0)
        read = message_events if source == "messages" else partial(document_events, source=source)
        start, end = self._period()
        without = Counter(self.left_out or {})
        with garbage_kept():
            events, last, number = read(self.env, after=after, size=size, start=start, end=end, without=without)
            events = self._wanted(events, without)
            self._count(self._log_or_count(events))
        without.update(self._dropped(events))
        self.left_out = dict(+without)  # those above 0
        self.read_count += number
        self.progress = {**(self.progress or {}), source: last or "done"}

    def _wanted(self, events, without):
        """Return the ``events`` of company and clients; count the others in ``without`` (``Counter``)."""
        company_id, client_ids = self.company_id.id, frozenset(self.partner_ids.commercial_partner_id.ids)
        own = [event for event in events if event.company.id == company_id]
        wanted = [event for event in own if not client_ids or event.client_id in client_ids]
        without.update(other_company=len(events) - len(own), other_client=len(own) - len(wanted))
        return wanted

    def _log_or_count(self, events):
        """Return what was logged as ``{kind id: number}``; in a dry run it is undone."""
        pipeline = marked(self.env["crm.interaction.pipeline"], "interaction_strict")
        if self.state == "running":
            return self._kinds_of(pipeline._run(events))
        savepoint = self.env.cr.savepoint()
        try:
            return self._kinds_of(pipeline._run(events))
        finally:
            savepoint.close(rollback=True)

    def _kinds_of(self, interactions):
        groups = self.env["crm.interaction"]._read_group([("id", "in", interactions.ids)], ["kind_id"], ["__count"])
        return {kind.id: count for kind, count in groups}

    def _count(self, changes):
        lines = {line.kind_id.id: line for line in self.line_ids}
        for kind_id, change in changes.items():
            if kind_id not in lines:
                vals = {"replay_id": self.id, "kind_id": kind_id}
                lines[kind_id] = self.env["crm.interaction.replay.line"].create(vals)
            lines[kind_id].change += change
            self.new_count += max(change, 0)
