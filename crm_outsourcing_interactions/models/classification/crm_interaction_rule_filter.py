from ast import literal_eval

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .document_filter import check_filter


class CrmInteractionRule(models.Model):
    """The document filter of a rule: evaluated as its author, never as the superuser in whose name capture works.

    Author is who wrote the filter last. Once that user has left or may no longer read what the filter asks, the rule
    fits nothing and ``fault`` says why; capture goes on.
    """

    _inherit = "crm.interaction.rule"

    domain = fields.Char("Document Filter", help="Only documents that satisfy this filter.")
    domain_author_id = fields.Many2one(
        "res.users",
        "Filter Author",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The filter finds only what this user may read.",
    )
    fault = fields.Char(
        "Problem", compute="_compute_fault", help="Why the rule fits nothing, e.g. its author has left."
    )

    def _note_filter_author(self):
        """Note that the user answers for these filters, which were just written."""
        if self:
            self._by_code().write({"domain_author_id": self.env.uid})

    @api.onchange("model_name")
    def _onchange_model_name(self):
        self.domain = False

    @api.constrains("domain", "model_name")
    def _check_domain(self):
        for rule in self.filtered("domain"):
            if not rule.model_name:
                raise ValidationError(self.env._("A document filter needs a kind of document. Choose one."))
            fault = self._find_filter_fault(rule.model_name, rule.domain, self.env.user)
            if fault := fault or self._find_value_fault(rule.model_name, rule.domain):
                raise ValidationError(
                    self.env._("The document filter of “%(rule)s” is not valid: %(error)s", rule=rule.name, error=fault)
                )

    @api.depends("domain", "model_name", "domain_author_id", "words")
    @api.depends_context("lang")
    def _compute_fault(self):
        for rule in self:
            rule.fault = rule._find_words_fault() or (
                rule.domain and rule._find_filter_fault(rule.model_name, rule.domain, rule.domain_author_id)
            )

    @api.model
    def _find_filter_fault(self, model_name, domain, author):
        """Return why ``author`` may not evaluate ``domain`` (str) on documents of ``model_name``; empty when all is
        well, or the app of the document is not installed."""
        # sudo: whether a colleague has left, anybody may be told
        if not author.sudo().exists() or not (author.sudo().active or author.id == SUPERUSER_ID):
            return self.env._("Its author has left. Save the filter again to become its author.")
        if model_name not in self.env:
            return ""
        model = self._as_filter_author(self.env[model_name], author)
        try:
            domain = Domain(literal_eval(domain))
            domain.validate(model)
            check_filter(model, domain)
        except Exception as error:
            return str(error)
        return ""

    @api.model
    def _find_value_fault(self, model_name, domain):
        """Return why the database refuses a value of ``domain`` (str), e.g. a NUL character; empty when it does not."""
        if model_name not in self.env:
            return ""
        try:
            with self.env.cr.savepoint(flush=False):
                self.env[model_name].search_count(Domain(literal_eval(domain)) & Domain("id", "=", -1))
        except Exception as error:
            return str(error)
        return ""

    @api.model
    def _as_filter_author(self, records, author):
        """Return ``records`` as ``author`` sees them: in all of his or her companies, whatever the context says."""
        author = author.sudo()  # the poster may be a portal user
        context = {"active_test": False, "allowed_company_ids": author.company_ids.ids}
        lang = {"lang": author.lang} if author.lang else {}
        return records.with_env(self.env(user=author.id, context={**context, **lang, "tz": author.tz}, su=False))

    @api.model
    def _is_in_domain(self, record, spec):
        """Return whether a document satisfies the filter of a rule (``RuleSpec``), as far as its author may see.

        It is searched: of what is in the cache nobody asks again who may read it. A fault of the database in it is
        undone alone.
        """
        author = self.env["res.users"].browse(spec.author_id)
        if self._find_filter_fault(record._name, spec.domain, author):
            return False
        domain = Domain(literal_eval(spec.domain)) & Domain("id", "=", record.id)
        with self.env.cr.savepoint(flush=False):
            return bool(self._as_filter_author(record, author).search_count(domain, limit=1))
