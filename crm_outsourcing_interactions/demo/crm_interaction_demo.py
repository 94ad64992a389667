from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from . import past, people, plan

MODULE = "crm_outsourcing_interactions"
QUIET = {
    "mail_notify_force_send": False,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
    "no_reset_password": True,
}
"""Context that sends neither mails nor invitations."""


class CrmInteraction(models.Model):
    """Create demo data: fourteen months of a small firm, captured by the real hooks and then tagged by its staff.

    The last two are the case of the article, event by event; what was written in the twelve months before is read in
    one batch, as history is.
    """

    _inherit = "crm.interaction"

    @api.model
    def _demo_generate(self):
        """Create the firm and the events of its months."""
        lang = self.env.ref("base.user_admin").lang or "en_US"
        self.env["ir.module.module"]._load_module_terms([MODULE], [lang])  # the names of rules are part of reasons
        demo = self.with_context(**QUIET, lang=lang)
        last_mail_id = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0
        if demo.env.company.name in people.UNNAMED:
            demo.env.company.name = demo._demo_text(people.FIRM)
        if not demo.env.company.chart_template:
            demo.env["account.chart.template"].try_loading("generic_coa", demo.env.company, install_demo=False)
        demo._demo_staff()
        demo._demo_clients()
        demo._demo_reporting_weeks()
        today = fields.Date.today()
        for number, first in enumerate(past.months(today) + plan.months(today)):
            demo._demo_month(number, first)
        demo._demo_past()
        demo._demo_messages()
        demo._demo_finish(last_mail_id)
        demo._demo_second_firm()

    @api.model
    def _demo_article(self):
        """Return the domain of the interactions that have the shares of the article: those of the last two months."""
        return [("date", ">=", plan.months(fields.Date.today())[0])]

    @api.model
    def _demo_text(self, pair):
        """Return the English or Russian text of ``pair``, by the administrator's language."""
        return pair[(self.env.ref("base.user_admin").lang or "").startswith("ru")]

    @api.model
    def _demo_load(self, model, **values_by_name):
        """Create records with XML ids ``demo_<name>``."""
        data = [
            {"xml_id": f"{MODULE}.demo_{name}", "values": values, "noupdate": True}
            for name, values in values_by_name.items()
        ]
        return self.env[model]._load_records(data)

    @api.model
    def _demo_ref(self, name):
        return self.env.ref(f"{MODULE}.demo_{name}").with_context(**QUIET)

    @api.model
    def _demo_finish(self, last_mail_id):
        """Set durations, refresh recommendations, and delete the queued mails."""
        interactions = self.search([("event", "!=", False), ("duration", "=", 0)])
        for kind, ours in interactions.grouped("kind_id").items():
            ours.duration = plan.DURATIONS[kind.code]
        interactions.type_change_ids.sudo().filtered("after").unlink()  # not a change by a user
        last_day = plan.months(fields.Date.today())[-1] + relativedelta(months=1, days=-1)
        self.env["crm.interaction.recommendation"]._refresh(self.env.company, last_day)
        mails = self.env["mail.mail"].sudo().search([("id", ">", last_mail_id)])
        mails.state = "sent"  # deleting a queued mail would undo its interaction
        mails.unlink()
