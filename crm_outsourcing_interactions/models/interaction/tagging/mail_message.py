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
    "classified_by",
    "rule_id",
    "suggested_words",
    "split_from_id",
    "why",
]


class MailMessage(models.Model):
    """What the chatter shows of a message's interactions, and what it is told before one is sent."""

    _inherit = "mail.message"

    interaction_ids = fields.One2many("crm.interaction", "message_id", groups="crm_outsourcing_interactions.group_user")
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        store=False,
        help="The type that its writer chose before sending; it is kept with the interaction.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """A message bears the name of its document. Odoo reads the names of references in superuser mode, so that an
        interaction would name what its reader may not open."""
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
        """Export what the user may read: Odoo asks no rights of a message on which another record leads to it."""
        readable = self if self.env.su else self._filtered_access("read")
        return super(MailMessage, readable)._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _to_store_defaults(self, target):
        names = super()._to_store_defaults(target)
        # over the bus a message goes out before it is captured; the tagging sends what changes later
        if target.channel is not None or not self._may_classify():
            return names
        badges = self._interaction_badges()
        return [*names, Store.Attr("interactions", lambda message: badges.get(message.id, []))]

    @api.model
    def _may_classify(self):
        return self.env.user.has_group("crm_outsourcing_interactions.group_user")

    def _interaction_badges(self):
        """Return ``{message id: list of dicts}``, in two queries however many messages there are."""
        # sudo: who may read a message may see what sort of contact it is, whoever is responsible for it
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)
        interactions = interactions.search_fetch([("message_id", "in", self.ids)], BADGE_FIELDS, order="id")
        likely = self._likely_types(interactions.commercial_partner_id.ids)
        badges = {}
        for interaction in interactions:
            badges.setdefault(interaction.message_id.id, []).append(interaction._prepare_badge(likely))
        return badges

    @api.model
    def _likely_types(self, client_ids):
        """Return ``{client id: ids of its usual types}``, of what the reader may see: as the access rules say."""
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
    """What the chatter shows of one interaction."""

    _inherit = "crm.interaction"

    def _prepare_badge(self, likely):
        """Return what the web client needs of this interaction; extend it together with the badge."""
        return {
            "id": self.id,
            "type_id": self.type_id.id,
            "direction": self.direction,
            "state": self.state,
            "reason": self._reason_shown(),
            "split": bool(self.split_from_id),
            "likely": likely.get(self.commercial_partner_id.id, [])[:LIKELY],
        }

    def _reason_shown(self):
        words = self.suggested_words if self.classified_by == "suggestion" else ""
        return ": ".join(filter(None, (self.reason, words)))
