from odoo import api, models

from ..events.plurals import plural


class CrmInteractionIndicator(models.Model):
    """Manage the activities of breaches: one per client, and one per target missed by the whole firm.

    The text only names the measures off target and links to the indicators: everyone with access to the client can
    read its activities, even completed ones, while target, value and evidence require access to its interactions.
    The target's name is omitted as well, because it may contain an agreed figure.
    """

    _inherit = "crm.interaction.indicator"

    def _breach_document(self):
        """Return the record of the activity: the client, or the target for the whole firm."""
        return self.partner_id or self.target_id

    def _open_breaches_now(self, current):
        """Open these breaches in a batch, in the client's open activity if one of ``current`` has it."""
        is_open = current.filtered(lambda indicator: indicator.breach == "open" and indicator.activity_id.active)
        activities = {indicator._breach_document(): indicator.activity_id for indicator in is_open}
        by_document = self.grouped(lambda indicator: indicator._breach_document())
        new = [document for document in by_document if document not in activities]
        quick = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        opened = quick.create([by_document[document]._prepare_breach_activity() for document in new])
        activities.update(zip(new, opened, strict=True))
        for document, indicators in by_document.items():
            indicators.write({"breach": "open", "activity_id": activities[document].id})

    def _prepare_breach_activity(self):
        """Return the values of the activity for indicators of one client. Extend it to notify other users."""
        first = self._by_target()[:1]
        user, document, company = first._breach_responsible(), first._breach_document(), first.company_id
        here = self.with_context(tz=company._interaction_zone())
        activity_type = here.env.ref("crm_outsourcing_interactions.activity_type_breach", raise_if_not_found=False)
        return {
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "activity_type_id": activity_type.id if activity_type else False,
            "automated": True,
            "user_id": user.id,
            "date_deadline": activity_type._get_date_deadline() if activity_type else company._interaction_today(),
            **self._prepare_breach_text(user),
        }

    def _by_target(self):
        return self.sorted(lambda indicator: (indicator.target_id.sequence, indicator.target_id.id))

    def _prepare_breach_text(self, user):
        """Return summary and note of the activity for these indicators, in the language of ``user``."""
        indicators = self._by_target().with_context(lang=user.lang)
        lines = [(indicator.id, indicator.target_id._measure_text()) for indicator in indicators]
        measures = plural(indicators.env, indicators.env._("%(n)s measure|%(n)s measures"), len(lines))
        about = lines[0][1] if len(lines) == 1 else measures
        note = indicators.env["ir.qweb"]._render("crm_outsourcing_interactions.breach_note", {"lines": lines})
        return {"summary": indicators.env._("Off Target: %s", about), "note": note}

    @api.model
    def _describe_breaches(self, activities):
        """Update the text of open ``activities`` from their current breaches."""
        breaches = self.search([("activity_id", "in", activities.ids), ("breach", "=", "open")])
        for activity, indicators in breaches.grouped("activity_id").items():
            if activity.active:
                activity.write(indicators._prepare_breach_text(activity.user_id))

    def _breach_responsible(self):
        """Return the user to assign the activity to, the first who may see the indicator.

        The order is: today's deputy of the client's accountant, the accountant, the supervisor, the target's
        responsible, a manager.
        """
        accountant = self.partner_id.interaction_accountant_id
        supervisor = self.partner_id.interaction_supervisor_id
        for user in accountant._interaction_stand_in() | accountant | supervisor | self.target_id.user_id:
            if user.active and self.company_id in user.company_ids and self._is_shown_to(user):
                return user
        return self.company_id._interaction_manager()

    def _is_shown_to(self, user):
        """Return whether ``user`` may see the indicator: users see those of their own clients, managers all."""
        own = self.partner_id.with_user(user).interaction_is_shown
        return user.has_group(f"crm_outsourcing_interactions.{'group_user' if own else 'group_manager'}")

    def _close_breaches(self, feedback):
        """Close the breaches of these indicators.

        Activities without remaining breaches are marked done with ``feedback`` (str), or deleted when the client's
        contract is over; the text of the others is updated.
        """
        gone = self._of_others_than_clients().activity_id
        activities = self.filtered(lambda indicator: indicator.breach == "open").activity_id.filtered("active")
        self.filtered(lambda indicator: indicator.breach in ("open", "found")).breach = "mended"
        left = self.search([("activity_id", "in", activities.ids), ("breach", "=", "open")]).activity_id
        (activities & gone - left).unlink()
        if over := activities - left - gone:
            over.action_feedback(feedback=feedback)
        self._describe_breaches(left)

    def _of_others_than_clients(self):
        """Return the indicators, all of one company, whose clients are not under contract today."""
        of_clients = self.filtered("partner_id")
        today = of_clients.company_id[:1]._interaction_today() if of_clients else None
        return of_clients - of_clients.filtered_domain(
            [("partner_id", "any", self.env["res.partner"]._interaction_under_contract(today))]
        )
