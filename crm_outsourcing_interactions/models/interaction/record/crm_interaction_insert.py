import psycopg2.errors

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import clean_context

from ...events.settled_cache import settled_cache

INSERT_ONCE = """
    SAVEPOINT crm_interaction_log;
    SELECT set_config('crm_interaction.before', nextval('crm_interaction_id_seq')::text, TRUE);
    INSERT INTO crm_interaction (%s) %s ON CONFLICT DO NOTHING;
    RELEASE SAVEPOINT crm_interaction_log;
    SELECT id FROM crm_interaction WHERE id > current_setting('crm_interaction.before')::int
"""
"""One round trip. Of greater ids a transaction sees those that it has just inserted itself."""
INSERT_QUIETLY = """
    SAVEPOINT crm_interaction_log;
    INSERT INTO crm_interaction (%s) %s ON CONFLICT DO NOTHING;
    RELEASE SAVEPOINT crm_interaction_log
"""
"""The same without asking what is new, in half the time."""
UNDO = SQL("ROLLBACK TO SAVEPOINT crm_interaction_log; RELEASE SAVEPOINT crm_interaction_log")
FOREIGN_KEY_CHECK = "FOR KEY SHARE"
EMPTY_VALUES = (False, None)
AS_THEY_ARE = {"boolean", "integer", "many2one", "many2one_reference"}
"""Types of fields whose values, as ``Event`` gives them, are what the database takes."""


SEPARATOR, EMPTY = "\x1f", "\x1e"
"""Characters that ASCII has for the purpose: between values, and for one that is NULL."""


def as_array(values, type_):
    r"""Return ``values`` (a list) as an array of SQL type ``type_``: as one text, which costs driver and parser
    a fraction of the time of a literal for each value.

    >>> as_array([7, None], "int4").params
    ['7\x1f\x1e', '\x1f', '\x1e']
    >>> as_array(["strange \x1f", "text"], "varchar").params
    [['strange \x1f', 'text']]
    """
    text = SEPARATOR.join(EMPTY if value is None else str(value) for value in values)
    if text.count(SEPARATOR) == len(values) - 1 and text.count(EMPTY) == values.count(None):
        return SQL(f"string_to_array(%s, %s, %s)::{type_}[]", text, SEPARATOR, EMPTY)
    return SQL(f"%s::{type_}[]", values)


def quoted(names):
    """
    >>> quoted(["date", "user_id"])
    '"date", "user_id"'
    """
    return ", ".join([f'"{name}"' for name in names])


