from collections import defaultdict

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
"""The models of all documents, each found by one look into an index."""


class CrmInteraction(models.Model):
    """The subject of a document is for who may read the document, whatever else of the interaction he or she sees.

    A page costs one query for each model of which the reader may read some documents only. The subject of a deleted
    document is shown.
    """

    _inherit = "crm.interaction"

    is_document_hidden = fields.Boolean(
        "Document Hidden",
        compute="_compute_is_document_hidden",
        help="You may not read the document, e.g. a private task, so its subject is not shown.",
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_document_hidden(self):
        hidden = self.browse() if self.env.su else self._with_hidden_document()
        for interaction in self:
            interaction.is_document_hidden = interaction in hidden

    def _with_hidden_document(self):
        """Return those of these interactions whose document the user may not read."""
        # sudo: who reads the name of a reference need not see the interaction
        keys = {interaction.id: (interaction.res_model, interaction.res_id) for interaction in self.sudo()}
        ids_by_model = defaultdict(set)
        for model, id_ in keys.values():
            if model and id_:
                ids_by_model[model].add(id_)
        hidden = {(model, id_) for model, ids in ids_by_model.items() for id_ in self._hidden_ids(model, ids)}
        return self.browse(id_ for id_, key in keys.items() if key in hidden)

    @api.model
    def _hidden_ids(self, model, ids):
        """Return those of ``ids`` (set) that are documents which the user may not read."""
        if self._reads_all(model):
            return ()
        left = ids.difference(self._readable_query(model, Domain("id", "in", ids)))
        # sudo: whether they exist
        return self._documents_of(model).sudo().browse(left).exists().ids if left else ()

    @api.model
    def _documents_of(self, model):
        return without_requested(self.env[model].sudo(False)).with_context(active_test=False)

    @api.model
    def _reads_all(self, model):
        """Return whether the user may read all documents of a model, as administrators of an app do."""
        if model not in self.env:
            return True
        documents = self._documents_of(model)
        if documents.env.su:
            return True
        rules = documents.env["ir.rule"]._compute_domain(model, "read")
        return documents.has_access("read") and rules.is_true() and own_domain(documents).is_true()

    @api.model
    def _readable_query(self, model, domain=Domain.TRUE):
        """Return the query of those documents in ``domain`` that the user may read."""
        documents = self._documents_of(model)
        if not documents.has_access("read"):
            return documents._as_query()
        return documents._search(domain & own_domain(documents))

    @api.model
    def _private_text(self):
        """Return what stands for the subject of a document that the reader may not read."""
        return self.env._("Private")

    # --- in SQL -------------------------------------------------------------------------

    @api.model
    def _hidden_sql(self, alias, text):
        """Return the SQL that says whether ``text`` (SQL), of a document, is hidden from the user; ``None``: never."""
        model, id_ = (self._field_to_sql(alias, name) for name in ("res_model", "res_id"))
        self.flush_model(["res_model", "res_id"])
        names = [name for (name,) in self.env.execute_query(SQL(DOCUMENT_MODELS)) if not self._reads_all(name)]
        if not names:
            return None
        cases = SQL(" ").join(SQL("WHEN %s THEN %s", name, self._unreadable_sql(name, id_)) for name in names)
        return SQL("COALESCE(%s <> '' AND CASE %s %s END, FALSE)", text, model, cases)

    @api.model
    def _unreadable_sql(self, model, id_):
        """Return the SQL that says whether the document with the id ``id_`` (SQL) exists and may not be read."""
        everything = self._documents_of(model).sudo()._search(Domain.TRUE)
        readable = self._readable_query(model)
        for query in (everything, readable):
            query.add_where(SQL("%s = %s", SQL.identifier(query.table, "id"), id_))
        one = SQL("1")
        return SQL("(EXISTS %s AND NOT EXISTS %s)", everything.subselect(one), readable.subselect(one))

    def _fetch_query(self, query, fields):
        """Fill the cache, which all users share, with texts as they are, and with what tells whose they are."""
        names = ("subject", "res_model", "res_id")
        if self._fields["subject"] in fields:
            fields = list(dict.fromkeys([*fields, *map(self._fields.get, names)]))
        return super(CrmInteraction, marked(self, TEXT))._fetch_query(query, fields).with_env(self.env)

    def _keeping_subject(self, vals):
        """Return those of which ``vals`` would replace a subject that the user does not see by what stands for it.

        :raises AccessError: when they replace it by another one.
        """
        hidden = self.filtered(lambda i: i.is_document_hidden and i.subject) if "subject" in vals else self.browse()
        if hidden and vals["subject"] != self._private_text():
            raise AccessError(
                self.env._(
                    "You may not read the document of this interaction. Ask somebody who may to change its subject."
                )
            )
        return hidden


def own_domain(documents):
    """Return what the model of ``documents`` says itself of who reads them (``Domain``)."""
    return getattr(documents, "_interaction_readable_domain", lambda: Domain.TRUE)()
