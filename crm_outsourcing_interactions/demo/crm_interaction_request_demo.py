from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .crm_interaction_demo import MODULE

LATE, IN_WORK, CLOSED = "sever", "vector", "lotus"
"""Clients with a request list: one that has sent nothing, one in work, one that has sent everything."""
REASON = (
    "September is missing. Please send the statements of both months.",
    "Не хватает сентября. Пришлите, пожалуйста, выписки за оба месяца.",
)
NONE = ("There was nobody new this month.", "В этом месяце новых сотрудников не было.")
FILE = ("document", "документ")


class CrmInteraction(models.Model):
    """Create demo data: three clients with request lists. Their files came by mail, which is logged already."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_finish(self, last_mail_id):
        res = super()._demo_finish(last_mail_id)
        self._demo_requests()
        return res

    @api.model
    def _demo_requests(self):
        template = self.env.ref(f"{MODULE}.request_template_month", raise_if_not_found=False)
        if not template:
            return
        for client in (LATE, IN_WORK, CLOSED):
            self._demo_ref(client).interaction_request_partner_id = self._demo_ref(f"{client}_contact")
        last_month = fields.Date.today().replace(day=1) - relativedelta(months=1)
        company = self.env.company
        template._make(self._demo_ref(LATE), last_month - relativedelta(months=1), company)
        in_work = template._make(self._demo_ref(IN_WORK), last_month, company)
        closed = template._make(self._demo_ref(CLOSED), last_month, company)
        self._demo_hand_over(in_work.item_ids[:3])
        in_work.item_ids[0].action_accept()
        in_work.item_ids[2]._return(self._demo_text(REASON))
        self._demo_hand_over(closed.item_ids[:-1])
        closed.item_ids[:-1].action_accept()
        closed.item_ids[-1]._by_code().not_applicable_reason = self._demo_text(NONE)
        closed.item_ids[-1].action_not_applicable()

    @api.model
    def _demo_hand_over(self, items):
        """Hand over a file for each of ``items`` (of one list) with the last mail of the client that brought data."""
        domain = [("commercial_partner_id", "=", items.commercial_partner_id.id), ("type_id.code", "=", "1.1.1")]
        mail = self.search(domain, order="date desc, id desc", limit=1)
        if not mail:
            return
        files = {
            item.id: {"files": [(f"{self._demo_text(FILE)}_{n}.csv", f"{item.name};{n}\n".encode())]}
            for n, item in enumerate(items, 1)
        }
        handovers = items._hand_over(items.partner_id[:1], files, how="mail", interaction=mail)
        handovers.date = mail.date
        items._by_code().handed_over_on = mail.date
