from odoo import api, fields, models

from .crm_interaction_ranges_mixin import AHEAD, FIRST_MOMENT

INVOICE_MOMENTS = {
    "invoice_posted": {"posted"},
    "invoice_sent": {"posted", "sent"},
    "credit_note_posted": {"posted"},
    "credit_note_sent": {"posted", "sent"},
}
"""Settings under which an invoice event counts; an invoice not counted when posted counts when sent."""


class CrmInteractionEvent(models.AbstractModel):
    """Run the first pipeline steps on events (``Event``): filter by the company's settings, set date and month."""

    _name = "crm.interaction.event"
    _description = "Events"

    @api.model
    def _wanted(self, events):
        """Drop the events that their company does not count."""
        return [e for e in events if self._is_counted(e.code, e.settings) or e.drop("not_counted")]

    @api.model
    def _is_counted(self, code, settings):
        """Return whether the event ``code`` counts under a company's ``settings`` (dict by field).

        Extend it for additional switches.
        """
        if code.startswith("credit_note_") and not settings["interaction_log_credit_note"]:
            return False
        if code in INVOICE_MOMENTS:
            return settings["interaction_log_invoice"] in INVOICE_MOMENTS[code]
        return settings.get(f"interaction_log_{code}", True)

    @api.model
    def _dated(self, events):
        """Set date and month of each of ``events``; replace implausible dates with now."""
        now = fields.Datetime.now()
        for event in events:
            if not event.date or not FIRST_MOMENT <= event.date <= now + AHEAD:
                event.date = now
            event.vals |= {"date": event.date, "month": event.month}
        return events
