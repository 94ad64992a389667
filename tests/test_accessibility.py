"""Check with axe-core in the browser that no screen has serious faults for people with disabilities.

The personal account must have none. In the back office, none may be inside the addon's own components, nor of a rule
that Odoo's own screens keep.
"""

import contextlib
import functools
import json
import pathlib
import re
import resource

import pytest
from sandbox import browser, node
from screenshots.shots import ACTION, IDS
from server import WholeServer

PACKAGES = ["axe-core@4.14.1", "playwright-core@1.65.1"]
DESKTOP, PHONE = (1366, 768), (390, 844)
ADMIN, CLIENT = ("admin", "admin"), ("vector", "vector.vector")
RUSSIAN, FORMER = ("sever", "sever.sever"), ("former", "former")
OWN = re.compile(r"o_(interaction|triage|matter|share|target|hours|method)_")
"""Classes of the addon's components."""
ACCOUNT = ("", "/handed", "/questions", "/statement", "/services", "/people", "/rating", "/complaint", "/notifications")
PREVIEWED = ("", "/complaint")
IN_RUSSIAN = ("", "/statement")
PAGE = ".o_interaction_account"
ODOO = {
    "contacts": "/odoo/contacts",
    "contact list": "/odoo/action-base.action_partner_form?view_type=list",
    "contact": "/odoo/res.partner/{client}",
    "pipeline": "/odoo/crm",
    "pivot": "/odoo/action-crm.crm_opportunity_report_action",
    "tasks": "/odoo/project",
    "lead": "/odoo/crm/{lead}",
    "language": "/odoo/action-base.res_lang_act_window/1",
}
"""Odoo's own screens."""
SCREENS = {
    "clients": ("crm_interaction_action_clients",),
    "queue": ("crm_interaction_action_review_team", {"press": "j"}),
    "interactions": ("crm_interaction_action",),
    "interaction": ("crm_interaction_action", {"click": ".o_data_row .o_data_cell"}),
    "quick log": ("crm_interaction_action", {"click": ".o_interaction_systray"}, {"click": ".o_interaction_quick_log"}),
    "shares": ("crm_interaction_action_shares",),
    "shares graph": (
        "crm_interaction_action_shares",
        {"click": ".o_switch_view.o_graph"},
        {"click": ".o_graph_shares"},
    ),
    "ratios": ("crm_interaction_action_ratios",),
    "indicators": ("crm_interaction_indicator_action",),
    "targets": ("crm_interaction_target_action",),
    "matters": ("crm_interaction_matter_action_us",),
    "request lists": ("crm_interaction_request_list_action",),
    "letters": ("crm_interaction_request_letter_action",),
}
FORMS = {
    "indicator": "crm_interaction_indicator_action/{indicator}",
    "target": "crm_interaction_target_action/{target}",
    "request list": "crm_interaction_request_list_action/{request_list}",
}
READ = f"""
import json
ids = {{{", ".join(f'"{name}": {code}' for name, code in IDS.items())}}}
env["res.lang"]._activate_lang("ru_RU")
modules = env["ir.module.module"].search([("name", "in", ("portal", "crm_outsourcing_interactions"))])
modules._update_translations(["ru_RU"])
users = env["res.users"].with_context(no_reset_password=True)
person, russian = (users.search([("login", "=", login)]).partner_id for login in ("{CLIENT[0]}", "{RUSSIAN[0]}"))
russian.lang = "ru_RU"
former = env["res.partner"].create({{
    "name": "Former", "is_company": True, "customer_rank": 1, "interaction_client_until": "2020-12-31",
}})
users.create({{
    "name": "Former", "login": "{FORMER[0]}", "password": "{FORMER[1]}", "email": "former@example.com",
    "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
}}).partner_id.parent_id = former
links = env["crm.interaction.portal.link"]
for name, holder in {{"link": person, "russian_link": russian}}.items():
    ids[name] = "/" + links._of(holder, env.company)._url().split("/", 3)[3]
env.cr.commit()
print(json.dumps(ids))
"""


