from datetime import datetime, timedelta
from itertools import count

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 9)
USER = "crm_outsourcing_interactions.group_user"
MANAGER = "crm_outsourcing_interactions.group_manager"


class SupervisedCase(InteractionCase):
    """Set up a client with accountant and supervisor; rows are as captured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        logins = ("only.user", "accountant", "auditor", "deputy")
        cls.user, cls.accountant, cls.auditor, cls.deputy = cls.make_users(
            *({"login": login, "groups": USER} for login in logins)
        )
        cls.alfa = cls.make_client(
            name="Alfa", interaction_accountant_id=cls.accountant.id, interaction_supervisor_id=cls.auditor.id
        )

    def setUp(self):
        super().setUp()
        self.number = count()

    def by(self, user, records):
        return records.with_user(user).sudo(False)


class ComplaintCase(SupervisedCase):
    """Have the client complain on a task."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.make_task(partner_id=cls.alfa.id)
        cls.cause = cls.env.ref("crm_outsourcing_interactions.complaint_cause_late")

    def message(self, code="message_in", hours=0, **values):
        moment = MONDAY + timedelta(hours=hours, seconds=next(self.number))  # no two are the same
        values = {"partner": self.alfa, "record": self.task, "user": self.user, **values}
        return self.capture(moment, code=code, **values)

    def complain(self, hours=0, **values):
        return self.message(hours=hours, type_code="2.1.1", polarity="negative", **values)

    def answered(self):
        """Return a complaint that was answered by a reply, with what the client wrote then."""
        complaint = self.complain()
        reply, word = self.message("message_out", 1), self.message(hours=2)
        self.by(self.auditor, reply | word).merge_matter(complaint.matter_id.id)
        return complaint, word

    def resolve(self, user, matter):
        self.by(user, matter).write({"complaint_cause_id": self.cause.id, "complaint_action": "Corrected"})
