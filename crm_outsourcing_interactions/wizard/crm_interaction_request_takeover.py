from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..models.matters.turns import PART
from ..models.requests.crm_interaction_matter_item import ACCEPTING
from ..models.requests.file_faults import content_of, file_fault_text


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
    date = fields.Datetime(compute="_compute_text", compute_sudo=False)
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
            address = email_normalize(takeover._readable().email_from)
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
                replied = letters.search([("message_id", "=", takeover._readable().parent_id.id)])
                senders &= replied.partner_id
            takeover.partner_id = senders if len(senders) == 1 else False

    @api.depends("message_id")
    def _compute_text(self):
        for takeover in self:
            message = takeover._readable()
            text = message._interaction_text("incoming", with_subject=False)
            takeover.update({"date": message.date, "text": text})

    def _readable(self):
        """Return the reply, if the user may read it: Odoo checks that for messages only when asked to."""
        return self.message_id._origin._filtered_access("read")

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
        """Offer what is not accepted yet, the items of the sender first."""
        for takeover in self:
            list_ = takeover.list_id
            domain = Domain("commercial_partner_id", "=", list_.commercial_partner_id.id)
            domain &= Domain("company_id", "=", list_.company_id.id) & Domain("list_state", "=", "open")
            items = takeover.item_ids.search(domain & Domain("state", "in", ACCEPTING))
            takeover.item_ids = items.sorted(lambda item, sender=takeover.partner_id: item.partner_id != sender)

    @api.depends("message_id", "partner_id")
    def _compute_line_ids(self):
        for takeover in self:
            sender = takeover.partner_id
            own = takeover.item_ids.filtered(lambda item, own=sender: item.partner_id == own and item.is_outstanding)
            takeover.line_ids = [
                Command.clear(),
                *(
                    Command.create({"attachment_id": file.id, "item_id": own._of_file(file)._origin.id})
                    for file in takeover._readable().attachment_ids & takeover.list_id.reply_file_ids
                ),
            ]

    def action_take_over(self):
        """Hand over the files for the chosen items; the mail is the interaction.

        The others wait until they are left, those that are not accepted in the chatter only.

        :raises UserError: when no file has an item, the sender is unknown, or the reply is done.
        """
        self._check_reply()
        if self.partner_id not in self.sender_ids:
            raise UserError(self.env._("Several people have this address. Select who sent the files."))
        lines = self.line_ids.filtered(lambda line: line.item_id and not line.fault)
        if not lines:
            raise UserError(self.env._("Choose an item for at least one file."))
        if lines.attachment_id - self.list_id.reply_file_ids:
            raise UserError(self.env._("A colleague has taken these files over already."))
        items = lines.item_id
        items.check_access("write")
        of_message = self.message_id._interactions()
        known = items.list_id.handover_ids.interaction_id & of_message
        interaction = of_message.sorted("id")[:1]
        handed = known[:1] or self._handed(interaction, items.list_id)
        items._hand_over(self.partner_id, lines._submissions(), how="mail", interaction=handed or None)
        self.list_id._files_done(self.message_id, (lines | self.line_ids.filtered("fault")).attachment_id)
        return {"type": "ir.actions.act_window_close"}

    def _handed(self, interaction, lists):
        """Return the interaction that is the hand-over of items of ``lists``: that of the reply, a confirmed 1.1.1
        unless somebody has classified it.

        If the reply also asks something, it remains as it is and waits for our answer; the hand-over is a further
        purpose of it. A reply with the files of other lists answers its own one no more than in part.
        """
        type_ = self.env["crm.interaction.request.handover"]._handed_over_type()
        if not interaction or not type_ or not interaction.has_access("write"):
            return interaction
        if self.is_question or self._remains_question(interaction):
            # sudo: as for what is handed over in the account
            mail = interaction.sudo()._by_code()
            if mail.state != "confirmed" and not mail.type_id.expects_answer:
                mail.type_id = False  # suggested by the files; without a type it waits for us
            return mail._concern(lists & self.list_id, type_) or interaction
        if interaction.state != "confirmed":
            interaction.tag({"type_id": type_.id})
        if self.list_id not in lists and self.list_id.outstanding_count:
            interaction._by_code().write({"matter_mark": PART})
        return interaction

    def _remains_question(self, interaction):
        """Return whether somebody has confirmed that the reply asks something, or it is late and others decide that."""
        asks = interaction.type_id.expects_answer or interaction.polarity == "negative"
        late = interaction.sudo().matter_id._overdue()  # sudo: whether it is late is no secret of its matter
        return (interaction.state == "confirmed" and asks) or bool(late and not late._is_supervised_by_user())

    def action_dismiss(self):
        """Leave the files that were not taken over in the chatter only."""
        self._check_reply()
        self.list_id._files_done(self.message_id, self.message_id.attachment_ids)
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
    attachment_id = fields.Many2one("ir.attachment", readonly=True, required=True, ondelete="cascade")
    link = fields.Html("File", compute="_compute_link", compute_sudo=False, sanitize=False)
    item_id = fields.Many2one("crm.interaction.matter.item", "Document", ondelete="cascade")
    fault = fields.Char("Not Accepted Because", compute="_compute_fault", compute_sudo=False)

    @api.constrains("attachment_id", "takeover_id")
    def _check_attachment(self):
        """Check that the file came with the mail: its name and fault are shown."""
        for line in self:
            if line.attachment_id not in line.takeover_id.message_id.attachment_ids:
                raise AccessError(self.env._("Only files of the mail can be taken over."))

    @api.depends("attachment_id")
    def _compute_link(self):
        """Offer the file as a download, whatever its type."""
        link = Markup('<a href="/web/content/%s?download=true" target="_blank">%s</a>')
        for line in self:
            line.link = link % (line.attachment_id.id, line.attachment_id.name) if line.attachment_id else False

    @api.depends("attachment_id")
    def _compute_fault(self):
        for line in self:
            file = line.attachment_id
            line.fault = file_fault_text(self.env, file.name or "", content_of(file)) if file else False

    def _submissions(self):
        """Return the files of these lines by the id of their item, see ``_hand_over``."""
        return {
            item.id: {"files": [(file.name, content_of(file)) for file in lines.attachment_id]}
            for item, lines in self.grouped("item_id").items()
        }
