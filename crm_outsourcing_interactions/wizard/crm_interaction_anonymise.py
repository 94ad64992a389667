from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..models.events.actions import CLOSE, notification_action
from ..models.events.crm_interaction_personal_mixin import naming_sql
from ..models.events.groups import MANAGER

MENTIONING = {
    "crm.interaction.kind": ("name", "client_name", "description"),
    "crm.interaction.type": ("name", "short_name", "client_name", "description"),
    "crm.interaction.service": ("name", "words"),
    "crm.interaction.rule": ("name", "words", "domain"),
    "crm.interaction.target": ("name", "client_text"),
    "crm.interaction.corrective.action": ("name", "description", "client_text"),
    "crm.interaction.method.change": ("name",),
}
"""Texts of the shared configuration that may name a person."""


class CrmInteractionAnonymise(models.TransientModel):
    """Confirm before personal data of contacts are irreversibly erased from interactions."""

    _name = "crm.interaction.anonymise"
    _description = "Anonymise Interactions"

    partner_ids = fields.Many2many(
        "res.partner", string="Contacts to Anonymise", required=True, default=lambda self: self._default_partners()
    )
    record_count = fields.Integer(
        "Records",
        compute="_compute_record_count",
        help="Interactions, notes and capture errors that name the contacts.",
    )

    hidden_count = fields.Integer("Hidden Records", compute="_compute_record_count")
    mentions = fields.Html("Still Mentioned Here", compute="_compute_mentions")

    @api.model
    def _default_partners(self):
        ids = self.env.context.get("active_ids") if self.env.context.get("active_model") == "res.partner" else ()
        return self.env["res.partner"].browse(ids)

    @api.depends("partner_ids")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = sum(map(len, wizard._personal_records()))
            wizard.hidden_count = self.env["crm.interaction"]._hidden_personal_count(wizard.partner_ids._origin)

    @api.depends("partner_ids")
    def _compute_mentions(self):
        """List the configuration records that name the persons, with links; shared records are not erased."""
        for wizard in self:
            found = wizard._mentions(wizard.partner_ids._origin)
            lines = [wizard._mention(record) for records in found for record in records]
            wizard.mentions = lines and Markup("<ul>%s</ul>") % Markup().join(lines)

    @api.model
    def _mentions(self, partners):
        """Return the configuration whose texts contain an address or name of ``partners`` (list of recordsets).

        The user decides on each record, because it is shared.
        """
        words = [*partners._interaction_addresses(), *filter(None, partners.mapped("name"))]
        found = []
        for name, texts in MENTIONING.items() if words else ():
            model = self.env[name].with_context(active_test=False)
            model.flush_model(texts)
            query = SQL("SELECT id FROM %s WHERE %s", SQL.identifier(model._table), naming_sql(model, texts, words))
            found.append(model.search([("id", "in", [id_ for (id_,) in self.env.execute_query(query)])]))
        return found

    @api.model
    def _mention(self, record):
        label = self.env["ir.model"]._get(record._name).sudo().name  # sudo: only the name of a model
        line = Markup('<li>%s: <a href="/odoo/%s/%s" target="_blank">%s</a></li>')
        return line % (label, record._name, record.id, record.display_name)

    def _personal_records(self):
        return self.env["crm.interaction"]._personal_records(self.partner_ids._origin)

    def action_anonymise(self):
        """Erase personal data of the contacts from the interactions that the manager may see; figures stay unchanged.

        :raises AccessError: when the user is not a manager of the addon.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of Client Interactions may anonymise."))
        count, hidden = 0, self.hidden_count
        for records in self._personal_records():
            count += len(records)
            records.sudo()._anonymise()  # sudo: only code writes these fields; the manager sees the records
        message = self.env._("Records anonymised: %s.", count)
        if hidden:
            message += " " + self.env._("Not anonymised, because you have no access to them: %s.", hidden)
        return notification_action(message, then=CLOSE)
