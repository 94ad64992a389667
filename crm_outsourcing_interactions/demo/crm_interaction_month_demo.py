from datetime import datetime, time

from odoo import Command, api, models

from ..models.events.marks import marked
from . import characters, people, plan
from .crm_interaction_demo import QUIET


class CrmInteraction(models.Model):
    """Create demo data: the invoices, payments and closings of each month, captured by the real hooks."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_month(self, month, first):
        """Create the month's invoices, most of them paid, and deliver the month-end closing to every client.

        :param int month: number of the month; clients who came later get nothing.
        """
        days = plan.working_days(first)
        numbers = [n for n, client in enumerate(characters.CHARACTERS) if client.since <= month]
        is_last = month == characters.PAST + plan.MONTHS - 1
        for day, some in _by_day(days, numbers, lambda number: -1 - number % 3):
            tasks = self._demo_tasks([people.CLIENTS[number][0] for number in some], first)
            marked(tasks, "interaction_date", self._demo_moment(day)).state = "1_done"
        invoices = {}
        for day, some in _by_day(days, numbers, lambda number: 2 + number % 2):
            created = self._demo_invoices([people.CLIENTS[number][0] for number in some], day)
            invoices |= dict(zip(some, created, strict=True))
        paid = [number for number in numbers if not is_last or number < plan.CLIENTS - plan.UNPAID]
        for day, some in _by_day(days, paid, lambda number: 10 + number % 2):
            self._demo_pay(self.env["account.move"].union(*(invoices[number] for number in some)), day)

    @api.model
    def _demo_tasks(self, names, first):
        title = self._demo_text(people.WORDS["task"]) % f"{first:%m.%Y}"
        values = {}
        for name in names:
            project = self._demo_ref(f"{name}_project")
            values[f"{name}_task_{first:%Y_%m}"] = {
                "name": title,
                "project_id": project.id,
                "partner_id": self._demo_ref(f"{name}_contact").id,
                "user_ids": [Command.set(project.user_id.ids)],
            }
        return self._demo_load("project.task", **values).with_context(**QUIET)

    @api.model
    def _demo_moment(self, day):
        return datetime.combine(day, time(10, 30))

    @api.model
    def _demo_invoices(self, names, day):
        line = {"name": self._demo_text(people.WORDS["line"]), "price_unit": 900.0, "tax_ids": False}
        clients = [self._demo_ref(name) for name in names]
        invoices = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": client.id,
                    "invoice_date": day,
                    "invoice_user_id": client.user_id.id,
                    "invoice_line_ids": [Command.create(line)],
                }
                for client in clients
            ]
        )
        marked(invoices, "interaction_date", self._demo_moment(day)).action_post()
        return invoices

    @api.model
    def _demo_pay(self, invoices, day):
        register = marked(self.env["account.payment.register"], "interaction_date", self._demo_moment(day))
        register = register.with_context(active_model="account.move", active_ids=invoices.ids)
        register.create({"payment_date": day}).action_create_payments()


def _by_day(days, numbers, index):
    """Yield each day with the clients (numbers) whose turn it is, by the ``index`` (function) of the day."""
    for at in sorted({index(number) for number in numbers}):
        yield days[at], [number for number in numbers if index(number) == at]
