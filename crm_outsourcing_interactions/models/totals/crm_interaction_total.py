from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..events.actions import notification_action
from .plan import TOTALS
from .sums import READ, differences, fold, function, rebuild, tidy, triggers

LOCK = SQL("hashtext('crm_interaction_total')")
PORTION = 10_000
"""Maximum number of pending rows to fold in one transaction: about a second."""


class CrmInteractionTotal(models.AbstractModel):
    """Maintain the monthly totals of ``plan.py``, which pivots and graphs read instead of the interactions.

    Triggers keep them up to date. Check and rebuild them from ``odoo shell``, or by the buttons in the settings::

        env["crm.interaction.total"]._check()    # [] when they equal the interactions, else the differences
        env["crm.interaction.total"]._rebuild()  # after triggers were off for a bulk import; commit yourself
    """

    _name = "crm.interaction.total"
    _description = "Totals of Interactions"

    def init(self):
        """Install the triggers once all tables exist."""
        res = super().init()
        self.pool.post_init(self._install)
        return res

    @api.model
    def _install(self):
        """Create missing triggers; rebuild if a total is empty."""
        self.env.cr.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'crm_interaction'::regclass")
        there = {name for (name,) in self.env.cr.fetchall()}
        missing = [statement for name, statement in triggers().items() if name not in there]
        new = [] if all(map(self._is_filled, TOTALS)) else rebuild()
        for statement in (*new, function(), *missing):
            self.env.cr.execute(SQL(statement))

    @api.model
    def _is_filled(self, total):
        return self.env.execute_query(SQL("SELECT EXISTS (SELECT FROM %s)", SQL.identifier(total.name))) == [(True,)]

    @api.model
    def _flush(self):
        """Flush the fields on which the sums depend."""
        self.env["crm.interaction"].flush_model(READ)

    @api.model
    def _check(self):
        """Compare the totals with the interactions in one snapshot.

        :return: ``(table, {column: value})`` for each different key, with sums as total minus interactions.
        """
        self._flush()
        return [
            (total.name, difference)
            for total in TOTALS
            for difference in self.env.execute_query_dict(SQL(differences(total)))
        ]

    @api.model
    def _rebuild(self):
        """Rebuild the totals from all interactions. Concurrent changes are added as pending rows."""
        self._flush()
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
        for statement in rebuild():
            self.env.cr.execute(SQL(statement))

    @api.model
    def _cron_fold(self):
        """Fold the pending rows into the totals, one portion per transaction to keep locks short."""
        is_full, seconds = True, 1
        while is_full and seconds:
            number = self._fold()
            is_full = number == PORTION
            seconds = self.env["ir.cron"]._commit_progress(number, remaining=number if is_full else 0)

    @api.model
    def _fold(self):
        """Fold the oldest pending rows, at most ``PORTION``, unless another worker is doing so; return their number.

        Rows appended meanwhile stay pending; readers see a consistent state.
        """
        if self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK)) != [(True,)]:
            return 0
        [(number,)] = self.env.execute_query(SQL(fold(PORTION)))
        for statement in tidy() if number < PORTION else ():
            self.env.cr.execute(SQL(statement))
        return number

    # --- buttons ----------------------------------------------------------------------

    @api.model
    def action_check(self):
        """Notify the manager whether the totals equal the interactions."""
        self._check_manager()
        if differences := self._check():
            message = self.env._("Totals that differ from the interactions: %s. Rebuild them.", len(differences))
            return notification_action(message, "danger")
        return notification_action(self.env._("All totals equal the interactions."), "success")

    @api.model
    def action_rebuild(self):
        """Rebuild the totals from all interactions."""
        self._check_manager()
        self._rebuild()
        return notification_action(self.env._("All totals were rebuilt."), "success")

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("crm_outsourcing_interactions.group_manager"):
            raise AccessError(self.env._("Only managers of Client Interactions may check or rebuild totals."))
