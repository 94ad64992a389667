from datetime import timedelta

from freezegun import freeze_time

from odoo import fields, http
from odoo.tests.common import HttpCase, new_test_user

from .common import InteractionCase

PORTAL = "base.group_portal"


class AccountCase(InteractionCase, HttpCase):
    """Set up a client with two people who log in, another client, and rows as captured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        cls.accountant, cls.auditor, cls.boss = cls.make_users(
            {"login": "accountant", "groups": "crm_outsourcing_interactions.group_user"},
            {"login": "auditor", "groups": "crm_outsourcing_interactions.group_user"},
            {"login": "boss", "groups": "crm_outsourcing_interactions.group_manager"},
        )
        people = {"interaction_accountant_id": cls.accountant.id, "interaction_supervisor_id": cls.auditor.id}
        cls.alfa = cls.make_client(name="Alfa", **people)
        cls.beta = cls.make_client(name="Beta")
        cls.anna, cls.boris, cls.vera = (
            cls.make_person(login, client)
            for login, client in (("anna", cls.alfa), ("boris", cls.alfa), ("vera", cls.beta))
        )
        cls.today = cls.env.company._interaction_today()
        cls.ended = fields.Date.subtract(cls.today, days=1)

    @classmethod
    def make_person(cls, login, client):
        """Return the portal user of a new contact of ``client``."""
        login = f"{login}.portal"
        user = new_test_user(
            cls.env, login, groups=PORTAL, password=login, email=f"{login}@example.com", parent_id=client.id
        )
        return user.with_env(cls.env)

    def asks(self, person, **values):
        """Return the matter of a message of ``person`` (portal user), as captured."""
        values = {"code": "message_in", "type_code": "1.1.3", "user": self.accountant, **values}
        moment = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        return self.capture(moment, partner=person.partner_id, **values).matter_id

    def answer(self, complaint):
        """Post the answer of the supervisor to a complaint of Anna, five minutes later."""
        with freeze_time(fields.Datetime.now() + timedelta(minutes=5)):
            complaint.with_user(self.auditor).message_post(
                body="Sorry",
                partner_ids=self.anna.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
                message_type="comment",
            )

    def page(self, path, user=None, status=200):
        """Return the page (str) of ``user``, by default of a visitor."""
        self.authenticate(user and user.login, user and user.login)
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, status, path)
        return response.text

    def post(self, path, user, status=303, **data):
        """Post a form as ``user`` and return the response."""
        self.authenticate(user and user.login, user and user.login)
        data["csrf_token"] = http.Request.csrf_token(self)
        response = self.url_open(path, data=data, allow_redirects=False)
        self.assertEqual(response.status_code, status, path)
        return response
