from datetime import timedelta

from odoo import api, fields, models

from ..report.period import Period
from . import people, plan
from .answers import later
from .crm_interaction_message_demo import paragraphs
from .crm_interaction_request_demo import CLOSED, IN_WORK

INSTEAD = (
    ("Lease of the new warehouse", "Договор аренды нового склада"),
    (
        "Please send the lease of the new warehouse, we need it for this month's expenses.",
        "Пришлите, пожалуйста, договор аренды нового склада: он нужен для расходов этого месяца.",
    ),
)
"""Name and note of an item that was added to the letter instead of a message."""
RATED = (5, ("Everything in one list, and no questions twice.", "Всё одним списком, и ничего не спрашивают дважды."))
REPORT = (
    "Attached is the overview of our cooperation in the last two months.",
    "Во вложении обзор нашего сотрудничества за последние два месяца.",
)


class CrmInteraction(models.Model):
    """Create demo data: a client report that was sent, a rating, and an item added to a letter."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_requests(self):
        res = super()._demo_requests()
        self._demo_instead()
        self._demo_rate()
        self._demo_report()
        return res

    @api.model
    def _demo_instead(self):
        """Add an item to the next letter instead of sending a message, as the accountant."""
        client = self._demo_ref(IN_WORK)
        lists = self.env["crm.interaction.request.list"].with_user(client.interaction_accountant_id)
        list_ = lists.search([("commercial_partner_id", "=", client.id), ("state", "=", "open")], limit=1)
        if list_:
            name, note = map(self._demo_text, INSTEAD)
            person = client.interaction_request_partner_id.with_env(list_.env)
            list_.env["crm.interaction.request.saving"]._add(list_, person, [{"name": name, "note": note}])

    @api.model
    def _demo_rate(self):
        """Rate the firm in the account."""
        user = self._demo_ref(f"{CLOSED}_user")
        value, text = RATED
        self.env["rating.rating"].with_user(user)._interaction_rate(user.partner_id, value, self._demo_text(text))

    @api.model
    def _demo_report(self):
        """Send the supervisor's client report about the last two months.

        Its file is a web page: while Odoo installs, no server answers the program that makes PDFs.
        """
        client, person = self._demo_ref(CLOSED), self._demo_ref(f"{CLOSED}_contact")
        author = self._demo_ref(people.SUPERVISOR)
        month, _last = plan.months(fields.Date.today())
        period = Period.last_month(fields.Date.today())
        report = self._demo_report_of(client.with_user(author).sudo(False), Period(month, period.end))
        sent = later(fields.Datetime.now() - timedelta(days=plan.LAST_DAYS), 1)
        report.message_post(
            body=paragraphs(self._demo_letter(client, person, author.partner_id, sent, self._demo_text(REPORT))),
            subject=report.display_name,
            date=sent,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=person.ids,
            attachment_ids=report.attachment_id.ids,
        )
        self._demo_tag(plan.Contact("1.2.4", 0, sent, 0), to_review=False)

    @api.model
    def _demo_report_of(self, client, period):
        """Return a new report (recordset) for a ``Period``."""
        env, company = client.env, self.env.company
        data = env["report.crm_outsourcing_interactions.client_page"]._options(client, company, period)
        action = "crm_outsourcing_interactions.report_client"
        content, _type = env["ir.actions.report"]._render_qweb_html(action, client.ids, data=data)
        vals = {"partner_id": client.id, "company_id": company.id, "user_id": env.uid}
        vals |= {"date_from": period.start, "date_to": period.end}
        report = env["crm.interaction.sent.report"].sudo()._by_code().create(vals)
        name = f"{client._interaction_client_file_name(data)}.html"
        file = {"name": name, "raw": content, "res_model": report._name, "res_id": report.id}
        attachment = report.env["ir.attachment"].create(file)
        report.write({"counted": report._kinds_by_id(), "attachment_id": attachment.id})
        return report.with_env(env)
