from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ...events.marks import mark
from .crm_interaction_tagging import LIKELY

BADGE_PARTS = {}
"""Value in the badge → model and method that returns its SQL (JSON) for the alias of the interactions. Later rooms add
theirs: all are read in the statement that reads the interactions."""
BADGE_FIELDS = [
    "message_id",
    "type_id",
    "direction",
    "state",
    "commercial_partner_id",
    "company_id",
    "channel",
    "res_model",
    "classified_by",
    "rule_id",
    "suggested_words",
    "split_from_id",
    "why",
    "partner_id",
    "previous",
    "unknown_sender",
    "polarity",
]


class MailMessage(models.Model):
    """Add the badges of interactions to messages in the chatter, and the choice of a type before sending."""

    _inherit = "mail.message"

    # read by code only: messages, which Odoo groups by author, filtered by it would give figures by person
    interaction_ids = fields.One2many("crm.interaction", "message_id", groups=fields.NO_ACCESS)
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        store=False,
        help="Type that the author chose before sending, e.g. “Feedback”; the interaction keeps it.",
    )

    def _interactions(self):
        """Return the interactions of these messages, to which the user may lack access."""
        return self.sudo().interaction_ids.sudo(False)  # sudo: the field is read by code only

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """Hide names of unreadable messages.

        A message has the name of its document, and Odoo reads names of references in superuser mode.
        """
        res = super()._compute_display_name()
        hidden = self - self.sudo(False)._filtered_access("read").with_env(self.env)
        hidden.display_name = self.env["crm.interaction"]._private_text()
        return res

    def write(self, vals):
        new = {name: vals[name] for name in ("model", "res_id") if name in vals}
        is_moved = new and not mark(self.env, "interaction_moves_later")
        # sudo: whoever moves a message may not read it
        moved = self.sudo().filtered(lambda message: any(message[name] != new[name] for name in new if is_moved))
        former = {message: (message.model or False, message.res_id or False) for message in moved}
        res = super().write(vals)
        if former:
            self.env["crm.interaction"]._follow_messages(former)
        return res

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Export readable messages only: Odoo does not check access to messages exported through a relation."""
        readable = self if self.env.su else self._filtered_access("read")
        return super(MailMessage, readable)._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _to_store_defaults(self, target):
        names = super()._to_store_defaults(target)
        # the bus sends a message before its capture; badges follow by ``_announced``
        if target.channel is not None or not self._may_classify():
            return names
        badges = self._interaction_badges()
        return [*names, Store.Attr("interactions", lambda message: badges.get(message.id, []))]

    @api.model
    def _may_classify(self):
        return self.env.user.has_group("crm_outsourcing_interactions.group_user")

    def _interaction_badges(self):
        """Return ``{message id: list of dicts}``, in two queries whatever the number of messages."""
        # sudo: a reader of the message may see its classification
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)
        rows = interactions._badge_rows(Domain("message_id", "in", self.ids))
        likely = self._likely_types([row.commercial_partner_id.id for row, _parts in rows if row.commercial_partner_id])
        badges = {}
        for interaction, parts in rows:
            badges.setdefault(interaction.message_id.id, []).append(interaction._prepare_badge(likely, parts))
        return badges

    @api.model
    def _likely_types(self, client_ids):
        """Return ``{client id: ids of its usual types}`` from the interactions that the reader may see."""
        if not client_ids:
            return {}
        domain = [("commercial_partner_id", "in", client_ids), ("type_id", "!=", False), ("state", "=", "confirmed")]
        groups = self.env["crm.interaction"]._read_group(
            domain, ["commercial_partner_id", "type_id"], ["__count"], order="__count DESC"
        )
        likely = {}
        for client, type_, _count in groups:
            likely.setdefault(client.id, []).append(type_.id)
        return likely


class CrmInteraction(models.Model):
    """Add the badge of an interaction in the chatter."""

    _inherit = "crm.interaction"

    @api.model
    def _badge_rows(self, domain):
        """Return ``[(interaction, {part: value}), …]`` of a ``Domain``, see :data:`BADGE_PARTS`, in one query.

        The fields of the badge are in the cache then, as after ``search_fetch``.
        """
        query = self._search(domain, order="id")
        reader = self.sudo(False).env
        parts = [getattr(reader[model], method)(self._table) for model, method in BADGE_PARTS.values()]
        columns = [self._field_to_sql(self._table, name, query) for name in BADGE_FIELDS]
        found = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), *columns, *parts))
        rows = self.browse(row[0] for row in found)
        for at, name in enumerate(BADGE_FIELDS, 1):
            self._fields[name]._insert_cache(rows, [row[at] for row in found])
        values = (dict(zip(BADGE_PARTS, row[len(columns) + 1 :], strict=True)) for row in found)
        return list(zip(rows, values, strict=True))

    def _prepare_badge(self, likely, parts):
        """Return the values of the badge for the web client. Extend it together with the badge."""
        return {
            **parts,
            "id": self.id,
            "type_id": self.type_id.id,
            "direction": self.direction,
            "state": self.state,
            "polarity": self.polarity,
            "reason": self._reason_shown(),
            "split": bool(self.split_from_id),
            "probable": self.probable_types or [],
            "other_client": self.can_change_client,
            "likely": likely.get(self.commercial_partner_id.id, [])[:LIKELY],
        }

    def _reason_shown(self):
        words = self.suggested_words if self.classified_by == "suggestion" else ""
        return ": ".join(filter(None, (self.reason, words)))
