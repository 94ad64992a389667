"""Define the screenshots: the screen, its size, and the clicks before it is taken."""

from dataclasses import asdict, dataclass

ACTION = "/odoo/action-crm_outsourcing_interactions.{}"
DESKTOP, PHONE = (1280, 760), (390, 760)


@dataclass(frozen=True)
class Shot:
    """Define one screenshot.

    :param path: of the page; may hold ``{client}`` and other names of ``IDS``
    :param steps: tuple of dicts such as ``{"click": selector}``, see ``take.mjs``
    :param login: of the demo; clients' passwords repeat their logins
    """

    name: str
    path: str
    steps: tuple = ()
    size: tuple = DESKTOP
    login: str = "admin"

    def prepared(self, ids):
        """Return the input of ``take.mjs`` (dict)."""
        return {**asdict(self), "path": self.path.format(**ids)}


# Values of the names in braces, as Python for odoo shell.
IDS = {
    "client": 'env.ref("crm_outsourcing_interactions.demo_parus").id',
    "lead": (
        'env["crm.interaction"].search([("state", "=", "to_review"), ("event", "in", ["message_in", "message_out"]), '
        '("res_model", "=", "crm.lead")], order="event, id desc", limit=1).res_id'
    ),
    "target": 'env.ref("crm_outsourcing_interactions.demo_target_agreed").id',
    "indicator": (
        'env["crm.interaction.indicator"].search([("zone", "=", "red"), ("partner_id", "!=", False)], '
        'order="month desc, id", limit=1).id'
    ),
    "request_list": ('env["crm.interaction.request.list"].search([("handed_over_count", ">", 0)], limit=1).id'),
    "person": 'env.ref("crm_outsourcing_interactions.demo_vector_contact").id',
    "preview": (
        'env.ref("crm_outsourcing_interactions.demo_vector_contact").with_user(env.ref("base.user_admin"))'
        '.action_interaction_preview()["url"]'
    ),
    "dashboard": 'env.ref("crm_outsourcing_interactions.dashboard_interactions").id',
}

SHOTS = (
    Shot("clients", ACTION.format("crm_interaction_action_clients"), size=(1366, 690)),
    Shot("tag", "/odoo/crm/{lead}", ({"click": ".o_interaction_badge.o_to_review"},), size=(1540, 900)),
    Shot("triage", ACTION.format("crm_interaction_action_review_team"), ({"press": "j"},)),
    Shot(
        "log",
        ACTION.format("crm_interaction_action"),
        ({"click": ".o_interaction_systray"}, {"click": ".o_interaction_quick_log"}),
    ),
    Shot("shares", ACTION.format("crm_interaction_action_shares"), size=(1366, 690)),
    Shot(
        "shares_graph",
        ACTION.format("crm_interaction_action_shares"),
        ({"click": ".o_switch_view.o_graph"}, {"click": ".o_graph_shares"}),
    ),
    Shot("ratios", ACTION.format("crm_interaction_action_ratios")),
    Shot("dashboard", "/odoo/dashboards?dashboard_id={dashboard}", ({"wait": 4000},), size=(1280, 830)),
    Shot(
        "request_list",
        ACTION.format("crm_interaction_request_list_action") + "/{request_list}",
        size=(1366, 900),
    ),
    Shot("matters", ACTION.format("crm_interaction_matter_action_us")),
    Shot("indicators", ACTION.format("crm_interaction_indicator_action")),
    Shot("indicator", ACTION.format("crm_interaction_indicator_action") + "/{indicator}"),
    Shot(
        "act",
        ACTION.format("crm_interaction_indicator_action") + "/{indicator}",
        ({"click": ".o_field_widget[name=corrective_action_ids] .o_data_row button", "wait": 1200},),
    ),
    Shot("target", ACTION.format("crm_interaction_target_action") + "/{target}"),
    Shot(
        "client",
        ACTION.format("crm_interaction_action_clients"),
        ({"click": ".o_data_row td[name=partner_id] >> nth=0", "wait": 1200},),
        size=(1366, 768),
    ),
    Shot("clients_phone", ACTION.format("crm_interaction_action_clients"), size=PHONE),
    Shot("interactions_phone", ACTION.format("crm_interaction_action"), size=PHONE),
    Shot("indicators_phone", ACTION.format("crm_interaction_indicator_action"), size=PHONE),
)
