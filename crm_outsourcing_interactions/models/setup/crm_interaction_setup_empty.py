from odoo import api, models

from ..events.groups import MANAGER
from ..targets.crm_interaction_target_today import FIRST_SAMPLE

SETUP = "crm.interaction.setup"
INTERACTION, MATTER = "crm.interaction", "crm.interaction.matter"
CONTENTS = {
    "answers": (MATTER, [("our_asked_on", "!=", False)]),
    "sides": (MATTER, []),
    "complaints": (MATTER, [("is_complaint", "=", True)]),
    "avoidable": (INTERACTION, [("avoidable_reason_id", "!=", False)]),
}
"""Screen → model and domain of all that it could show."""


class CrmInteractionSetup(models.AbstractModel):
    """Say why a screen is empty, and offer the one next step; views ask only when they have nothing to show."""

    _inherit = "crm.interaction.setup"

    @api.model
    def empty_screen(self, screen):
        """Return ``{"title", "text", "button": {"label", "model", "method", "args"}}`` or ``False``.

        ``False``: there is something that the user may see, so that the screen is empty because of its filters, or
        because there is nothing to do.

        :param str screen: e.g. *indicators*; the others depend on interactions only.
        :raises AccessError: when the user may not read interactions.
        """
        self.env["crm.interaction"].check_access("read")
        if screen == "clients":
            return self._no_clients()
        reason = self._no_interactions()
        if reason or screen not in {"indicators", *CONTENTS}:
            return reason
        return self._no_targets() if screen == "indicators" else self._no_contents(screen)

    @api.model
    def _no_contents(self, screen):
        model, domain = CONTENTS[screen]
        if self.env[model].search_count(domain, limit=1):
            return False
        texts = {
            "complaints": (
                self.env._("No complaint yet"),
                self.env._(
                    "Messages confirmed as “Complaint or praise” with the client opinion “Complaint” appear here."
                ),
            ),
            "avoidable": (
                self.env._("No avoidable interaction yet"),
                self.env._("Reminders, reopened matters and repeated requests for source data appear here."),
            ),
        }
        title, text = texts.get(
            screen,
            (
                self.env._("No question yet"),
                self.env._("The answer times of messages that expect an answer appear here."),
            ),
        )
        return {"title": title, "text": text, "button": self._review_button()}

    @api.model
    def _review_button(self):
        """Return the button that opens the queue, whose confirmed interactions fill a screen."""
        is_manager = self.env.user.has_group(MANAGER)
        action = "crm_interaction_action_review_team" if is_manager else "crm_interaction_action_review"
        return {"label": self.env._("Review Interactions"), "action": action}

    @api.model
    def _no_clients(self):
        if self.env["crm.interaction.client"].search_count([], limit=1):
            return False
        if not self.env.user.has_group(MANAGER):
            return self._no_own_clients()
        return {
            "title": self.env._("No clients are marked yet"),
            "text": self.env._("Contacts with invoices or projects are proposed. Mark those whose books you keep."),
            "button": self._step_button(self.env._("Mark Clients"), "clients"),
        }

    @api.model
    def _no_interactions(self):
        if self.env["crm.interaction"].search_count([], limit=1):
            return False
        # sudo: whether anything is logged tells nothing about it
        companies = [("company_id", "in", self.env.companies.ids)]
        if self.env["crm.interaction"].sudo().search_count(companies, limit=1):
            return self._no_own_clients()
        if not self.env.user.has_group(MANAGER):
            return self._nothing_logged()
        has_clients = self.env["res.partner"].search_count(self._clients(), limit=1)
        return (not has_clients and self._no_clients()) or self._nothing_to_load()

    def _nothing_to_load(self):
        return {
            "title": self.env._("Nothing is logged yet"),
            "text": self.env._(
                "From now on, interactions are logged automatically. Load history to see figures today."
            ),
            "button": self._step_button(self.env._("Load History"), "history"),
        }

    def _nothing_logged(self):
        return {
            "title": self.env._("Nothing is logged yet"),
            "text": self.env._("Messages with clients will appear here by themselves. Log a call to begin."),
            "button": self._log_button(),
        }

    def _no_own_clients(self):
        manager = self.env.company._interaction_manager()
        return {
            "title": self.env._("You have no clients of your own yet"),
            "text": self.env._(
                "You see the clients whose accountant, supervisor or team member you are. Ask %s to assign you.",
                manager.name,
            ),
            "button": self._log_button(),
        }

    @api.model
    def _no_targets(self):
        targets = self.env["crm.interaction.target"]
        company = self.env.company
        if targets.search_count([("company_id", "in", self.env.companies.ids)], limit=1):
            return False
        is_manager = self.env.user.has_group(MANAGER)
        confirmed = targets._confirmed_count(company) if is_manager else 0
        button = False
        text = self.env._("Ask %s to set the targets of your company.", company._interaction_manager().name)
        if is_manager and confirmed < FIRST_SAMPLE:
            text = self.env._(
                "Indicators compare values with targets. Today's values can become targets once %(needed)s "
                "interactions are confirmed; %(n)s are.",
                needed=FIRST_SAMPLE,
                n=confirmed,
            )
            button = {"label": self.env._("Set Targets"), "action": "crm_interaction_target_action"}
        elif is_manager:
            text = self.env._("Indicators compare values with targets. Today's values are a good start.")
            button = self._step_button(self.env._("Take Today's Values as Targets"), "targets")
        return {"title": self.env._("No target is active"), "text": text, "button": button}

    @api.model
    def _step_button(self, label, step):
        return {"label": label, "model": SETUP, "method": "open_step", "args": [step]}

    @api.model
    def _log_button(self):
        return {
            "label": self.env._("Log Interaction"),
            "model": "crm.interaction",
            "method": "action_quick_log",
            "args": [False, False],
        }
