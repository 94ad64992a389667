from odoo import api, models
from odoo.fields import Domain

from ..events.plurals import plural

KIND = "documents"
ACTIVITY = "crm_outsourcing_interactions.activity_type_documents"


class CrmInteractionRequestList(models.Model):
    """Give who is responsible for a list one activity while something of it is to check.

    Hand-overs and decisions update it at once, the job of letters after a change of responsible or during an absence.
    It sends no mail, and nobody follows the list because of it: followers would get what the client writes.
    """

    _inherit = "crm.interaction.request.list"

    @api.model
    def _update_check_activities(self, company):
        """Update the activities of all open lists of a company with something to check."""
        domain = Domain("company_id", "=", company.id) & Domain("state", "=", "open")
        self.sudo().search(domain & Domain("handed_over_count", ">", 0))._update_check_activity()

    def _update_check_activity(self):
        """Create, update or finish the activities of these lists; on a closed one nothing can be checked."""
        for list_ in self.sudo():  # sudo: clients hand over
            key = self.env["crm.interaction.matter"]._reminder_key(list_.company_id, KIND)
            current = list_.activity_ids.filtered(lambda activity, key=key: activity.interaction_reminder == key)
            if list_.handed_over_count and list_.state != "closed":
                list_._assign_check_activity(current)
            else:
                current.summary = False  # the number was that of the last ones
                current.action_feedback()

    def _assign_check_activity(self, current):
        """Let the ``current`` activity (possibly none) be that of who is responsible today."""
        matters = self.env["crm.interaction.matter"]
        user = matters._reminded_people(self.company_id)(self._responsible())
        own = current.filtered(lambda activity: activity.user_id == user)[:1]
        (current - own).unlink()
        if not user:
            return
        here = self.with_context(lang=user.lang)
        number = plural(here.env, here.env._("%(n)s item|%(n)s items"), self.handed_over_count)
        summary = here.env._("Check documents: %s", number)
        if not own:
            frame = matters._prepare_reminder_frame(self.company_id, user, KIND, ACTIVITY)
            self._create_check_activity({**frame, "summary": summary})
        elif own.summary != summary:
            own.summary = summary

    def _create_check_activity(self, vals):
        followers = self.message_partner_ids
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            {
                **vals,
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "date_deadline": self.company_id._interaction_today(),
            }
        )
        self.message_unsubscribe((self.message_partner_ids - followers).ids)
