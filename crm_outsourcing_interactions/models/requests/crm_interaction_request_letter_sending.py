from dataclasses import dataclass
from datetime import date

from odoo import Command, api, models
from odoo.fields import Domain

from ..events.keys import message_key
from ..events.marks import without_requested
from ..events.private_links import with_link
from .crm_interaction_matter_item import OUTSTANDING
from .res_partner_letters import LEFT
from .res_partner_notify import WEEKLY

CHUNK = 500
"""Letters that are made at once."""


@dataclass(eq=False)
class Plan:
    """A letter to be sent.

    :param person: ``res.partner``. :param items: everything outstanding, of all lists; without any it is no letter, but
        an automatic mail with the news.
    :param news: notifications (``crm.interaction.notice``) that go with it. :param week: its Monday.
    """

    person: object
    items: object
    news: object
    week: date = None

    @property
    def lists(self):
        """Return the lists of the items, the oldest first."""
        return self.items.list_id.sorted(lambda list_: (list_.period, list_.id))

    @property
    def new_lists(self):
        """Return the lists not yet announced to the person."""
        return self.lists.filtered(lambda list_: self.person not in list_.letter_ids._delivered().partner_id)

    @property
    def is_reminder(self):
        """Return whether letters have asked the person for all of it before."""
        return all(self.person in item.letter_ids._delivered().partner_id for item in self.items)

    @property
    def list(self):
        """Return the list of which the letter is an interaction."""
        return (self.new_lists or self.lists)[:1]


