from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.sql import table_columns, table_exists

from .aggregates import AGGREGATE_FIELDS, AGGREGATES, PENDING, SUMS, definitions, fold, function, rebuild, triggers

LOCK = SQL("hashtext('crm_interaction_total')")


class CrmInteractionTotal(models.AbstractModel):
    """The monthly aggregates of ``aggregates.py``: sums of the interactions, which pivots and graphs read instead of
    them.

    They are kept by the database itself. From ``odoo shell``, or by the buttons in the settings::

        env["crm.interaction.total"]._check()    # [] when they equal the interactions, else the differences
        env["crm.interaction.total"]._rebuild()  # after triggers were off for a bulk import; commit yourself
    """

    _name = "crm.interaction.total"
    _description = "Totals of Interactions"

    @api.model
    def _install(self):
        """Create what is missing; fill the tables anew when there is a new one, or a new column."""
        are_there = all(self._is_there(aggregate) for aggregate in AGGREGATES) and table_exists(self.env.cr, PENDING)
        self.env.cr.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'crm_interaction'::regclass")
        there = {name for (name,) in self.env.cr.fetchall()}
        missing = [statement for name, statement in triggers().items() if name not in there]
        new = [] if are_there else [*definitions(), *rebuild()]
        for statement in (*new, function(), *missing):
            self.env.cr.execute(SQL(statement))

    @api.model
    def _is_there(self, aggregate):
        """Say whether the table of ``aggregate`` is there, with all its columns."""
        return {*aggregate.keys, *SUMS} <= table_columns(self.env.cr, aggregate.table).keys()

    @api.model
    def _flush(self):
        """Bring to the database what the sums depend on."""
        self.env["crm.interaction"].flush_model(AGGREGATE_FIELDS)

    @api.model
    def _check(self):
        """Compare the aggregates with the interactions, at one moment.

        :return: ``(table, {column: value})`` for each key where they differ, its sums being aggregate minus
        interactions.
        """
        self._flush()
        return [
            (aggregate.table, difference)
            for aggregate in AGGREGATES
            for difference in self.env.execute_query_dict(SQL(aggregate.differences))
        ]

    @api.model
    def _rebuild(self):
        """Sum up all interactions anew. Others may go on working: what they change meanwhile comes on top."""
        self._flush()
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
        for statement in rebuild():
            self.env.cr.execute(SQL(statement))

    @api.model
    def _compact(self):
        """Fold what is pending into the aggregates, unless another worker is at it.

        What is appended meanwhile stays for the next time; readers see the old rows or the new ones.
        """
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        if self.env.cr.fetchone() == (True,):
            self.env.cr.execute(SQL(fold()))

    # --- buttons ----------------------------------------------------------------------

    @api.model
    def action_check(self):
        """Tell the manager whether the sums are right."""
        self._check_manager()
        if differences := self._check():
            message = self.env._("%s totals differ from the interactions. Rebuild them.", len(differences))
            return self._notification(message, "danger")
        return self._notification(self.env._("All totals equal the interactions."), "success")

    @api.model
    def action_rebuild(self):
        """Sum up all interactions anew."""
        self._check_manager()
        self._rebuild()
        return self._notification(self.env._("All interactions were summed up anew."), "success")

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("crm_outsourcing_interactions.group_manager"):
            raise AccessError(self.env._("Only managers of Client Interactions may do that."))

    @api.model
    def _notification(self, message, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind},
        }


class CrmInteraction(models.Model):
    """What the aggregates sum up."""

    _inherit = "crm.interaction"

    def init(self):
        """Have the database keep the aggregates."""
        res = super().init()
        self.env["crm.interaction.total"]._install()
        return res
