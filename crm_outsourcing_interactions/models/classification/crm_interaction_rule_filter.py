from ast import literal_eval

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from .document_filter import check_filter, check_model

LONGEST_VALUE = 60
"""Number of characters of a refused value that the error shows."""


class CrmInteractionRule(models.Model):
    """Add the document filter, evaluated with the rights of its author, never as the superuser of capture.

    The author is the last user to write the filter. Once that user is archived or loses access to a filtered field,
    the rule matches nothing and ``fault`` holds the reason; capture goes on.
    """

    _inherit = "crm.interaction.rule"

    domain = fields.Char("Document Filter", help="Only documents that satisfy this filter.")
    domain_author_id = fields.Many2one(
        "res.users",
        "Filter Author",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The filter finds only documents that this user may read.",
    )
    fault = fields.Char(
        "Error",
        compute="_compute_fault",
        help="Reason why the rule never matches, e.g. the author of its filter has left.",
    )

    can_filter = fields.Boolean(compute="_compute_can_filter")

    @api.depends("model_name")
    @api.depends_context("uid")
    def _compute_can_filter(self):
        """Offer no filter on documents that the user may not read: it would find none."""
        for rule in self:
            rule.can_filter = rule.model_name in self.env and self.env[rule.model_name].has_access("read")

    def _note_filter_author(self):
        """Record the current user as the author of these filters, which were just written."""
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
            if fault := self._find_filter_fault(rule.model_name, rule.domain, self.env.user, is_new=True):
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
    def _find_filter_fault(self, model_name, domain, author, is_new=False):
        """Return why ``author`` may not evaluate ``domain`` (str) on ``model_name``; empty when valid or when the app
        of the document is not installed.

        :param bool is_new: also ask the database whether it accepts the values.
        """
        # sudo: any user may see whether a colleague is archived
        if not author.sudo().exists() or not (author.sudo().active or author.id == SUPERUSER_ID):
            return self.env._("The author of this filter has left. Save the filter again to become its author.")
        if model_name not in self.env:
            return ""
        model = self._as_filter_author(self.env[model_name], author)
        try:
            conditions = list(Domain(literal_eval(domain)).iter_conditions())
            check_model(model)
        except AccessError as error:
            return str(error)
        except Exception:
            return self.env._(
                "It cannot be read. Select its conditions in the filter editor, with fixed values instead of "
                "expressions such as “uid”."
            )
        return next(filter(None, (self._find_condition_fault(model, one, is_new) for one in conditions)), "")

    @api.model
    def _find_condition_fault(self, model, condition, is_new):
        """Return why the user of ``model`` may not evaluate one condition of a filter; empty when valid."""
        try:
            check_filter(model, condition)
            condition.validate(model)
            if is_new:
                with self.env.cr.savepoint(flush=False):  # only the database recognises some values, e.g. a NUL
                    model.search_count(condition & Domain("id", "=", -1))
        except AccessError as error:
            return str(error)
        except Exception:
            return self.env._(
                "The condition on “%(field)s” with the value %(value)s is not possible. Correct it.",
                field=condition.field_expr,
                value=repr(condition.value)[:LONGEST_VALUE],
            )
        return ""

    @api.model
    def _as_filter_author(self, records, author):
        """Return ``records`` with the rights of ``author`` in all of his or her companies, ignoring the context."""
        author = author.sudo()  # the poster may be a portal user
        context = {"active_test": False, "allowed_company_ids": author.company_ids.ids}
        lang = {"lang": author.lang} if author.lang else {}
        return records.with_env(self.env(user=author.id, context={**context, **lang, "tz": author.tz}, su=False))

    @api.model
    def _is_in_domain(self, record, spec):
        """Return whether a document that the author may read satisfies the filter of a rule (``RuleSpec``).

        A search applies access rules, which cached values would bypass. The savepoint confines database errors.
        """
        author = self.env["res.users"].browse(spec.author_id)
        if self._find_filter_fault(record._name, spec.domain, author):
            return False
        domain = Domain(literal_eval(spec.domain)) & Domain("id", "=", record.id)
        with self.env.cr.savepoint(flush=False):
            return bool(self._as_filter_author(record, author).search_count(domain, limit=1))
