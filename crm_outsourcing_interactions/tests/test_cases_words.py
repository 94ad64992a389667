from email.message import EmailMessage

from odoo.tests.common import tagged

from .common import ClientMailCase

COMPLAINT = "we got your complaint, and we regret it"
THANKS = "Thank you, all received"
QUESTION = "Which VAT rate applies to our services abroad?"
OUTLOOK = (
    f'<div class="WordSection1"><p class="MsoNormal">{THANKS}</p><div><div style="border:none;border-top:solid #E1E1E1 '
    '1.0pt"><p class="MsoNormal"><b>From:</b> Mark<br><b>Sent:</b> Monday, November 2, 2026 10:15 AM<br><b>To:</b> Anna'
    f'<br><b>Subject:</b> Report</p></div></div><p class="MsoNormal">{COMPLAINT}</p></div>'
)
RUSSIAN = f"От: Марк\nОтправлено: 23 ноября 2026 г. 10:15\nКому: Анна\nТема: Отчёт\n\n{COMPLAINT}"
OTHERS_WORDS = {
    "quoted by signs": f"<pre>{THANKS}\n\n&gt; {COMPLAINT}</pre>",
    "below -----Original Message-----": f"<pre>{THANKS}\n\n-----Original Message-----\nFrom: Mark\n\n{COMPLAINT}</pre>",
    "below «От: … Отправлено: …»": f"<pre>{THANKS}\n\n{RUSSIAN}</pre>",
    "below the header of Outlook": OUTLOOK,
    "in the signature": f"<pre>{THANKS}\n\n-- \nAnna\nComplaints department</pre>",
}
PROGRAMS_FILES = {
    "a logo shown in the signature": ("logo.png", "image/png", "<logo>"),
    "a vCard": ("anna.vcf", "text/vcard", None),
    "smime.p7s": ("smime.p7s", "application/pkcs7-signature", None),
    "winmail.dat": ("winmail.dat", "application/ms-tnef", None),
}
SUBJECTS = [
    ("Re: Your complaint", THANKS),
    ("RE: We got your complaint", THANKS),
    ("[Office] Re[2]: Complaint", "Please send the act for October"),
    ("AW: Complaint", THANKS),
    ("Re: Ваша жалоба", "Спасибо, всё получили"),
    ("Ответ: Жалоба на задержку", "Спасибо, всё получили"),
    ("Fwd: Complaint of our customer", "Please advise on the VAT rate"),
]
NO_OPINION = (
    "No complaints from our side.",
    "We have no complaints about the act, please send the invoice",
    "We don’t have any complaints",
    "This is not a complaint, only a question",
    "We are not dissatisfied",
    "Претензий нет, пришлите счёт",
    "Жалоб нет",
    "Претензий по объёму, качеству и срокам оказания услуг не имеем",
    "У нас нет к вам никаких претензий",
    "Претензии отсутствуют",
    "Это не жалоба",
    "This was not a great job",
    "Это не отличная работа",
)
COMPLAINTS = (
    "Хочу пожаловаться на задержку",
    "На нашу жалобу нет ответа",
    "Много претензий, акта нет",
    "Это не первая жалоба",
    "Жалоб раньше не было, но теперь мы недовольны",
    "You have not answered my complaint",
    "No, this is a complaint",
    "We had no complaints so far, but now I must complain",
    "We are not satisfied with the report",
)
SAID = {
    "спасибо большое за оперативность": ("2.1.1", "positive"),
    "very disappointed": ("2.1.1", "negative"),
    "Сколько будет стоить регистрация филиала?": ("3.1.1", False),
    "изменились наши банковские реквизиты": ("4.1.1", False),
    "Our bank details have changed": ("4.1.1", False),
}


@tagged("post_install", "-at_install")
class TestCasesWords(ClientMailCase):
    """The cases “Words and attachments”: each mail on a task with the type that it has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.interaction_suggest = True

    def type_of(self, body, *files, subject="October"):
        """Return the interaction of a mail with an HTML body and files (name, type, content id or none)."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "Anna <anna@client.example.com>", "bookkeeping@firm.example.com"
        mail["Subject"], mail["Message-Id"] = subject, f"<{hash((body, files, subject))}@client.example.com>"
        mail.set_content(body, subtype="html")
        for name, mimetype, cid in files:
            mail.add_attachment(b"x" * 60, *mimetype.split("/"), filename=name, cid=cid)
        task_id = self.env["mail.thread"].message_process(None, mail.as_string())
        return self.captured(self.env["project.task"].browse(task_id))

    def test_words_of_others_make_no_complaint(self):
        for name, body in OTHERS_WORDS.items():
            with self.subTest(name):
                self.assertNotEqual(self.type_of(body).polarity, "negative")
        self.assertEqual(self.type_of(f"<p>{COMPLAINT.replace('your', 'our')}</p>").type_id.code, "2.1.1")

    def test_subject_of_an_answer_makes_no_complaint(self):
        for subject, body in SUBJECTS:
            with self.subTest(subject):
                self.assertNotEqual(self.type_of(f"<p>{body}</p>", subject=subject).polarity, "negative")
        for subject in ("Complaint", "Жалоба на задержку"):
            self.assertEqual(self.type_of("<p>See the act</p>", subject=subject).polarity, "negative")

    def test_denied_words_are_no_opinion(self):
        self.env["ir.config_parameter"].sudo().set_param("mail.gateway.loop.threshold", "100")
        for text in NO_OPINION:
            with self.subTest(text):
                self.assertFalse(self.type_of(f"<p>{text}</p>").polarity)
        for text in COMPLAINTS:
            with self.subTest(text):
                self.assertEqual(self.type_of(f"<p>{text}</p>").polarity, "negative")

    def test_denied_words_of_a_rule_without_opinion_count(self):
        vals = {"name": "Act", "sequence": -5, "event": "message_in", "words": "act\nno invoice"}
        vals["type_id"] = self.type_("1.1.3").id
        rule = self.env["crm.interaction.rule"].with_user(self.manager).create(vals)
        self.assertEqual(self.type_of("<p>We have no act</p>").rule_id, rule)
        rule.write({"type_id": self.type_("2.1.1").id, "polarity": "positive"})
        self.assertNotEqual(self.type_of("<p>We have still no act</p>").rule_id, rule)
        self.assertEqual(self.type_of("<p>There is no invoice</p>").rule_id, rule)

    def test_files_of_mail_programs_make_no_source_data(self):
        for name, file in PROGRAMS_FILES.items():
            with self.subTest(name):
                shown = '<img src="cid:logo">' if file[2] else ""
                self.assertEqual(self.type_of(f"<p>{QUESTION}</p>{shown}", file).type_id.code, "1.1.3")
        document = ("act.pdf", "application/pdf", None)
        self.assertEqual(self.type_of("<p>The act</p>", document).type_id.code, "1.1.1")

    def test_what_is_said_outweighs_the_task(self):
        for text, (code, polarity) in SAID.items():
            with self.subTest(text):
                interaction = self.type_of(f"<p>{text}</p>", subject="Task")
                self.assertEqual((interaction.type_id.code, interaction.polarity), (code, polarity))
