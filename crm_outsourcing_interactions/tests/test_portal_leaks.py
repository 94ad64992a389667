"""Test each route and model against each role: a person at a client gets what is addressed to that person only.

Routes come from the routing map and models from the registry; a new route without a case fails.
"""

import re
import threading
from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests.common import tagged

from .leaks_common import SECRET, SHARED, LeaksCase

ADDON = "odoo.addons.crm_outsourcing_interactions."
OWN = "crm.interaction"
MODULE = "crm_outsourcing_interactions"
CASES = {
    "/my/interactions": "/my/interactions",
    "/my/interactions/handed": "/my/interactions/handed",
    "/my/interactions/files/<int:item_id>/<int:file_id>": "file",
    "/my/interactions/questions": "/my/interactions/questions",
    "/my/interactions/questions/page/<int:page>": "/my/interactions/questions/page/1",
    "/my/interactions/statement": "/my/interactions/statement",
    "/my/interactions/statement/page/<int:page>": "/my/interactions/statement/page/1",
    "/my/interactions/reports/<int:report_id>": "report",
    "/my/interactions/services": "/my/interactions/services",
    "/my/interactions/people": "/my/interactions/people",
    "/my/interactions/notifications": "/my/interactions/notifications",
    "/my/interactions/rating": "/my/interactions/rating",
    "/my/interactions/complaint": "/my/interactions/complaint",
    "/interactions/<string:token>": "link",
    "/interactions/preview/<int:partner_id>": "preview",
    "/interactions/preview/<int:partner_id>/<string:page>": "preview_of_handed",
    "/crm_interaction/pivot_xlsx": "/crm_interaction/pivot_xlsx",
}
"""Route → address that a stranger tries; a word names a property of the test."""
ODOO = {"/report/download", "/report/<converter>/<reportname>", "/report/<converter>/<reportname>/<docids>"}
"""Routes of Odoo that ours extend, see ``test_portal_leaks_reports.py``."""


