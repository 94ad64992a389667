from datetime import date

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from ..requests.crm_interaction_matter_item import ACCEPTING, OUTSTANDING
from ..requests.crm_interaction_request_list import AUDIENCES
from ..requests.periods import LENGTHS, period_title

STATES = [
    ("open", "Outstanding"),
    ("handed_over", "Being Checked"),
    ("returned", "Returned"),
    ("accepted", "Accepted"),
    ("not_applicable", "Agreed: Not Applicable"),
]
"""States of items in the words of the client's pages."""
ROWS = """
    SELECT i.id, i.company_id, i.commercial_partner_id, i.partner_id, l.audience, l.id AS list_id, l.period,
           l.period_length, l.state = 'open' AS is_open, i.sequence, i.name AS label, i.due, i.note, i.state,
           i.return_reason, i.answer, i.not_applicable_reason, i.handed_over_on
      FROM crm_interaction_matter_item i
      JOIN crm_interaction_request_list l ON l.id = i.list_id
     WHERE l.state <> 'draft' AND %s
"""


class CrmInteractionPortalItem(models.Model):
    """Show a person the items of request lists that are addressed to this person, or to all contacts of the client."""

    _name = "crm.interaction.portal.item"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Item in the Client's Account"
    _auto = False
    _order = "period desc, list_id desc, sequence, id"
    _depends = {
        "crm.interaction.matter.item": [
            "answer", "commercial_partner_id", "company_id", "due", "handed_over_on", "list_id", "name",
            "not_applicable_reason", "note", "partner_id", "return_reason", "sequence", "state",
        ],
        "crm.interaction.request.list": ["audience", "period", "period_length", "state"],
        "res.partner": ["active", "interaction_client_until"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    audience = fields.Selection(AUDIENCES, readonly=True)
    list_id = fields.Integer(readonly=True, aggregator=None)
    period = fields.Date(readonly=True)
    period_length = fields.Selection(LENGTHS, "Documents For", readonly=True)
    period_title = fields.Char(compute="_compute_period_title")
    is_open = fields.Boolean(readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    label = fields.Char("Document", readonly=True)
    due = fields.Date(readonly=True)
    note = fields.Text("Example or Note", readonly=True)
    state = fields.Selection(STATES, "Status", readonly=True)
    return_reason = fields.Text(readonly=True)
    answer = fields.Text("Your Answer", readonly=True)
    not_applicable_reason = fields.Text("Why Not Applicable", readonly=True)
    handed_over_on = fields.Datetime(readonly=True)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", compute_sudo=True)

    @property
    def _table_query(self):
        return SQL(ROWS, self._lasts_sql(SQL("i.commercial_partner_id")))

    @api.depends("period", "period_length")
    @api.depends_context("lang")
    def _compute_period_title(self):
        for row in self:
            row.period_title = period_title(self.env, row.period, row.period_length)

    @api.depends("due")
    def _compute_is_overdue(self):
        for row, item in zip(self, self._stored(), strict=True):
            row.is_overdue = item._is_overdue(item.company_id._interaction_today())

    @api.model
    def _outstanding(self):
        """Return the domain of what the user still has to hand over."""
        return Domain("state", "in", OUTSTANDING) & Domain("is_open", "=", True)

    @api.model
    def _accepting(self):
        """Return the domain of what the user may hand over."""
        return Domain("state", "in", ACCEPTING) & Domain("is_open", "=", True)

    @api.model
    def _checking(self):
        """Return the domain of what was handed over and we have to check."""
        return Domain("state", "=", "handed_over") & Domain("is_open", "=", True)

    def _by_urgency(self):
        """Return these rows list by list: first those with something returned or late, then by due day and period."""
        today, lists = self.env.company._interaction_today(), self.sorted().grouped("list_id").values()

        def urgency(own):
            due = min(filter(None, own.mapped("due")), default=date.max)
            is_returned = "returned" in own.mapped("state")
            return not (is_returned or due < today), due, own[0].period, own[0].list_id

        return self.browse().concat(*sorted(lists, key=urgency))

    def _stored(self):
        """Return the items (``crm.interaction.matter.item`` in sudo mode) that these rows show.

        :raises AccessError: when the user may not read one of them.
        """
        self.check_access("read")
        # sudo: clients have no access to the items themselves; the rows that they may read are checked above
        return self.env["crm.interaction.matter.item"].sudo().browse(self.ids)

    def _files(self):
        """Return the files (``ir.attachment`` in sudo mode) of these rows."""
        return self._stored().attachment_ids.sorted("id")

    def _file(self, attachment_id):
        """Return one of the files by its id.

        :raises MissingError: when it is none of them.
        """
        file = self._files().filtered(lambda file: file.id == attachment_id)
        if not file:
            raise MissingError(self.env._("This file does not exist."))
        return file
