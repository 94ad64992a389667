from odoo import fields, models

from ..events.res_company_settings import PREFETCH

WEEKLY, AT_ONCE, NEVER = "weekly", "at_once", "never"
CHOICES = [(WEEKLY, "In the Weekly Letter"), (AT_ONCE, "At Once"), (NEVER, "None")]


class ResPartner(models.Model):
    """Store how a person at a client learns of news in the personal account."""

    _inherit = "res.partner"

    interaction_notify = fields.Selection(
        CHOICES,
        "Notifications",
        default=WEEKLY,
        copy=False,
        groups="base.group_user",
        prefetch=PREFETCH,
        help="How this person learns that documents were accepted or returned, questions answered, or documents are "
        "due: the person's own choice in the personal account. Letters that request documents go in any case; weekly "
        "news goes alone when there is no letter.",
    )

    def _interaction_choose_notify(self, choice):
        """Store the ``choice`` (str) of this person; return whether it is one."""
        if choice not in dict(CHOICES):
            return False
        # sudo: clients may not write contacts; the person is the user, whom the controller gives
        self.sudo().interaction_notify = choice
        return True

    def _interaction_account_path(self):
        """Return the path of this person's account (str), empty for people without a login of their own."""
        lang = self.env["res.lang"]._get_data(code=self.lang)
        return (
            (f"/{lang.url_code}/my/interactions" if lang else "/my/interactions") if self._interaction_logins() else ""
        )

    def _interaction_logins(self):
        """Return the users (``res.users`` in sudo mode) by which these people log in to the personal account."""
        # sudo: colleagues and the job see no users of clients
        return self.sudo().user_ids.filtered(lambda user: user.share and user.active)