@tagged("post_install", "-at_install")
class TestPortalLeaks(LeaksCase):
    def routes(self):
        """Return the routes (str) whose method any class of the addon defines."""
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        return {rule.rule for rule in rules if self.is_ours(rule.endpoint.func)}

    def is_ours(self, method):
        classes = type(method.__self__).__mro__
        return any(one.__module__.startswith(ADDON) and method.__name__ in vars(one) for one in classes)

    @property
    def file(self):
        return f"/my/interactions/files/{self.statement.id}/{self.files.id}"

    @property
    def report(self):
        return f"/my/interactions/reports/{self.report_row.id}"

    @property
    def preview(self):
        return self.anna.partner_id.with_user(self.boss).action_interaction_preview()["url"]

    @property
    def preview_of_handed(self):
        return self.preview.replace("?", "/handed?")

    def address(self, route):
        case = CASES[route]
        return case if case.startswith("/") else getattr(self, case)

    def test_every_route_has_a_case(self):
        self.assertEqual(self.routes(), CASES.keys() | ODOO)

    def test_owner_sees_the_secrets(self):
        for path in (*(f"/my/interactions{page}" for page in ("", "/handed", "/questions")), self.file, self.report):
            self.assertIn(SECRET, self.page(path, self.anna), path)
        self.assertIn(SHARED, self.page("/my/interactions/services", self.anna))
        for model in self.models():
            if ".portal." in model and self.env[model].with_user(self.anna).has_access("read"):
                self.assertTrue(self.env[model].with_user(self.anna).search_count([]), model)

    def test_no_route_shows_them_to_strangers(self):
        for role, user in self.strangers.items():
            for route in sorted(CASES.keys() - {"/interactions/<string:token>"}):
                with self.subTest(role=role, route=route):
                    self.authenticate(user and user.login, user and user.login)
                    response = self.url_open(self.address(route), allow_redirects=False)
                    self.assertNotIn(SECRET, response.text)
                    if role != "colleague":
                        self.assertNotIn(SHARED, response.text)
                    if not CASES[route].startswith("/"):
                        self.assertIn(response.status_code, (303, 404))

    def test_strangers_send_nothing(self):
        sent = {f"answer_{self.invoices.id}": "Forged"}
        for role, user in self.strangers.items():
            with self.subTest(role=role):
                before = self.invoices.read()
                self.send("/my/interactions", user=user, status={"public": 303, "employee": 404}.get(role, 200), **sent)
                self.env.invalidate_all()
                self.assertEqual(self.invoices.read(), before)
        self.send("/my/interactions", user=self.anna, **sent)
        self.assertEqual(self.invoices.answer, "Forged", "the same form of the owner is taken over")

    def test_links_of_others_show_nothing(self):
        links = self.env["crm.interaction.portal.link"]
        own, foreign = self.path(), self.path(links._of(self.boris.partner_id, self.env.company))
        left = links._of(self.leaver.partner_id, self.env.company)
        left_path = self.path(left)
        self.leaver.partner_id.parent_id = self.alfa
        self.env.flush_all()
        revoked = self.path(links._of(self.vera.partner_id, self.env.company))
        links._of(self.vera.partner_id, self.env.company).action_revoke()
        self.assertIn(SECRET, self.url_open(own).text)
        guessed = own[:-1] + ("A" if own[-1] != "A" else "B")
        for name, path in {"foreign": foreign, "left": left_path, "revoked": revoked, "guessed": guessed}.items():
            with self.subTest(link=name):
                response = self.url_open(path)
                self.assertNotIn(SECRET, response.text)
                self.assertEqual(response.status_code, 200 if name == "foreign" else 404)
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            self.assertEqual(self.url_open(own).status_code, 404)

    def test_unknown_expired_and_revoked_links_answer_alike(self):
        path = self.path()
        unknown = ["/interactions/x", "/interactions/" + "A" * 86, path[:-3] + "abc"]
        self.assertEqual(self.link.action_revoke()["tag"], "display_notification")
        self.assertLessEqual(self.link.expires, fields.Datetime.now(), "the list of links shows it")
        responses = [self.url_open(address) for address in (*unknown, path, self.path())]
        again = self.path(self.env["crm.interaction.portal.link"]._of(self.anna.partner_id, self.env.company))
        self.assertNotEqual(again, path)
        self.assertEqual(self.url_open(again).status_code, 200)
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            responses.append(self.url_open(again))
        for response in responses:
            self.assertEqual((response.status_code, response.headers["Cache-Control"]), (404, "no-store"))
            self.assertIn("This link is no longer valid", response.text)
        texts = {re.sub(r'csrf_token: "\w+"', "", response.text) for response in responses}
        self.assertEqual(len(texts), 1)
        self.send(path, (self.invoices, "late.pdf", b"late"), status=404)
        self.assertFalse(self.invoices.attachment_ids)

    def test_link_opens_neither_files_nor_account(self):
        page = self.url_open(self.path()).text
        self.assertIn(f"{SECRET} statement", page)  # handed over by this person, still to be checked
        self.assertNotIn(self.file, page)
        for path in (self.file, self.report, "/my/interactions/statement", "/my/interactions/people"):
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303, path)

    def rows(self, user, model):
        """Return what requests of ``user``, by default a visitor, read from all rows of a model, each field by itself.

        A field without access would hide the others.
        """
        env = self.env[model].with_user(user or self.env.ref("base.public_user"))
        rows = {}
        for name, field in env._fields.items() if env.has_access("read") else ():
            if field.store or not env._auto:
                with suppress(AccessError):
                    for row in call_kw(env, "search_read", [[], [name]], {"context": {"active_test": False}}):
                        rows.setdefault(row["id"], {}).update(row)
        return list(rows.values())

    def models(self, prefix=OWN):
        return sorted(n for n, model in self.env.registry.items() if n.startswith(prefix) and not model._abstract)

    def test_no_model_shows_rows_of_the_client_to_strangers(self):
        for role in self.strangers.keys() - {"colleague"}:
            # every employee reads e.g. all ratings, as Odoo has it
            for model in self.models(prefix=OWN if role == "employee" else ""):
                with self.subTest(role=role, model=model):
                    rows = self.rows(self.strangers[role], model)
                    if model.startswith(OWN) and "commercial_partner_id" in self.env[model]._fields:
                        self.assertNotIn(self.alfa.id, [(row.get("commercial_partner_id") or (0,))[0] for row in rows])
                    self.assertNotRegex(str(rows), f"{SECRET}|{SHARED}")

    def test_no_model_shows_rows_of_a_person_to_colleagues(self):
        for model in self.models(prefix=""):
            with self.subTest(model=model):
                rows = self.rows(self.boris, model)
                self.assertNotIn(SECRET, str(rows))
                if model.startswith(OWN) and "partner_id" in self.env[model]._fields:
                    self.assertNotIn(self.anna.partner_id.id, [(row.get("partner_id") or (0,))[0] for row in rows])

    def test_columns_for_clients_are_these(self):
        """A new column that clients read is a decision."""
        columns = {
            name: {f for f in self.env[name].with_user(self.anna).fields_get() if f not in ("id", "display_name")}
            for name in self.models()
            if self.env[name].with_user(self.anna).has_access("read")
        }
        shared = {"company_id", "commercial_partner_id"}
        self.assertEqual(
            columns,
            {
                "crm.interaction.portal.interaction": shared | {"partner_id", "date", "month", "direction"},
                "crm.interaction.portal.item": shared
                | {
                    "partner_id", "audience", "list_id", "period", "period_length", "period_title", "is_open",
                    "sequence", "label", "due", "note", "state", "return_reason", "answer", "not_applicable_reason",
                    "handed_over_on", "is_overdue",
                },
                "crm.interaction.portal.matter": shared
                | {
                    "partner_id", "label", "subject", "beginning", "channel", "asked_by", "opened_on", "due", "state",
                    "is_late", "our_answered_on", "our_hours", "their_answered_on", "their_hours",
                },
                "crm.interaction.portal.report": shared
                | {"partner_id", "report_id", "date_from", "date_to", "sent_on"},
                "crm.interaction.portal.service": shared | {"service_id", "label", "coverage", "monthly_limit"},
            },
        )  # fmt: skip

    def test_fields_of_ours_on_other_models_are_hidden_from_clients(self):
        """What is readable is the own preferences, and a choice that is never stored."""
        found = {}
        for name, model in self.env(user=self.anna.id).items():
            if model._abstract or name.startswith(OWN) or not model.has_access("read"):
                continue
            own = {f.name for f in model._fields.values() if MODULE in f._modules or "interaction" in f.name}
            records = self.anna.with_user(self.boris) if name == "res.users" else model
            if readable := {n for n in own if records._has_field_access(model._fields[n], "read")}:
                found[name] = readable
        self.assertEqual(found, {"mail.message": {"interaction_type_id"}})

    def test_files_are_read_by_nobody_else(self):
        report = self.env["ir.attachment"].search([("res_model", "=", "crm.interaction.sent.report")])
        for role, user in self.strangers.items():
            reader = user or self.env.ref("base.public_user")
            self.authenticate(user and user.login, user and user.login)
            for file in self.files | report:
                with self.subTest(role=role, file=file.name), self.assertRaises(AccessError):
                    file.with_user(reader).read(["raw"])
                self.assertIn(self.url_open(f"/web/content/{file.id}", allow_redirects=False).status_code, (303, 404))
