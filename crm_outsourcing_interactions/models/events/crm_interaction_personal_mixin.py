import re

from odoo import api, models
from odoo.tools import SQL

from .crm_interaction_protected_mixin import BY_CODE
from .marks import marked


def address_pattern(addresses):
    """Return a pattern for Python and PostgreSQL that matches the addresses (list of str), but not inside longer ones.

    >>> find = re.compile(address_pattern(["anna@x.example"]), re.IGNORECASE).search
    >>> bool(find("To: Anna <Anna@X.example>.")), bool(find("johanna@x.example")), bool(find("anna@x.example.com"))
    (True, False, False)
    """
    return rf"(?<![\w.+-])(?:{'|'.join(map(re.escape, addresses))})(?![\w-]|\.\w)"


def naming_sql(model, names, words):
    """Return the condition (SQL) that the stored fields ``names`` contain one of the ``words`` (list of str).

    Translated fields are searched in all languages.
    """
    texts = SQL(", ").join(SQL("%s::text", SQL.identifier(model._table, name)) for name in names)
    return SQL("concat_ws(' ', %s) ~* %s", texts, address_pattern(words))


class CrmInteractionPersonalMixin(models.AbstractModel):
    """Find and anonymise records whose texts may contain personal data.

    Odoo's *Privacy Lookup* lists these records and, instead of deleting them, calls ``_anonymise``. ::

        class CrmInteractionThing(models.Model):
            _inherit = ["crm.interaction.personal.mixin"]
            _personal_texts = ("note",)
    """

    _name = "crm.interaction.personal.mixin"
    _description = "Can Be Anonymised"
    _personal_texts = ()
    """Names of the stored fields, text or JSON, that may contain an address."""

    @api.model
    def _naming(self, addresses):
        """Return the records visible to the user that contain one of the ``addresses`` (list of str)."""
        if not addresses or not self._personal_texts:
            return self.browse()
        self.flush_model(self._personal_texts)
        query = SQL("SELECT id FROM %s WHERE %s", SQL.identifier(self._table), self._naming_sql(addresses))
        ids = [id_ for (id_,) in self.env.execute_query(query)]
        return self.with_context(active_test=False).search([("id", "in", ids)])

    @api.model
    def _naming_sql(self, addresses):
        """Return the condition (SQL) that a record's texts contain one of the ``addresses`` (list of str)."""
        return naming_sql(self, self._personal_texts, addresses)

    def _anonymise(self):
        """Empty the texts. Call it in sudo after checking the user's rights."""
        self._write_anonymised(dict.fromkeys(self._personal_texts, False))

    def _write_anonymised(self, vals):
        """Write ``vals``, also fields that only code may write."""
        marked(self, BY_CODE).write(vals)
