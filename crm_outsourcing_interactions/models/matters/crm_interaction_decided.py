from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..events.keys import is_id
from ..events.marks import mark
from ..events.reasons import because
from .crm_interaction_matter_complaint import REPLY
from .turns import ACKNOWLEDGEMENT, DECLINED, NO_ANSWER, QUESTION_BACK, SETTLED


class CrmInteraction(models.Model):
    """Let a person decide about the matter of interactions, by one call each from the queue and the badge.

    Whoever may change an interaction may decide. What the decision changes of matters is derived anew.
    """

    _inherit = "crm.interaction"

    def mark_matter(self, value):
        """Say what these interactions are to their matters.

        :param value: one of ``MARKS``, e.g. ``"question_back"``; ``False`` takes a former word back.
        :return: the matters as :meth:`matter_states` returns them.
        :raises ValidationError: for another value.
        :raises UserError: when our own question would be an acknowledgement or a question back.
        :raises AccessError: when the user may not change the interactions, or may not decide that an overdue matter
            needs no answer, also by an acknowledgement or withdrawal, or that a complaint is settled.
        """
        self.check_access("write")
        if value not in (False, None, *dict(self._fields["matter_mark"].selection)):
            raise ValidationError(self.env._("“%s” is not a possible decision. Choose one of the list.", value))
        self._check_private_complaints()
        if value in (ACKNOWLEDGEMENT, QUESTION_BACK):
            self._check_replies()
        if {NO_ANSWER, DECLINED} & {value, *self.mapped("matter_mark")}:
            self._check_may_decide()
        if value == SETTLED:
            self._check_settles()
        elif SETTLED in self.mapped("matter_mark"):
            self.matter_id._check_resolved_by_user()
        decided = {"matter_marked_on": fields.Datetime.now(), "matter_marked_by_id": self.env.uid}
        undecided = dict.fromkeys(decided, False)
        if value in (NO_ANSWER, DECLINED):
            decided["matter_kept"] = 0
        # sudo: what is late is no secret of its matter; colleagues' own words may be corrected
        words = self.sudo().filtered(lambda row: row.direction != "outgoing" or row.is_unattended)
        with self.sudo().matter_id._complaints_guarded(), words.matter_id._late_guarded():
            self._by_code().write({"matter_mark": value, **(decided if value else undecided)})
        return self.matter_states()

    def _check_replies(self):
        # sudo: when a matter was opened is no secret of its interactions
        for row in self.sudo().filtered(lambda row: row.direction == "outgoing"):
            if row.date.replace(microsecond=0) == row.matter_id.opened_on:
                raise UserError(
                    self.env._(
                        "“%s” is our own question. Select the message that replies to the client.", row.display_name
                    )
                )

    def split_matter(self):
        """Separate these interactions into a matter of their own; return it as :meth:`matter_states` does.

        :raises UserError: when they are not of one client.
        """
        self.check_access("write")
        self._check_one_client()
        self._move_to_matter(self.env["crm.interaction.matter"], because("matter_split", name=self.env.user.name))
        return self.matter_states()

    def merge_matter(self, matter_id):
        """Move these interactions to a matter; with all interactions of another one, this merges both.

        :param int matter_id: a matter of the same client that the user may read.
        :raises UserError: when it is a matter of another client, or deleted.
        :raises AccessError: when a late answer would no longer be late, see ``_late_guarded``.
        """
        self.check_access("write")
        matter = self.env["crm.interaction.matter"].browse(is_id(matter_id) and matter_id).exists()
        if not matter:
            raise UserError(self.env._("The matter “%s” does not exist any more. Choose another one.", matter_id))
        matter.check_access("read")
        self._check_one_client(matter)
        self._move_to_matter(matter, because("matter_merged", name=self.env.user.name))
        return self.matter_states()

    def accept_proposed_matter(self):
        """Move these interactions, with all others of a matter that they opened, to the proposed matter."""
        self.check_access("write")
        for interaction in self.filtered("proposed_matter_id"):
            # sudo: the others of its matter may be a colleague's; they go where the reviewed one goes
            opened = interaction.sudo().matter_id.interaction_ids.with_env(self.env)
            (interaction | opened).sudo().merge_matter(interaction.sudo().proposed_matter_id.id)
        return self.matter_states()

    def refuse_proposed_matter(self):
        """Keep these interactions out of the proposed matter."""
        self.check_access("write")
        self._by_code().write({"proposed_matter_id": False})
        return self.matter_states()

    def _check_one_client(self, matter=None):
        # sudo: the client of a matter that the user may read
        of_matter = (matter or self.env["crm.interaction.matter"]).sudo()
        clients, companies = (self[name] | of_matter[name] for name in ("commercial_partner_id", "company_id"))
        if len(clients) != 1 or len(companies) != 1:
            raise UserError(self.env._("A matter has one client. Choose interactions of one client only."))

    def _move_to_matter(self, matter, link):
        """Move these interactions to a matter, a new one if it is empty, with the reason ``link``."""
        # sudo: a matter is derived from all its interactions, whoever may see them
        (self if mark(self.env, REPLY) else self.sudo() | matter.sudo().interaction_ids)._check_private_complaints()
        rows, left = self.sudo()._by_code(), self.sudo().matter_id
        matters = left | matter.sudo()
        with matters._complaints_guarded(), matters._late_guarded():
            rows.write({"matter_id": False, "proposed_matter_id": False, "matter_link": link})
            target = matter.sudo() or left._separate(rows)
            rows.write({"matter_id": target.id})
            (left | target)._derive()

    @api.readonly
    def matter_states(self):
        """Return the matters of these interactions that the user may read, as a list of dicts for the web client."""
        matters = self.matter_id._filtered_access("read")
        names = ["display_name", "waiting", "waiting_since", "due", "late", "perhaps", "is_open", "interaction_count"]
        return matters.read(names)
