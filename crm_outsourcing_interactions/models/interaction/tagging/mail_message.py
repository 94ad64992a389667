from odoo import api, fields, models

from odoo.addons.mail.tools.discuss import Store

from ...events.marks import mark
from .crm_interaction_tagging import LIKELY

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
]


class MailMessage(models.Model):
    """Add the badges of interactions to messages in the chatter, and the choice of a type before sending."""

    _inherit = "mail.message"

    interaction_ids = fields.One2many("crm.interaction", "message_id", groups="crm_outsourcing_interactions.group_user")
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        store=False,
        help="Type that the author chose before sending, e.g. “Feedback”; the interaction keeps it.",
    )

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
        res = super().write(vals)
        if ("model" in vals or "res_id" in vals) and not mark(self.env, "interaction_moves_later"):
            self.env["crm.interaction"]._follow_messages(self)
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
        interactions = interactions.search_fetch([("message_id", "in", self.ids)], BADGE_FIELDS, order="id")
        likely = self._likely_types(interactions.commercial_partner_id.ids)
        badges = {}
        for interaction in interactions:
            badges.setdefault(interaction.message_id.id, []).append(interaction._prepare_badge(likely))
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

    def _prepare_badge(self, likely):
        """Return the values of the badge for the web client. Extend it together with the badge."""
        return {
            "id": self.id,
            "type_id": self.type_id.id,
            "direction": self.direction,
            "state": self.state,
            "reason": self._reason_shown(),
            "split": bool(self.split_from_id),
            "probable": self.probable_types or [],
            "likely": likely.get(self.commercial_partner_id.id, [])[:LIKELY],
        }

    def _reason_shown(self):
        words = self.suggested_words if self.classified_by == "suggestion" else ""
        return ": ".join(filter(None, (self.reason, words)))
