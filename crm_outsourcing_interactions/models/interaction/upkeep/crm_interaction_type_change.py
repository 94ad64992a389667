import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime
from odoo.tools.misc import format_duration

from ...events.keys import ids_in
from ...events.marks import marked
from ..record.crm_interaction_guard import DELETED_WITHIN, FIGURES, RESTORED
from ..tagging.mail_message import BADGE_PARTS

BADGE_PARTS["undo"] = ("crm.interaction.type.change", "_badge_sql")

UNDONE = "interaction_undone"
"""Mark of taking one's own word back at once: what it caused goes, whoever may decide about it otherwise."""
AT_ONCE = timedelta(minutes=10)


class CrmInteractionTypeChange(models.Model):
    """Record a change of an interaction: user, time, old and new values. Records are never updated.

    Users with such records cannot be deleted, see ``res.users``.
    """

    _name = "crm.interaction.type.change"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Type Change"
    _order = "id desc"
    _rec_name = "interaction_id"
    _protected_fields = frozenset(
        {
            "interaction_id",
            "user_id",
            "date",
            "type_before_id",
            "type_after_id",
            "direction_before",
            "direction_after",
            "state_before",
            "state_after",
            "before",
            "after",
        }
    )

    interaction_id = fields.Many2one("crm.interaction", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, default=lambda self: self.env.user, ondelete="restrict")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    type_before_id = fields.Many2one("crm.interaction.type", string="Previous Type", ondelete="restrict")
    type_after_id = fields.Many2one("crm.interaction.type", string="New Type", ondelete="restrict")
    direction_before = fields.Char()
    direction_after = fields.Char()
    state_before = fields.Char("Status Before")
    state_after = fields.Char("Status After")
    before = fields.Json(help="Values restored by undo; empty if the change created the interaction.")
    after = fields.Json(help="Changed values, e.g. of client, date or time spent.")
    summary = fields.Text("Other Changes", compute="_compute_summary")

    @api.model
    def _record(self, rows, before):
        """Record what changed of interactions (``rows``) since they were as ``before``, see ``pipeline.CHANGES``."""
        changes = [row._prepare_type_change_vals(before[row]) for row in rows]
        # sudo: the record of changes is nobody's to write
        self.sudo()._by_code().create([vals for vals in changes if vals["after"] or is_type_change(vals)])

    def _is_of_type(self):
        """Return whether type, direction or status changed, or the interaction was made by the change."""
        return not self.before or is_type_change(self)

    @api.model
    def _badge_sql(self, interactions):
        """Return the SQL of the id of the last change, if it is the user's own of type, direction or status.

        :param str interactions: alias of the interactions in the statement.
        """
        return SQL(
            "(SELECT CASE WHEN user_id = %s AND (before IS NULL OR (type_before_id, direction_before, state_before)"
            " IS DISTINCT FROM (type_after_id, direction_after, state_after)) THEN id END"
            " FROM crm_interaction_type_change WHERE interaction_id = %s ORDER BY id DESC LIMIT 1)",
            self.env.uid,
            SQL.identifier(interactions, "id"),
        )

    def _undo(self):
        """Restore what was before. What the change made is deleted within a day, as by hand; later it is ignored."""
        interaction = self.interaction_id._by_code()
        if self.before:
            interaction.write(self.before)
        elif self.date < self.env.cr.now() - DELETED_WITHIN:
            interaction.write({"state": "ignored"})
        else:
            interaction.unlink()

    @api.depends("before", "after")
    @api.depends_context("lang", "uid")
    def _compute_summary(self):
        for change in self:
            before, after = change.before or {}, change.after or {}
            texts = change._of_kind_texts() if before else []
            texts += [self._change_text(name, before.get(name), value) for name, value in after.items()]
            change.summary = "; ".join(texts)

    def _of_kind_texts(self):
        """Return old and new direction and status as texts, where they changed; the types have columns."""
        pairs = ((name, self[f"{name}_before"], self[f"{name}_after"]) for name in ("direction", "state"))
        return [self._change_text(name, old, new) for name, old, new in pairs if old != new]

    @api.model
    def _change_text(self, name, before, after):
        label = self.env["crm.interaction"]._fields[name]._description_string(self.env)
        return f"{label}: {self._value_text(name, before)} → {self._value_text(name, after)}"

    @api.model
    def _value_text(self, name, value):
        """Return a recorded value as the reader may see it."""
        field = self.env["crm.interaction"]._fields[name]
        if not value:
            return "–"
        if field.type == "many2one":
            record = self.env[field.comodel_name].browse(value).exists()._filtered_access("read")
            return record.display_name or "…"
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "datetime":
            return format_datetime(self.env, value, dt_format="short")
        return format_duration(value) if name == "duration" else str(value)


