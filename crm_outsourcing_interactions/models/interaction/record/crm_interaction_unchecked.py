from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, sql

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .unchecked_many2one import UncheckedMany2one

LOGGED_LATELY = timedelta(days=3)


class CrmInteraction(models.Model):
    """What foreign keys would do for the fields that have none, see ``UncheckedMany2one``."""

    _inherit = "crm.interaction"

    @api.model
    def _point_elsewhere(self, names, ids, target_id=None):
        """Have the fields ``names`` that point to one of ``ids``, now deleted or merged, point to ``target_id``
        or to nothing. Call it for the fields of your own that are unchecked."""
        if not ids or self._is_being_uninstalled(names):
            return
        self.flush_model()
        columns = [SQL.identifier(name) for name in names]
        is_gone = [SQL("%s = ANY(%s)", column, list(ids)) for column in columns]
        changes = [
            SQL("%s = CASE WHEN %s THEN %s ELSE %s END", column, gone, target_id, column)
            for column, gone in zip(columns, is_gone, strict=True)
        ]
        self._record_pointers(names, lambda name: SQL("%s = ANY(%s)", SQL.identifier(name), list(ids)), target_id)
        self.env.cr.execute(
            SQL("UPDATE crm_interaction SET %s WHERE %s", SQL(", ").join(changes), SQL(" OR ").join(is_gone))
        )
        self.invalidate_model(names, flush=False)

    @api.model
    def _is_being_uninstalled(self, names):
        """Return whether Odoo has dropped these columns already: it deletes messages and users after them."""
        return self.env.context.get(MODULE_UNINSTALL_FLAG) and not all(
            sql.column_exists(self.env.cr, self._table, name) for name in names
        )

    @api.model
    def _forget_deleted(self):
        """Forget what was deleted by another worker at the moment when it was logged: nobody could see that, and a
        list cannot show it. Called every hour; it reads little."""
        after_id = self._last_before(self.env.cr.now() - LOGGED_LATELY)
        for name, field in self._fields.items():
            if isinstance(field, UncheckedMany2one) and not field.required:
                self._forget_missing(name, self.env[field.comodel_name]._table, after_id)

    @api.model
    def _last_before(self, moment):
        """Return the id of the last contact logged before ``moment``: found from the end, few rows are read."""
        domain = [("create_date", "<", moment)]
        return self.with_context(active_test=False).search(domain, order="id desc", limit=1).id or 0

    @api.model
    def _forget_missing(self, name, table, after_id):
        self.env.cr.execute(
            SQL(
                "UPDATE crm_interaction i SET %(name)s = NULL WHERE id > %(after_id)s AND %(name)s IS NOT NULL"
                " AND NOT EXISTS (SELECT FROM %(table)s t WHERE t.id = i.%(name)s)",
                name=SQL.identifier(name),
                table=SQL.identifier(table),
                after_id=after_id,
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model([name], flush=False)
