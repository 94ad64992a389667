from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..events.local_time import midnight

AGES = [("today", "Today"), ("days_1", "1–2 Days"), ("days_3", "3–5 Days"), ("older", "Older")]
DAYS = {"today": 0, "days_1": 2, "days_3": 5}
"""Age → the greatest number of days since the day on which a matter of that age began to wait."""


class CrmInteractionMatter(models.Model):
    """Add how long a matter has been waiting, to group by.

    The age changes every midnight and is not stored: like Odoo's ``activity_state``, it is computed in the query. Days
    are those of the reader's current company.
    """

    _inherit = "crm.interaction.matter"

    age = fields.Selection(AGES, "Waiting Time", compute="_compute_age", search="_search_age", group_expand=True)

    @api.depends("waiting_since")
    @api.depends_context("company")
    def _compute_age(self):
        starts = self._age_starts()
        for matter in self:
            since = matter.waiting_since
            matter.age = since and next((age for age, start in starts.items() if since >= start), "older")

    def _search_age(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._age_domain(age) for age in value)

    @api.model
    def _age_starts(self):
        """Return ``{age: earliest moment}`` of all ages but the last, the youngest first."""
        company = self.env.company
        today, zone = company._interaction_today(), company._interaction_zone()
        return {age: midnight(today - timedelta(days=days), zone) for age, days in DAYS.items()}

    @api.model
    def _age_domain(self, age):
        """Return the domain of the matters of an age, ``False``: of those that do not wait."""
        if not age:
            return Domain("waiting_since", "=", False)
        starts = self._age_starts()
        ages = list(dict(AGES))
        at = ages.index(age) if age in ages else len(ages)
        found = Domain("waiting_since", ">=", starts[age]) if age in starts else Domain("waiting_since", "!=", False)
        return found & Domain("waiting_since", "<", starts[ages[at - 1]]) if at else found

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec != "age":
            return super()._read_group_groupby(alias, groupby_spec, query)
        since = self._field_to_sql(alias, "waiting_since", query)
        cases = [SQL("WHEN %s >= %s THEN %s", since, start, age) for age, start in self._age_starts().items()]
        return SQL("CASE WHEN %s IS NULL THEN NULL %s ELSE 'older' END", since, SQL(" ").join(cases))