class CrmInteraction(models.Model):
    """Record every change relevant to figures, and undo it on request."""

    _inherit = "crm.interaction"

    type_change_ids = fields.One2many("crm.interaction.type.change", "interaction_id", string="Changes", readonly=True)

    def _latest_changes(self):
        """Return the last change of each of these interactions."""
        # sudo: as the record of changes
        changes = self.env["crm.interaction.type.change"].sudo()
        groups = changes._read_group([("interaction_id", "in", self.ids)], ["interaction_id"], ["id:max"])
        return changes.browse(id_ for _interaction, id_ in groups)

    def _changes_of(self, act):
        """Do ``act``; return the records of what it changed of these interactions."""
        before = self._latest_changes()
        act()
        return self._latest_changes() - before

    def _prepare_type_change_vals(self, before):
        """Return the values of the record of a change; ``before`` is empty for a new interaction."""
        old = before or {}
        now = self._restorable()
        changed = [name for name in FIGURES if before and old[name] != now[name]]
        return {
            "interaction_id": self.id,
            "user_id": self.env.uid,
            "type_before_id": old.get("type_id"),
            "type_after_id": self.type_id.id,
            "direction_before": old.get("direction"),
            "direction_after": self.direction,
            "state_before": old.get("state"),
            "state_after": self.state,
            "before": before and {name: before[name] for name in (*RESTORED, *changed)},
            "after": {name: now[name] for name in changed} or False,
        }

    @api.model
    def _record_pointer(self, name, ids, target_id=None):
        """Record, in one statement, that the database is about to have the field ``name`` of all interactions that
        points to one of ``ids``, which are deleted or merged, point to ``target_id`` or to nothing."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "INSERT INTO crm_interaction_type_change"
                " (interaction_id, user_id, date, type_before_id, type_after_id,"
                " direction_before, direction_after, state_before, state_after, before, after,"
                " create_uid, create_date, write_uid, write_date)"
                " SELECT id, %(uid)s, %(now)s, type_id, type_id, direction, direction, state, state,"
                " jsonb_build_object(%(name)s, %(column)s), jsonb_build_object(%(name)s, %(target)s::jsonb),"
                " %(uid)s, %(now)s, %(uid)s, %(now)s FROM crm_interaction WHERE %(column)s = ANY(%(ids)s)",
                uid=self.env.uid,
                now=self.env.cr.now().replace(microsecond=0),
                name=name,
                column=SQL.identifier(name),
                target=json.dumps(target_id or False),
                ids=list(ids),
            )
        )

    @api.model
    def undo_tag(self, type_change_ids):
        """Undo the user's latest changes; return the data to show then (see ``tag_message``).

        :raises AccessError: when the user does not belong to the user group.
        :raises UserError: when somebody has changed an interaction since, or it was another user's change.
        """
        self._check_may_classify()
        # sudo: who may tag a message need not see its interaction by the rules of the addon; checked here instead
        changes = self.env["crm.interaction.type.change"].sudo().browse(ids_in(type_change_ids)).exists()
        messages = changes.interaction_id.message_id
        touched = changes.interaction_id
        made = changes.filtered(lambda change: not change.before).interaction_id
        added = made._purposes_of(made) - touched
        if added or changes.user_id - self.env.user or touched._latest_changes() != changes:
            raise UserError(self.env._("Someone has changed this in the meantime. Review it first."))
        for change in changes:
            change.interaction_id._notify_pages()
            is_at_once = change.date > self.env.cr.now() - AT_ONCE
            (marked(change, UNDONE) if is_at_once else change)._undo()
        return self._tagged(messages, self.env["crm.interaction.type.change"])


def is_type_change(vals):
    """Return whether a type change, or its values, contains a new type, direction or status."""
    return any(
        (vals[before] or False) != (vals[after] or False)
        for before, after in (
            ("type_before_id", "type_after_id"),
            ("direction_before", "direction_after"),
            ("state_before", "state_after"),
        )
    )
