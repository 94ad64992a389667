from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every
from odoo.tools.misc import get_lang

from .due_days import due_day

CHUNK = 100
"""Clients for whom lists are made at once."""


class CrmInteractionRequestTemplate(models.Model):
    """Make request lists from a template, each once: what is there already is left alone."""

    _inherit = "crm.interaction.request.template"

    every_month = fields.Boolean(help="Lists for the last month are made and shown to the clients by themselves.")
    month_day = fields.Integer("On Day", default=1, help="Day of the following month on which they are made, e.g. 1.")
    partner_ids = fields.Many2many(
        "res.partner", "crm_interaction_request_template_partner_rel", "template_id", "partner_id", "Clients",
        copy=False, domain="[('parent_id', '=', False)]", help="Clients for whom the lists are made every month.",
    )  # fmt: skip
    made_for = fields.Date("Last Made For", readonly=True, copy=False)

    _month_day_in_range = models.Constraint("CHECK (month_day BETWEEN 1 AND 28)", "Enter a day between 1 and 28.")

    def action_make(self):
        """Open the dialog that makes request lists from this template."""
        self.ensure_one()
        self.env["crm.interaction.request.making"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make Request Lists"),
            "res_model": "crm.interaction.request.making",
            "view_mode": "form",
            "target": "new",
            "context": {"default_template_id": self.id},
        }

    @api.model
    def _cron_make(self):
        """Make the lists of the templates for every month."""
        companies = self.env["res.company"].search(Domain.TRUE)
        self.env["crm.interaction.job"]._for_each_company("cron_request_lists", companies, self._make_last_month)

    @api.model
    def _make_last_month(self, company):
        """Make the lists for the last month that are due in ``company`` and not made yet."""
        today = company._interaction_today()
        period = today.replace(day=1) - relativedelta(months=1)
        due = Domain("every_month", "=", True) & Domain("month_day", "<=", today.day)
        not_made = Domain("made_for", "=", False) | Domain("made_for", "<", period)
        for template in self.search(due & not_made & Domain("company_id", "=", company.id)):
            template._make(template.partner_ids, period, company)
            template.made_for = period

    def _make(self, clients, period, company, is_shown=True):
        """Make the lists of ``clients`` for the month ``period``; add missing items to lists that are there.

        Clients whose contract has ended, and lists that are closed, are left alone.

        :param is_shown: whether new lists are shown to the clients at once.
        :return: the lists made or added to.
        """
        self.ensure_one()
        today = company._interaction_today()
        clients = clients.filtered_domain(clients._interaction_contract_lasts(today))
        made = self.env["crm.interaction.request.list"].with_company(company)
        for chunk in split_every(CHUNK, clients.ids, clients.browse):
            made |= self._make_some(chunk, period, company)
        if is_shown:
            made.filtered("item_ids").action_open()
        return made

    def _make_some(self, clients, period, company):
        lists = self.env["crm.interaction.request.list"]
        existing = lists.search(self._made_domain(clients, period, company))
        by_client = {list_.commercial_partner_id: list_ for list_ in existing.sorted(lambda one: one.state != "closed")}
        made = lists.create(
            [self._prepare_list_vals(client, period, company) for client in clients if client not in by_client]
        )
        for client, list_ in by_client.items():
            known = list_.item_ids.template_item_id
            items = self._items_for(client, period) - known
            if items and list_.state != "closed":
                list_.item_ids = [Command.create(item._prepare_item_vals(client, period)) for item in items]
                made |= list_
        return made

    @api.model
    def _made_domain(self, clients, period, company):
        same_month = Domain("period", "=", period) & Domain("company_id", "=", company.id)
        return Domain("commercial_partner_id", "in", clients.ids) & same_month

    def _prepare_list_vals(self, client, period, company):
        """Return the values of a new list for ``client``."""
        items = [item._prepare_item_vals(client, period) for item in self._items_for(client, period)]
        return {
            "template_id": self.id,
            "commercial_partner_id": client.id,
            "company_id": company.id,
            "period": period,
            "due": max((item["due"] for item in items), default=False),
            "item_ids": [Command.create(item) for item in items],
        }

    def _fitting(self, clients, period):
        """Return those of ``clients`` whose contract includes a service of this template in the month ``period``."""
        included = self._scope_in(period, "included") & Domain("service_id", "in", self.service_ids.ids)
        return clients.filtered_domain(Domain("interaction_scope_ids", "any", included))

    def _items_for(self, client, period):
        """Return the items without those of services that the client's contract excludes."""
        excluded = client.interaction_scope_ids.filtered_domain(self._scope_in(period, "excluded"))
        return self.item_ids.filtered(lambda item: item.service_id not in excluded.service_id)

    @api.model
    def _scope_in(self, period, coverage):
        """Return the domain of the lines of contract scopes with a ``coverage`` on any day of the month ``period``."""
        last = period + relativedelta(months=1, days=-1)
        begun = Domain("date_from", "=", False) | Domain("date_from", "<=", last)
        return (
            Domain("coverage", "=", coverage)
            & begun
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", period))
        )


class CrmInteractionRequestTemplateItem(models.Model):
    """Make an item of a request list."""

    _inherit = "crm.interaction.request.template.item"

    def _prepare_item_vals(self, client, period):
        """Return the values of an item for ``client``, in the client's language."""
        item = self.with_context(lang=get_lang(self.env, client.lang).code)
        return {
            "template_item_id": self.id,
            "sequence": self.sequence,
            "name": item.name,
            "note": item.note,
            "service_id": self.service_id.id,
            "due": due_day(period, self.due_days),
        }
