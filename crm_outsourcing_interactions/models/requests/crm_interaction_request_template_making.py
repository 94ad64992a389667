from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext, split_every
from odoo.tools.date_utils import start_of
from odoo.tools.misc import format_date, get_lang

from ..events.groups import MANAGER
from ..events.locks import wait_for_others
from .periods import MONTHS, due_day, last_period, past_due_text, period_title

CHUNK = 100
"""Clients for whom lists are made at once."""
SERVED = Domain("interaction_accountant_id", "!=", False) | Domain("interaction_team_ids", "!=", False)


class CrmInteractionRequestTemplate(models.Model):
    """Make request lists from a template, each once: what is there already is left alone."""

    _inherit = "crm.interaction.request.template"

    is_automatic = fields.Boolean(
        "Make Automatically", help="Lists are made and shown to the clients after the end of each period."
    )
    month_day = fields.Integer(
        "On Day", default=1, help="Day of the month after the period on which the lists are made, e.g. 1."
    )
    is_for_all = fields.Boolean(
        "All Clients", help="Lists are made for every client with an accountant of whom the template requests "
        "something, also for those taken on later.",
    )  # fmt: skip
    partner_ids = fields.Many2many(
        "res.partner", "crm_interaction_request_template_partner_rel", "template_id", "partner_id", "Clients",
        copy=False, domain="[('parent_id', '=', False)]", help="Clients for whom the lists are made after each period.",
    )  # fmt: skip
    made_for = fields.Date("Last Made For", compute="_compute_made_for", store=True, copy=False)
    next_lists = fields.Char(compute="_compute_next_lists")

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

    @api.depends("period_length")
    def _compute_made_for(self):
        """Forget the last period when lists are for another length of period."""
        self.made_for = False

    @api.depends("company_id", "is_automatic", "item_ids.due_days", "made_for", "month_day", "period_length")
    @api.depends_context("lang")
    def _compute_next_lists(self):
        """Say which lists are made next, and when: perhaps tonight, and late for what was due before."""
        for template in self:
            length = template.period_length
            if not template.is_automatic or not length or template.month_day not in range(1, 29):
                template.next_lists = False
                continue
            today = (template.company_id or self.env.company)._interaction_today()
            start = start_of(today, length)
            if not template._is_due(today):
                start += relativedelta(months=MONTHS[length])
            day = max(start.replace(day=template.month_day), today)
            period = last_period(start, length)
            late = [item for item in template.item_ids if due_day(period, length, item.due_days) < day]
            text = self.env._(
                "%(period)s, on %(day)s.",
                period=period_title(self.env, period, length),
                day=format_date(self.env, day, date_format="long"),
            )
            template.next_lists = " ".join(filter(None, (text, past_due_text(self.env, len(late)))))

    def _is_due(self, today):
        """Return whether the lists for the last period are still to be made ``today`` (date) or later this month.

        Those of a quarter or year are made in the first month after it only, however late a template is switched on.
        """
        is_first_month = start_of(today, self.period_length).month == today.month
        return is_first_month and (not self.made_for or self.made_for < last_period(today, self.period_length))

    @api.onchange("is_automatic")
    def _onchange_is_automatic(self):
        """Propose the clients when the switch is turned on."""
        if self.is_automatic and not self.partner_ids:
            company = self.company_id or self.env.company
            self.partner_ids = self._proposed(company, last_period(company._interaction_today(), self.period_length))

    @api.constrains("is_automatic", "is_for_all", "partner_ids")
    def _check_clients(self):
        with_clients = Domain("is_for_all", "=", True) | Domain("partner_ids", "!=", False)
        if lonely := self.filtered("is_automatic") - self.filtered_domain(with_clients):
            raise ValidationError(
                self.env._(
                    "“%s” makes no lists automatically without clients. Select the clients, or switch "
                    "Make Automatically off.",
                    lonely[0].name,
                )
            )

    def _proposed(self, company, period):
        """Return the reader's own clients, for managers without any all with an accountant, whom this template fits.

        They are under contract with ``company`` today.
        """
        clients = self._under_contract(company)
        everybody = clients if self.env.user.has_group(MANAGER) else clients.browse()
        return self._fitting(clients.filtered("interaction_is_mine") or everybody, period)

    @api.model
    def _under_contract(self, company):
        """Return the clients with an accountant or team who are under contract with ``company`` today."""
        clients = self.env["res.partner"]
        of_company = Domain(clients._check_company_domain(company)) & Domain("parent_id", "=", False)
        return clients.search(of_company & clients._interaction_under_contract(company._interaction_today()) & SERVED)

    def _make(self, clients, period, company, is_shown=True):
        """Make the lists of ``clients`` for the period from ``period`` on; add missing items to lists that are there.

        Clients whose contract has ended or includes nothing of this template, clients of another company, and lists
        that are closed, are left alone.

        :param is_shown: whether new lists are shown to the clients at once.
        :return: the lists made or added to.
        """
        self.ensure_one()
        wait_for_others(self)
        clients = self._served(clients, company)
        made = added_to = self.env["crm.interaction.request.list"].with_company(company)
        for chunk in split_every(CHUNK, clients.ids, clients.browse):
            new, existing = self._make_some(chunk, period, company)
            made, added_to = made | new, added_to | existing
        if is_shown:
            made.action_open()
        return made | added_to

    @api.model
    def _served(self, clients, company):
        """Return those of ``clients`` that belong to ``company`` and whose contract has not ended."""
        clients = clients.filtered(lambda client: client.commercial_partner_id == client)  # or has become a contact
        lasts = clients._interaction_contract_lasts(company._interaction_today())
        return clients.filtered_domain(lasts & Domain(clients._check_company_domain(company)))

    def _make_some(self, clients, period, company):
        """Return the lists made and those added to, which may be drafts of a colleague."""
        lists = self.env["crm.interaction.request.list"]
        existing = lists.search(self._made_domain(clients, period, company))
        by_client = {list_.commercial_partner_id: list_ for list_ in existing.sorted(lambda one: one.state != "closed")}
        new = self._fitting(clients, period).filtered(lambda client: client not in by_client)
        made, added_to = lists.create([self._prepare_list_vals(client, period, company) for client in new]), lists
        for client, list_ in by_client.items():
            known = list_.item_ids.template_item_id
            items = self._items_for(client, period) - known
            vals_list = [item._prepare_item_vals(client, period) for item in items] if list_.state != "closed" else []
            if fitting := list_._without_confidential(vals_list):
                list_.item_ids = [Command.create(vals) for vals in fitting]
                added_to |= list_
        return made, added_to

    def _made_domain(self, clients, period, company):
        same = Domain("period", "=", period) & Domain("period_length", "=", self.period_length)
        return Domain("commercial_partner_id", "in", clients.ids) & same & Domain("company_id", "=", company.id)

    def _prepare_list_vals(self, client, period, company):
        """Return the values of a new list for ``client``."""
        items = [item._prepare_item_vals(client, period) for item in self._items_for(client, period)]
        return {
            "template_id": self.id,
            "commercial_partner_id": client.id,
            "company_id": company.id,
            "period": period,
            "period_length": self.period_length,
            "due": max((item["due"] for item in items), default=False),
            "item_ids": [Command.create(item) for item in items],
        }

    def _fitting(self, clients, period):
        """Return those of ``clients`` of whom this template requests something for the period."""
        return clients.filtered(lambda client: self._items_for(client, period))

    def _items_for(self, client, period):
        """Return the items without a service, and those of services that the client's contract includes in the period;
        of a contract scope that names no included service, only what is excluded is left out."""
        scope = client.interaction_scope_ids
        lines = scope.filtered_domain(self._scope_in(period)).grouped("coverage")
        included, excluded = (lines.get(one, scope.browse()).service_id for one in ("included", "excluded"))
        names_services = "included" in scope.mapped("coverage")
        return self.item_ids.filtered(
            lambda item: (
                not item.service_id
                or (item.service_id in included if names_services else item.service_id not in excluded)
            )
        )

    def _scope_in(self, period):
        """Return the domain of the lines of contract scopes that hold on any day of the period."""
        last = period + relativedelta(months=MONTHS[self.period_length], days=-1)
        begun = Domain("date_from", "=", False) | Domain("date_from", "<=", last)
        return begun & (Domain("date_to", "=", False) | Domain("date_to", ">=", period))


class CrmInteractionRequestList(models.Model):
    """Take only such items as may be shown to whom the list is shown."""

    _inherit = "crm.interaction.request.list"

    def _without_confidential(self, vals_list):
        """Return the values of items without those that all contacts must not see; a note names what was left out."""
        services = self.env["crm.interaction.service"]
        secret = [
            vals
            for vals in (vals_list if self.audience == "client" else ())
            if services._of_documents(
                f"{vals['name']}\n{vals['note'] or ''}", services.browse(vals.get("service_id"))
            ).is_confidential
        ]
        if secret:
            names = ", ".join(vals["name"] for vals in secret)
            text = self.env._("Confidential, so not added to a list that all contacts of the client see: %s", names)
            if text not in [html2plaintext(message.body or "").strip() for message in self.message_ids]:
                self.message_post(body=text, subtype_xmlid="mail.mt_note")
        return [vals for vals in vals_list if vals not in secret]


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
            **({"service_id": self.service_id.id} if self.service_id else {}),  # else the words may name one
            "due": due_day(period, self.template_id.period_length, self.due_days),
        }
