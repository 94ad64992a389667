from datetime import datetime

from odoo import api, fields, models

from ..models.capture.history.messages import message_events
from ..models.classification.classifier import Facts, failed_condition
from ..models.events.attachments import attachment_facts, has_document
from ..models.events.event import CHANNELS, EVENT_DIRECTIONS, EVENTS
from ..models.events.message_text import with_subject
from ..models.events.reply_text import new_text

FIELD_OF_CONDITION = {"model": "model_name"}
"""Conditions of the classifier whose field on the rule has another name."""


class CrmInteractionRuleTest(models.TransientModel):
    """Test the rules on a pasted or chosen message: show the matching rule, and why the others do not match."""

    _name = "crm.interaction.rule.test"
    _description = "Test of Interaction Rules"

    event = fields.Selection(EVENTS, required=True, default="message_in")
    message_id = fields.Many2one("mail.message", help="Message that provides subject, text and document for the test.")
    model_name = fields.Selection(
        lambda self: self.env["crm.interaction.rule"]._selection_model_name(), string="Document"
    )
    subject = fields.Char()
    body = fields.Text("Text")
    has_attachment = fields.Boolean("With Attachment")
    channel = fields.Selection(CHANNELS, default="email")
    partner_id = fields.Many2one("res.partner", "Contact")
    # all are stored, or reading one of a saved test would recompute the stored lines
    rule_id = fields.Many2one("crm.interaction.rule", compute="_compute_result", compute_sudo=False, store=True)
    type_id = fields.Many2one("crm.interaction.type", compute="_compute_result", compute_sudo=False, store=True)
    confidence = fields.Float(
        compute="_compute_result",
        compute_sudo=False,
        store=True,
        help="Confidence of the learnt suggestion, e.g. 81 %.",
    )
    line_ids = fields.One2many(
        "crm.interaction.rule.test.line", "test_id", compute="_compute_result", compute_sudo=False, store=True
    )

    @api.onchange("message_id")
    def _onchange_message_id(self):
        """Fill the test from the chosen message.

        :raises AccessError: when the user may not read it.
        """
        message = self.message_id._origin  # in an unsaved form, access rights apply to the origin only
        if not message:
            return
        message.check_access("read")
        self.subject = message.subject
        # sudo: of an attachment of a message that the user may read, only its kind is shown
        self.has_attachment = has_document(attachment_facts(message.sudo().attachment_ids), message.body)
        self.model_name = message.model
        # sudo: of a message that the user may read, capture's own reader tells event and contact
        events = message_events(message.sudo().env, message.id - 1, 1, datetime.min, datetime.max)[0]
        event = next((event for event in events if event.message_id == message.id), None)
        if event:
            self.event, self.channel = event.code, event.channel
        self.body = message._interaction_text(EVENT_DIRECTIONS.get(self.event), with_subject=False)
        self.partner_id = event.partner.id if event and event.partner else False

    @api.depends("event", "model_name", "subject", "body", "has_attachment", "channel", "partner_id", "message_id")
    def _compute_result(self):
        for test in self:
            facts = test._prepare_facts()
            results = [(spec, failed_condition(facts, spec)) for spec in test._specs()]
            fired = next((spec for spec, failed in results if not failed and spec.type_id), None)
            suggested = not (fired and not fired.is_fallback) and test._suggested()
            fired = None if suggested else fired
            test.rule_id = fired and fired.id
            test.type_id = suggested.type_id if suggested else fired and fired.type_id
            test.confidence = suggested and suggested.confidence
            test.line_ids = [fields.Command.clear()] + [
                fields.Command.create({"rule_id": spec.id, "verdict": test._verdict(failed, spec is fired, spec)})
                for spec, failed in results
                if failed != "event"
            ]

    def _specs(self):
        """Return the rules in the order in which they are asked: fallbacks come last."""
        specs = self.env["crm.interaction.rule"]._specs()
        return sorted((s for s in specs if s.company_id in (0, self.env.company.id)), key=lambda spec: spec.is_fallback)

    def _suggested(self):
        """Return the ``Suggestion`` that applies where no rule but a fallback matches, else ``None``."""
        learner, facts = self.env["crm.interaction.learner"], self._prepare_facts()
        names = learner._facts(facts.client_id, facts.model, facts.channel, facts.has_attachment)
        question = learner._question(EVENT_DIRECTIONS.get(facts.event), self.env.company)
        return question and question.answer(facts.text(), names)

    def _verdict(self, failed, is_fired, spec):
        if not failed and spec.assigned_id:
            client = self.env["res.partner"].browse(spec.assigned_id)
            return self.env._("Assigns %s", client._filtered_access("read").display_name or "…")
        if is_fired:
            return self.env._("Fires")
        if not failed:
            return self.env._("Matches, but an earlier rule or a suggestion applies")
        name = FIELD_OF_CONDITION.get(failed, failed)
        labels = self.env["crm.interaction.rule"].fields_get([name], ["string"])
        return self.env._("Does not match: %s", labels[name]["string"])

    def _prepare_facts(self):
        record = self._document()
        return Facts(
            event=self.event,
            model=self.model_name or "",
            company_id=self.env.company.id,
            channel=self.channel or "",
            client_id=self.partner_id.commercial_partner_id.id or 0,
            project=lambda: self.env["crm.interaction.rule"]._project(record).id if record else 0,
            language=lambda: self.partner_id.lang or "",
            email=lambda: self.partner_id.email_normalized or "",
            has_attachment=self.has_attachment,
            text=lambda: with_subject(self.subject, new_text(self.body or "")),
            in_domain=lambda spec: bool(record) and self.env["crm.interaction.rule"]._is_in_domain(record, spec),
        )

    def _document(self):
        """Return the document of the message (recordset), or ``None`` if missing or not readable."""
        message = self.message_id
        if not (message and message.has_access("read") and message.model in self.env and message.res_id):
            return None
        record = self.env[message.model].browse(message.res_id).exists()
        return record if record and record.has_access("read") else None


class CrmInteractionRuleTestLine(models.TransientModel):
    """Store the result of one rule in a test."""

    _name = "crm.interaction.rule.test.line"
    _description = "Line of a Test of Interaction Rules"

    test_id = fields.Many2one("crm.interaction.rule.test", required=True, ondelete="cascade")
    rule_id = fields.Many2one("crm.interaction.rule", ondelete="cascade")
    type_id = fields.Many2one(related="rule_id.type_id")
    verdict = fields.Char("Result")
