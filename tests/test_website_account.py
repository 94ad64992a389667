"""Test the personal account and the link without a password with Website installed, in two languages."""

import ast
import contextlib
import re

import pytest
import requests
from server import WholeServer

PAGES = (
    "", "/handed", "/questions", "/questions/page/1", "/statement", "/statement/page/1", "/services", "/people",
    "/notifications", "/rating", "/complaint",
)  # fmt: skip
"""Pages of the account below ``/my/interactions``; of those with a number, the first one."""
PREFIXES = {"en_US": "", "ru_RU": "/ru"}
"""Language → what Website puts before addresses in it."""
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36"
"""Website does not redirect programs to a language."""
SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
}
NETWORK = "UPDATE website SET cdn_activated = %s, cdn_url = '//cdn.example.com/' RETURNING id"
MOST = 2
"""Redirections to one page: to the language and back."""
PREPARE = """
languages = {code: env["res.lang"]._activate_lang(code) for code in ("en_US", "ru_RU")}
env["ir.module.module"].search([("state", "=", "installed")])._update_translations(["ru_RU"])
env["website"].search([]).write({
    "language_ids": [(4, lang.id) for lang in languages.values()], "google_analytics_key": "G-1",
    "plausible_shared_key": "key", "plausible_site": "example.com",
})
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
names = {"en_US": "anna", "ru_RU": "olga"}
people = env["res.partner"].create([
    {"name": name, "parent_id": client.id, "email": f"{name}@vector.example.com", "lang": lang}
    for lang, name in names.items()
])
users = env["res.users"].with_context(no_reset_password=True)
portal, group = env.ref("base.group_portal"), env.ref("crm_outsourcing_interactions.group_manager")
for person in people:
    users.create({
        "name": person.name, "login": person.lang, "password": person.lang, "partner_id": person.id,
        "lang": person.lang, "group_ids": [(6, 0, portal.ids)],
    })
boss = users.create({"name": "Boss", "login": "boss", "password": "boss", "group_ids": [(4, group.id)]})
requested = env["crm.interaction.request.list"].create({
    "commercial_partner_id": client.id, "period": "2026-10-01",
    "item_ids": [
        (0, 0, {"name": f"{name} {person.name}", "partner_id": person.id})
        for person in people for name in ("Statement", "Invoices")
    ],
})
requested.action_open()
links = env["crm.interaction.portal.link"]
paths = {person.lang: "/" + links._of(person, env.company)._url().split("/", 3)[3] for person in people}
items = {person.lang: requested.item_ids.filtered(lambda item: item.partner_id == person).ids for person in people}
former = env["res.partner"].create({
    "name": "Former", "is_company": True, "customer_rank": 1, "interaction_client_until": "2020-12-31",
    "child_ids": [(0, 0, {"name": "Vera", "email": "vera@former.example.com"})],
})
users.create({
    "name": "Vera", "login": "vera", "password": "vera", "partner_id": former.child_ids.id,
    "group_ids": [(6, 0, portal.ids)],
})
previews = {person.lang: person.with_user(boss).action_interaction_preview()["url"] for person in people}
env.cr.commit()
print({"link": paths, "items": items, "preview": previews})
"""
READ = """
    SELECT name FROM ir_attachment WHERE res_model = 'crm.interaction.matter.item' AND res_id = %s ORDER BY id
"""


