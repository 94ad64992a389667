from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_duration

from ..events.actions import addon_action
from ..events.crm_interaction_named_mixin import divisions

KINDS = [("burden", "Take over data collection"), ("bundling", "Bundle interactions"), ("once", "Ask once")]
STATES = [("open", "Open"), ("done", "Done"), ("dismissed", "Dismissed")]


class CrmInteractionRecommendation(models.Model):
    """Store recommendations for a client, with the interactions as evidence.

    - *Burden*: frequent requests for source data suggest that the firm collects them itself. One click creates the
      opportunity to extend the scope.
    - *Bundling*: several outgoing interactions within a few days could have been one.
    - *Ask once*: a request took many messages of ours where one complete list would have been sufficient.

    A daily cron finds them, see ``_refresh``. A client has at most one open recommendation of each kind. Evidence of a
    closed recommendation is never used again. After closing, new ones are snoozed for this client for a while, and
    as long as the opportunity is pending.
    """

    _name = "crm.interaction.recommendation"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.named.mixin", "crm.interaction.persons.mixin"]
    _rec_names_search = ["partner_id"]
    _protected_fields = frozenset(
        {
            "bundles",
            "company_id",
            "date_from",
            "date_to",
            "hours",
            "interaction_ids",
            "kind",
            "lead_id",
            "n",
            "partner_id",
            "quiet_until",
            "state",
        }
    )
    _description = "Recommendation"
    _order = "state desc, n desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, string="Recommendation", required=True)
    state = fields.Selection(STATES, string="Status", required=True, default="open", copy=False)
    partner_id = fields.Many2one("res.partner", string="Client", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        ondelete="set null",
        help="Person responsible for the client; without one, the user with the most interactions.",
    )
    accountant_id = fields.Many2one(related="partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="partner_id.interaction_supervisor_id", string="Supervisor")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    n = fields.Integer("Interactions", required=True, help="Number of interactions, each counted once.")
    bundles = fields.Integer("Sufficient", help="Number of interactions that would have been sufficient.")
    hours = fields.Float(help="Time spent on these interactions.")
    interaction_ids = fields.Many2many(
        "crm.interaction",
        "crm_interaction_recommendation_evidence",
        "recommendation_id",
        "interaction_id",
        string="Evidence",
    )
    has_opportunity = fields.Boolean(compute="_compute_can_make_opportunity")
    can_make_opportunity = fields.Boolean(compute="_compute_can_make_opportunity")
    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", index="btree_not_null", ondelete="set null", copy=False, check_company=True
    )
    quiet_until = fields.Date(
        "Snoozed Until", copy=False, help="The recommendation is not repeated for this client before this day."
    )
    summary = fields.Char(compute="_compute_summary")

    _open_unique = models.UniqueIndex(
        "(company_id, kind, partner_id) WHERE state = 'open'",
        "This client already has an open recommendation of the same kind.",
    )

    @api.depends("kind", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for recommendation in self:
            recommendation.display_name = (
                f"{names.get(recommendation.kind, '')}: {recommendation.partner_id.name or ''}"
            )

    @api.model
    def _named(self, name, operator):
        kinds = {label: kind for kind, label in self._fields["kind"]._description_selection(self.env)}
        return Domain.OR(
            Domain("kind", "=", kinds[label]) & Domain("partner_id.name", operator, client)
            for label, client in divisions(name, ": ")
            if label in kinds
        )

    @api.depends("kind", "n", "hours", "bundles")
    @api.depends_context("lang")
    def _compute_summary(self):
        for recommendation in self:
            values = {
                "n": recommendation.n,
                "bundles": recommendation.bundles,
                "hours": format_duration(recommendation.hours),
            }
            if recommendation.kind == "burden":
                recommendation.summary = self.env._("Requests for source data: %(n)s, hours: %(hours)s", **values)
            elif recommendation.kind == "once":
                recommendation.summary = self.env._(
                    "Messages: %(n)s, requests: %(bundles)s, hours: %(hours)s", **values
                )
            else:
                recommendation.summary = self.env._(
                    "Interactions: %(n)s, sufficient: %(bundles)s, hours: %(hours)s", **values
                )

    def action_done(self):
        """Close the recommendation as followed."""
        self._close("done")

    def action_dismiss(self):
        """Close the recommendation as unsuitable and snooze its kind for this client."""
        self._close("dismissed")

    def action_reopen(self):
        """Reopen the recommendation.

        :raises UserError: when it has an opportunity, or the client has a newer open recommendation of this kind.
        """
        if self.lead_id:
            raise UserError(self.env._("This recommendation already has an opportunity. Continue there."))
        domain = [("state", "=", "open"), ("partner_id", "in", self.partner_id.ids)]
        keys = {(h.company_id, h.kind, h.partner_id) for h in self.search(domain) - self}
        if any((h.company_id, h.kind, h.partner_id) in keys for h in self):
            raise UserError(self.env._("This client already has an open recommendation of the same kind."))
        self._by_code().write({"state": "open", "quiet_until": False})

    def _close(self, state, **vals):
        for company, recommendations in self.grouped("company_id").items():
            quiet = company._interaction_today() + timedelta(days=company.interaction_recommendation_quiet_days)
            recommendations._by_code().write({"state": state, "quiet_until": quiet, **vals})

    @api.depends("kind", "state", "lead_id")
    @api.depends_context("uid")
    def _compute_can_make_opportunity(self):
        """Offer opportunities only to users with access to CRM, which managers of this addon may lack."""
        leads = self.env["crm.lead"]
        may_read, may_create = leads.has_access("read"), leads.has_access("create")
        for recommendation in self:
            is_made = bool(recommendation.sudo().lead_id)  # sudo: only whether one exists
            recommendation.has_opportunity = is_made and may_read
            recommendation.can_make_opportunity = (
                may_create and not is_made and (recommendation.kind, recommendation.state) == ("burden", "open")
            )

    def action_make_opportunity(self):
        """Create the opportunity to take over the burden, or open the existing one."""
        self.ensure_one()
        if not self.lead_id:
            self._close("done", lead_id=self.env["crm.lead"].create(self._prepare_opportunity_vals()).id)
        return self.lead_id.get_formview_action()

    def _prepare_opportunity_vals(self):
        """Return the values of the opportunity: subject, number and duration of the requests."""
        sells = self.user_id.has_group("sales_team.group_sale_salesman") if self.user_id else False
        return {
            "name": self.env._("Collect source data for %s", self.partner_id.name),
            "type": "opportunity",
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id if sells else self.env.uid,
            "company_id": self.company_id.id,
            "interaction_offer_type_id": self.env["crm.interaction.type"]._of_role("scope_offer").id,
            "description": self.env["ir.qweb"]._render(
                "crm_outsourcing_interactions.recommendation_evidence",
                {"recommendation": self, "documents": self._documents()},
            ),
        }

    def _documents(self):
        """Return the documents of the evidence as ``[(name, link, n, hours)]``, most interactions first."""
        readable = self._readable_documents()
        lines = {}
        for interaction in self.interaction_ids:
            key = (interaction.res_model, interaction.res_id)
            name, link = readable.get(key) or (self.env._("Other interactions"), "")
            n, hours = lines.get((name, link), (0, 0.0))
            lines[name, link] = (n + 1, hours + interaction.duration)
        most_first = sorted(lines.items(), key=lambda line: -line[1][0])
        return [(*document, n, format_duration(hours)) for document, (n, hours) in most_first]

    def _readable_documents(self):
        """Return name and link of the documents that the user may read, by model and id."""
        ids_by_model = {}
        for interaction in self.interaction_ids:
            if interaction.res_model in self.env:
                ids_by_model.setdefault(interaction.res_model, set()).add(interaction.res_id)
        return {
            (model, record.id): (record.display_name, f"/mail/view?model={model}&res_id={record.id}")
            for model, ids in ids_by_model.items()
            for record in self.env[model].browse(ids).exists()._filtered_access("read")
        }

    def action_view_interactions(self):
        """Open the interactions that are the evidence."""
        action = addon_action(self.env, "crm_interaction_action")
        return {**action, "domain": [("id", "in", self.interaction_ids.ids)], "context": {"create": False}}

    def action_view_matters(self):
        """Open the matters of the interactions that are the evidence."""
        action = addon_action(self.env, "crm_interaction_matter_action")
        return {**action, "domain": [("id", "in", self.interaction_ids.matter_id.ids)]}

    def action_refresh(self):
        """Find recommendations now instead of with the next run of the cron.

        :raises AccessError: when the user may not read recommendations.
        """
        self.browse().check_access("read")
        job = self.env["crm.interaction.job"]
        # sudo: all recommendations of the company are found, whatever the user's access
        return job._result_action(job._run_now("cron_recommendations", self.sudo()._refresh))
