"""List each screen, in two sizes, to be looked through: they are no part of the repository."""

from .shots import ACTION, SHOTS, Shot

DESKTOP, PHONE = (1366, 768), (390, 844)
ACTIONS = (
    "action_clients",
    "action_proposed_clients",
    "action_assign",
    "matter_action_us",
    "matter_action_client",
    "matter_action_open",
    "complaint_action",
    "request_list_action",
    "request_letter_action",
    "action",
    "action_review",
    "action_review_team",
    "action_unknown_senders",
    "action_shares",
    "action_ratios",
    "indicator_action",
    "taken_action_action",
    "recommendation_action",
    "action_avoidable",
    "matter_action_answers",
    "matter_person_action",
    "matter_turn_action",
    "hours_action",
    "sent_report_action",
    "setup_server_action",
    "settings_action",
    "rule_action",
    "rule_proposal_action",
    "type_action",
    "kind_action",
    "target_action",
    "corrective_action_action",
    "complaint_cause_action",
    "avoidable_reason_action",
    "service_action",
    "action_accounts",
    "portal_link_action",
    "portal_use_action",
    "request_saving_action",
    "request_template_action",
    "reporting_week_action",
    "hourly_cost_action",
    "ignored_sender_action",
    "action_quality",
    "method_change_action",
    "capture_error_action",
    "replay_action",
)
"""Actions behind the menus, without the beginning of their names."""
OF_DOCUMENTATION = ("tag", "log", "shares_graph", "dashboard", "request_list", "indicator", "act", "target", "client")
"""Pictures of the documentation whose screens no menu opens, or only after a click."""
OTHERS = {
    "composer": ("/odoo/res.partner/{person}", ({"click": ".o-mail-Chatter-sendMessage", "wait": 2000},)),
    "person": ("/odoo/res.partner/{person}", ()),
    "preview": ("{preview}", ()),
}
ACCOUNT = ("", "/handed", "/questions", "/statement", "/services", "/people", "/notifications", "/rating", "/complaint")
"""Pages of the personal account, which clients see."""
CLIENT = "vector"
NOT_ON_PHONES = ("shares_graph", "act")
"""Screens whose clicks need what phones show in another way."""


def screens():
    """Return each screen (:class:`Shot`) at 1366 and 390 pixels."""
    pages = {f"menu_{name}": (ACTION.format(f"crm_interaction_{name}"), ()) for name in ACTIONS} | OTHERS
    pages |= {shot.name: (shot.path, shot.steps) for shot in SHOTS if shot.name in OF_DOCUMENTATION}
    sizes = {"1366": DESKTOP, "390": PHONE}
    staff = [Shot(f"{name}_{size}", *pages[name], sizes[size]) for name in pages for size in sizes]
    staff = [shot for shot in staff if shot.name.removesuffix("_390") not in NOT_ON_PHONES]
    account = {f"account{page.replace('/', '_')}": f"/my/interactions{page}" for page in ACCOUNT} | {
        "account_my": "/my"
    }
    return staff + [
        Shot(f"{name}_{size}", path, (), sizes[size], CLIENT) for name, path in account.items() for size in sizes
    ]
