from ast import literal_eval

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.plurals import plural
from ..targets.crm_interaction_target_today import FIRST_SAMPLE

HISTORY_MONTHS = 12
"""Months that the dry run of the checklist reads."""
IN_CONTRACT_WITHOUT = Domain("interaction_accountant_id", "=", False) | Domain("interaction_supervisor_id", "=", False)


class CrmInteractionSetup(models.AbstractModel):
    """Compute the steps of the checklist, a query or two each, and open them."""

    _inherit = "crm.interaction.setup"

    # --- clients --------------------------------------------------------------------------

    def _step_clients(self):
        partners = self.env["res.partner"]
        number = partners.search_count(self._clients())
        text = plural(self.env, self.env._("%(n)s client is marked.|%(n)s clients are marked."), number)
        if not number:
            proposed = partners.search_count([("interaction_is_proposed", "=", True)])
            text = plural(
                self.env,
                self.env._(
                    "%(n)s contact with invoices or a project is proposed.|"
                    "%(n)s contacts with invoices or projects are proposed."
                ),
                proposed,
            )
        return {
            "title": self.env._("Mark your clients"),
            "text": text,
            "button": self.env._("Mark Clients"),
            "is_done": bool(number),
        }

    def _open_clients(self):
        action = addon_action(self.env, "crm_interaction_action_proposed_clients")
        has_proposed = self.env["res.partner"].search_count([("interaction_is_proposed", "=", True)], limit=1)
        own_side = self.env["crm.interaction.people"]._own_partner_ids()
        return {
            **action,
            "domain": list(Domain(literal_eval(action["domain"])) & Domain("id", "not in", list(own_side))),
            "context": {
                "search_default_interaction_proposed": has_proposed,
                "default_is_outsourcing_client": True,
                "default_is_company": True,
                "default_company_id": self.env.company.id,  # another company's managers must not meet the client
            },
        }

    # --- accountant and supervisor --------------------------------------------------------

    def _step_people(self):
        partners = self.env["res.partner"]
        lacking = partners.search_count(self._clients() & IN_CONTRACT_WITHOUT)
        has_clients = bool(lacking or partners.search_count(self._clients(), limit=1))
        text = self.env._("They see the client's interactions and receive its reminders.")
        if lacking:
            text = plural(
                self.env,
                self.env._(
                    "%(n)s client has no accountant or supervisor.|%(n)s clients have no accountant or supervisor."
                ),
                lacking,
            )
        return {
            "title": self.env._("Assign accountants and supervisors"),
            "text": text,
            "button": self.env._("Assign"),
            "is_done": has_clients and not lacking,
            "is_ready": has_clients,
        }

    def _open_people(self):
        action = addon_action(self.env, "crm_interaction_action_assign")
        return {**action, "context": {"search_default_interaction_unassigned": 1}}

    # --- history --------------------------------------------------------------------------

    def _step_history(self):
        replay = self._last_load()
        texts = {
            "counting": self.env._("The dry run is counting."),
            "counted": self.env._("Found by the dry run: %s. Review them, then run it.", replay.new_count),
            "running": self.env._("History is being loaded."),
            "stopped": self.env._("Loading has stopped. Continue it."),
            "done": self.env._("Loaded: %s.", replay.new_count),
        }
        first = self.env._("Messages, invoices, payments and tasks of twelve months. A dry run changes nothing.")
        return {
            "title": self.env._("Load history"),
            "text": texts.get(replay.state, first),
            "button": self.env._("Open Load History") if replay else self.env._("Start Dry Run"),
            "is_done": replay.state == "done",
        }

    def _last_load(self):
        """Return the last load of this company that left the draft state, finished ones first."""
        loads = self.env["crm.interaction.replay"].search(
            [("company_id", "=", self.env.company.id), ("mode", "=", "capture"), ("state", "!=", "draft")],
            order="id desc",
            limit=20,
        )
        return (loads.filtered(lambda load: load.state == "done") or loads)[:1]

    def _open_history(self):
        load = self._last_load()
        if not load:
            today = self.env.company._interaction_today()
            load = load.create({"date_from": today - relativedelta(months=HISTORY_MONTHS), "date_to": today})
            load.action_count()
        return {
            **addon_action(self.env, "crm_interaction_replay_action"),
            "res_id": load.id,
            "views": [(False, "form")],
        }

    # --- shares ---------------------------------------------------------------------------

    def _step_shares(self):
        domain = [("company_id", "=", self.env.company.id), ("kind_id", "!=", False)]
        return {
            "title": self.env._("Get the first shares"),
            "text": self.env._("As soon as an interaction has a type: shares by kind and month."),
            "button": self.env._("Open Shares"),
            "is_done": bool(self.env["crm.interaction"].search_count(domain, limit=1)),
        }

    def _open_shares(self):
        return addon_action(self.env, "crm_interaction_action_shares")

    # --- targets --------------------------------------------------------------------------

    def _step_targets(self):
        company = self.env.company
        targets = self.env["crm.interaction.target"]
        used = targets.search_count([("company_id", "=", company.id)])
        confirmed = FIRST_SAMPLE if used else targets._confirmed_count(company)
        text = self.env._("Today's shares become the limits; you change them at any time.")
        if used:
            text = plural(self.env, self.env._("%(n)s target is in use.|%(n)s targets are in use."), used)
        elif confirmed < FIRST_SAMPLE:
            text = self.env._(
                "%(n)s of %(needed)s confirmed interactions. Until then no target is active.",
                n=confirmed,
                needed=FIRST_SAMPLE,
            )
        return {
            "title": self.env._("Set your targets"),
            "text": text,
            "button": self.env._("Open Targets") if used else self.env._("Take Today's Values as Targets"),
            "is_done": bool(used),
            "is_ready": confirmed >= FIRST_SAMPLE,
        }

    def _open_targets(self):
        targets = self.env["crm.interaction.target"]
        if targets.search_count([("company_id", "=", self.env.company.id)], limit=1):
            return addon_action(self.env, "crm_interaction_target_action")
        targets._check_today_values()
        return addon_action(self.env, "crm_interaction_target_taking_action")

    # --- monthly report -------------------------------------------------------------------

    def _step_report(self):
        # sudo: managers need no rights on companies
        users = self.env.company.sudo().interaction_summary_report_user_ids
        return {
            "title": self.env._("Choose who receives the monthly report"),
            "text": ", ".join(users.mapped("name")) or self.env._("Each recipient gets only what he or she may see."),
            "button": self.env._("Choose Recipients"),
            "is_done": bool(users),
        }

    def _open_report(self):
        return addon_action(self.env, "crm_interaction_recipients_action")
