from collections import defaultdict
from statistics import median

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..capture.hooks.rating_rating import polarity_of
from ..events.event import CHANNELS
from ..events.local_time import first_of_month
from ..events.message_text import message_text
from ..events.plurals import plural
from ..matters.crm_interaction_matter import ASKED_BY
from ..requests.asked_lines import one_item

STATES = [
    ("received", "Received"),
    ("acknowledged", "In Work"),
    ("asked", "Waiting for Your Reply"),
    ("answered", "Answered"),
    ("closed", "Closed"),
]
ROWS = """
    SELECT m.id, m.company_id, m.commercial_partner_id, m.partner_id, m.opened_on, m.asked_by,
           o.channel, o.message_id,
           CASE WHEN o.origin_key ~ '^rating[.]rating,[0-9]+,'
                THEN split_part(o.origin_key, ',', 2)::int END AS rating_id,
           CASE WHEN o.state = 'confirmed' THEN o.type_id END AS type_id,
           CASE WHEN m.waiting = 'us' THEN m.due END AS due,
           CASE WHEN m.is_open IS NOT TRUE THEN 'closed'
                WHEN m.waiting = 'client' AND m.complaint_state IN ('answered', 'to_confirm') THEN 'answered'
                WHEN m.waiting = 'client' THEN 'asked'
                WHEN m.acknowledged_on IS NOT NULL THEN 'acknowledged' ELSE 'received' END AS state,
           m.our_answered_on, m.our_hours, m.their_answered_on, m.their_hours
      FROM crm_interaction_matter m
      LEFT JOIN LATERAL (
           SELECT i.channel, i.message_id, i.origin_key, i.state, i.type_id FROM crm_interaction i
            WHERE i.matter_id = m.id AND i.active ORDER BY i.date, i.id LIMIT 1) o ON TRUE
     WHERE m.active AND m.from_history IS NOT TRUE AND %s
"""


class CrmInteractionPortalMatter(models.Model):
    """Show a person the matters that this person opened, or that wait for this person: since when and until when.

    A matter has no text: it is named by the message of the person that began it, which nobody else wrote, and by the
    confirmed type's name for clients; suggestions are not shown. A rating is named by its grade. *Answered*: a
    complaint, which stays open until the client is content; any other matter is closed by an answer.
    """

    _name = "crm.interaction.portal.matter"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Matter in the Client's Account"
    _auto = False
    _order = "opened_on desc, id desc"
    _depends = {
        "crm.interaction": [
            "active", "channel", "date", "matter_id", "message_id", "origin_key", "state", "type_id",
        ],
        "crm.interaction.matter": [
            "acknowledged_on", "active", "asked_by", "commercial_partner_id", "company_id", "complaint_state",
            "due", "from_history", "is_open", "opened_on", "our_answered_on", "our_hours", "partner_id",
            "their_answered_on", "their_hours", "waiting",
        ],
        "res.partner": ["active", "interaction_client_until"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    type_id = fields.Many2one("crm.interaction.type", readonly=True, groups="base.group_user")
    label = fields.Char("Type of Question", compute="_compute_label", compute_sudo=True)
    message_id = fields.Many2one("mail.message", readonly=True, groups="base.group_user")
    rating_id = fields.Many2one("rating.rating", readonly=True, groups="base.group_user")
    subject = fields.Char(compute="_compute_text", compute_sudo=True)
    beginning = fields.Char("First Line", compute="_compute_text", compute_sudo=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    asked_by = fields.Selection(ASKED_BY, readonly=True)
    opened_on = fields.Datetime("Received", readonly=True)
    due = fields.Datetime("Answer Due", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")
    state = fields.Selection(STATES, "Status", readonly=True)
    our_answered_on = fields.Datetime("We Answered", readonly=True)
    our_hours = fields.Float("Our Answer Time", readonly=True, aggregator=None)
    their_answered_on = fields.Datetime("You Answered", readonly=True)
    their_hours = fields.Float("Your Answer Time", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return SQL(ROWS, self._lasts_sql(SQL("m.commercial_partner_id")))

    @api.depends("due")
    def _compute_is_late(self):
        for matter in self:
            matter.is_late = bool(matter.due) and matter.due < fields.Datetime.now()

    @api.depends("type_id", "rating_id")
    @api.depends_context("lang")
    def _compute_label(self):
        for matter in self:
            given = matter._given() and matter._rating_label()
            matter.label = given or matter.type_id.client_name or self.env._("Your message")

    def _given(self):
        """Return the rating by this person that is the matter, possibly none."""
        rating = self.rating_id.exists()
        return rating.filtered(lambda rating: rating.partner_id == self.partner_id)

    def _rating_label(self):
        texts = {
            "negative": self.env._("Your rating: dissatisfied"),
            "positive": self.env._("Your rating: satisfied"),
        }
        neutral = self.env._("Your rating: neither satisfied nor dissatisfied")
        return texts.get(polarity_of(self.rating_id.rating), neutral)

    @api.depends("message_id", "partner_id", "rating_id")
    @api.depends_context("lang")
    def _compute_text(self):
        """Show the subject and the first line of what this person wrote; nothing of messages by others."""
        for matter in self:
            message = matter.message_id
            if rating := matter._given():
                matter.subject, matter.beginning = matter.label, one_item(rating.feedback or "")[0]
                continue
            is_own = message.author_id == matter.partner_id and not message.is_internal
            matter.subject = is_own and message.subject
            matter.beginning = is_own and one_item(message_text("", message.body))[0]

    @api.model
    def _waiting_for_us(self):
        """Return the domain of what the user asked and is not closed, unless we have asked back."""
        return Domain("asked_by", "=", "client") & Domain("state", "not in", ("closed", "asked"))

    @api.model
    def _questions_back(self):
        """Return what the user asked, and we have asked back about."""
        return self.search(Domain("asked_by", "=", "client") & Domain("state", "=", "asked"))

    @api.model
    def _answer_times(self, domain=Domain.TRUE):
        """Return ``{month: [(side, number of answers, median working hours)]}`` of what the user sees in ``domain``."""
        zone = self.env.company._interaction_zone()
        found = defaultdict(lambda: defaultdict(list))
        for matter in self.search(domain):
            for side in ("our", "their"):
                if answered := matter[f"{side}_answered_on"]:
                    found[first_of_month(answered, zone)][side].append(matter[f"{side}_hours"])
        return {
            month: [(side, len(hours), median(hours)) for side, hours in sorted(sides.items())]
            for month, sides in found.items()
        }

    @api.model
    def _answer_texts(self, domain=Domain.TRUE):
        """Return ``{month: [sentence]}`` of the answer times that the user sees in ``domain``."""
        return {
            month: [self._answer_text(*side) for side in sides] for month, sides in self._answer_times(domain).items()
        }

    def _answer_text(self, side, number, hours):
        """Return a sentence, such as *We answered 12 questions, usually within 3.9 working hours*."""
        shown = max(round(hours, 1), 1)
        text = self.env["crm.interaction.target"]._number_text(shown)
        time = plural(self.env, self.env._("%(n)s working hour|%(n)s working hours"), shown, text)
        answers = {
            "our": self.env._("We answered %(n)s question|We answered %(n)s questions"),
            "their": self.env._("You answered %(n)s question of ours|You answered %(n)s questions of ours"),
        }
        values = {"answered": plural(self.env, answers[side], number), "time": time}
        if number == 1:
            return self.env._("%(answered)s, within %(time)s", **values)
        return self.env._("%(answered)s, usually within %(time)s", **values)
