from markupsafe import Markup

from odoo import api, fields, models

from ..events.actions import RELOAD, notification_action

FOUND_URL = "/odoo/interaction-indicators-found"
"""Path of the action that lists the found breaches; see crm_interaction_indicator_views.xml."""
TARGETS_URL = "/odoo/interaction-targets"
"""Path of the action that lists the targets; see crm_interaction_target_views.xml."""


class CrmInteractionTarget(models.Model):
    """Handle the first refresh of a target, which reports past breaches once instead of opening activities.

    There may be hundreds of them. Later breaches open activities.
    """

    _inherit = "crm.interaction.target"

    evaluated_since = fields.Date(
        readonly=True, copy=False, help="The day of the first refresh since the target was switched on."
    )

    def write(self, vals):
        """Write ``vals``; archiving a target makes its next refresh a first one again.

        :raises AccessError: when ``vals`` contain a protected field.
        """
        self._check_protected(vals)
        if vals.get("active") is not False:
            return super().write(vals)
        return super(CrmInteractionTarget, self._by_code()).write({**vals, "evaluated_since": False})

    def _report_found(self, today):
        """Record these targets as evaluated, and post on each how many breaches its first refresh found."""
        found = self.env["crm.interaction.indicator"]._read_group(
            [("target_id", "in", self.ids), ("breach", "=", "found")], ["target_id"], ["__count"]
        )
        for target, number in found:
            message = target.with_context(lang=target.user_id.lang or self.env.lang)._found_message(number)
            target.message_post(body=message, partner_ids=target.user_id.partner_id.ids)
        self._by_code().evaluated_since = today

    def _found_message(self, number):
        return Markup('<p>%s <a href="%s">%s</a></p>') % (
            self._found_text(number),
            FOUND_URL,
            self.env._("Show them"),
        )

    @api.model
    def _found_text(self, number):
        return self.env._(
            "Off target at the first refresh: %s. No activities were opened for them; later breaches open an activity.",
            number,
        )


class CrmInteractionIndicator(models.Model):
    """Notify the manager who refreshes."""

    _inherit = "crm.interaction.indicator"

    def _found_notification(self, rules):
        """Return the action that shows the breaches found first for ``rules`` (targets) and reloads the view."""
        number = self.search_count([("target_id", "in", rules.ids), ("breach", "=", "found")])
        if not number:
            return RELOAD
        links = [{"label": self.env._("Show them"), "url": FOUND_URL}]
        return notification_action(rules._found_text(number) + " %s", "warning", RELOAD, sticky=True, links=links)

    def _no_target_notification(self):
        """Return the action that says that a refresh computes nothing without targets."""
        message = self.env._("No target is active, so there is nothing to refresh. %s")
        links = [{"label": self.env._("Set Targets"), "url": TARGETS_URL}]
        return notification_action(message, "warning", RELOAD, links=links)
