"""Define the events of random histories: changes of interactions and related records by users of all roles."""

from contextlib import suppress
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError

ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
WORDS = ("Our invoices of October", "Thank you for the quick help", "This is late again, a complaint", "Best wishes")


class History:
    """Define one method per event, named after it; two numbers choose its records."""

    def __init__(self, case):
        self.case, self.env = case, case.env
        self.keys = 0

    # --- who and what -----------------------------------------------------------------

    def _one(self, records, number):
        return records[number % len(records)]

    def _contact(self, number):
        return self._one(self.case.contacts.exists(), number)

    def _task(self, number):
        return self._one(self.env["project.task"].search([("project_id", "=", self.case.project.id)]), number)

    def _type(self, number):
        return self._one(self.case.types, number)

    def _role(self, number):
        return self._one([*self.case.roles, *[self.case.head] * 4, self.case.staff, self.case.user], number)

    def _interaction(self, number):
        found = self.env["crm.interaction"].with_context(active_test=False).search([], order="id")
        return found and self._one(found, number)

    def _invoice(self, number):
        return self._one(self.case.invoices, number)

    def _act(self, number, action):
        """Have one of the roles do ``action(interaction)``; what the role may not do, it may not."""
        if interaction := self._interaction(number):
            try:
                with self.env.cr.savepoint():
                    action(interaction.with_user(self._role(number // 7)))
                    self.env.flush_all()
            except (AccessError, UserError):
                self.env.invalidate_all()

    # --- captured ---------------------------------------------------------------------

    def client_mails(self, one, two):
        self.keys += 1
        sender = self._contact(one).email or "stranger@elsewhere.example.com"
        self.case.receive(
            sender=sender, to="bookkeeping@firm.example.com", key=f"h{self.keys}", body=WORDS[two % len(WORDS)]
        )

    def client_mails_again(self, one, two):
        if self.keys:
            self.case.receive(sender=self._contact(one).email or "x@elsewhere.example.com", key=f"h{self.keys}")

    def staff_answers(self, one, two):
        task = self._task(one).with_user(self.case.staff)
        people = self._contact(one) | (self._contact(two) if two % 3 == 0 else self.env["res.partner"])
        task.message_post(body=WORDS[two % len(WORDS)], partner_ids=people.ids, subtype_xmlid="mail.mt_comment")

    def staff_answers_elsewhere(self, one, two):
        """Answer a client of both companies on a task of the second one."""
        task = self.case.task_elsewhere.with_user(self.case.head)
        task.message_post(
            body=WORDS[two % len(WORDS)], partner_ids=self._contact(one).ids, subtype_xmlid="mail.mt_comment"
        )

    def staff_notes(self, one, two):
        self._task(one).with_user(self.case.staff).message_post(body="Only for us", subtype_xmlid="mail.mt_note")

    def post_invoice(self, one, two):
        invoice = self._invoice(one)
        if invoice.state == "draft":
            invoice.action_post()

    def reset_invoice(self, one, two):
        invoice = self._invoice(one)
        if self._is_open(invoice):
            invoice.button_draft()
            if two % 2:
                invoice.partner_id = self._contact(two)

    def _is_open(self, invoice):
        if invoice.state == "cancel":
            invoice.button_draft()
        if invoice.state == "draft":
            invoice.action_post()
        return invoice.payment_state == "not_paid"

    def mail_invoice(self, one, two):
        invoice = self._invoice(one)
        if self._is_open(invoice):
            wizard = self.env["account.move.send.wizard"].with_context(
                active_model=invoice._name, active_ids=invoice.ids
            )
            with suppress(UserError), self.env.cr.savepoint():  # the client may have no address
                wizard.create({"sending_methods": ["email"]}).action_send_and_print()

    def cancel_invoice(self, one, two):
        invoice = self._invoice(one)
        if self._is_open(invoice):
            invoice.button_cancel()

    def pay_invoice(self, one, two):
        invoice = self._invoice(one)
        if self._is_open(invoice):
            wizard = self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            wizard.create({})._create_payments()

    def do_task(self, one, two):
        self._task(one).state = "1_done" if two % 2 else "01_in_progress"

    def give_task(self, one, two):
        self._task(one).partner_id = self._contact(two)

    def rate(self, one, two):
        task = self._task(one)
        if task.partner_id:
            task.rating_apply((1, 3, 5)[two % 3], token=task._rating_get_access_token(), feedback="As promised")

    # --- by hand, by everybody --------------------------------------------------------

    def log_call(self, one, two):
        vals = {"partner_id": self._contact(one).id, "type_id": two % 3 and self._type(two).id, "channel": "phone"}
        if two % 5 == 0:
            vals |= {"duration": two % 7 / 3, "state": "ignored"}
        self.env["crm.interaction"].with_user(self._one(self.case.insiders, one)).create(vals)

    def log_call_elsewhere(self, one, two):
        vals = {"partner_id": self._contact(one).id, "type_id": two % 3 and self._type(two).id, "duration": two % 9 / 7}
        elsewhere = self.env["crm.interaction"].with_user(self.case.head).with_company(self.case.elsewhere)
        elsewhere.create({**vals, "company_id": self.case.elsewhere.id})

    def write_company(self, one, two):
        company = self._one(self.case.companies, two)
        self._act(
            one, lambda i: i.with_context(allowed_company_ids=self.case.companies.ids).write({"company_id": company.id})
        )

    def tag(self, one, two):
        self._act(one, lambda interaction: interaction.tag({"type_id": self._type(two).id}))

    def tag_message(self, one, two):
        values = ({"type_id": self._type(two).id}, {"state": "confirmed"}, {"state": "ignored"})[two % 3]
        self._act(
            one, lambda i: i.message_id and i.tag_message(i.sudo().message_id.id, values, i.id, split=two % 5 == 0)
        )

    def turn(self, one, two):
        self._act(one, lambda interaction: interaction.tag({"direction": ("incoming", "outgoing")[two % 2]}))

    def confirm(self, one, two):
        self._act(one, lambda interaction: interaction.action_confirm())

    def ignore(self, one, two):
        self._act(one, lambda interaction: interaction.action_ignore())

    def reset(self, one, two):
        self._act(one, lambda interaction: interaction.action_reset())

    def archive(self, one, two):
        self._act(one, lambda interaction: interaction.action_archive())

    def unarchive(self, one, two):
        self._act(one, lambda interaction: interaction.action_unarchive())

    def write_state(self, one, two):
        values = ({"state": "ignored"}, {"state": "to_review"}, {"active": False}, {"active": True}, {"type_id": False})
        self._act(one, lambda interaction: interaction.write(values[two % len(values)]))

    def write_contact(self, one, two):
        self._act(one, lambda interaction: interaction.write({"partner_id": self._contact(two).id}))

    def write_date(self, one, two):
        moment = datetime(2026, 10, 31, 22, 30) + timedelta(hours=two % 5)
        self._act(one, lambda interaction: interaction.write({"date": moment}))

    def write_hours(self, one, two):
        self._act(one, lambda interaction: interaction.write({"duration": two % 9 / 7}))

    def duplicate(self, one, two):
        self._act(one, lambda interaction: interaction.copy())

    def delete(self, one, two):
        self._act(one, lambda interaction: interaction.unlink())

    def forge(self, one, two):
        """Write what only the system may set."""
        forged = {"kind_id": self._type(two).kind_id.id, "month": "2020-01-01", "event": False, "origin_key": "x"}
        name = sorted(forged)[two % len(forged)]
        self._act(one, lambda i: i.with_context(interaction_by_code=True).write({name: forged[name]}))

    # --- moved and merged -------------------------------------------------------------

    def merge_clients(self, one, two):
        clients = self.case.contacts.exists().commercial_partner_id
        if len(clients) > 1:
            kept = self._one(clients, one)
            gone = self._one(clients - kept, two)
            self.env["base.partner.merge.automatic.wizard"]._merge([kept.id, gone.id], kept)

    def join_client(self, one, two):
        alone = self.case.contacts.exists().filtered(lambda contact: not contact.parent_id and not contact.is_company)
        for contact in alone[:1]:
            contact.parent_id = (self.case.contacts.exists().commercial_partner_id - contact)[:1]

    def move_messages(self, one, two):
        source, target = self._task(one), self._task(two)
        if source != target:
            source.message_change_thread(target)

    def time_zone(self, one, two):
        self.env.company.interaction_tz = ZONES[one % len(ZONES)]

    def apply_rules_again(self, one, two):
        if rules := self.env["crm.interaction"].search([]).rule_id:
            self._one(rules, one).active = False
        replay = self.env["crm.interaction.replay"].create({"mode": "reclassify", "date_from": "2026-01-01"})
        replay._start("running")
        while replay.state == "running":
            replay._run_batch()

    def compact(self, one, two):
        self.case.aggregate._flush()
        self.case.aggregate._fold()


EVENTS = [name for name in vars(History) if not name.startswith("_")]
BY_PERSON = {
    "log_call", "tag", "tag_message", "turn", "confirm", "ignore", "reset", "archive", "unarchive", "write_state",
    "delete",
}  # fmt: skip
