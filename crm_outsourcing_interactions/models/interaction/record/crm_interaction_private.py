from collections import defaultdict
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...events.marks import marked, without_requested
from .document_char import TEXT

DOCUMENT_MODELS = """
    WITH RECURSIVE found AS (
        SELECT min(res_model) AS name FROM crm_interaction WHERE res_id IS NOT NULL
        UNION ALL
        SELECT (SELECT min(res_model) FROM crm_interaction WHERE res_id IS NOT NULL AND res_model > found.name)
          FROM found WHERE found.name IS NOT NULL)
    SELECT name FROM found WHERE name IS NOT NULL
"""
"""Query of the distinct models of documents, by one index lookup each."""
PREVIEW = 190
"""Number of characters of a preview, as in Odoo's messages."""


class CrmInteraction(models.Model):
    """Hide the subject of a document from users who may not read the document.

    A page costs one query per model with partial read access. Subjects of deleted documents are shown.
    """

    _inherit = "crm.interaction"

    is_document_hidden = fields.Boolean(
        "Document Hidden",
        compute="_compute_is_document_hidden",
        help="Hides the subject when you have no access to the document, e.g. a private task.",
    )

    message_preview = fields.Char(
        compute="_compute_message_preview", help="First words of the message, e.g. “Please send the invoice”."
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_document_hidden(self):
        hidden = self.browse() if self.env.su else self._with_hidden_document()
        for interaction in self:
            interaction.is_document_hidden = interaction in hidden

    @api.depends("message_id", "direction")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_message_preview(self):
        readable = self.message_id if self.env.su else self.message_id._filtered_access("read")
        for interaction in self:
            message = interaction.message_id if interaction.message_id in readable else readable.browse()
            text = message._interaction_text(interaction.direction, with_subject=False)
            interaction.message_preview = shorten(text, PREVIEW) if message else False

    def _with_hidden_document(self):
        """Return the interactions whose document the user may not read."""
        # sudo: a reader of a reference's name may lack access to the interaction
        keys = {interaction.id: (interaction.res_model, interaction.res_id) for interaction in self.sudo()}
        ids_by_model = defaultdict(set)
        for model, id_ in keys.values():
            if model and id_:
                ids_by_model[model].add(id_)
        hidden = {(model, id_) for model, ids in ids_by_model.items() for id_ in self._hidden_ids(model, ids)}
        return self.browse(id_ for id_, key in keys.items() if key in hidden)

    @api.model
    def _hidden_ids(self, model, ids):
        """Return the ids in ``ids`` (set) of existing documents that the user may not read."""
        if self._reads_all(model):
            return ()
        left = ids.difference(self._readable_query(model, Domain("id", "in", ids)))
        # sudo: only whether they exist
        return self._documents_of(model).sudo().browse(left).exists().ids if left else ()

    @api.model
    def _documents_of(self, model):
        return without_requested(self.env[model].sudo(False)).with_context(active_test=False)

    @api.model
    def _reads_all(self, model):
        """Return whether the user may read all documents of a model, e.g. as the administrator of an app."""
        if model not in self.env:
            return True
        documents = self._documents_of(model)
        if documents.env.su:
            return True
        rules = documents.env["ir.rule"]._compute_domain(model, "read")
        return documents.has_access("read") and rules.is_true() and own_domain(documents).is_true()

    @api.model
    def _readable_query(self, model, domain=Domain.TRUE):
        """Return the query of the documents in ``domain`` that the user may read."""
        documents = self._documents_of(model)
        if not documents.has_access("read"):
            return documents._as_query()
        return documents._search(domain & own_domain(documents))

    @api.model
    def _private_text(self):
        """Return the placeholder for the subject of a document that the reader may not read."""
        return self.env._("Private")

    # --- in SQL -------------------------------------------------------------------------

    @api.model
    def _hidden_sql(self, alias, text):
        """Return the SQL condition that the document's ``text`` (SQL) is hidden from the user; ``None``: never."""
        model, id_ = (self._field_to_sql(alias, name) for name in ("res_model", "res_id"))
        self.flush_model(["res_model", "res_id"])
        names = [name for (name,) in self.env.execute_query(SQL(DOCUMENT_MODELS)) if not self._reads_all(name)]
        if not names:
            return None
        cases = SQL(" ").join(SQL("WHEN %s THEN %s", name, self._unreadable_sql(name, id_)) for name in names)
        return SQL("COALESCE(%s <> '' AND CASE %s %s END, FALSE)", text, model, cases)

    @api.model
    def _unreadable_sql(self, model, id_):
        """Return the SQL condition that the document with the id ``id_`` (SQL) exists and is not readable."""
        everything = self._documents_of(model).sudo()._search(Domain.TRUE)
        readable = self._readable_query(model)
        for query in (everything, readable):
            query.add_where(SQL("%s = %s", SQL.identifier(query.table, "id"), id_))
        one = SQL("1")
        return SQL("(EXISTS %s AND NOT EXISTS %s)", everything.subselect(one), readable.subselect(one))

    def _fetch_query(self, query, fields):
        """Fetch original texts into the shared cache, along with the document references for access checks."""
        names = ("subject", "res_model", "res_id")
        if self._fields["subject"] in fields:
            fields = list(dict.fromkeys([*fields, *map(self._fields.get, names)]))
        return super(CrmInteraction, marked(self, TEXT))._fetch_query(query, fields).with_env(self.env)

    def _keeping_subject(self, vals):
        """Return the interactions whose hidden subject ``vals`` would overwrite with its placeholder.

        :raises AccessError: when ``vals`` overwrite a hidden subject with another text.
        """
        hidden = self.filtered(lambda i: i.is_document_hidden and i.subject) if "subject" in vals else self.browse()
        if hidden and vals["subject"] != self._private_text():
            raise AccessError(
                self.env._(
                    "You have no access to the document of this interaction. Ask a colleague with access to change "
                    "its subject."
                )
            )
        return hidden


def own_domain(documents):
    """Return the ``Domain`` by which the model of ``documents`` itself restricts reading."""
    return getattr(documents, "_interaction_readable_domain", lambda: Domain.TRUE)()
