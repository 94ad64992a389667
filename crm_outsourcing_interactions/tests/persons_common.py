from datetime import datetime

from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from .common import InteractionCase

USER = "crm_outsourcing_interactions.group_user,base.group_allow_export"
MANAGER = "crm_outsourcing_interactions.group_manager,base.group_allow_export"
MONDAY = datetime(2026, 11, 2, 9)


class PersonsCase(InteractionCase):
    """Set up Anna and Boris, accountants; Vera, Anna's supervisor; Gleb, a manager who supervises Boris."""

    setting = "nobody"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = {"anna": USER, "boris": USER, "vera": USER, "gleb": MANAGER}
        people = ({"login": name, "groups": groups} for name, groups in names.items())
        cls.anna, cls.boris, cls.vera, cls.gleb = cls.make_users(*people)
        cls.alfa, cls.beta = (
            cls.make_client(name=name, user_id=user.id, interaction_supervisor_id=supervisor.id)
            for name, user, supervisor in (("Alfa", cls.anna, cls.vera), ("Beta", cls.boris, cls.gleb))
        )
        cls.alfa.interaction_team_ids = cls.boris  # who therefore sees Anna's interactions, too
        for client, user in ((cls.alfa, cls.anna), (cls.beta, cls.boris)):
            cls.capture(MONDAY, code="message_in", partner=client, record=client, user=user)
            cls.log(partner_id=client.id, date=MONDAY, duration=2, user_id=user.id)
        cls.env.company.interaction_names_in_figures = cls.setting

    def call(self, user, model, method, *args, **kwargs):
        """Call a method as an RPC of ``user`` does."""
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def assert_refused(self, user, model, method, *args, **kwargs):
        with self.assertRaisesRegex(AccessError, "Names in Figures"):
            self.call(user, model, method, *args, **kwargs)
