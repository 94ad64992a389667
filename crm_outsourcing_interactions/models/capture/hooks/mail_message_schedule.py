from odoo import api, fields, models

from ...events.marks import marked
from ..reader.message_marks import kept_marks, marked_again


class MailMessageSchedule(models.Model):
    """Keep the marks of a postponed message, e.g. of a rating request, until it is sent.

    A message emptied meanwhile, Odoo's way to delete it, is not captured.
    """

    _inherit = "mail.message.schedule"

    interaction_marks = fields.Json(
        readonly=True, copy=False, help="Capture data of the message, e.g. the chosen type."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create schedules with the marks, ignoring defaults, which any request can set."""
        kept = kept_marks(self.env)
        return super().create([{**vals, "interaction_marks": kept} for vals in vals_list])

    def _send_notifications(self, default_notify_kwargs=None):
        # sudo: the sender may have lost access to the document
        emptied = self.filtered(lambda schedule: schedule.sudo().mail_message_id._is_empty())
        super(MailMessageSchedule, marked(emptied, "interaction_skip"))._send_notifications(default_notify_kwargs)
        self -= emptied
        with_marks = self.filtered("interaction_marks")
        for schedule in with_marks:
            again = marked_again(schedule, schedule.interaction_marks)
            super(MailMessageSchedule, again)._send_notifications(default_notify_kwargs)
        return super(MailMessageSchedule, self - with_marks)._send_notifications(default_notify_kwargs)
