from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..events.actions import CLOSE, notification_action
from ..events.groups import MANAGER

ACTIVITY = "crm_outsourcing_interactions.activity_type_feedback"


class ResPartner(models.Model):
    """Plan to ask clients for feedback, but not too often and never in reporting weeks."""

    _inherit = "res.partner"

    def action_plan_feedback(self):
        """Open an activity for the accountant of each of these clients, where it is time to ask.

        Of several, clients that may not be asked yet are left out; a single one is planned for the first possible day.

        :return: a notification that names the clients left out, or the day, and why.
        :raises AccessError: when the user works for one of the clients neither as accountant, team nor supervisor.
        :raises UserError: with the reason, when none of the clients may be asked now.
        """
        self.check_access("read")
        if not self.env.user.has_group(MANAGER) and self.filtered(lambda client: not client.interaction_is_shown):
            raise AccessError(
                self.env._(
                    "Only managers and colleagues who work for the client may plan its feedback. Ask one of them."
                )
            )
        reasons = {client: reason for client in self if (reason := client._reason_not_to_ask())}
        asked = self.filtered(lambda client: client not in reasons)
        texts = [f"{client.name}: {reason}" for client, reason in reasons.items()]
        if len(self) == 1 and self.interaction_feedback_note and reasons[self] == self.interaction_feedback_note:
            return self._plan_later()
        if not asked:
            raise UserError("\n".join(texts))
        # sudo: users of the addon need not be allowed to edit contacts
        asked.sudo()._plan_feedback()
        return self._planned_notification(asked, texts)

    def _reason_not_to_ask(self):
        """Return why one client is not to be asked now, else an empty value."""
        type_ = self.env.ref(ACTIVITY, raise_if_not_found=False)
        # sudo: the activity may be a colleague's
        if type_ and type_ in self.sudo().activity_ids.activity_type_id:
            return self.env._("A request for feedback is planned already.")
        if not self.filtered_domain(self._interaction_under_contract(self.env.company._interaction_today())):
            return self.env._("The client is not under contract.")
        return self.interaction_feedback_note

    def _plan_feedback(self, **vals):
        self.env["mail.activity"].create([{**client._prepare_feedback_activity(), **vals} for client in self])

    def _plan_later(self):
        """Plan to ask one client on the first possible day; return the notification that names it, and why."""
        self.sudo()._plan_feedback(date_deadline=self.interaction_next_feedback)  # sudo: as above
        day = format_date(self.env, self.interaction_next_feedback)
        text = self.env._("Request for feedback planned for %s.", day)
        return notification_action(f"{text} {self.interaction_feedback_note}", "warning", CLOSE, sticky=True)

    def _prepare_feedback_activity(self):
        """Return the values of the activity to ask one client for feedback. Extend it to change date or text."""
        type_ = self.env.ref(ACTIVITY, raise_if_not_found=False)
        user = self.interaction_accountant_id._interaction_stand_in() or self.env.user
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.id,
            "activity_type_id": type_.id if type_ else False,
            "user_id": user.id,
            "date_deadline": self.env.company._interaction_today(),
            "summary": self.with_context(lang=user.lang).env._("Ask for feedback"),
        }

    def _planned_notification(self, asked, left_out):
        planned = self.env._("Requests for feedback planned: %s", len(asked))
        kind = "warning" if left_out else "success"
        return notification_action("\n".join([planned, *left_out]), kind, CLOSE, sticky=bool(left_out))
