from odoo import models
from odoo.tools import SQL, email_normalize

PERSONAL = "crm.interaction.personal.mixin"


class PrivacyLookupWizard(models.TransientModel):
    """Add records with the contact's address in a text to Odoo's *Privacy Lookup*, besides those that refer to it."""

    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        query = super()._get_query()
        addresses = [email_normalize(self.email.strip())]
        for name in self.pool.descendants([PERSONAL], "_inherit"):
            if not self.env[name]._abstract:
                query = SQL("%s UNION ALL %s", query, self._naming_query(self.env[name], addresses))
        return query

    def _naming_query(self, model, addresses):
        """Return the rows of ``model`` that Odoo does not find: those that name the person in a text only."""
        query = SQL(
            "SELECT %s AS res_model_id, id AS res_id, %s AS is_active FROM %s WHERE %s",
            self.env["ir.model"]._get_id(model._name),
            SQL.identifier("active") if "active" in model else True,
            SQL.identifier(model._table),
            model._naming_sql(addresses),
        )
        if "partner_id" not in model or model._fields["partner_id"].ondelete == "cascade":
            return query
        people = SQL("(SELECT id FROM indirect_references)")
        pointing = [name for name in ("partner_id", "commercial_partner_id") if name in model]
        others = [SQL("COALESCE(%s, 0) NOT IN %s", SQL.identifier(name), people) for name in pointing]
        return SQL("%s AND %s", query, SQL(" AND ").join(others))


class PrivacyLookupWizardLine(models.TransientModel):
    """Anonymise the addon's records instead of deleting or archiving them, so that past figures do not change."""

    _inherit = "privacy.lookup.wizard.line"

    def _onchange_is_active(self):
        ours = self.filtered(lambda line: line._is_personal() and not line.is_active)
        ours._anonymise_record()
        return super(PrivacyLookupWizardLine, self - ours)._onchange_is_active()

    def action_unlink(self):
        """Anonymise a record of ours; delete others."""
        self.ensure_one()
        if self.is_unlinked or not self._is_personal():
            return super().action_unlink()
        return self._anonymise_record()

    def _is_personal(self):
        return self.res_model in self.pool.descendants([PERSONAL], "_inherit")

    def _anonymise_record(self):
        for line in self:
            # sudo: as Odoo deletes
            self.env[line.res_model].sudo().browse(line.res_id).exists()._anonymise()
            details = {"model": line.res_model_id.name, "id": line.res_id}
            line.execution_details = self.env._("Anonymised %(model)s #%(id)s", **details)
            line.is_unlinked = True
