"""Uninstallation: nothing of the addon is left, and nothing that users made of it stops Odoo half-way.

Odoo calls the hook while all models are loaded and then deletes the addon's records, columns and tables one after the
other. By then models and tables no longer fit together, so all that users made on our models is deleted here.
"""

import re

from odoo.fields import Command, Domain
from odoo.tools import SQL

from .models.totals import sums

MODULE = "crm_outsourcing_interactions"
ACTION = "interaction"
"""The sort of server action that the addon brings."""
BY_MODEL_NAME = {
    "ir.filters": "model_id",
    "ir.exports": "resource",
    "ir.embedded.actions": "parent_res_model",
    "ir.actions.report": "model",
    "ir.actions.act_window": "res_model",
    "ir.ui.view": "model",
    "base_import.mapping": "res_model",
    "mail.activity": "res_model",
    "mail.activity.plan": "res_model",
    "mail.activity.type": "res_model",
    "mail.message": "model",
    "mail.message.subtype": "res_model",
    "mail.scheduled.message": "model",
    "mail.template": "model",
}
"""What users make for a model that no foreign key deletes with it, or whose deletion such a key prevents."""
NAMING_FIELDS = {
    "ir.ui.view": ("arch_db",),
    "ir.filters": ("domain", "context", "sort"),
    "ir.rule": ("domain_force",),
}
"""What users may make for Odoo's own models with our fields in it: these models could no longer be opened."""


def uninstall_hook(env):
    """Delete what users made on our models, and what of ours Odoo does not delete."""
    env = env(su=True, context={**env.context, "active_test": False, "_force_unlink": True})
    models = _own_models(env)
    _empty_tables(env, models)
    _archive_what_names_our_fields(env, models)
    _delete_automation(env, models)
    _delete_menus(env, models)
    _delete_by_model_name(env, models)
    _withdraw_dashboards(env, models)
    _delete_activity_types(env)
    _delete_rights_of_groups(env)
    _forget_records(env, models)
    env.flush_all()
    env.invalidate_all()


def _own_records(env, model):
    """Return the records of ``model`` (str) that belong to this addon alone."""
    data = env["ir.model.data"].search([("model", "=", model), ("module", "=", MODULE)])
    shared = env["ir.model.data"].search(
        [("model", "=", model), ("module", "!=", MODULE), ("res_id", "in", data.mapped("res_id"))]
    )
    return env[model].browse(set(data.mapped("res_id")) - set(shared.mapped("res_id"))).exists()


def _own_models(env):
    """Return our models (``ir.model``), those of Odoo that we extend excluded."""
    return _own_records(env, "ir.model")


def _own_fields(env, models):
    """Return the fields that models of Odoo lose: ours, and those of users that point to our models."""
    pointing = env["ir.model.fields"].search([("state", "=", "manual"), ("relation", "in", models.mapped("model"))])
    return (_own_records(env, "ir.model.fields") | pointing).filtered(lambda field: field.model_id not in models)


def _archive_what_names_our_fields(env, models):
    """Archive what users made for Odoo's own models with our fields in it; they may mend and use it again."""
    names = {field.name for field in _own_fields(env, models)} - set(env["base"]._fields)
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names)))})\b")
    for model, fields in NAMING_FIELDS.items():
        of_modules = env["ir.model.data"].search([("model", "=", model), ("module", "not like", r"\_\_%")])
        made = env[model].search([("id", "not in", of_modules.mapped("res_id")), ("active", "=", True)])
        broken = made.filtered(lambda record, fields=fields: any(named.search(record[f] or "") for f in fields))
        broken.write({"active": False})


def _delete_automation(env, models):
    """Delete scheduled actions before the server actions that they keep from being deleted."""
    of_us = Domain("model_id", "in", models.ids) | Domain("state", "=", ACTION)
    env["ir.cron"].search(of_us).unlink()
    env["ir.actions.server"].search(of_us).unlink()


def _delete_menus(env, models):
    """Delete the menus that users made for actions on our models."""
    actions = env["ir.actions.act_window"].search([("res_model", "in", models.mapped("model"))])
    ours = _own_records(env, "ir.ui.menu")
    leading = env["ir.ui.menu"].search([("action", "in", [f"{action._name},{action.id}" for action in actions])])
    (leading - ours | (ours.child_id - ours).filtered(lambda menu: not menu.action)).unlink()


