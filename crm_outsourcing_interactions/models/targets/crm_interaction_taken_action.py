from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..events.actions import CLOSE, notification_action

CHOSEN = ("indicator_id", "corrective_action_id")


class CrmInteractionTakenAction(models.Model):
    """Store that somebody has taken a corrective action on an indicator: who, when, for which client and target.

    Creating the record takes the action, with the rights of the user: it plans an activity, creates a task or drafts
    an opportunity. The record is never changed afterwards; its date explains later figures. ::

        taken = env["crm.interaction.taken.action"].create(
            {"indicator_id": indicator.id, "corrective_action_id": action.id}
        )
        taken.action_open()
    """

    _name = "crm.interaction.taken.action"
    _inherit = ["crm.interaction.persons.mixin", "crm.interaction.document.mixin"]
    _description = "Corrective Action Taken"
    _order = "date desc, id desc"
    _rec_name = "corrective_action_id"

    indicator_id = fields.Many2one("crm.interaction.indicator", readonly=True, ondelete="set null", index=True)
    subject = fields.Char(related="indicator_id.subject")
    words = fields.Char(related="indicator_id.words")
    corrective_action_id = fields.Many2one(
        "crm.interaction.corrective.action",
        compute="_compute_corrective_action_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
    )
    description = fields.Text(related="corrective_action_id.description")
    act = fields.Selection(related="corrective_action_id.act")
    offered_action_ids = fields.Many2many(related="indicator_id.corrective_action_ids", string="Offered Actions")
    effect_text = fields.Char("What Happens", compute="_compute_effect")
    is_allowed = fields.Boolean(compute="_compute_effect")
    date = fields.Date(readonly=True, required=True)
    user_id = fields.Many2one("res.users", "Taken By", readonly=True, ondelete="set null")
    target_id = fields.Many2one("crm.interaction.target", readonly=True, ondelete="set null", index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: the whole firm.",
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)

    @api.depends("indicator_id")
    def _compute_corrective_action_id(self):
        """Propose the first action of the target."""
        for taken in self:
            offered = taken.indicator_id.corrective_action_ids
            taken.corrective_action_id = taken.corrective_action_id or offered[:1]

    @api.depends("corrective_action_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_effect(self):
        for taken in self:
            action, indicator = taken.corrective_action_id, taken.indicator_id
            taken.effect_text = action and indicator and action._effect_text(indicator)
            taken.is_allowed = action._may_act()

    @api.model_create_multi
    def create(self, vals_list):
        """Take the actions; of ``vals_list`` only indicator and corrective action matter, the rest follows from them.

        :raises AccessError: when the user may not see an indicator, or not do what the action does.
        """
        self.browse().check_access("create")
        return super().create([self._take(*map(vals.get, CHOSEN)) for vals in vals_list])

    @api.model
    def _take(self, indicator_id, action_id):
        """Do what a corrective action (id) does for an indicator (id); return the values of its record."""
        indicator = self.env["crm.interaction.indicator"].browse(indicator_id).exists()
        action = self.env["crm.interaction.corrective.action"].browse(action_id).exists()
        if not indicator or not action:
            raise UserError(self.env._("Open an indicator and press Act there."))
        indicator.check_access("read")
        document = action._act_on(indicator)
        return {
            "indicator_id": indicator.id,
            "corrective_action_id": action.id,
            "date": indicator.company_id._interaction_today(),
            "user_id": self.env.uid,
            "target_id": indicator.target_id.id,
            "partner_id": indicator.partner_id.id,
            "company_id": indicator.company_id.id,
            "res_model": document._name,
            "res_id": document.id,
        }

    def action_finish(self):
        """Close the dialog: open what is to be completed, or notify of the planned activity."""
        self.ensure_one().check_access("read")
        if self.act != "activity":
            return self.action_open()
        day = format_date(self.env, self.corrective_action_id._deadline(self.indicator_id))
        message = self.env._("“%(action)s” is planned for you, due on %(day)s.", action=self.display_name, day=day)
        return notification_action(message, then=CLOSE)

    def action_open(self):
        """Open what was planned or created, or the portal invitation."""
        self.ensure_one().check_access("read")
        document = self._existing_document()
        if self.act == "portal" and document:
            return self.env["portal.wizard"].with_context(active_ids=document.ids).action_open_wizard()
        return self.action_open_document()
