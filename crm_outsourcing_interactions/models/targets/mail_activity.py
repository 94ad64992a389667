from odoo import api, fields, models


class MailActivity(models.Model):
    """Say in the activity of a missed target by how much it is missed, to those who may read the indicator.

    Everyone with access to the client reads its activities, so that the text is computed for each reader, not stored.
    """

    _inherit = "mail.activity"

    interaction_missed = fields.Json(
        "Missed Targets", compute="_compute_interaction_missed", help="Indicators off target that the reader may see."
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_interaction_missed(self):
        # never in sudo mode: the figures are for those who may read the indicators
        indicators = self.env["crm.interaction.indicator"].sudo(False)
        found = indicators.browse()
        if (automated := self.filtered("automated")) and indicators.has_access("read"):
            found = indicators.search([("activity_id", "in", automated.ids), ("breach", "=", "open")])
        by_activity = found._by_target().grouped(lambda indicator: indicator.activity_id.id)
        for activity in self:
            missed = by_activity.get(activity.id, ())
            activity.interaction_missed = [{"id": one.id, "text": one.words} for one in missed]

    def _to_store_defaults(self, target):
        fields_ = super()._to_store_defaults(target)
        # only for the reader: what is sent to others over the bus holds no figures
        return [*fields_, "interaction_missed"] if target.is_current_user(self.env) else fields_
