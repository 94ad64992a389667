from odoo import api, fields, models

from ..events.marks import event_date
from ..matters.turns import PART

WAYS = [("link", "By Link"), ("login", "Signed In"), ("mail", "By E-mail")]
SHOWN = 3
"""Names of items in the subject of the interaction."""


class CrmInteractionRequestHandover(models.Model):
    """Store one submission of one person for one list: one interaction, however many items and files."""

    _name = "crm.interaction.request.handover"
    _description = "Hand-over"
    _order = "date desc, id desc"

    list_id = fields.Many2one(
        "crm.interaction.request.list", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="list_id.company_id", store=True)
    commercial_partner_id = fields.Many2one(
        related="list_id.commercial_partner_id", string="Client", store=True, index=True
    )
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="set null")
    date = fields.Datetime(required=True, readonly=True, default=lambda self: event_date(self.env))
    how = fields.Selection(WAYS, required=True, readonly=True)
    item_ids = fields.Many2many(
        "crm.interaction.matter.item", "crm_interaction_request_handover_item_rel", "handover_id", "item_id", "Items",
        readonly=True,
    )  # fmt: skip
    is_addition = fields.Boolean(
        "Addition", readonly=True, help="It adds to what had been handed over, and answers no letter."
    )
    interaction_id = fields.Many2one("crm.interaction", readonly=True, index="btree_not_null", ondelete="set null")

    @api.model
    def _log(self, items, person, how, interaction=None, **vals):
        """Return a new hand-over (sudo) of ``items`` of one list, with its interaction.

        :param interaction: the one that it is; otherwise one is logged. :param vals: more of the hand-over's values.
        """
        vals |= {"list_id": items.list_id.id, "partner_id": person.id, "how": how, "item_ids": items.ids}
        handover = self.create(vals)
        if not interaction:
            interaction = self.env["crm.interaction.capture"]._run([handover._event()], None)
            handover.list_id._forget_interactions()
        handover.interaction_id = handover._of_list(interaction)
        return handover

    def _of_list(self, interaction):
        """Return ``interaction`` or, if it belongs to the thread of another list, its further purpose for this one."""
        list_, type_ = self.list_id, self._handed_over_type()
        if not interaction or list_._is_thread_of(interaction) or not type_ or not list_.matter_id.is_open:
            return interaction
        # sudo: handing over logs interactions, also for clients
        return interaction.sudo()._concern(list_, type_, matter_mark=PART if list_.outstanding_count else False)

    def _event(self):
        """Return the ``Event`` of this hand-over: an addition, or while anything is outstanding, an answer in part."""
        list_ = self.list_id
        return self.env["crm.interaction.capture"]._prepare_document_event(
            "documents_handed_over",
            list_,
            self.partner_id,
            key=f"{list_._name},{list_.id},handover,{self.id}",
            date=self.date,
            channel="portal" if self.how in ("link", "login") else "other",
            subject=self._subject(),
            has_attachment=bool(self.item_ids.attachment_ids),
            type_id=self._handed_over_type().id,
            mark=PART if list_.outstanding_count or self.is_addition else "",
            unattended=False,
        )

    @api.model
    def _handed_over_type(self):
        """Return the type of hand-overs (``crm.interaction.type``, may be empty): the usual answer to our request."""
        return self.env["crm.interaction.type"]._of_role("source_request").closed_by_ids[:1]

    def _subject(self):
        names = self.item_ids.mapped("name")
        return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
