from odoo import api, models

from ..events.plurals import plural
from .res_partner_letters import LEFT, NOBODY

KIND = "requests"
SHOWN = 50
"""Greatest number of items that an activity names."""


class CrmInteractionRequestLetter(models.Model):
    """Tell accountants what no letter asks for any more, in one activity each.

    It lists items that the client was reminded of as often as set, items of persons to whom no letter can go, and those
    without a person. The job updates it and deletes it when nothing is left; after it was done, the next one is made in
    a later week.
    """

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _escalate(self, company, is_week_done):
        """Update the activities of a company; make new ones when the letters of a week have gone."""
        matters = self.env["crm.interaction.matter"].sudo()
        current = matters._reminders_of(company, KIND).filtered("active")
        if not current and not is_week_done:
            return
        person = matters._reminded_people(company)
        found = {}
        for item, reason in self._stuck(company).items():
            if user := person(item.list_id._responsible()):
                found.setdefault(user, {})[item] = reason
        by_user = current.grouped("user_id")
        for user in current.user_id | self.env["res.users"].union(*found):
            own = by_user.get(user, current.browse())
            if user not in found:
                own.unlink()
            elif own or is_week_done:
                vals = self._prepare_escalation(company, user, found[user])
                if own:
                    own.write({name: value for name, value in vals.items() if own[name] != value})
                else:
                    own.create(matters._prepare_reminder_frame(company, user, KIND) | vals)

    @api.model
    def _stuck(self, company):
        """Return ``{item: code}`` of what no letter asks for: why not, empty after enough reminders."""
        items = self.env["crm.interaction.matter.item"].sudo().search(self._outstanding_anyhow(company))
        obstacles = items.partner_id._interaction_letter_obstacles()
        found = {}
        for item in items:
            person = item.partner_id
            has_left = person.commercial_partner_id != item.commercial_partner_id
            reason = (LEFT if person else NOBODY) if has_left else obstacles.get(person, "")
            if reason or item._is_asked_in_vain(company.interaction_letter_week):
                found[item] = reason
        return found

    @api.model
    def _prepare_escalation(self, company, user, found):
        """Return the values of the activity that lists items, in the language of ``user``."""
        letter = self.with_context(lang=user.lang)
        items = letter.env["crm.interaction.matter.item"].union(*found).with_env(letter.env)
        reasons = {item.id: reason for item, reason in found.items()}
        parts = [
            (list_, [(item, item._obstacle_text(reasons[item.id])) for item in own[:SHOWN]])
            for list_, own in items.grouped("list_id").items()
        ]
        number = plural(letter.env, letter.env._("%(n)s item|%(n)s items"), len(items))
        values = {"parts": parts, "company": len(user.company_ids) > 1 and company.name}
        return {
            "summary": letter.env._("Follow up on missing documents: %s", number),
            "note": letter.env["ir.qweb"]._render("crm_outsourcing_interactions.request_letter_note", values),
            "date_deadline": company._interaction_today(),
        }


class CrmInteractionMatterItem(models.Model):
    """Decide whether letters have asked for an item in vain."""

    _inherit = "crm.interaction.matter.item"

    def _is_asked_in_vain(self, week):
        """Return whether this item was asked for as often as set, the last time before ``week`` (its Monday).

        It is also in vain after as many letters of which some failed; those go on.
        """
        letters = self._letters_since()
        most = self.commercial_partner_id._interaction_most_reminders(self.company_id)
        is_last = max(letters.mapped("week")) < week if week and letters else False
        return len(letters) > most and (is_last or letters != letters._delivered())

    def _obstacle_text(self, code):
        """Return why no letter asks for this item: who it is, and the reason if there is one."""
        person = self.partner_id
        return person._interaction_obstacle_text(code) if code else person.name or person.display_name
