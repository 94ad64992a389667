from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..events.groups import USER
from ..events.res_company_settings import NAMES, PREFETCH
from ..events.settled_cache import settled_cache

DEPUTY = ("interaction_deputy_id", "interaction_deputy_from", "interaction_deputy_until")


class ResUsers(models.Model):
    """Add the deputy who replaces a user during absence.

    Users appoint their own deputies in their preferences. A deputy sees the user's clients on the given days only; a
    deputy's own deputy sees only the deputy's clients.
    """

    _inherit = "res.users"

    interaction_deputy_id = fields.Many2one(
        "res.users",
        string="Deputy",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        domain="[('share', '=', False)]",
        help="Sees the interactions of my clients while I am away, from the first to the last day.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )
    interaction_deputy_from = fields.Date("Deputy From", copy=False, groups="base.group_user", prefetch=PREFETCH)
    interaction_deputy_until = fields.Date(
        "Deputy Until",
        copy=False,
        help="Last day of the deputy, e.g. 14 July.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    _interaction_deputy_dates = models.Constraint(
        "CHECK (interaction_deputy_id IS NULL OR COALESCE(interaction_deputy_from <= interaction_deputy_until, FALSE))",
        "Enter the first and the last day of the deputy; the first cannot be after the last.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *DEPUTY]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *DEPUTY]

    @api.constrains("interaction_deputy_id")
    def _check_interaction_deputy(self):
        # sudo: users appoint their own deputies
        for user in self.sudo().filtered("interaction_deputy_id"):
            deputy = user.interaction_deputy_id
            if deputy == user:
                raise ValidationError(self.env._("“%s” cannot be their own deputy. Choose someone else.", user.name))
            for somebody in user | deputy:
                if not somebody.active or not somebody.has_group(USER):
                    raise ValidationError(
                        self.env._(
                            "“%s” does not use Client Interactions. Choose a deputy who does, or ask an administrator "
                            "for access.",
                            somebody.name,
                        )
                    )

    @api.model
    def _interaction_names(self):
        """Return the strictest setting *Names in Figures* of the reader's active companies; code in sudo sees all."""
        # the keys of NAMES are in ascending order
        order = [key for key, _label in NAMES]
        settings = [] if self.env.su else self.env.companies
        names = [company._interaction_settings()["interaction_names_in_figures"] for company in settings]
        return max(names, key=order.index, default=order[0])

    @api.model
    def _interaction_shown_in_figures(self):
        """Return the ids of the users whose figures by person the reader may see; ``None``: everybody's."""
        names = self._interaction_names()
        if names == "everybody":
            return None
        if names == "nobody":
            return {self.env.uid}
        supervised = Domain("interaction_supervisor_id", "=", self.env.uid)
        # sudo: only whom the reader supervises, whatever else of the clients the reader may see
        clients = self.env["res.partner"].sudo().with_context(active_test=True)
        accountants = clients._read_group(supervised, ["interaction_accountant_id"])
        return {self.env.uid, *(user.id for (user,) in accountants if user)}

    @api.model
    def _interaction_represented(self):
        """Return the query of the ids of the user and of the users represented today."""
        is_away = Domain("interaction_deputy_id", "=", self.env.uid) & self._interaction_away_domain()
        # sudo: the ids only narrow down what is searched
        users = self.sudo().with_context(active_test=False)
        return users._search(Domain("id", "=", self.env.uid) | is_away)

    @api.model
    def _interaction_away_domain(self):
        """Return the domain of users whose deputy takes their place today."""
        today = self._interaction_today()
        return Domain("interaction_deputy_from", "<=", today) & Domain("interaction_deputy_until", ">=", today)

    @api.model
    def _interaction_today(self):
        """Return today (date) in the time zone of the user's main company."""
        return self.env["res.company"].browse(self._interaction_main_company_id())._interaction_today()

    @api.model
    @settled_cache("self.env.uid")
    def _interaction_main_company_id(self):
        """Return the id of the user's main company (cached, invalidated by Odoo on change)."""
        return self.env.user.sudo().company_id.id  # sudo: whoever asks

    def _interaction_stand_in(self):
        """Return the user who acts for one user today: the deputy during absence, else the user."""
        is_away = self.sudo().filtered_domain(self._interaction_away_domain())  # sudo: whoever asks
        return is_away.interaction_deputy_id.with_env(self.env) or self
