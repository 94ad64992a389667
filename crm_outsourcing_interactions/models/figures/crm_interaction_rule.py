from contextlib import contextmanager, nullcontext
from functools import partial

from odoo import api, models

from ..events.marks import mark, marked

RELEVANT = (
    "company_id", "event", "model_name", "domain", "words", "attachment",
    "channel", "client_id", "project_id", "lang", "type_id", "address", "assigned_client_id",
)  # fmt: skip


ORDER_IS_MARKED = "interaction_order_is_marked"
"""Mark set while rows are dragged, so that only the order before and after the whole drag is compared."""


class CrmInteractionRule(models.Model):
    """Record method changes when rules change, since figures before and after are not comparable.

    The order of the rules of one event counts as well, because the first matching rule wins.
    """

    _inherit = "crm.interaction.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.filtered("domain")._note_filter_author()
        if self.pool.ready:  # an installation is not a change by the firm
            rules._note_changes({})
        return rules

    def write(self, vals):
        """Write ``vals``, record the method change and the author of a filter.

        Writes during an installation are not recorded as changes.
        """
        is_noted = self.pool.ready and not {"active", *RELEVANT}.isdisjoint(vals)
        before = {rule.id: rule._state() for rule in self if is_noted}
        with self._marking_order() if self.pool.ready and "sequence" in vals else nullcontext():
            res = super().write(vals)
        if is_noted:
            self._note_changes(before)
        if {"domain", "model_name"} & vals.keys():
            self._note_filter_author()
        return res

    def web_resequence(self, *args, **kwargs):
        """Resequence dragged rows and record one method change for all of them."""
        dragged = marked(self, ORDER_IS_MARKED)
        with self._marking_order():
            return super(CrmInteractionRule, dragged).web_resequence(*args, **kwargs)

    def unlink(self):
        for rule in self:
            rule._note_change(rule._state(), None)
        return super().unlink()

    @contextmanager
    def _marking_order(self):
        """Record the change in the order of rules made by the block, for all companies or for the affected ones."""
        if mark(self.env, ORDER_IS_MARKED):
            yield
            return
        before = self._orders()
        yield
        after = self._orders()
        concerned = [id_ for id_, order in before.items() if changed_events(order, after.get(id_, {}))]
        for company_id in [0] if 0 in concerned else concerned:
            states = before[company_id], after[company_id]
            self.env["crm.interaction.method.change"]._note(
                f"order,{company_id}", *states, partial(self._prepare_order_change_vals, company_id), changed_events
            )

    @api.model
    def _orders(self):
        """Return the order of the active rules, JSON-serialisable: ``{company id: {event: rule ids}}``.

        A company has its own rules and the shared ones; key 0 holds the shared ones only.
        """
        # sudo: the order includes rules of the user's inactive companies
        rules = self.sudo().search_fetch([("active", "=", True)], ["event", "company_id"])
        orders = {company_id: {} for company_id in (0, *rules.company_id.ids)}
        for rule in rules:
            for company_id, order in orders.items():
                if rule.company_id.id in (False, company_id):
                    order.setdefault(rule.event, []).append(rule.id)
        return orders

    @api.model
    def _prepare_order_change_vals(self, company_id, before, after):
        """Return the values of the method change for a new order of rules."""
        events = changed_events(before, after)
        return {
            "name": lambda lang: self.with_context(lang=lang)._order_change_text(events),
            "event": events[0] if len(events) == 1 else False,
            "effect": "changed",
            "company_id": company_id or False,
        }

    @api.model
    def _order_change_text(self, events):
        labels = dict(self._fields["event"]._description_selection(self.env))
        return self.env._("Order of rules changed: %s", ", ".join(labels[e] for e in labels if e in events))

    def _state(self):
        """Return the effective settings of the rule, JSON-serialisable; ``None`` while it is archived."""
        if not self.active:
            return None
        return {name: self[name].id if self._fields[name].relational else self[name] for name in RELEVANT}

    def _note_changes(self, before):
        for rule in self:
            rule._note_change(before.get(rule.id), rule._state())

    def _note_change(self, before, after):
        if before != after:
            self.env["crm.interaction.method.change"]._note(f"rule,{self.id}", before, after, self._prepare_change_vals)

    def _prepare_change_vals(self, before, after):
        """Return the values of the method change between two states of a rule, empty while it is inactive."""
        return {
            "name": lambda lang: self.with_context(lang=lang)._change_text(before, after),
            "event": self.event,
            "effect": "changed",
            "company_id": self.company_id.id,
        }

    def _change_text(self, before, after):
        if not before:
            return self.env._("Rule in use from this day on: %s", self.name)
        if not after:
            return self.env._("Rule no longer in use: %s", self.name)
        labels = [self._fields[name]._description_string(self.env) for name in RELEVANT if before[name] != after[name]]
        return self.env._("Rule “%(rule)s” changed: %(fields)s", rule=self.name, fields=", ".join(labels))


def changed_events(before, after):
    """Return the events whose common rules are in a different order, ignoring added and removed rules.

    >>> changed_events({"message_in": [1, 2, 3], "campaign": [4, 5]}, {"message_in": [3, 1, 9], "campaign": [4]})
    ['message_in']
    """
    return [
        event
        for event in before
        if [id_ for id_ in before[event] if id_ in after.get(event, ())]
        != [id_ for id_ in after.get(event, ()) if id_ in before[event]]
    ]
