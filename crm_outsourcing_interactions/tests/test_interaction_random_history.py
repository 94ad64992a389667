"""Test that state, figures and aggregates agree with brute force after any history."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests.common import tagged

from .common import MailCase
from .history_events import BY_PERSON, EVENTS, History
from .history_invariants import HistoryInvariants

NUMBER = st.integers(0, 10_000)


class RandomHistoryCase(HistoryInvariants, MailCase):
    """Set up a firm with users of all roles, clients with and without an address, and documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.aggregate = cls.env["crm.interaction.total"]
        cls.types = cls.env["crm.interaction.type"].search([("is_group", "=", False)])
        heads = "crm_outsourcing_interactions.group_manager,project.group_project_manager"
        cls.user, stranger, portal, cls.head = cls.make_users(
            {"login": "only.user", "groups": "crm_outsourcing_interactions.group_user"},
            {"login": "no.group", "groups": "base.group_user"},
            {"login": "client.portal", "groups": "base.group_portal"},
            {"login": "head", "groups": heads},
        )
        cls.insiders = cls.user | cls.manager | cls.head
        cls.roles = cls.user | cls.staff | cls.manager | stranger | portal
        cls.elsewhere = cls.env["res.company"].create({"name": "Second Firm", "interaction_tz": "Asia/Tokyo"})
        cls.companies = cls.env.company | cls.elsewhere
        cls.head.company_ids = cls.companies
        companies = [cls.make_client(name=f"Client {n}", user_id=cls.user.id) for n in range(3)]
        people = [
            cls.make_contact(name="Anna", email="anna@alfa.example.com", parent_id=companies[0].id),
            cls.make_contact(name="Boris", email="boris@beta.example.com", parent_id=companies[1].id),
            cls.make_contact(name="No Address", email=False, parent_id=companies[2].id),
            cls.make_contact(name="Private", email="private@home.example.com"),
        ]
        portal.partner_id.parent_id = companies[0]
        cls.contacts = cls.env["res.partner"].concat(*people, *companies)
        cls.project = cls.make_project(alias_name="bookkeeping", alias_contact="everyone", privacy_visibility="portal")
        for person in people:
            cls.make_task(project_id=cls.project.id, partner_id=person.id, user_ids=cls.staff.ids)
        cls.task_elsewhere = cls.make_task(
            project_id=cls.make_project(name="Elsewhere", company_id=cls.elsewhere.id).id, partner_id=people[0].id
        )
        cls.invoices = cls.env["account.move"].concat(
            *(cls.make_invoice(partner_id=client.id, invoice_date="2026-10-31") for client in companies)
        )

    def live(self, steps):
        """Live through ``steps``, ``(event, number, number)`` each; undo it all at the end."""
        with self.env.cr.savepoint(flush=False) as savepoint:
            history = History(self)
            self.forget_words()
            for name, one, two in steps:
                before = self.snapshot()
                getattr(history, name)(one, two)
                self.env.flush_all()
                self.assert_invariants(before, f"{name}({one}, {two})", by_person=name in BY_PERSON)
            self.assert_figures()
            self.env.flush_all()
            savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_cache()


def steps(most):
    """Return a strategy for histories of at most so many steps."""
    return st.lists(st.tuples(st.sampled_from(EVENTS), NUMBER, NUMBER), min_size=4, max_size=most)


@tagged("post_install", "-at_install")
class TestInteractionRandomHistory(RandomHistoryCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps(16))
    def test_figures_hold_after_short_histories(self, steps):
        self.live(steps)

    def test_every_event_alone(self):
        """So that none is skipped by chance."""
        for name in EVENTS:
            with self.subTest(name):
                self.live([("client_mails", 0, 1), ("staff_answers", 1, 3), ("log_call", 3, 1), (name, 3, 5)])


@tagged("slow", "-standard", "post_install", "-at_install")
class TestInteractionLongHistory(RandomHistoryCase):
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps(40))
    def test_figures_hold_after_long_histories(self, steps):
        self.live(steps)
