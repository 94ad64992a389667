from odoo import fields, models
from odoo.tools import SQL

from ..events.actions import addon_action
from ..roles.crm_interaction_persons_mixin import READER

ROWS = """
    SELECT 2 * m.id AS id, m.id AS matter_id, %(answerer)s AS person_id, m.answer_user_hours AS our_hours,
           m.our_due, m.our_late,
           CASE WHEN m.is_answerer THEN m.our_answered_on END AS our_answered_on, %(columns)s
      FROM crm_interaction_matter m
     WHERE m.active AND m.our_asked_on IS NOT NULL
     UNION ALL
    SELECT 2 * s.id + 1, m.id, %(sharer)s, s.hours, NULL, FALSE, CASE WHEN s.is_answerer THEN m.our_answered_on END,
           %(columns)s
      FROM crm_interaction_matter_share s JOIN crm_interaction_matter m ON m.id = s.matter_id
     WHERE m.active AND m.our_asked_on IS NOT NULL
"""
COLUMNS = (
    "our_asked_on", "company_id", "commercial_partner_id", "service_id", "type_id", "month", "user_id", "is_complaint",
    "from_history",
)  # fmt: skip


class CrmInteractionMatterPerson(models.Model):
    """Query answer times by person: a row for each matter and each person who was responsible for its answer.

    A person's hours are those during which that person was responsible. Whether the answer was in time counts for one
    person only, who was responsible when it was given or, if it was late, due. For all others who did not answer
    themselves, the hours are an age: they would have taken longer.
    """

    _name = "crm.interaction.matter.person"
    _inherit = ["crm.interaction.answer.mixin", "crm.interaction.persons.mixin"]
    _description = "Answer Time of a Person"
    _auto = False
    _order = "our_asked_on desc, id desc"
    _rec_name = "matter_id"
    _depends = {
        "crm.interaction.matter": [
            "active", "answer_user_id", "answer_user_hours", "our_due", "our_late", "our_answered_on", "is_answerer",
            *COLUMNS,
        ],
        "crm.interaction.matter.share": ["matter_id", "user_id", "hours", "is_answerer"],
    }  # fmt: skip

    matter_id = fields.Many2one("crm.interaction.matter", readonly=True)
    person_id = fields.Many2one(
        "res.users", readonly=True, depends_context=READER, help="Was responsible during these hours."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    accountant_id = fields.Many2one(related="commercial_partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="commercial_partner_id.interaction_supervisor_id", string="Supervisor")
    service_id = fields.Many2one("crm.interaction.service", readonly=True)
    type_id = fields.Many2one("crm.interaction.type", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, depends_context=READER, help="Responsible for the first message."
    )
    month = fields.Date(readonly=True)
    is_complaint = fields.Boolean("Complaint", readonly=True)
    from_history = fields.Boolean(readonly=True)
    our_asked_on = fields.Datetime("Client Asked", readonly=True)
    our_due = fields.Datetime("Due", readonly=True)
    our_answered_on = fields.Datetime("Answered", readonly=True)
    our_late = fields.Boolean("Late", readonly=True)
    our_hours = fields.Float(
        "Hours of the Person", readonly=True, help="Working hours during which the person was responsible."
    )

    @property
    def _table_query(self):
        columns = {name: SQL.identifier("m", name) for name in COLUMNS}
        columns["user_id"] = self._person_to_sql(columns["user_id"])
        return SQL(
            ROWS,
            answerer=self._person_to_sql(SQL("m.answer_user_id")),
            sharer=self._person_to_sql(SQL("s.user_id")),
            columns=SQL(", ").join(SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns.items()),
        )

    def action_view_matter(self):
        """Open the matter."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_matter_action")
        return {**action, "views": [(False, "form")], "res_id": self.matter_id.id}
