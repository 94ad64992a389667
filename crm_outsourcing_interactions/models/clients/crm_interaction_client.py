from odoo import api, fields, models

from ..events.groups import MANAGER

UNCLASSIFIED = 0
"""Key of purposes without a kind among ``kinds`` in ``figures``."""
OPEN_TO_MANAGERS = {"accountant_id", "supervisor_id", "team_ids", "client_from", "client_until"}
"""Fields of the contact, which checks who may change them."""


class CrmInteractionClient(models.Model):
    """Store the figures of one client in one company, as of the last refresh: *who needs me?*

    A row exists as long as its contact is a client, see ``_sync``; only ``_refresh`` writes its figures. Accountant,
    supervisor, team and contract are those of the contact and may be changed here. What needs attention comes first: an
    open complaint, the number of missed targets, the oldest unanswered message. Rows without figures yet are last.
    """

    _name = "crm.interaction.client"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.persons.mixin"]
    _description = "Client"
    _order = "open_complaints desc nulls last, targets_off desc nulls last, oldest_unanswered, partner_id, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(related="partner_id.active", store=True)
    accountant_id = fields.Many2one(related="partner_id.interaction_accountant_id", string="Accountant", readonly=False)
    supervisor_id = fields.Many2one(related="partner_id.interaction_supervisor_id", string="Supervisor", readonly=False)
    team_ids = fields.Many2many(related="partner_id.interaction_team_ids", string="Team", readonly=False)
    client_from = fields.Date(related="partner_id.interaction_client_from", readonly=False)
    client_until = fields.Date(related="partner_id.interaction_client_until", readonly=False)
    service_ids = fields.Many2many(
        "crm.interaction.service",
        "crm_interaction_client_service_rel",
        "client_id",
        "service_id",
        readonly=True,
        help="Services included in the contract.",
    )

    refreshed_on = fields.Datetime("Refreshed", readonly=True, help="When these figures were computed.")
    open_complaints = fields.Integer(readonly=True, help="Complaints that the client has not yet confirmed as settled.")
    targets_off = fields.Integer("Attention", readonly=True, help="Open complaints, missed targets, oldest question.")
    oldest_unanswered = fields.Datetime(readonly=True, help="Since when the oldest open question waits for us.")
    interaction_count = fields.Integer(
        "Interactions", readonly=True, help="Interactions in this month and the two before; bars: twelve months."
    )
    improvement_ratio = fields.Float(
        "Ratios",
        readonly=True,
        aggregator=None,
        help="Improvements and additional services, each divided by production and organisational purposes.",
    )
    open_share = fields.Float(
        "To Review", readonly=True, aggregator=None, help="Share of the purposes in these months that await review."
    )
    waiting_us = fields.Integer("Matters", readonly=True, help="Open matters that wait for us, and for the client.")
    waiting_client = fields.Integer("Waiting for Client", readonly=True)
    last_answer = fields.Date("Feedback", readonly=True, help="Time since the client's last feedback.")
    contact_hours = fields.Float("Time Spent", readonly=True, help="Time spent on interactions in these months.")
    contact_share = fields.Float(
        "Hours",
        readonly=True,
        aggregator=None,
        help="Contact hours and their share of all hours for the client, beside the expected share.",
    )
    cost = fields.Monetary("Cost of Contact", readonly=True, groups=MANAGER)
    change = fields.Float(
        readonly=True,
        aggregator=None,
        help="Biggest change in the last three full months against the same months a year before.",
    )
    figures = fields.Json(readonly=True)
    shown = fields.Json("Kinds", compute="_compute_shown", help="Purposes in these months by kind.")

    _protected_fields = frozenset(
        name for name, field in vars().items() if isinstance(field, fields.Field) and name not in OPEN_TO_MANAGERS
    )
    _once = models.UniqueIndex("(partner_id, company_id)", "This client already has a row in this company.")

    @api.depends("figures")
    @api.depends_context("lang", "uid")
    def _compute_shown(self):
        # sudo: names and colours of kinds, and names of targets, are for all readers of figures
        kinds = self.env["crm.interaction.kind"].sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        colors = kinds.get_chart_colors()
        names = {**{kind.id: kind.name for kind in kinds}, UNCLASSIFIED: self.env._("Unclassified")}
        targets, taken = self._target_names(), self._taken_names()
        for client in self:
            figures = client.figures or {}
            client.shown = figures and {
                **figures,
                "kinds": [
                    {"id": key, "n": n, "name": names.get(key, ""), "color": colors.get(str(key or "false"))}
                    for key, n in figures["kinds"]
                ],
                "change": {**figures["change"], "name": names.get(figures["change"].get("kind"), "")},
                "measured": {
                    name: {**found, "name": targets.get(found.get("target"), "")}
                    for name, found in figures["measured"].items()
                },
                "marks": _named(figures.get("marks", []), taken),
            }

    def _target_names(self):
        """Return ``{target id: name}`` of the targets that the figures of these clients are measured by."""
        measured = [found for row in self for found in (row.figures or {}).get("measured", {}).values()]
        ids = {found["target"] for found in measured if found.get("target")}
        targets = self.env["crm.interaction.target"].sudo().with_context(active_test=False)  # sudo: as above
        return {target.id: target.name for target in targets.search([("id", "in", list(ids))])} if ids else {}

    def _taken_names(self):
        """Return ``{id: name}`` of the corrective actions taken for these clients that the user may see."""
        ids = [id_ for row in self for _i, ids in (row.figures or {}).get("marks", []) for id_ in ids]
        taken = self.env["crm.interaction.taken.action"].search([("id", "in", ids)]) if ids else ()
        return {one.id: one.display_name for one in taken}


def _named(marks, names):
    """Return the marks of months with the names of those actions that are in ``names``.

    >>> _named([[3, [7, 8]], [5, [9]]], {7: "Bundle"})
    [{'month': 3, 'ids': [7], 'names': ['Bundle']}]
    """
    seen = ((month, [id_ for id_ in ids if id_ in names]) for month, ids in marks)
    return [{"month": month, "ids": ids, "names": [names[id_] for id_ in ids]} for month, ids in seen if ids]
