import logging
import operator
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from .crm_interaction_matter_load import ROWS, with_moments
from .crm_interaction_matter_step import CONFLICTS, link_vals
from .facts import Fact
from .placing import Placing

_logger = logging.getLogger(__name__)

BATCH = 500


class CrmInteractionMatter(models.Model):
    """Keep matters up to date with interactions that are stored already.

    They are derived anew whenever their interactions change: logged by hand, retyped, ignored, moved or deleted.
    """

    _inherit = "crm.interaction.matter"

    @api.model
    def _follow(self, rows):
        """Find the matters of interactions (``rows``) that have none."""
        # sudo: whoever logs a call may not see the matter of a colleague
        rows = rows._everything().browse(rows.ids)
        rows = rows.filtered(lambda row: row.active and row.commercial_partner_id and not row.matter_id)
        if rows:
            self.sudo()._place(rows)

    @api.model
    def _place(self, rows):
        """Place interactions (sudo) in matters."""
        facts = self._facts_of(rows)
        replied = [fact.reply_to_id for fact in facts if fact.reply_to_id]
        cases, _replies, _logged, _previous = self._situation(facts, replied=[*replied, *rows.split_from_id.ids])
        placing = Placing(cases, self._case, self._asker(), self._recent)
        firsts = {row.id: row.split_from_id.id for row in rows}
        for fact in facts:
            placing.place_with(firsts[fact.id], fact)
        self._store(placing.cases)
        for fact in facts:
            vals = {**link_vals(fact, placing.link_of(fact)), "matter_pending": False}
            row = rows.browse(fact.id)
            if any(vals.values()) or row.matter_pending:
                row.write(vals)

    @api.model
    def _facts_of(self, rows):
        """Return the ``Fact`` objects of stored interactions, in order of time."""
        rows.flush_model()
        found = self.env.execute_query(SQL(ROWS, rows.ids))
        return [Fact(**with_moments(values)) for values, _matter_id in found]

    @api.model
    def _follow_changes(self, rows, before):
        """Derive the matters of changed interactions anew, see ``pipeline.CHANGES``."""
        # sudo: whoever changes an interaction may not see the others of its matter
        rows = rows._everything().browse(rows.ids)
        matters = rows.matter_id.sudo()
        rows._check_private_complaints(before)
        rows._keep_overdue(before)
        self.sudo()._agree_anew(rows, before)
        asked = rows._asked_before(before).matter_id.sudo()
        with matters._complaints_guarded(), asked._late_guarded():
            self._follow_moved(rows, matters, before)

    @api.model
    def _follow_moved(self, rows, matters, before):
        moved = rows.filtered(
            lambda row: before[row.with_env(rows.env)]["commercial_partner_id"] != row.commercial_partner_id.id
        )
        leaving = moved & matters._with_others(moved)
        leaving.write({"matter_id": False, "matter_link": False})
        self._set_avoidable(dict.fromkeys(leaving.filtered(lambda row: not row.avoidable_decided_by_id).ids))
        self._follow(rows)
        (matters | rows.matter_id.sudo())._derive()

    def _with_others(self, rows):
        """Return those of ``rows`` whose matter, one of these, also has interactions with another client."""
        clients = defaultdict(set)
        for row in self.with_context(active_test=False).interaction_ids:
            clients[row.matter_id].add((row.commercial_partner_id.id, row.company_id.id))
        return rows.filtered(lambda row: len(clients[row.matter_id]) > 1)

    def _derive(self):
        """Derive all values of these matters from their interactions."""
        if not self:
            return
        cases = self._loaded()
        for case in cases:
            case.change()
        self._store(cases)
        (self - self.browse(case.id for case in cases)).unlink()

    @api.model
    def _separate(self, rows):
        """Return a new matter (sudo) of interactions that have none."""
        case = self._case(self._facts_of(rows), {"slot": None, "from_history": False})
        self._store([case])
        return self.browse(case.id)

    # --- scheduled ----------------------------------------------------------------------

    @api.model
    def _cron_update(self):
        """Find the matters left over from conflicts; move due dates still ahead, notice what has become late, and count
        the hours of open matters on."""
        pending = self.env["crm.interaction"]._everything().search([("matter_pending", "=", True)], order="date, id")
        self.env["ir.cron"]._commit_progress(remaining=len(pending))
        for rows in split_every(BATCH, pending.ids, pending.browse):
            self._at_once_or_singly(self._place_pending, rows)
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                return
        self._update_complaint_activities()
        self._find_asked_again()
        for matters in split_every(BATCH, self.search(self._moving_domain()).ids, self.browse):
            self._at_once_or_singly(self._refresh, matters)
            if not self.env["ir.cron"]._commit_progress(len(matters)):
                return

    @api.model
    def _moving_domain(self):
        """Return the domain of matters in which somebody has to move, or something has happened that lay ahead.

        The clocks of some senders are fast; what they write waits from its own time on.
        """
        now = fields.Datetime.now()
        come = SQL("(SELECT id FROM crm_interaction_matter WHERE as_of < last_on AND last_on <= %s)", now)
        running = Domain("waiting", "!=", "nobody") & Domain("is_open", "=", True)
        return running | Domain("id", "in", come)

    @api.model
    def _place_pending(self, rows):
        """Find the matters of interactions (``rows``), with what has come since."""
        self._follow(rows | self._come_since(rows))
        rows.write({"matter_pending": False})

    @api.model
    def _come_since(self, rows):
        """Return the interactions that were captured after ``rows`` on the same documents of the same clients, and
        found neither a matter nor a proposal: an answer belongs to none then."""
        key = operator.attrgetter("res_model", "res_id", "commercial_partner_id")
        first = {}
        for row in rows.sorted("id"):
            first.setdefault(key(row), row.id)
        domain = Domain("matter_id", "=", False) & Domain("res_id", "in", [res_id for _model, res_id, _client in first])
        found = rows.search(domain & Domain("id", ">", min(first.values())))
        return found.filtered(lambda row: not row.matter_link and key(row) in first and row.id > first[key(row)])

    @api.model
    def _at_once_or_singly(self, work, records):
        """Call ``work(records)``, or for each record if that fails; leave those that fail to the next run."""
        for batch in (records, *records):
            try:
                with self.env.cr.savepoint():
                    work(batch)
                if batch == records:
                    return
            except CONFLICTS:
                _logger.info("%s are being changed; the next run goes on", batch)
            except Exception:
                _logger.exception("%s were not brought up to date; the next run tries again", batch)

    @api.model
    def _refresh(self, matters):
        """Store those of ``matters`` of which the passing of time, or a calendar, has changed something."""
        known = {matter.id: (matter.due, matter.late, matter.as_of) for matter in matters}
        cases = matters._loaded()
        for case in cases:
            due, late, as_of = known[case.id]
            is_same = (case.state.due or False, case.state.late) == (due, late)
            case.is_changed = not is_same or case.time.between(as_of or case.now, case.now) > 0
        self._store(cases)
