from odoo import fields
from odoo.tools import SQL

from ...events.marks import mark, marked

TEXT = "interaction_document_text"
"""Mark to read the original column; its value may be another SQL to use instead of the column."""


class DocumentChar(fields.Char):
    """Store a text copied from a document, shown as a placeholder to users who may not read the document.

    Column and shared cache contain the original text. It is replaced on access and in SQL, so that searching, sorting
    and grouping disclose no more than reading. The model determines hidden documents, see
    ``crm_interaction_private.py``.
    """

    def __get__(self, record, owner=None):
        value = super().__get__(record, owner)
        if record is None or not value or record.env.su or not record.is_document_hidden:
            return value
        return record._private_text()

    def to_sql(self, model, alias):
        text = super().to_sql(model, alias)
        if model.env.su or mark(model.env, TEXT) is True:
            return text
        if other := mark(model.env, TEXT):
            return other
        if hidden := model._hidden_sql(alias, text):
            return SQL("CASE WHEN %s THEN %s ELSE %s END", hidden, model._private_text(), text)
        return text

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        """Compare the text first, which is cheap, so that access is checked for few rows."""
        as_stored = super().condition_to_sql(field_expr, operator, value, marked(model, TEXT), alias, query)
        hidden = None if model.env.su else model._hidden_sql(alias, self.to_sql(marked(model, TEXT), alias))
        if not hidden:
            return as_stored
        neutral = marked(model, TEXT, SQL("%s::varchar", model._private_text()))
        as_neutral = super().condition_to_sql(field_expr, operator, value, neutral, alias, query)
        return SQL("((%s) AND NOT %s OR (%s) AND %s)", as_stored, hidden, as_neutral, hidden)
