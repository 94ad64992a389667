from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..models.events.message_text import message_text
from ..models.matters.turns import PART


class CrmInteractionRequestTakeover(models.TransientModel):
    """Take over the files of a reply to a letter as the items that they belong to."""

    _name = "crm.interaction.request.takeover"
    _description = "Take Over Files"

    list_id = fields.Many2one("crm.interaction.request.list", required=True, readonly=True, ondelete="cascade")
    message_id = fields.Many2one("mail.message", required=True, readonly=True, ondelete="cascade")
    sender_ids = fields.Many2many(
        "res.partner", string="Possible Senders", compute="_compute_sender_ids", compute_sudo=False
    )
    partner_id = fields.Many2one(
        "res.partner", "Sender", compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        compute_sudo=False, domain="[('id', 'in', sender_ids)]", ondelete="cascade",
        help="Who replied; people may share an address.",
    )  # fmt: skip
    date = fields.Datetime(related="message_id.date", related_sudo=False)
    text = fields.Text(compute="_compute_text", compute_sudo=False)
    is_question = fields.Boolean(
        "Also Asks Something", compute="_compute_is_question", store=True, readonly=False, precompute=True,
        compute_sudo=False,
        help="The mail then remains to review, and the list's matter waits for our answer, e.g. about a deadline.",
    )  # fmt: skip
    item_ids = fields.Many2many(
        "crm.interaction.matter.item", compute="_compute_item_ids", compute_sudo=False, string="Items"
    )
    line_ids = fields.One2many(
        "crm.interaction.request.takeover.line", "takeover_id", "Files", compute="_compute_line_ids", store=True,
        readonly=False, precompute=True, compute_sudo=False,
    )  # fmt: skip

    @api.depends("list_id", "message_id")
    def _compute_sender_ids(self):
        """Find the contacts of the client who have the address, else those who are asked for something."""
        for takeover in self:
            address = email_normalize(takeover.message_id.email_from)
            own = Domain("commercial_partner_id", "=", takeover.list_id.commercial_partner_id.id)
            senders = address and takeover.sender_ids.search(own & Domain("email_normalized", "=", address))
            takeover.sender_ids = senders or takeover.list_id.item_ids.partner_id

    @api.depends("sender_ids")
    def _compute_partner_id(self):
        """Propose the only one who can be the sender, else the one whose letter was answered."""
        letters = self.env["crm.interaction.request.letter"]
        for takeover in self:
            senders = takeover.sender_ids._origin
            if len(senders) > 1:
                replied = letters.search([("message_id", "=", takeover.message_id.parent_id.id)])
                senders &= replied.partner_id
            takeover.partner_id = senders if len(senders) == 1 else False

    @api.depends("message_id")
    def _compute_text(self):
        for takeover in self:
            takeover.text = message_text("", takeover.message_id.body)

    @api.depends("text")
    def _compute_is_question(self):
        for takeover in self:
            takeover.is_question = any(map(self._asks, (takeover.text or "").split()))

    @api.model
    def _asks(self, word):
        """Return whether a word of a mail ends a question; a question mark within an address does not."""
        return "?" in word and (word.rstrip('.,!)»"').endswith("?") or not ("/" in word or word.startswith("www.")))

    @api.depends("list_id", "message_id", "partner_id")
    def _compute_item_ids(self):
        """Offer what is outstanding from the client, the items of the sender first."""
        for takeover in self:
            list_ = takeover.list_id
            domain = Domain("commercial_partner_id", "=", list_.commercial_partner_id.id)
            domain &= Domain("company_id", "=", list_.company_id.id) & Domain("list_state", "=", "open")
            items = takeover.item_ids.search(domain & Domain("is_outstanding", "=", True))
            takeover.item_ids = items.sorted(lambda item, sender=takeover.partner_id: item.partner_id != sender)

    @api.depends("message_id", "partner_id")
    def _compute_line_ids(self):
        for takeover in self:
            own = takeover.item_ids.filtered(lambda item, sender=takeover.partner_id: item.partner_id == sender)
            takeover.line_ids = [
                Command.clear(),
                *(
                    Command.create({"attachment_id": file.id, "item_id": own._of_file(file.name)._origin.id})
                    for file in takeover.message_id.attachment_ids
                ),
            ]

    def action_take_over(self):
        """Hand over the files for the chosen items; the mail is the interaction.

        :raises UserError: when no file has an item, the sender is unknown, or the reply is done.
        """
        self._check_reply()
        if self.partner_id not in self.sender_ids:
            raise UserError(self.env._("Several people have this address. Select who sent the files."))
        submissions = {}
        for line in self.line_ids.filtered(lambda line: line.attachment_id in self.message_id.attachment_ids):
            if line.item_id:
                files = submissions.setdefault(line.item_id.id, {"files": []})["files"]
                files.append((line.attachment_id.name, line.attachment_id.raw))
        if not submissions:
            raise UserError(self.env._("Choose the item to which each file belongs."))
        items = self.item_ids.browse(submissions)
        items.check_access("write")
        interaction = self.message_id.interaction_ids.sorted("id")[:1]
        handed = self._handed(interaction, items.list_id)
        items._hand_over(self.partner_id, submissions, how="mail", interaction=handed or None)
        return self.action_dismiss()

    def _handed(self, interaction, lists):
        """Return the interaction that is the hand-over of items of ``lists``: that of the reply, a confirmed 1.1.1
        unless somebody has classified it.

        If the reply also asks something, it remains to review and waits for our answer; the hand-over is a further
        purpose of it. A reply with the files of other lists answers its own one no more than in part.
        """
        type_ = self.env["crm.interaction.request.handover"]._handed_over_type()
        if not interaction or not type_ or not interaction.has_access("write"):
            return interaction
        if self.is_question:
            # sudo: as for what is handed over in the account
            return interaction.sudo()._concern(lists & self.list_id, type_) or interaction
        if interaction.state != "confirmed":
            interaction.tag({"type_id": type_.id})
        if self.list_id not in lists and self.list_id.outstanding_count:
            interaction._by_code().write({"matter_mark": PART})
        return interaction

    def action_dismiss(self):
        """Take nothing over."""
        self._check_reply()
        self.list_id._reply_done(self.message_id)
        return {"type": "ir.actions.act_window_close"}

    def _check_reply(self):
        self.ensure_one()
        self.list_id.check_access("write")
        if self.message_id not in self.list_id.reply_ids:
            raise UserError(self.env._("A colleague has taken these files over already."))


class CrmInteractionRequestTakeoverLine(models.TransientModel):
    """Assign one file to an item."""

    _name = "crm.interaction.request.takeover.line"
    _description = "File to Take Over"

    takeover_id = fields.Many2one("crm.interaction.request.takeover", required=True, ondelete="cascade")
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True, required=True, ondelete="cascade")
    item_id = fields.Many2one("crm.interaction.matter.item", "Document", ondelete="cascade")