class CrmInteractionRequestLetter(models.Model):
    """Send letters: mail, interaction and record of each in one transaction."""

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _plans(self, company, persons=None):
        """Return ``(plans, obstacles)`` (sudo): a letter for each person from whom something is outstanding.

        :param persons: only for these.
        :return: ``obstacles`` as ``{person: code}`` of those to whom none can go, see ``res_partner_letters.py``.
        """
        # sudo: a letter names what other accountants of the firm need too, and the job is nobody's
        items = self.env["crm.interaction.matter.item"].sudo().search(self._outstanding(company, persons))
        by_person = items.grouped("partner_id")
        obstacles = items.partner_id._interaction_letter_obstacles()
        notices = self.env["crm.interaction.notice"]
        news = notices._to_send(company, WEEKLY, items.partner_id)
        plans = []
        for person, own in by_person.items():
            here = own.filtered(lambda item, person=person: person.commercial_partner_id == item.commercial_partner_id)
            if not here:
                obstacles.setdefault(person, LEFT)
            elif person not in obstacles:
                plans.append(Plan(person, here, news.get(person, notices.sudo())))
        return plans, obstacles

    @api.model
    def _outstanding(self, company, persons=None):
        """Return the domain of the items that letters name, each of a person."""
        domain = self._outstanding_anyhow(company) & Domain("partner_id", "!=", False)
        return domain if persons is None else domain & Domain("partner_id", "in", persons.ids)

    @api.model
    def _outstanding_anyhow(self, company):
        """Return the domain of outstanding items, of persons or nobody: not of clients whose contract has ended."""
        client = self.env["res.partner"]._interaction_contract_lasts(company._interaction_today())
        domain = Domain("company_id", "=", company.id) & Domain("list_id.state", "=", "open")
        domain &= Domain("state", "in", OUTSTANDING)
        return domain & Domain("commercial_partner_id", "any", client & Domain("active", "=", True))

    @api.model
    def _send(self, company, plans):
        """Send the letters of ``plans``, failed ones of the same week again.

        :raises psycopg2.errors.UniqueViolation: when a person has got the letter of the week.
        """
        # sudo: mails and interactions are made by code only
        sender = without_requested(self.sudo().with_company(company))
        for plan in plans:
            if not plan.items:
                plan.news._send(company, plan.week)
        plans = [plan for plan in plans if plan.items]
        sender._cancel_failed(company, plans)
        weeks = list({plan.week for plan in plans})
        failed = sender._failed(Domain("company_id", "=", company.id) & Domain("week", "in", weeks))
        by_person = {plan: failed.get((plan.person, plan.week), sender)._of_client(plan) for plan in plans}
        letters = sender._make(company, [plan for plan in plans if not by_person[plan]])
        letters = letters.union(*(old._send_again(company, plan) for plan, old in by_person.items() if old))
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return letters

    @api.model
    def _make(self, company, plans):
        """Make the letters of ``plans`` (sudo), their mails and interactions; see ``_send``."""
        letters = self.create([self._prepare_letter_vals(company, plan) for plan in plans])
        reply_to = letters._reply_to()
        mails = self.env["mail.mail"].create([letter._prepare_mail_vals(reply_to) for letter in letters])
        for letter, mail, plan in zip(letters, mails, plans, strict=True):
            letter.message_id = mail.mail_message_id
            plan.news._mark_sent(mail.mail_message_id, plan.week)
        letters._notify_failures(mails)
        letters._log()
        return letters

    @api.model
    def _prepare_letter_vals(self, company, plan):
        """Return the values of the letter of a plan."""
        return {
            "partner_id": plan.person.id,
            "company_id": company.id,
            "week": plan.week,
            "list_id": plan.list.id,
            "item_ids": [Command.set(plan.items.ids)],
            "item_count": len(plan.items),
            "is_reminder": plan.is_reminder,
            "subject": self._subject(plan),
            "body": self._body(company, plan),
        }

    def _reply_to(self):
        """Return ``{(list, sender): address}`` to which replies go: an alias of the firm, else the sender."""
        found = {}
        for sender, letters in self.grouped(lambda letter: letter._sender()).items():
            addresses = letters.list_id._reply_addresses(sender)
            found |= {(list_, sender): addresses[list_.id] for list_ in letters.list_id}
        return found

    def _sender(self):
        """Return the partner in whose name this letter goes: that of who acts for the list, else of the company."""
        return self.list_id._sender(self.company_id, self.list_id._acting())

    def _prepare_mail_vals(self, reply_to):
        """Return the values of the mail of this letter, with all that Odoo would look up for each one."""
        sender, address = self._sender(), self._account_url(self.company_id)
        return self.list_id._prepare_mail_vals(
            self.company_id,
            self.partner_id,
            sender,
            record_name=self.list_id.name,
            subject=self.subject,
            body=self.body,
            body_html=with_link(self.body, address, self.item_ids._letter_url(self.partner_id)),
            reply_to=reply_to[self.list_id, sender],
            is_notification=True,
        )

    def _log(self):
        """Log each of these letters as one interaction."""
        events = [letter._event() for letter in self]
        self.env["crm.interaction.capture"]._run(events, None)
        for letter, event in zip(self, events, strict=True):
            letter.interaction_id = event.logged_id
        self.item_ids.list_id._forget_interactions()
        for letter in self:
            letter._open_matters()

    def _open_matters(self):
        """Add to the interaction of this letter a purpose for each other list that it names and for which no letter has
        asked in an open matter, since every list is one."""
        interaction = self.interaction_id
        lists = (self.item_ids.list_id - self.list_id).filtered(
            lambda list_: not any(list_._request_rows().matter_id.mapped("is_open"))
        )
        if lists and interaction.type_id:
            interaction._concern(lists)

    def _is_new_request(self):
        """Return whether neither a letter nor, before this first one, a message has asked the person for it."""
        is_first = self.list_id.letter_ids.filtered(lambda letter: letter.partner_id == self.partner_id) == self
        if self.is_reminder or not is_first:
            return not self.is_reminder
        # searched, as interactions are stored without the cache
        domain = Domain("res_model", "=", self.list_id._name) & Domain("res_id", "=", self.list_id.id)
        domain &= Domain("partner_id", "=", self.partner_id.id) & Domain("direction", "=", "outgoing")
        types = self.env["crm.interaction.type"]._of_role("source_request")
        domain &= Domain("type_id", "in", types.ids) & Domain("is_unattended", "!=", True)
        return not self.env["crm.interaction"].search_count(domain, limit=1)

    def _event(self):
        """Return the ``Event`` of this letter: a request for source data about its list, which goes on from the letter
        before, also when its matter was closed by an answer to a question of the client."""
        before = self.list_id.letter_ids.filtered(
            lambda letter: letter.list_id == self.list_id and letter.interaction_id.matter_id
        )
        return self.env["crm.interaction.capture"]._prepare_document_event(
            "message_out",
            self.list_id,
            self.partner_id,
            key=message_key(self.message_id.message_id),
            channel="email",
            subject=self.subject,
            message_id=self.message_id.id,
            reply_to=before.sorted("date")[-1:].message_id.id or 0,
            type_id=self.env["crm.interaction.type"]._of_role("source_request")[:1].id,
            unattended=True,  # it asks for documents only, and answers no question of the client
            new_request=self._is_new_request(),
        )
