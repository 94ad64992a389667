import json

import psycopg2.errors
from psycopg2.extras import Json as PsycopgJson

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import clean_context

from ...events.keys import captured_key, is_about_reference
from ...events.marks import mark, marked
from ...events.settled_cache import settled_cache
from .crm_interaction_quality import quality

MODULE = "crm_outsourcing_interactions"
INSERT = (
    "INSERT INTO crm_interaction (%s) SELECT %s%s ON CONFLICT DO NOTHING"
    " RETURNING origin_key, COALESCE(commercial_partner_id, 0), id"
)


def column_type(field):
    """Return the ``SQL`` of the column type of a field."""
    return SQL(field.column_type[1])


def json_table(columns):
    """Return the ``SQL`` of a table ``v`` with ``columns`` (``{field: values}``), its rows in one JSON text."""
    names = [field.name for field in columns]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    types = SQL(", ").join(SQL("%s %s", SQL.identifier(field.name), column_type(field)) for field in columns)
    return SQL("json_to_recordset(%s) AS v(%s)", json.dumps(rows, default=plain), types)


def plain(value):
    """Return a column value as JSON can hold it."""
    return value.adapted if isinstance(value, PsycopgJson) else str(value)


class CrmInteraction(models.Model):
    """Store captured interactions, each once."""

    _inherit = "crm.interaction"

    @api.model
    def _recorded(self, events):
        """Log ``events``; drop those already logged for the client, even concurrently by another worker."""
        return self._logged(events, [self._prepare_interaction_vals(event) for event in events])

    @api.model
    def _logged(self, events, vals_list):
        """Log each of ``events`` with its values of ``vals_list``; return the new ones."""
        new = self._insert_once(vals_list)
        for event, vals in zip(events, vals_list, strict=True):
            event.logged_id = new.pop((vals["origin_key"], vals["commercial_partner_id"] or 0), 0)
        return [event for event in events if event.logged_id or event.drop("logged")]

    @api.model
    def _prepare_interaction_vals(self, event):
        """Return the interaction values of a captured event. Extend it to fill additional fields."""
        vals = {
            "direction": event.direction,
            "channel": event.channel,
            "polarity": event.polarity,
            "subject": event.subject,
            "message_id": event.message_id,
            "event": event.code,
            "origin_key": captured_key(event.key),
            "rating_value": event.rating_value or None,
            "previous": event.previous,
            "active": True,
            **event.type_vals(),
        }
        if event.hint and event.hint["code"] == "unknown_sender":
            vals |= {"unknown_sender": event.hint["address"], "active": False}
        by = vals.get("classified_by")
        vals["suggested_type_id"] = vals["type_id"] if by != "person" else False
        vals["quality"] = quality(vals["type_id"], vals["suggested_type_id"], vals["state"], by)
        return vals

    @api.model
    def _insert_once(self, vals_list):
        """Insert new interactions, in one statement unless another addon extends their creation.

        :param list vals_list: all stored values, including computed ones.
        :return: ``{(origin_key, client id): id}`` of the new interactions.
        :raises psycopg2.errors.SerializationFailure: when another worker has concurrently logged one of them.
        """
        if not vals_list:
            return {}
        if self._has_other_logic() and not mark(self.env, "interaction_created"):
            return self._create_once(vals_list)
        return {(key, client_id): id_ for key, client_id, id_ in self._inserted(vals_list)}

    @api.model
    def _inserted(self, vals_list):
        """Return the rows (key, client id, id) that were inserted for ``vals_list``.

        Values that all rows share are converted and sent once; the others as one JSON text, which PostgreSQL reads
        faster than ``VALUES``.
        """
        now = self.env.cr.now()
        log = {"create_uid": self.env.uid, "create_date": now, "write_uid": self.env.uid, "write_date": now}
        defaults = self._defaults_beside(vals_list[0]["company_id"], set.intersection(*map(set, vals_list)))
        rows = [{**defaults, **log, **own} for own in vals_list]
        fields = [self._fields[name] for name in sorted(set().union(*rows))]
        columns = {field: self._column(field, rows) for field in fields if field.column_type}
        varying = {field: values for field, values in columns.items() if len(values) > 1}
        selected = [
            SQL.identifier("v", field.name) if field in varying else SQL("%s::%s", values[0], column_type(field))
            for field, values in columns.items()
        ]
        names = SQL(", ").join(SQL.identifier(field.name) for field in columns)
        source = SQL(" FROM %s", json_table(varying)) if varying else SQL()
        return self.env.execute_query(SQL(INSERT, names, SQL(", ").join(selected), source))

    @api.model
    def _column(self, field, rows):
        """Return the column values (list) of ``field`` in ``rows`` (dicts); only one if all are equal.

        Unknown values, e.g. of the duration, become NULL.
        """
        values = [row.get(field.name) for row in rows]
        if values.count(values[0]) == len(values):
            values = values[:1]
        convert, is_boolean = field.convert_to_column_insert, field.type == "boolean"
        pairs = zip(values, rows, strict=False)
        return [convert(value, self, row) if value or is_boolean else None for value, row in pairs]

    @api.model
    def _defaults_beside(self, company_id, given):
        """Return the defaults of fields not in ``given`` (names), by other addons or set by a user.

        Defaults in the context are ignored, as they concern the user's action and not the interaction.
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
        """Return the names of the fields with a default for any user (cached)."""
        # sudo: only the existence of defaults is read
        of_users = self.env["ir.default"].sudo().search([("field_id.model", "=", self._name)]).field_id.mapped("name")
        return {*of_users, *(name for name, field in self._fields.items() if field.default)}

    # --- with other addons ---------------------------------------------------------------

    @api.model
    def _has_other_logic(self):
        """Return whether something else must run when interactions are created: another addon's, Studio's, or an
        automation rule on creation, for which Odoo patches ``create`` without clearing caches."""
        return "create" in vars(type(self)) or self._is_extended()

    @api.model
    @settled_cache()
    def _is_extended(self):
        """Return whether another addon, or *Studio*, adds a constraint or ``create`` on interactions, or a stored
        compute on any model that depends on them (cached)."""
        checks = [check.__module__ for check in self._constraint_methods]
        creates = [
            c._module for c in type(self).__mro__ if "create" in vars(c) and getattr(c, "_name", "") == self._name
        ]
        own = f"odoo.addons.{MODULE}."
        computed = {field for field in self._fields.values() if field.store and field.compute}
        computed.update(*(self.pool.get_dependent_fields(field) for field in self._fields.values()))
        is_computed = any(field.store and MODULE not in (field._modules or ()) for field in computed)
        return is_computed or any(not name.startswith(own) for name in checks) or any(c != MODULE for c in creates)

    @api.model
    def _create_once(self, vals_list):
        """Create new interactions one by one with the ORM; see :meth:`_insert_once`."""
        new = {}
        for vals in vals_list:
            key = vals["origin_key"], vals["commercial_partner_id"] or 0
            domain = [("origin_key", "=", key[0]), ("commercial_partner_id", "=", key[1] or False)]
            if key in new or self.with_context(active_test=False).search_count(domain, limit=1):
                continue
            try:
                with self.env.cr.savepoint():
                    # what an automation rule on creation sends must not create what the rule runs on again
                    new[key] = marked(self._by_code(), "interaction_created").create(vals).id
            except (psycopg2.errors.SerializationFailure, psycopg2.errors.UniqueViolation) as error:
                if is_about_reference(error):
                    raise  # nothing is logged; the event must be kept for a retry
        return new
