import logging

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .asked_again import asked_again
from .crm_interaction_matter_step import CONFLICTS
from .turns import ASKED_AGAIN

_logger = logging.getLogger(__name__)

BATCH = 500
REQUESTS = """
    SELECT MIN(i.commercial_partner_id), MIN(i.date), COALESCE(i.split_from_id, i.id),
           COALESCE(BOOL_OR(i.is_new_request), FALSE)
      FROM crm_interaction i
     WHERE i.company_id = %(company)s AND i.type_id = ANY(%(types)s) AND i.state = 'confirmed' AND i.active
       AND i.commercial_partner_id IS NOT NULL
     GROUP BY 3 ORDER BY 1, 2, 3
"""
MARKED = """
    SELECT id FROM crm_interaction
     WHERE company_id = %s AND avoidable_reason_id = %s AND avoidable_decided_by_id IS NULL
"""
FREE = """
    SELECT id FROM crm_interaction
     WHERE id = ANY(%s) AND active AND avoidable_reason_id IS NULL AND avoidable_decided_by_id IS NULL
"""


class CrmInteractionMatter(models.Model):
    """Find avoidable interactions by three rules; a person's word goes before them.

    *Reminder* and *Reopened* come from the clock and are stored with the matter. *Asked Again* concerns several matters
    of a client; the scheduled job finds it, so that whoever writes to a client never waits for a colleague who does.
    """

    _inherit = "crm.interaction.matter"

    @api.model
    def _store_avoidable(self, cases):
        """Store why the interactions of ``cases`` are avoidable; those about to be stored get it from their fact."""
        reasons = self.env["crm.interaction.avoidable.reason"]._by_rule()
        again, changed = reasons.get(ASKED_AGAIN), {}
        for case in cases:
            for fact, rule in case.avoidable():
                is_kept = again and fact.active and fact.avoidable_id == again
                found = reasons.get(rule) or (again if is_kept else None)
                if not fact.decided and found != fact.avoidable_id:
                    fact.avoidable_id = changed[fact.id] = found
        changed.pop(0, None)
        self._set_avoidable(changed)

    @api.model
    def _set_avoidable(self, reasons):
        """Store ``{interaction id: reason id or None}``."""
        self._set_fact("avoidable_reason_id", reasons)
        self.env["crm.interaction"].invalidate_model(["avoidable_choice_id"], flush=False)

    # --- scheduled ----------------------------------------------------------------------

    @api.model
    def _find_asked_again(self):
        """Find requests for source data that follow another one within three working days, and store what changed."""
        again = self.env["crm.interaction.avoidable.reason"]._by_rule().get(ASKED_AGAIN)
        for company in self.env["res.company"].search(fields.Domain.TRUE) if again else ():
            for ids in split_every(BATCH, self._asked_again_changes(company, again).items(), dict):
                self._try_avoidable(ids)

    @api.model
    def _asked_again_changes(self, company, again):
        """Return ``{interaction id: reason id or None}`` of what changed in a company."""
        self.env["crm.interaction"].flush_model()
        types = self.env["crm.interaction.type"]._ids_of_role("source_request")
        requests = self.env.execute_query(SQL(REQUESTS, company=company.id, types=list(types)))
        time = self.env["crm.interaction.working.hours"]._of(company, self.env["res.users"])
        found = asked_again(requests, time, company._interaction_zone())
        marked = {id_ for (id_,) in self.env.execute_query(SQL(MARKED, company.id, again))}
        free = {id_ for (id_,) in self.env.execute_query(SQL(FREE, list(found - marked)))}
        return dict.fromkeys(marked - found) | dict.fromkeys(free, again)

    @api.model
    def _try_avoidable(self, reasons):
        """Store ``reasons`` unless one of the interactions is being changed."""
        try:
            with self.env.cr.savepoint():
                self._set_avoidable(reasons)
        except CONFLICTS:
            _logger.info("Interactions are being changed; the next run sets whether they are avoidable")
