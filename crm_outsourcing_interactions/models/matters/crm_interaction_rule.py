from odoo import api, models
from odoo.exceptions import ValidationError


class CrmInteractionRule(models.Model):
    """Keep rules from marking our own questions as acknowledgements."""

    _inherit = "crm.interaction.rule"

    @api.constrains("is_acknowledgement", "type_id")
    def _check_acknowledgement(self):
        for rule in self.filtered("is_acknowledgement"):
            if rule.type_id.expects_answer:
                raise ValidationError(
                    self.env._(
                        "“%s” expects an answer, so its messages are no acknowledgements. Choose another type.",
                        rule.type_id.display_name,
                    )
                )
