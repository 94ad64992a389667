import logging
from collections import Counter
from datetime import timedelta
from time import monotonic

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

DAYS_TRIED = 90
BATCH_SIZE = 200
CLICK_SECONDS = 3.0
"""How long a click counts; a scheduled action does the rest."""
MOST_EXAMPLES = 20


class CrmInteractionRuleTrial(models.TransientModel):
    """Count what a rule, in use or not, would have changed; nothing is written to interactions.

    The numbers are those of all interactions of the user's companies; examples are only what the user may read.
    """

    _name = "crm.interaction.rule.trial"
    _description = "Trial of an Interaction Rule"

    rule_id = fields.Many2one("crm.interaction.rule", required=True, ondelete="cascade")
    company_ids = fields.Many2many("res.company", default=lambda self: self.env.companies)
    state = fields.Selection(
        [("counting", "Counting"), ("counted", "Counted"), ("stopped", "Stopped")], default="counting", required=True
    )
    rule_version = fields.Datetime(help="Last change of the rule that is counted.")
    last_id = fields.Integer("Last Interaction Read")
    read_count = fields.Integer("Interactions Read")
    total_count = fields.Integer("Interactions to Read")
    percent = fields.Float("Percentage Read", compute="_compute_percent")
    changed_count = fields.Integer("Would Change", help="Interactions that no user has classified.")
    agreed_count = fields.Integer("Agrees with Users", help="Interactions that users classified in the same way.")
    contradicted_count = fields.Integer(
        "Contradicts Users", help="Interactions that users classified differently. Their types stay."
    )
    line_ids = fields.One2many("crm.interaction.rule.trial.line", "trial_id")
    changed_ids = fields.Many2many("crm.interaction", "crm_interaction_rule_trial_changed", string="Examples")
    contradicted_ids = fields.Many2many("crm.interaction", "crm_interaction_rule_trial_contradicted")

    @api.depends("read_count", "total_count")
    def _compute_percent(self):
        for trial in self:
            trial.percent = min(100 * trial.read_count / trial.total_count, 100) if trial.total_count else 0

    @api.model
    def _cron_run(self):
        """Count on, in batches, as long as the cron has time."""
        for trial in self.search([("state", "=", "counting")], order="id"):
            while trial.exists() and trial.state == "counting":
                trial._run_batch_or_stop()
                if not self.env["ir.cron"]._commit_progress(1, remaining=int(trial.state == "counting")):
                    return

    def _run_for(self, seconds):
        """Count for at most about ``seconds``; let the cron do the rest."""
        deadline = monotonic() + seconds
        while self.state == "counting" and monotonic() < deadline:
            self._run_batch_or_stop()
        if self.state == "counting":
            # sudo: managers may start the scheduled action of their own trials
            self.env.ref("crm_outsourcing_interactions.cron_rule_trials").sudo()._trigger()

    def _run_batch_or_stop(self):
        try:
            with self.env.cr.savepoint():
                self._run_batch()
        except Exception:
            _logger.exception("Trial of rule %s stopped", self.rule_id.id)
            self.state = "stopped"

    def _run_batch(self):
        # sudo: the numbers include what the user may not read
        trial = self.sudo()
        if trial.rule_version != trial.rule_id.write_date:
            trial._begin()
        domain = trial._domain()
        interactions = self.env["crm.interaction"].sudo()
        if not trial.total_count:
            trial.total_count = interactions.search_count(domain)
        batch = interactions.search([*domain, ("id", ">", trial.last_id)], order="id", limit=BATCH_SIZE)
        if len(batch) < BATCH_SIZE:
            trial.state = "counted"
        trial._count(trial.rule_id._outcomes(batch))
        trial.read_count += len(batch)
        trial.last_id = batch[-1:].id or trial.last_id

    def _begin(self):
        """Count from the beginning: the numbers are those of the rule as it is, whoever changes it meanwhile."""
        numbers = ("last_id", "read_count", "total_count", "changed_count", "agreed_count", "contradicted_count")
        self.write({**dict.fromkeys(numbers, 0), "rule_version": self.rule_id.write_date})
        self.line_ids.unlink()
        self.changed_ids = self.contradicted_ids = False

    def _domain(self):
        companies = self.company_ids & self.create_uid.company_ids  # whatever a request named
        return self.rule_id._tried_domain(companies, fields.Date.today() - timedelta(days=DAYS_TRIED))

    def _count(self, outcomes):
        """Add ``outcomes`` (list of interaction and type id) to the numbers."""
        counts = Counter()
        for interaction, type_id in outcomes:
            is_by_user, is_same = interaction.classified_by == "person", interaction.type_id.id == type_id
            self.agreed_count += is_by_user and is_same
            if is_same:
                continue
            counts[interaction.type_id.id, type_id, is_by_user] += 1
            self._keep_example(interaction, "contradicted" if is_by_user else "changed")
        for (before, after, is_by_user), number in counts.items():
            self[f"{'contradicted' if is_by_user else 'changed'}_count"] += number
            self.line_ids._add(self, before, after, is_by_user, number)

    def _keep_example(self, interaction, kind):
        name = f"{kind}_ids"
        if len(self[name]) < MOST_EXAMPLES and interaction._is_readable_by(self.create_uid):
            self[name] |= interaction

    def action_again(self):
        """Count anew, for example after the rule was changed."""
        self.ensure_one()
        return self.rule_id.action_try()


class CrmInteractionRuleTrialLine(models.TransientModel):
    """Store how many interactions a rule would move from one type to another."""

    _name = "crm.interaction.rule.trial.line"
    _description = "Line of a Trial of an Interaction Rule"
    _order = "is_by_user, number desc, id"

    trial_id = fields.Many2one("crm.interaction.rule.trial", required=True, ondelete="cascade", index=True)
    type_before_id = fields.Many2one("crm.interaction.type", "Type Now", ondelete="cascade")
    type_after_id = fields.Many2one("crm.interaction.type", "Type by This Rule", ondelete="cascade")
    is_by_user = fields.Boolean("Classified by a User")
    number = fields.Integer("Interactions")

    def _add(self, trial, before, after, is_by_user, number):
        """Add ``number`` to the line of ``trial`` from type ``before`` to ``after`` (ids)."""
        key = before, after, is_by_user
        line = self.filtered(lambda line: (line.type_before_id.id, line.type_after_id.id, line.is_by_user) == key)
        if line:
            line.number += number
        else:
            vals = {"type_before_id": before, "type_after_id": after, "is_by_user": is_by_user, "number": number}
            self.create({"trial_id": trial.id, **vals})
