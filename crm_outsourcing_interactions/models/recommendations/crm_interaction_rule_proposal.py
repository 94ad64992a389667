from odoo import api, fields, models

from ..classification.phrases import has_phrase
from ..events.event import EVENTS

STATES = [("open", "Open"), ("done", "Done"), ("dismissed", "Dismissed")]
MOST_WORDS = 3
CLEAR = 4
"""How much more often users must agree with a proposed rule, or with one of its words, than contradict it."""
MOST_COMPARED = 300
"""Number of the latest messages of other types in which the words of a rule are searched."""


class CrmInteractionRuleProposal(models.Model):
    """Propose a rule where users have corrected the same type in the same way several times.

    A daily cron finds the corrections, see ``_refresh``. A proposal that was followed or dismissed is not repeated.
    """

    _name = "crm.interaction.rule.proposal"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Proposed Rule"
    _order = "state desc, n desc, id desc"
    _rec_name = "type_id"
    _protected_fields = frozenset(
        {
            "agreed_count",
            "changed_count",
            "client_id",
            "company_id",
            "contradicted_count",
            "event",
            "interaction_ids",
            "model_name",
            "n",
            "rule_id",
            "state",
            "type_before_id",
            "type_id",
            "words",
        }
    )

    state = fields.Selection(STATES, string="Status", required=True, default="open")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    event = fields.Selection(EVENTS, required=True)
    model_name = fields.Selection(
        lambda self: self.env["crm.interaction.rule"]._selection_model_name(), string="Document"
    )
    client_id = fields.Many2one("res.partner", ondelete="cascade", index="btree_not_null")
    words = fields.Text("Words or Phrases")
    type_before_id = fields.Many2one("crm.interaction.type", "Former Type", required=True, ondelete="cascade")
    type_id = fields.Many2one("crm.interaction.type", "Corrected Type", required=True, ondelete="cascade")
    interaction_ids = fields.Many2many(
        "crm.interaction", "crm_interaction_rule_proposal_evidence", string="Corrections"
    )
    n = fields.Integer("Corrections in 90 Days", required=True)
    changed_count = fields.Integer("Would Change")
    agreed_count = fields.Integer("Agrees with Users")
    contradicted_count = fields.Integer("Contradicts Users")
    rule_id = fields.Many2one("crm.interaction.rule", ondelete="set null", index="btree_not_null")

    def action_make_rule(self):
        """Make the rule, not in use yet, and open it.

        :raises AccessError: when the user may not create rules.
        """
        self.ensure_one()
        if not self.rule_id:
            rule = self.env["crm.interaction.rule"].create({**self._prepare_rule_vals(), "active": False})
            self._by_code().write({"rule_id": rule.id, "state": "done"})
        return self.rule_id.get_formview_action()

    def action_dismiss(self):
        """Close the proposals; they are not repeated."""
        self._by_code().write({"state": "dismissed"})

    def action_view_interactions(self):
        """Open the interactions that users corrected."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Corrections"),
            "res_model": "crm.interaction",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.interaction_ids.ids)],
        }

    def _prepare_rule_vals(self):
        """Return the values of the rule: before the one that users corrected, else at the usual place."""
        latest = self.interaction_ids._origin.sorted("id")[-1:]
        return {
            "name": ": ".join(filter(None, (self.type_id.short_name, ", ".join((self.words or "").split("\n"))))),
            "event": self.event,
            "model_name": self.model_name,
            "client_id": self.client_id.id,
            "company_id": self.company_id.id,
            "words": self.words,
            "type_id": self.type_id.id,
            "interaction_id": latest.id,
            "sequence": self._sequence_of_rule(),
        }

    def _sequence_of_rule(self):
        """Return the sequence just before the first rule that gives the type that users corrected."""
        domain = [("type_id", "=", self.type_before_id.id), ("event", "=", self.event), ("is_fallback", "=", False)]
        # sudo: the cron, and only the order of the rules
        first = self.env["crm.interaction.rule"].sudo().search(domain, limit=1)
        return first.sequence - 1 if first else 10

    @api.model
    def _common_words(self, interactions, type_, number):
        """Return up to three words (list) that speak for ``type_`` in at least ``number`` of the messages.

        A word that stands in messages of other types as well, if not much more rarely, makes no rule.
        """
        learner = self.env["crm.interaction.learner"]
        texts, company_id = texts_of(interactions), interactions.company_id.id
        found = {word for text in texts for word in learner._rule_words(text, type_, company_id)}
        counts = {word: occurrences(word, texts) for word in found}
        if common := {word: count for word, count in counts.items() if count >= number}:
            others = texts_of(self._confirmed_otherwise(interactions, type_))
            common = {word: count for word, count in common.items() if count >= CLEAR * occurrences(word, others)}
        return sorted(common, key=lambda word: (-counts[word], word))[:MOST_WORDS]

    @api.model
    def _confirmed_otherwise(self, interactions, type_):
        """Return the latest interactions (sudo), of the same event, to which users have given another type."""
        domain = [
            ("company_id", "=", interactions.company_id.id),
            ("event", "=", interactions[:1].event),
            ("classified_by", "=", "person"),
            ("state", "=", "confirmed"),
            ("type_id", "!=", type_.id),
        ]
        return interactions.search(domain, order="id DESC", limit=MOST_COMPARED)


def texts_of(interactions):
    """Return the texts (list) of the messages of ``interactions`` (sudo) whose documents still exist."""
    documents = [(i, i._document_now()) for i in interactions if i.message_id]
    return [interaction._as_event(document).words for interaction, document in documents if document]


def occurrences(word, texts):
    """Return the number of ``texts`` (list of str) with a word."""
    return sum(has_phrase(text, (word,)) for text in texts)
