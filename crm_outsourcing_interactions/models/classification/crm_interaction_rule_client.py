from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import email_normalize

from ..events.settled_cache import settled_cache
from .classifier import OutOfTimeError, classify


class CrmInteractionRule(models.Model):
    """Let a rule assign the client: of one person's mails for several clients, those with certain words are of one."""

    _inherit = "crm.interaction.rule"

    address = fields.Char(
        "E-mail Address",
        help="Only interactions with this address or its subaddresses, e.g. of a director.",
    )
    assigned_client_id = fields.Many2one(
        "res.partner",
        "Client to Assign",
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        help="The message counts for this client, e.g. one of several with the same director.",
    )

    @api.constrains("type_id", "assigned_client_id", "event", "address", "words")
    def _check_effect(self):
        for rule in self:
            client = rule.assigned_client_id
            if not rule.type_id and not client:
                raise ValidationError(self.env._("A rule needs a type or a client to assign. Choose one."))
            if client and rule.event != "message_in":
                raise ValidationError(self.env._("Only messages from the client can be assigned. Change the event."))
            if client and not rule.address:
                raise ValidationError(self.env._("Enter the e-mail address whose messages belong to the client."))
            client.check_access("read")
            if client and not rule._is_assignable(client):
                raise ValidationError(
                    self.env._("“%s” is not a client. Mark it as an outsourcing client first.", client.display_name)
                )

    def _is_assignable(self, client):
        """Return whether ``client`` is a client itself, not one of its contacts, as capture sees it."""
        is_client = self.env["crm.interaction.people"]._is_client
        return client.commercial_partner_id == client and is_client(client, self.company_id or self.env.company)

    @api.constrains("address")
    def _check_address(self):
        for rule in self.filtered("address"):
            if not email_normalize(rule.address):
                raise ValidationError(self.env._("“%s” is not an e-mail address. Correct it.", rule.address))

    @api.model
    def _assigning_rule(self, event):
        """Return the first ``RuleSpec`` that assigns a client to ``event``, else ``None``."""
        specs = self._assigning_specs()
        try:
            return classify(self._prepare_facts(event, event.company), specs) if specs else None
        except OutOfTimeError:
            return None

    @api.model
    @settled_cache("self.env.lang")
    def _assigning_specs(self):
        """Return the active rules that assign a client, in order (cached)."""
        return tuple(spec for spec in self._specs() if spec.assigned_id)
