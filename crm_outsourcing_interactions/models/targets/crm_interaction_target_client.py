from odoo import api, fields, models

from . import targets


class CrmInteractionTarget(models.Model):
    """Add the text of a target in the client report: a sentence, limits and value, if the target is selected for it.

    Code, sample and verdict are internal, and so is the share of unclassified interactions.
    """

    _inherit = "crm.interaction.target"

    is_shown_to_client = fields.Boolean(
        "Shown to the Client",
        tracking=True,
        help="Prints the limits and the value in the client report, with our proposal when the value is off target.",
    )
    client_text = fields.Char(
        "Text for the Client", translate=True, help="How the client's page names it, e.g. “Calls a month”."
    )
    client_default_text = fields.Char(compute="_compute_client_default_text")

    @api.depends("measure", "kind_id.client_name", "type_id.client_name")
    @api.depends_context("lang")
    def _compute_client_default_text(self):
        for target in self:
            target.client_default_text = target._default_client_text()

    def _default_client_text(self):
        """Return the default text of one target for clients."""
        about = (self.kind_id or self.type_id).client_name or (self.kind_id or self.type_id).name or ""
        texts = {
            "improvement_ratio": self.env._(
                "Conversations about the quality of our work, compared with day-to-day interactions"
            ),
            "additional_ratio": self.env._(
                "Conversations about further services, compared with day-to-day interactions"
            ),
            "kind_share": self.env._("%s, as a share of all purposes", about),
            "interactions_month": self.env._("Interactions with you, per month"),
            "type_count": self.env._("%s, per month", about),
            targets.INTERVAL: self.env._("%s, time since the last one", about),
            "in_time": self.env._("Your questions that we answered in time"),
            "median_hours": self.env._("Working hours until our answer, for half of your questions"),
            "matter_interactions": self.env._("Interactions until a question was settled"),
        }
        return texts.get(self.measure, "")

    def _client_text(self):
        """Return the text of one target for clients, in the language of the context."""
        return self.client_text or self.client_default_text

    def _is_for_client(self):
        """Return whether one target appears in the client report."""
        return self.is_shown_to_client and self.measure != "open_share"

    def _limits_in_words(self, bound, low, high):
        """Return limits as text for clients, e.g. *at least 6 %*."""
        if self.measure == targets.INTERVAL:
            return self._limits_text(bound, low, high)
        texts = {
            "range": self.env._("%(low)s to %(high)s", low=self._value_text(low), high=self._value_text(high)),
            "floor": self.env._("at least %s", self._value_text(low)),
            "ceiling": self.env._("at most %s", self._value_text(high)),
        }
        return texts.get(bound, "")
