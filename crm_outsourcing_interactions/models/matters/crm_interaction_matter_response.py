from odoo import api, fields, models
from odoo.tools import SQL

from .facts import NO_LIMIT

AGREED_BY = ("type_id", "direction", "service_id", "commercial_partner_id")
"""What decides how soon a question is to be answered."""
SET = """
    UPDATE crm_interaction i SET %s = v.value, write_uid = %s, write_date = %s
      FROM UNNEST(%s::int[], %s::int[]) AS v (id, value) WHERE i.id = v.id
"""


class CrmInteraction(models.Model):
    """Keep the response time of a question as it was agreed when it was asked.

    Another response time of the client, service, type or company applies to later questions: what was late remains
    late, and what was in time remains in time.
    """

    _inherit = "crm.interaction"

    matter_response = fields.Integer(
        "Response Time Agreed",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Working seconds to answer this question, as agreed when it was asked; -1: no limit.",
    )


class CrmInteractionMatter(models.Model):
    """Store what is derived of the interactions of matters, beside the matters themselves."""

    _inherit = "crm.interaction.matter"

    @api.model
    def _store_responses(self, cases):
        """Store the response times of new questions in ``cases``; those about to be stored get it from their fact."""
        new = {}
        for case in cases:
            for fact in case.counted:
                turn = case.turn(fact)
                if turn.expects and fact.response is None and not fact.kept:
                    fact.response = new[fact.id] = turn.response or NO_LIMIT
        new.pop(0, None)
        self._set_fact("matter_response", new)

    @api.model
    def _agree_anew(self, rows, before):
        """Forget the response times of those of ``rows`` that now are of another type, service or client.

        :param dict before: values before the change, see ``pipeline.CHANGES``.
        """
        changed = rows.filtered(lambda row: row._restorable(AGREED_BY) != {n: before[row][n] for n in AGREED_BY})
        self._set_fact("matter_response", dict.fromkeys(changed.ids))

    @api.model
    def _set_fact(self, name, values):
        """Store ``{interaction id: value or None}`` of an integer field without a record of changes: nobody decided."""
        if values:
            column, ids = SQL.identifier(name), list(values)
            self.env.cr.execute(SQL(SET, column, self.env.uid, self.env.cr.now(), ids, list(values.values())))
            self.env["crm.interaction"].invalidate_model([name], flush=False)
