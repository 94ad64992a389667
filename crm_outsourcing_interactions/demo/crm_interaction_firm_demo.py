from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from . import characters, past, people, plan
from .crm_interaction_demo import MODULE


class CrmInteraction(models.Model):
    """Create demo data: staff, clients, their projects, and the firm's reporting weeks."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_staff(self):
        groups = ["group_user", "project.group_project_user", "sales_team.group_sale_salesman"]
        group_ids = [self.env.ref(name if "." in name else f"{MODULE}.{name}").id for name in groups]
        self._demo_load(
            "res.users",
            **{
                login: {
                    "login": login,
                    "password": f"{login}-demo",  # long enough for a password policy
                    "name": self._demo_text(names),
                    "email": f"{login}@firm.example.com",
                    "lang": self.env.ref("base.user_admin").lang,
                    "group_ids": [Command.link(group_id) for group_id in group_ids],
                }
                for login, *names in people.STAFF
            },
        )

    @api.model
    def _demo_clients(self):
        lang = self.env.ref("base.user_admin").lang
        for number, (name, *names) in enumerate(people.CLIENTS):
            user = self._demo_ref(people.STAFF[number % 3][0])
            company = {"name": self._demo_text(names[:2]), "is_company": True, "user_id": user.id, "lang": lang}
            company |= {"email": f"office@{name}.example.com", "is_outsourcing_client": True}
            company |= {"company_id": self.env.company.id}  # no clients of the second firm
            client = self._demo_load("res.partner", **{name: company})
            contact = {"name": self._demo_text(names[2:]), "parent_id": client.id, "lang": lang}
            contact |= {"email": f"accounts@{name}.example.com"}
            self._demo_load("res.partner", **{f"{name}_contact": contact})
            self._demo_project(name, client, user)
        for name, *names in people.DIRECTORS:
            director = {"name": self._demo_text(names), "parent_id": self._demo_ref(name).id, "lang": lang}
            self._demo_load("res.partner", **{f"{name}_director": {**director, "email": f"ceo@{name}.example.com"}})

    @api.model
    def _demo_project(self, name, client, user):
        title = self._demo_text(people.WORDS["project"]) % client.name
        project = {"name": title, "partner_id": client.id, "user_id": user.id, "allow_milestones": False}
        self._demo_load("project.project", **{f"{name}_project": project})
        lead = {"name": self._demo_text(people.WORDS["lead"]) % client.name, "type": "opportunity"}
        lead |= {"partner_id": self._demo_ref(f"{name}_contact").id, "user_id": self._demo_ref("sales").id}
        self._demo_load("crm.lead", **{f"{name}_lead": lead})

    @api.model
    def _demo_reporting_weeks(self):
        """Create the reporting weeks of the months that are planned, and of the year after."""
        today = fields.Date.today()
        months = past.months(today) + plan.months(today)
        months += [months[-1] + relativedelta(months=number) for number in range(1, 13)]
        weeks = [
            {
                "name": self._demo_text(people.REPORTING_WEEKS[first.month]),
                "date_from": first.replace(day=characters.REPORTING[first.month][0]),
                "date_to": first.replace(day=characters.REPORTING[first.month][1]),
            }
            for first in months
            if first.month in characters.REPORTING
        ]
        self.env["crm.interaction.reporting.week"].create(weeks)