class CrmInteraction(models.Model):
    """Brings what was captured to the database, each contact once."""

    _inherit = "crm.interaction"

    @api.model
    def _insert_once(self, vals_list, returning=True):
        """Insert what is new in one statement; ``create`` would need a search and a savepoint besides.

        :return: the new interactions.
        """
        if not vals_list:
            return self.browse()
        statement = self._insert_statement(self._prepare_rows(vals_list), returning)
        try:
            self.env.cr.execute(statement)
        except psycopg2.Error as error:
            self.env.cr.execute(UNDO)
            return self._insert_after_conflict(vals_list, error, returning)
        self.env["mail.message"].invalidate_model(["interaction_ids"], flush=False)
        return self.browse(id_ for (id_,) in self.env.cr.fetchall()) if returning else self.browse()

    @api.model
    def _insert_after_conflict(self, vals_list, error, returning):
        """A transaction that ended after ours began has logged one of the contacts: insert the others.

        :raises psycopg2.Error: ``error``, when it is another: that transaction may as well have
            deleted the type or the service, which PostgreSQL tells from the check of a foreign key.
        """
        is_conflict = isinstance(error, psycopg2.errors.SerializationFailure)
        if not is_conflict or FOREIGN_KEY_CHECK in (error.diag.context or ""):
            raise error
        if len(vals_list) == 1:
            return self.browse()
        return self.browse().concat(*(self._insert_once([vals], returning) for vals in vals_list))

    @api.model
    def _prepare_rows(self, vals_list):
        """Return ``vals_list`` with defaults and access log, as ``create`` would, yet without reading anything."""
        now = self.env.cr.now()
        log = {"create_uid": self.env.uid, "create_date": now, "write_uid": self.env.uid, "write_date": now}
        names = dict.fromkeys(set().union(*vals_list), False) if len(vals_list) > 1 else {}
        defaults = self._defaults_beside(vals_list[0]["company_id"], set.intersection(*map(set, vals_list)))
        return [{**names, **defaults, **log, **vals} for vals in vals_list]

    @api.model
    def _defaults_beside(self, company_id, given):
        """Return the defaults of fields that are not among the ``given`` names: of your own, or set by a user.

        Those of the context are meant for what the user is doing, not for the contact.
        """
        missing = self._names_with_default() - given
        if not missing:
            return {}
        of_company = self.with_company(company_id)
        clean = of_company.env(context=clean_context(of_company.env.context))
        return self.with_env(clean).default_get(list(missing))

    @api.model
    @settled_cache()
    def _names_with_default(self):
        """Return the names of the fields that have a default, for anybody (cached)."""
        # sudo: no defaults are read, only whether there are any
        of_users = self.env["ir.default"].sudo().search([("field_id.model", "=", self._name)]).field_id.mapped("name")
        return {*of_users, *(name for name, field in self._fields.items() if field.default)}

    @api.model
    def _insert_statement(self, vals_list, returning):
        statement = INSERT_ONCE if returning else INSERT_QUIETLY
        if len(vals_list) == 1:
            names, values = self._row(vals_list[0])
            return SQL(statement % (quoted(names), f"VALUES ({', '.join(['%s'] * len(values))})"), *values)
        names = [name for name in sorted(vals_list[0]) if self._is_inserted(name, vals_list)]
        return SQL(statement, SQL(quoted(names)), self._rows(names, vals_list))

    @api.model
    def _row(self, vals):
        """Return the names and the values of one row as SQL takes them. What is empty is left out, ids are what they
        are, and what the database looks up by the way is SQL already."""
        row = {}
        for name, value in vals.items():
            field = self._fields[name]
            if value in EMPTY_VALUES and field.type != "boolean":
                continue
            if field.type in AS_THEY_ARE:
                row[name] = value
            elif field.column_type:
                row[name] = field.convert_to_column_insert(value, self, vals)
        return row.keys(), row.values()

    @api.model
    def _rows(self, names, vals_list):
        """Return many rows, column by column: in half of the time that rows take the driver and the database.

        What is the same in all rows is named once.
        """
        columns = {name: self._converted(name, vals_list) for name in names}
        varying = [name for name, values in columns.items() if len(values) > 1] or names[:1]
        selected = [
            SQL.identifier(name) if name in varying else SQL("%s", values[0]) for name, values in columns.items()
        ]
        arrays = [as_array(columns[name], self._fields[name].column_type[1]) for name in varying]
        aliases = SQL(", ").join(map(SQL.identifier, varying))
        return SQL("SELECT %s FROM unnest(%s) AS r (%s)", SQL(", ").join(selected), SQL(", ").join(arrays), aliases)

    @api.model
    def _converted(self, name, vals_list):
        """Return the values of one column as SQL takes them, a single one when all are equal.

        Each different value is converted once.
        """
        convert = self._fields[name].convert_to_column_insert
        values = [vals[name] for vals in vals_list]
        different = dict(zip(values, vals_list, strict=True))
        known = {value: convert(value, self, vals) for value, vals in different.items()}
        return [known[value] for value in values] if len(known) > 1 else list(known.values())

    @api.model
    def _is_inserted(self, name, vals_list):
        """Say whether a column must be named: what is empty in all rows is NULL anyway."""
        field = self._fields[name]
        if not field.column_type:
            return False
        if field.type == "boolean":
            return True
        for vals in vals_list:  # noqa: SIM110 - any() takes twice the time, for each column of each contact
            if vals[name] not in EMPTY_VALUES:
                return True
        return False
