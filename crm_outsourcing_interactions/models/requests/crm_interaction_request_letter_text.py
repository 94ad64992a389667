from odoo import api, models
from odoo.tools.i18n import format_list
from odoo.tools.misc import format_date

from ..events.plurals import plural
from .crm_interaction_notice import NEWS
from .periods import period_name, period_title

NAMED = 3
"""Most periods that a subject names, the latest ones; mail programs cut long subjects."""


class CrmInteractionRequestLetter(models.Model):
    """Write letters in the language of the person."""

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _subject(self, plan):
        """Return the subject of a letter."""
        letter = self.with_context(lang=plan.person.lang)
        periods = letter._periods(plan)
        if plan.is_reminder:
            return letter.env._("Reminder: documents for %s", periods)
        return letter.env._("Documents for %s", periods)

    def _periods(self, plan):
        periods = sorted({(list_.period, list_.period_length) for list_ in plan.items.list_id})
        named = [period_name(self.env, *period) for period in periods[-NAMED:]]
        if more := len(periods[:-NAMED]):
            named.append(plural(self.env, self.env._("%(n)s more period|%(n)s more periods"), more))
        return format_list(self.env, named)

    @api.model
    def _body(self, company, plan):
        """Return the HTML of a letter."""
        letter = self.with_context(lang=plan.person.lang)
        values = letter._text_values(company, plan)
        return letter.env["ir.qweb"]._render("crm_outsourcing_interactions.request_letter", values)

    @api.model
    def _text_values(self, company, plan):
        """Return what the template of a letter shows (dict)."""
        list_ = plan.list
        today = plan.person._interaction_local_day(company)
        return {
            "is_reminder": plan.is_reminder,
            "client": list_.commercial_partner_id.name,
            "parts": [
                (self._part_title(own), [self._line(item, today) for item in plan.items & own.item_ids])
                for own in plan.lists
            ],
            "news": plan.news.filtered(lambda one: one.kind in NEWS or one.item_id not in plan.items)._text_parts(
                plan.person
            ),
            "url": self._account_url(company),
            "sender": list_._acting().name or "",
            "company": company,
        }

    @api.model
    def _account_url(self, company):
        """Return the address of the personal account, to which the button leads in texts that colleagues read."""
        return f"{company.get_base_url()}/my"

    def _part_title(self, list_):
        return period_title(self.env, list_.period, list_.period_length)

    def _line(self, item, today):
        """Return what a letter says about an item (dict); what is requested late for the first time is urgent."""
        is_late = item._is_overdue(today)
        return {
            "name": item.name,
            "note": item.note,
            "due": item.due and format_date(self.env, item.due, date_format="long"),
            "is_late": is_late,
            "is_urgent": bool(item.due) and item.due < today and not is_late,
            "returned": item.state == "returned" and (item.return_reason or True),
        }


class CrmInteractionMatterItem(models.Model):
    """Link letters to the page on which documents are handed over."""

    _inherit = "crm.interaction.matter.item"

    def _letter_url(self, person):
        """Return the address by which a person hands over these items without a password."""
        return self.env["crm.interaction.portal.link"]._of(person, self.company_id[:1])._url()
