from odoo import api, models

from ..events.marks import mark
from ..events.reasons import because
from ..events.settled_cache import settled_cache
from .classifier import OutOfTimeError, classify, classify_rest, possible

TRIED = "interaction_rules_tried"
"""Mark: the rules (tuple of ``RuleSpec``) to apply instead of those in use, while one of them is tried."""

ACKNOWLEDGEMENT = "acknowledgement"
"""Mark of an event, see ``matters/turns.py``, which this room does not know."""


class CrmInteractionRule(models.Model):
    """Apply the rules to events, as two steps of the pipeline: before the learner, and after it."""

    _inherit = "crm.interaction.rule"

    @api.model
    def _classified(self, events):
        """Classify the ``events`` without a type by the first matching rule that is no fallback."""
        return self._classified_by(events, is_fallback=False)

    @api.model
    def _fallen_back(self, events):
        """Classify the ``events`` still without a type by the first matching fallback rule."""
        return self._classified_by(events, is_fallback=True)

    @api.model
    def _classified_by(self, events, is_fallback):
        for event in events:
            if event.is_untyped and (rule := self._classify(event, is_fallback)):
                event.vals |= self._prepare_rule_vals(event, rule)
                if rule.is_acknowledgement and event.vals["state"] == "confirmed":
                    event.mark = event.mark or ACKNOWLEDGEMENT
        return events

    @api.model
    def _prepare_rule_vals(self, event, rule):
        """Return the interaction values that a rule (``RuleSpec``) sets for an event."""
        return {
            "type_id": rule.type_id,
            "kind_id": rule.kind_id,
            "classified_by": "rule",
            "rule_id": rule.id,
            "why": event.hint or because("rule", name=rule.name),
            "direction": rule.direction,
            "polarity": event.polarity or rule.polarity,
            "duration": event.duration or rule.duration,
            "state": "confirmed" if rule.confirms and not event.hint else "to_review",
        }

    @api.model
    def _classify(self, event, is_fallback):
        """Return the ``RuleSpec`` that matches a captured ``event``, else ``None``.

        Past the time limit the event goes to review.
        """
        try:
            return self._find_rule(event, self._prepare_facts(event, event.company), is_fallback)
        except OutOfTimeError:
            event.hint = because("out_of_time")
            return None

    @api.model
    def _find_rule(self, event, facts, is_fallback):
        specs = self._specs_of(event.code, is_fallback)
        if event.shared is None:
            return classify(facts, specs)
        rules = event.for_all_alike(f"rules, {is_fallback=}", lambda: tuple(possible(facts, specs)))
        return classify_rest(facts, rules)

    @api.model
    def _specs_of(self, code, is_fallback):
        """Return the rules of one event to apply, fallbacks or others, in order."""
        tried = mark(self.env, TRIED)
        return self._specs_in_use(code, is_fallback) if tried is None else those_of(tried, code, is_fallback)

    @api.model
    @settled_cache("self.env.lang", "code", "is_fallback")
    def _specs_in_use(self, code, is_fallback):
        """Return the active rules of one event, fallbacks or others, in order (cached)."""
        return those_of(self._specs(), code, is_fallback)


def those_of(specs, code, is_fallback):
    """Return the ``specs`` (``RuleSpec``) of one event that give a type, fallbacks or others, in order."""
    return tuple(spec for spec in specs if spec.event == code and spec.is_fallback == is_fallback and spec.type_id)