class Site:
    """A server with Website and two languages.

    :param url: address (str) of the server
    :param made: what ``PREPARE`` prints
    :param files: function that returns the names of the files of an item
    :param set_network: function that switches the content delivery network of Website on or off
    """

    def __init__(self, url, made, files, set_network):
        self.url, self.made, self.files, self.set_network = url, made, files, set_network

    def visitor(self, lang="en_US"):
        """Return the session of a browser in a language."""
        session = requests.Session()
        session.max_redirects = MOST
        session.headers.update({"User-Agent": BROWSER, "Accept-Language": lang.replace("_", "-")})
        return session

    def login(self, name, lang="en_US"):
        """Return the session of a browser in which a user, whose password is the login, has logged in."""
        session = self.visitor(lang)
        page = session.get(f"{self.url}/web/login?login={name}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        answer = session.post(f"{self.url}/web/login", {"login": name, "password": name, "csrf_token": token})
        assert "/web/login" not in answer.url
        return session

    def path(self, response):
        """Return the path (str) that the browser shows in the end."""
        return response.url.removeprefix(self.url)


@pytest.fixture(scope="module")
def site(sandbox):
    """Yield the site; what one test hands over, others see."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        database = server.new_database()
        server.odoo(database, "-i", "website", "--stop-after-init", "--no-http")
        made = ast.literal_eval(server.shell(database, PREPARE).strip().splitlines()[-1])
        url = stack.enter_context(server.serve(database))
        yield Site(
            url,
            made,
            lambda item_id: [name for (name,) in server.sql(database, READ, [item_id])],
            lambda active: server.sql(database, NETWORK, [active]),
        )


def check(response, lang, headers, status=200):
    """Check the status, the language and the headers of a page."""
    assert response.status_code == status, response.url
    assert language_of(response) == lang.replace("_", "-"), response.url
    assert {name: response.headers.get(name) for name in headers} == headers, response.url


def language_of(response):
    return re.search(r'<html[^>]* lang="([^"]+)"', response.text)[1]


def form_of(page):
    """Return the address (str) to which the form of the items posts."""
    form = re.search(r'<form[^>]*class="o_interaction_upload"[^>]*>', page)[0]
    return re.search(r'action="([^"]+)"', form)[1]


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
def test_account_opens_in_the_language_of_the_browser(site, lang):
    session = site.login(lang, lang)
    assert "/my/interactions/statement" in session.get(f"{site.url}/my").text
    for page in PAGES:
        response = session.get(f"{site.url}/my/interactions{page}")
        check(response, lang, {"Cache-Control": "no-store"})
        assert site.path(response) == f"{PREFIXES[lang]}/my/interactions{page}"
        assert len(response.history) == bool(PREFIXES[lang])


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
@pytest.mark.parametrize("browser_lang", PREFIXES)
@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_link_opens_with_any_prefix_in_any_browser(site, lang, browser_lang, prefix):
    link = site.made["link"][lang]
    response = site.visitor(browser_lang).get(site.url + prefix + link)
    check(response, lang, SAFE)
    assert site.path(response) in (link, prefix + link)
    assert form_of(response.text) == link


@pytest.mark.slow
def test_link_runs_no_script_that_sends_its_address_to_others(site):
    response = site.visitor().get(site.url + site.made["link"]["en_US"])
    for server in ("googletagmanager.com", "plausible.io"):
        assert server in response.text, "Website counts visitors"
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert policy == ["script-src 'self' 'unsafe-inline' 'unsafe-eval'", "connect-src 'self'"]
    site.set_network(True)
    response = site.visitor().get(site.url + site.made["link"]["en_US"])
    site.set_network(False)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("script-src 'self' 'unsafe-inline' 'unsafe-eval' cdn.example.com; ")


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
def test_dead_link_says_so_in_the_language_of_the_browser(site, lang):
    dead = site.made["link"][lang][:-1]
    response = site.visitor(lang).get(f"{site.url}{PREFIXES[lang]}{dead}")
    check(response, lang, SAFE, status=404)
    assert response.headers["Content-Security-Policy"].startswith("script-src 'self' ")


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
def test_account_of_a_former_client_says_that_it_is_closed(site, lang):
    session = site.login("vera", lang)
    response = session.get(f"{site.url}/my/interactions/statement")
    check(response, lang, {"Cache-Control": "no-store"}, status=404)
    assert "My Company" in response.text


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "other"), [PREFIXES, [*PREFIXES][::-1]])
def test_link_takes_over_a_file_which_the_login_downloads(site, lang, other):
    link, item_id = site.made["link"][lang], site.made["items"][lang][0]
    visitor, name = site.visitor(other), f"Выписка {lang}.pdf"
    action = form_of(visitor.get(site.url + link).text)
    response = visitor.post(site.url + action, files={f"files_{item_id}": (name, b"%PDF" + lang.encode())})
    check(response, lang, SAFE)
    assert site.path(response) == f"{link}?sent=1"
    assert [(step.status_code, step.headers["Referrer-Policy"]) for step in response.history] == [(303, "no-referrer")]
    assert name in response.text
    assert site.files(item_id) == [name]
    session = site.login(lang, lang)
    path = re.search(r'href="([^"]*/files/[^"]*)"', session.get(f"{site.url}/my/interactions/handed").text)[1]
    file = session.get(site.url + path)
    assert file.content == b"%PDF" + lang.encode()
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert {header: file.headers.get(header) for header in SAFE} == SAFE
    assert "/web/login" in site.visitor(lang).get(site.url + path).url


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
def test_login_takes_over_a_file_and_thanks_once(site, lang):
    session, item_id = site.login(lang, lang), site.made["items"][lang][1]
    page = session.get(f"{site.url}/my/interactions").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    files = {f"files_{item_id}": ("act.pdf", b"%PDF act")}
    response = session.post(site.url + form_of(page), {"csrf_token": token}, files=files)
    check(response, lang, {"Cache-Control": "no-store"})
    assert site.path(response) == f"{PREFIXES[lang]}/my/interactions?sent=1"
    assert "act.pdf" in re.search(r'role="status".*?</ul>', response.text, re.DOTALL)[0]
    assert site.files(item_id) == ["act.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", PREFIXES)
def test_preview_is_in_the_language_of_the_person(site, lang):
    session, address = site.login("boss"), site.made["preview"][lang]
    for page in ("", "/handed", "/statement"):
        response = session.get(site.url + address.replace("?", f"{page}?"))
        check(response, lang, {"Cache-Control": "no-store"})
        assert site.path(response) == address.replace("?", f"{page}?")
