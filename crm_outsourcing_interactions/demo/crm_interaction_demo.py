import csv
from datetime import datetime, time
from email.message import EmailMessage
from email.utils import format_datetime

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.tools.misc import file_open

from ..models.events.marks import marked
from ..models.events.people import responsible
from . import people, plan

MODULE = "crm_outsourcing_interactions"
QUIET = {
    "mail_notify_force_send": False,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
    "no_reset_password": True,
}
"""Context that sends neither mails nor invitations."""
TO_REVIEW_EACH = 20
"""One message in this many is left to review."""


class CrmInteraction(models.Model):
    """Create demo data: two months of a small firm, captured by the real hooks and then tagged by its staff."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_generate(self):
        """Create the firm and the events of its two months."""
        lang = self.env.ref("base.user_admin").lang or "en_US"
        self.env["ir.module.module"]._load_module_terms([MODULE], [lang])  # the names of rules are part of reasons
        demo = self.with_context(**QUIET, lang=lang)
        last_mail_id = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0
        if demo.env.company.name in people.UNNAMED:
            demo.env.company.name = demo._demo_text(people.FIRM)
        if not demo.env.company.chart_template:
            demo.env["account.chart.template"].try_loading("generic_coa", demo.env.company, install_demo=False)
        demo._demo_staff()
        demo._demo_clients()
        for month, first in enumerate(plan.months(fields.Date.today())):
            demo._demo_month(month, first)
        demo._demo_messages()
        demo._demo_finish(last_mail_id)

    # --- the firm and its clients -----------------------------------------------------

    @api.model
    def _demo_text(self, pair):
        """Return the English or Russian text of ``pair``, by the administrator's language."""
        return pair[(self.env.ref("base.user_admin").lang or "").startswith("ru")]

    @api.model
    def _demo_load(self, model, **values_by_name):
        """Create records with XML ids ``demo_<name>``."""
        data = [
            {"xml_id": f"{MODULE}.demo_{name}", "values": values, "noupdate": True}
            for name, values in values_by_name.items()
        ]
        return self.env[model]._load_records(data)

    @api.model
    def _demo_ref(self, name):
        return self.env.ref(f"{MODULE}.demo_{name}").with_context(**QUIET)

    @api.model
    def _demo_staff(self):
        groups = ["group_user", "project.group_project_user", "sales_team.group_sale_salesman"]
        group_ids = [self.env.ref(name if "." in name else f"{MODULE}.{name}").id for name in groups]
        self._demo_load(
            "res.users",
            **{
                login: {
                    "login": login,
                    "password": login,
                    "name": self._demo_text(names),
                    "email": f"{login}@firm.example.com",
                    "lang": self.env.ref("base.user_admin").lang,
                    "group_ids": [Command.link(group_id) for group_id in group_ids],
                }
                for login, *names in people.STAFF
            },
        )

    @api.model
    def _demo_clients(self):
        lang = self.env.ref("base.user_admin").lang
        for number, (name, *names) in enumerate(people.CLIENTS):
            user = self._demo_ref(people.STAFF[number % 3][0])
            company = {"name": self._demo_text(names[:2]), "is_company": True, "user_id": user.id, "lang": lang}
            company |= {"email": f"office@{name}.example.com", "is_outsourcing_client": True}
            client = self._demo_load("res.partner", **{name: company})
            contact = {"name": self._demo_text(names[2:]), "parent_id": client.id, "lang": lang}
            contact |= {"email": f"accounts@{name}.example.com"}
            self._demo_load("res.partner", **{f"{name}_contact": contact})
            self._demo_project(name, client, user)
        for name, *names in people.DIRECTORS:
            director = {"name": self._demo_text(names), "parent_id": self._demo_ref(name).id, "lang": lang}
            self._demo_load("res.partner", **{f"{name}_director": {**director, "email": f"ceo@{name}.example.com"}})

    @api.model
    def _demo_project(self, name, client, user):
        title = self._demo_text(people.WORDS["project"]) % client.name
        project = {"name": title, "partner_id": client.id, "user_id": user.id, "allow_milestones": False}
        self._demo_load("project.project", **{f"{name}_project": project})
        lead = {"name": self._demo_text(people.WORDS["lead"]) % client.name, "type": "opportunity"}
        lead |= {"partner_id": self._demo_ref(f"{name}_contact").id, "user_id": self._demo_ref("sales").id}
        self._demo_load("crm.lead", **{f"{name}_lead": lead})

    # --- what happens each month --------------------------------------------------------

    @api.model
    def _demo_month(self, month, first):
        """Create the month's invoices, most of them paid, and deliver the month-end closing to every client."""
        days = plan.working_days(first)
        for number, (name, *_names) in enumerate(people.CLIENTS):
            task = self._demo_task(name, month, first)
            marked(task, "interaction_date", self._demo_moment(days[-1 - number % 4])).state = "1_done"
            invoice = self._demo_invoice(name, days[2 + number % 3])
            is_unpaid = month == plan.MONTHS - 1 and number >= plan.CLIENTS - plan.UNPAID
            if not is_unpaid:
                self._demo_pay(invoice, days[10 + number % 5])

    @api.model
    def _demo_task(self, name, month, first):
        title = self._demo_text(people.WORDS["task"]) % f"{first:%m.%Y}"
        project = self._demo_ref(f"{name}_project")
        values = {"name": title, "project_id": project.id, "partner_id": self._demo_ref(f"{name}_contact").id}
        values |= {"user_ids": [Command.set(project.user_id.ids)]}
        return self._demo_load("project.task", **{f"{name}_task_{month + 1}": values}).with_context(**QUIET)

    @api.model
    def _demo_moment(self, day):
        return datetime.combine(day, time(10, 30))

    @api.model
    def _demo_invoice(self, name, day):
        line = {"name": self._demo_text(people.WORDS["line"]), "price_unit": 900.0, "tax_ids": False}
        client = self._demo_ref(name)
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": client.id,
                "invoice_date": day,
                "invoice_user_id": client.user_id.id,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        marked(invoice, "interaction_date", self._demo_moment(day)).action_post()
        return invoice

    @api.model
    def _demo_pay(self, invoice, day):
        register = marked(self.env["account.payment.register"], "interaction_date", self._demo_moment(day))
        register = register.with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({"payment_date": day}).action_create_payments()

    # --- messages -----------------------------------------------------------------------

    @api.model
    def _demo_messages(self):
        """Post all planned messages, half of the clients' through the mail gateway."""
        texts = self._demo_texts()
        for number, contact in enumerate(plan.contacts(fields.Date.today())):
            subject, body = self._demo_text_of(contact, texts)
            name = people.CLIENTS[contact.client][0]
            record = self._demo_record(contact, name, subject)
            person = self._demo_ref(f"{name}_contact")
            is_incoming = contact.type_code.split(".")[1] == "1"
            if contact.part or contact.topic in people.TOPICS:
                self._demo_reply_to_last(record, person, contact.moment, subject, body, is_incoming)
            elif is_incoming and number % 2:
                self._demo_receive(record, person, contact.moment, subject, body, number)
            else:
                values = {"author_id": person.id} if is_incoming else {}
                self._demo_post(record, person, contact.moment, subject, body, **values)
            self._demo_tag(contact, to_review=number % TO_REVIEW_EACH == 0 and contact.type_code != "2.1.1")

    @api.model
    def _demo_texts(self):
        """Return ``{type code: [(subject, body, reply), …]}`` in the language of the demo."""
        texts = {}
        with file_open(f"{MODULE}/demo/messages.tsv") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                columns = ("subject", "body", "reply")
                own = [self._demo_text((row[f"{name}_en"], row[f"{name}_ru"])) for name in columns]
                texts.setdefault(row["type"], []).append(own)
        return texts

    @api.model
    def _demo_record(self, contact, name, subject):
        """Return the document of a planned message, with its subject if it is created."""
        if contact.type_code[0] == "3":
            return self._demo_ref(f"{name}_lead")
        if contact.type_code[0] == "4":
            return self._demo_ref(name)
        first_months = [first.month for first in plan.months(fields.Date.today())]
        return self._demo_ref(f"{name}_task_{first_months.index(contact.moment.month) + 1}")

    @api.model
    def _demo_post(self, record, person, moment, subject, body, **values):
        values = values or {"author_id": responsible(record, person).partner_id.id, "partner_ids": person.ids}
        record.message_post(
            body=body,
            subject=subject,
            date=moment,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **values,
        )

    @api.model
    def _demo_receive(self, record, person, moment, subject, body, number):
        mail = EmailMessage()
        mail["From"] = person.email_formatted
        mail["To"] = responsible(record, person).email_formatted
        mail["Subject"] = subject
        mail["Date"] = format_datetime(moment)
        mail["Message-Id"] = f"<demo-{moment:%Y%m%d}-{number}@{person.email.partition('@')[2]}>"
        mail.set_content(body)
        self.env["mail.thread"].message_process(record._name, mail.as_bytes(), thread_id=record.id)

    @api.model
    def _demo_tag(self, contact, to_review):
        """Correct wrong types and confirm most others, as the responsible user."""
        interaction = self.sudo().search([("event", "in", ("message_in", "message_out"))], order="id desc", limit=1)
        type_ = self.env["crm.interaction.type"]._by_code(contact.type_code)
        user = interaction.user_id or self.env.user
        own = interaction.with_user(user).sudo()
        if interaction.type_id != type_:
            own.type_id = type_
        elif not to_review:
            own.action_confirm()

    @api.model
    def _demo_finish(self, last_mail_id):
        """Set durations, refresh recommendations, and delete the queued mails."""
        interactions = self.search([("event", "!=", False), ("duration", "=", 0)])
        for kind, ours in interactions.grouped("kind_id").items():
            ours.duration = plan.DURATIONS[kind.code]
        interactions.type_change_ids.sudo().filtered("after").unlink()  # not a change by a user
        last_day = plan.months(fields.Date.today())[-1] + relativedelta(months=1, days=-1)
        self.env["crm.interaction.recommendation"]._refresh(self.env.company, last_day)
        mails = self.env["mail.mail"].sudo().search([("id", ">", last_mail_id)])
        mails.state = "sent"  # deleting a queued mail would undo its interaction
        mails.unlink()
