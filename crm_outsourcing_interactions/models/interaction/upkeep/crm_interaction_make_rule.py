from odoo import models

from ...classification.classifier import beginning
from ...events.event import EVENT_DIRECTIONS

MESSAGE_EVENTS = {"incoming": "message_in", "outgoing": "message_out"}


class CrmInteraction(models.Model):
    """Fill in a rule from an interaction, so that its type need not be corrected again."""

    _inherit = "crm.interaction"

    def action_make_rule(self):
        """Return the form of a new rule, not in use yet, with the values of this interaction.

        :raises AccessError: when the user may not create rules or read the interaction.
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.interaction.rule"]._new_action(self._prepare_made_rule_vals())

    def _prepare_made_rule_vals(self):
        """Return the values of a rule that gives interactions like this one its type. The user edits them."""
        event = self.event or MESSAGE_EVENTS.get(self.direction)
        direction = EVENT_DIRECTIONS.get(event)
        type_ = self.type_id if not direction or self.type_id.direction == direction else self.type_id.browse()
        words = self._proposed_words(type_)
        models_ = dict(self.env["crm.interaction.rule"]._selection_model_name())
        return {
            "name": ": ".join(filter(None, (type_.short_name, ", ".join(words)))),
            "event": event,
            "model_name": self.res_model if self.res_model in models_ else False,
            "words": "\n".join(words),
            "client_id": self._client_of_rule(words).id,
            "company_id": self.company_id.id if len(self.env.user.company_ids) > 1 else False,
            "type_id": type_.id,
            "interaction_id": self.id,
        }

    def _proposed_words(self, type_):
        """Return the words (tuple) of the message that speak for ``type_``; none of an unreadable message."""
        message = self.message_id._filtered_access("read")
        if not message or not type_:
            return ()
        text = beginning(message._interaction_text(self.direction))
        return self.env["crm.interaction.learner"]._rule_words(text, type_, self.company_id.id)

    def _client_of_rule(self, words):
        """Return the client to whom a rule is limited: without words, or when only this client writes from the address.

        What we write is alike for all clients, and an address of several clients tells nothing of one.
        """
        client, address = self.commercial_partner_id, self.partner_id.email_normalized
        if not words or not client:
            return client
        if self.direction != "incoming" or not address:
            return client.browse()
        # sudo: only whether the address is another client's as well
        namesakes = self.partner_id.sudo().search([("email_normalized", "=", address)])
        return client if namesakes.commercial_partner_id == client else client.browse()