def pages_of(ids):
    """Yield the pages as ``browse.mjs`` takes them."""
    add = functools.partial(dict, steps=[], size=DESKTOP, login=ADMIN)
    for name, path in ODOO.items():
        yield add(name=f"odoo: {name}", path=path.format(**ids))
    for name, (action, *steps) in SCREENS.items():
        yield add(name=f"office: {name}", path=ACTION.format(action), steps=steps)
    for name, path in FORMS.items():
        yield add(name=f"office: {name}", path=ACTION.format(path.format(**ids)))
    badge = {"click": ".o_interaction_badge.o_to_review"}
    yield add(name="office: popover", path=f"/odoo/crm/{ids['lead']}", steps=[badge])
    yield add(name="office: dashboard", path=f"/odoo/dashboards?dashboard_id={ids['dashboard']}")
    yield add(name="office: checklist", path=ACTION.format("crm_interaction_setup_server_action"))
    for size in (DESKTOP, PHONE):
        yield from pages_of_account(ids, size)


def pages_of_account(ids, size):
    """Yield the pages for clients in a size of the screen; those that hand over come last, as they change others."""
    add = functools.partial(page_of_account, size)
    for path in ACCOUNT:
        yield add(path, f"/my/interactions{path}", CLIENT)
    for path in IN_RUSSIAN:
        yield add(f"Russian {path}", f"/my/interactions{path}", RUSSIAN, lang="ru-RU")
    for path in PREVIEWED:
        yield add(f"preview {path}", ids["preview"].replace("?", f"{path}?"), ADMIN)
    yield add("closed", "/my/interactions", FORMER)
    yield add("link", ids["link"])
    yield add("Russian link", ids["russian_link"], lang="ru-RU")
    yield add("dead link", "/interactions/dead")
    refused, receipt = (f"{PAGE} .alert-{kind} li" for kind in ("danger", "success"))
    yield add("refused", "/my/interactions", CLIENT, steps=hand_over("act.exe", "MZ", refused))
    content = f"%PDF {size}"  # the same file again would not be new
    yield add("receipt", ids["link"], steps=hand_over("act.pdf", content, receipt))


def page_of_account(size, name, path, login=None, lang="en-US", steps=()):
    """Return a page as ``browse.mjs`` takes it, which must be ours and in the language."""
    steps = [{"see": f"html[lang={lang}] {PAGE}"}, *steps]
    return {
        "name": f"account: {name} {size[0]}", "path": path, "login": login, "lang": lang, "size": size, "steps": steps,
    }  # fmt: skip


def hand_over(name, content, see):
    """Return the steps that hand over a file and wait for an element."""
    upload = {"upload": f"{PAGE} input[type=file]", "name": name, "content": content}
    return [upload, {"click": f"{PAGE} button[type=submit]"}, {"see": see}]


NAMES = [
    page["name"]
    for page in pages_of(dict.fromkeys([*IDS, "link", "russian_link"], ""))
    if not page["name"].startswith("odoo")
]


@pytest.fixture(scope="module")
def found(sandbox):
    """Return what axe-core finds (dict of lists) by page of the demo."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        database = server.new_database(demo=True)
        ids = json.loads(server.shell(database, READ).strip().splitlines()[-1])
        order = {"chromium": str(browser.find_chromium()), "pages": list(pages_of(ids))}
        script = pathlib.Path(__file__).with_name("browse.mjs")
        with server.serve(database) as url, enough_memory():
            return json.loads(node.run_script(script, node.installed("axe", PACKAGES), {**order, "url": url}))


@contextlib.contextmanager
def enough_memory():
    """Lift Odoo's memory limit, since Chromium reserves more."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_serious_fault(found, name):
    of_odoo = {fault["rule"] for page, faults in found.items() if page.startswith("odoo") for fault in faults}
    for fault in found[name]:
        print(fault["rule"], fault["html"], "" if is_own(fault) else "(Odoo's)")
    if name.startswith("account"):
        assert not [fault for fault in found[name] if "o_interaction_account" in fault["around"]]
    else:
        assert not [fault for fault in found[name] if is_own(fault)]
        assert {fault["rule"] for fault in found[name]} <= of_odoo


def is_own(fault):
    """Return whether a fault is inside a component of the addon."""
    return any(map(OWN.match, fault["around"]))
