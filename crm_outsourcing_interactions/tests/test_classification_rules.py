from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.classification.classifier import Facts, classify

from .common import InteractionCase

TASK, LEAD, INVOICE, PARTNER = "project.task", "crm.lead", "account.move", "res.partner"
EXAMPLES = [
    # rule, event, document, text, has attachment, code
    ("complaint", "message_in", TASK, "We are UNHAPPY with the delay", False, "2.1.1"),
    ("complaint", "message_in", PARTNER, "Примите жалобу на сроки", False, "2.1.1"),
    ("gratitude", "message_in", TASK, "Спасибо за работу!", False, "2.1.1"),
    ("client_news", "message_in", PARTNER, "Our new address is …", False, "4.1.1"),
    ("task_documents", "message_in", TASK, "Here it is", True, "1.1.1"),
    ("task_request", "message_in", TASK, "Here it is", False, "1.1.2"),
    ("invoice_reply", "message_in", INVOICE, "Signed", True, "1.1.1"),
    ("lead_request", "message_in", LEAD, "Can you also do payroll?", False, "3.1.1"),
    ("feedback_request", "message_out", PARTNER, "Пожалуйста, оцените нас", False, "2.2.1"),
    ("our_news", "message_out", PARTNER, "We have new prices", False, "4.2.1"),
    ("data_request", "message_out", TASK, "Please send the bank statement", False, "1.2.2"),
    ("task_result", "message_out", TASK, "The balance is enclosed", True, "1.2.1"),
    ("invoice_message", "message_out", INVOICE, "A reminder", False, "4.2.2"),
    ("lead_offer", "message_out", LEAD, "Our offer", True, "3.2.1.3"),
    ("invoice_posted", "invoice_posted", INVOICE, "", False, "4.2.2"),
    ("invoice_sent", "invoice_sent", INVOICE, "", False, "4.2.2"),
    ("invoice_paid", "invoice_paid", INVOICE, "", False, "1.1.1"),
    ("task_requested", "task_requested", TASK, "", False, "1.1.2"),
    ("task_delivered", "task_delivered", TASK, "", False, "1.2.3"),
    ("credit_note_posted", "credit_note_posted", INVOICE, "", False, "4.2.2"),
    ("credit_note_sent", "credit_note_sent", INVOICE, "", False, "4.2.2"),
    ("lead_requested", "lead_requested", LEAD, "", False, "3.1.1"),
    ("feedback_asked", "feedback_asked", TASK, "", False, "2.2.1"),
    ("feedback_given", "feedback_given", TASK, "", False, "2.1.1"),
    ("campaign", "campaign", PARTNER, "", False, "4.2.1"),
    ("offer_reply", "message_in", "sale.order", "We agree", False, "3.1.1"),
    ("offer_sent", "message_out", "sale.order", "Our offer", True, "3.2.1.3"),
    ("call_made", "activity_done", TASK, "", False, "1.2.4", "phone"),
    ("meeting_held", "meeting_held", "calendar.event", "", False, "1.2.4"),
]


@tagged("post_install", "-at_install")
class TestClassificationRules(InteractionCase):
    def rule(self, **vals):
        defaults = {"name": "Own", "event": "message_in", "type_id": self.type_("1.1.2").id}
        return self.env["crm.interaction.rule"].create({**defaults, **vals})

    def test_every_seeded_rule_fires(self):
        fired = set()
        for name, event, model, text, has_attachment, code, *channel in EXAMPLES:
            with self.subTest(rule=name, text=text):
                facts = Facts(
                    event,
                    model,
                    has_attachment=has_attachment,
                    channel=channel[0] if channel else "",
                    text=lambda text=text: text,
                )
                spec = classify(facts, self.env["crm.interaction.rule"]._specs())
                self.assertEqual(spec.id, self.env.ref(f"crm_outsourcing_interactions.rule_{name}").id)
                self.assertEqual(spec.type_id, self.type_(code).id)
                fired.add(spec.id)
        self.assertEqual(fired, set(self.env["crm.interaction.rule"].search([]).ids))

    def test_first_rule_wins_and_order_is_the_users(self):
        late = self.rule(sequence=1000)
        facts = Facts("message_in", TASK)
        classified = lambda: classify(facts, self.env["crm.interaction.rule"]._specs()).id  # noqa: E731
        self.assertNotEqual(classified(), late.id)
        late.sequence = 1
        self.assertEqual(classified(), late.id)
        late.active = False
        self.assertNotEqual(classified(), late.id)

    def test_rule_of_an_archived_type_gives_nothing(self):
        rule = self.rule(sequence=1)
        rule.type_id.write({"role": False, "active": False})
        self.assertNotIn(rule.id, [spec.id for spec in self.env["crm.interaction.rule"]._specs()])

    def test_rule_of_a_company_is_its_own(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        rule = self.rule(sequence=1, company_id=other.id)
        specs = self.env["crm.interaction.rule"]._specs()
        self.assertEqual(classify(Facts("message_in", company_id=other.id), specs).id, rule.id)
        self.assertNotEqual(classify(Facts("message_in", TASK, company_id=self.env.company.id), specs).id, rule.id)

    def test_bad_rules_are_refused(self):
        for vals, message in (
            ({"type_id": self.type_("3.2.1").id}, "only groups"),
            ({"type_id": self.type_("1.2.1").id}, "differ in direction"),
            ({"domain": "[('priority', '=', '1')]"}, "needs a kind of document"),
            ({"model_name": TASK, "domain": "[('no_such_field', '=', 1)]"}, "not valid"),
            ({"model_name": TASK, "domain": "nonsense"}, "not valid"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(ValidationError, message):
                self.rule(**vals)

    def test_words_are_found_in_all_their_forms(self):
        for word, text, fits in (
            ("жалоба", "Направляем вам жалобы и претензию", True),
            ("жалоба", "Рассмотрите, пожалуйста, ЖАЛОБУ", True),
            ("жалоба", "Жалобщик приехал", False),
            ("новый директор", "С нового директора", True),
            ("прислать выписку", "Пришлите, прислал выписки за май", True),
            ("complaint", "Two complaints so far", True),
            ("complain", "He was complaining again", True),
            ("invoice", "We invoiced you", True),
            ("reply", "Your replies came late", True),
            ("tax", "We take a taxi", False),
            ("act", "Please be active", False),
            ("акт", "активность и актёр", False),
            ("акт", "Подпишите оба акта", True),
            ('"act"', "Both acts", False),
            ('"act"', "This act", True),
        ):
            with self.subTest(word=word, text=text):
                rule = self.rule(sequence=1, words=word)
                specs = self.env["crm.interaction.rule"]._specs()
                spec = classify(Facts("message_in", text=lambda text=text: text), [s for s in specs if s.id == rule.id])
                self.assertEqual(bool(spec), fits)
                rule.unlink()