def _delete_by_model_name(env, models):
    for model, field in BY_MODEL_NAME.items():
        if model in env:
            env[model].search([(field, "in", models.mapped("model"))]).unlink()


def _withdraw_dashboards(env, models):
    """Withdraw dashboards that show our models, such as copies of ours: they would show nothing but errors."""
    ours = re.compile("|".join(re.escape(f'"{name}"') for name in models.mapped("model")))
    dashboards = env["spreadsheet.dashboard"].search([("is_published", "=", True)])
    dashboards.filtered(lambda dashboard: ours.search(dashboard.spreadsheet_data or "")).write({"is_published": False})


def _delete_activity_types(env):
    """Delete our types and the activities of breaches; all else that has one of our types becomes a call."""
    types = _own_records(env, "mail.activity.type")
    breach = env.ref(f"{MODULE}.activity_type_breach", raise_if_not_found=False)
    if breach:
        env["mail.activity"].search([("activity_type_id", "=", breach.id)]).unlink()
    call = env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
    instead = call or env["mail.activity.type"].search([("id", "not in", types.ids)], limit=1)
    for field in _restricting(env, "mail.activity.type"):
        records = env[field.model_name].search([(field.name, "in", types.ids)])
        records.write({field.name: instead.id})
    types.unlink()  # later, with our fields already replaced, Odoo's own deletion would fail


def _restricting(env, comodel):
    """Return the stored many2one fields that keep records of ``comodel`` (str) from being deleted."""
    fields = (field for model in env.values() if model._auto for field in model._fields.values())
    return [
        field
        for field in fields
        if field.type == "many2one" and field.comodel_name == comodel and field.store and field.ondelete == "restrict"
    ]


def _delete_rights_of_groups(env):
    """Delete access rights and rules that users made for our groups alone."""
    groups = _own_records(env, "res.groups")
    env["ir.model.access"].search([("group_id", "in", groups.ids)]).unlink()
    rules = env["ir.rule"].search([("groups", "in", groups.ids)])
    rules.filtered(lambda rule: rule.groups <= groups).unlink()
    rules.exists().write({"groups": [Command.unlink(group.id) for group in groups]})


def _forget_records(env, models):
    """Forget the external ids of our models' records, which go with their tables, and those of other modules for
    what they gave our models (messages, activities)."""
    fields = env["ir.model.fields"].search([("model_id", "in", models.ids)])
    selections = env["ir.model.fields.selection"].search([("field_id", "in", fields.ids)])
    inherits = env["ir.model.inherit"].search([("model_id", "in", models.ids)])
    of_others = Domain.OR(
        Domain("model", "=", records._name) & Domain("res_id", "in", records.ids)
        for records in (fields, selections, inherits)
    )
    of_ours = Domain("model", "in", models.mapped("model"))
    env["ir.model.data"].search(of_ours | Domain("module", "!=", MODULE) & of_others).unlink()


def _empty_tables(env, models):
    """Empty our tables before anything else, or each record that Odoo deletes would be looked for in all of them."""
    env.flush_all()
    names = [env[name]._table for name in models.mapped("model") if name in env and env[name]._auto]
    tables = SQL(", ").join(map(SQL.identifier, sorted(names)))
    _lock(env, names)
    for statement in (SQL(sums.uninstall()), *_drop_foreign_keys(env, names), SQL("TRUNCATE %s", tables)):
        env.cr.execute(statement)
    env.invalidate_all(flush=False)


def _lock(env, tables):
    """Lock tables in one order: a deadlock with others would end it all."""
    for table in sorted(tables):
        env.cr.execute(SQL("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", SQL.identifier(table)))


def _drop_foreign_keys(env, tables):
    """Return the statements that drop all foreign keys to our ``tables``, and empty the columns that have them."""
    query = SQL(
        "SELECT conrelid::regclass::text, conname, attname, attnotnull FROM pg_constraint"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
        " WHERE contype = 'f' AND confrelid IN (SELECT oid FROM pg_class WHERE relname = ANY(%s)"
        " AND relnamespace = current_schema::regnamespace)",
        tables,
    )
    statements = []
    for table, name, column, is_required in env.execute_query(query):
        statements.append(SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL(table), SQL.identifier(name)))
        if table.strip('"') not in tables and not is_required:
            emptied = SQL("%s = NULL WHERE %s IS NOT NULL", *[SQL.identifier(column)] * 2)
            statements.append(SQL("UPDATE %s SET %s", SQL(table), emptied))
    return statements
