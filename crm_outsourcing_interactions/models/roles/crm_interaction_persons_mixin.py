import re

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, Query

from .persons import named, person_field, restricted

READER = ("uid", "allowed_company_ids")
"""Context on which the value of a field depends that ``_person_to_sql`` gives."""
GROUP_BY = re.compile(r"'group_by'\s*:\s*'([^']+)'")


class CrmInteractionPersonsMixin(models.AbstractModel):
    """Keep figures by person from readers who may not see them, by the setting *Names in Figures*.

    Such a reader may not group, filter, sort, aggregate or export by a member of staff, whatever the path to it, unless
    the domain, or the exported records, name only persons whose figures the reader may see. A record still shows its
    own persons. The check is in the methods that all requests end in; code in sudo, and record rules, pass. ::

        class CrmInteractionThing(models.Model):
            _inherit = ["crm.interaction.persons.mixin"]
    """

    _name = "crm.interaction.persons.mixin"
    _description = "Has Figures by Person"

    @api.model
    def _refuse_persons(self, path):
        label = person_field(self, path)[0]._description_string(self.env)
        if self.env["res.users"]._interaction_names() == "nobody":
            raise AccessError(
                self.env._(
                    "Figures by person (%s) are switched off, see Names in Figures in the settings. Group or filter "
                    "by client, service or type instead, or filter by yourself first.",
                    label,
                )
            )
        raise AccessError(
            self.env._(
                "You see figures by person (%s) of your own team only, see Names in Figures in the settings: your own "
                "and those of the accountants of the clients you supervise. Filter by one of them first, selected from "
                "the list.",
                label,
            )
        )

    @api.model
    def _check_persons(self, domain, specs=()):
        """Check that the reader may see the figures by person that a request asks for.

        :param domain: of the records.
        :param specs: groupings, aggregates and fields to sort by.
        :raises AccessError: when they name other persons.
        """
        shown = self.env["res.users"]._interaction_shown_in_figures()
        if shown is None:
            return
        domain = Domain(domain)
        for path, ids in named(self, domain):
            if ids is None or not shown.issuperset(ids):
                self._refuse_persons(path)
        for path in {person_field(self, spec)[1] for spec in specs} - {"", *restricted(self, domain)}:
            self._refuse_persons(path)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if not isinstance(domain, Query):
            self._check_persons(domain, terms_of(order) if order != self._order else ())
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        if not isinstance(domain, Query):
            conditions = [leaf[0] for leaf in having if not isinstance(leaf, str)]
            self._check_persons(domain, [*groupby, *aggregates, *conditions, *terms_of(order)])
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        if not isinstance(domain, Query):
            specs = [spec for groupby in grouping_sets for spec in groupby]
            self._check_persons(domain, [*specs, *aggregates, *terms_of(order)])
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if alias != self._table:  # grouping of another model, of which nobody has checked the path
            self._check_persons(Domain.TRUE, [groupby_spec])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _export_rows(self, fields, **kwargs):
        shown = self.env["res.users"]._interaction_shown_in_figures()
        if shown is not None:
            for path in fields:
                self._check_persons_exported("/".join(path), shown)
        return super()._export_rows(fields, **kwargs)

    def _check_persons_exported(self, column, shown):
        """Check that a column of these records, if it is of persons, names only those in ``shown`` (ids)."""
        field, path = person_field(self, column)
        if not field:
            return
        # sudo: the reader need not have access to what the persons are looked up in
        found = self.sudo().mapped(path)
        is_shown = shown.issuperset(found.ids) if field.comodel_name == "res.users" else not any(found)
        if not is_shown:
            self._refuse_persons(path)

    @api.model
    def _person_to_sql(self, column):
        """Return the SQL of a user's id, given as SQL, that is ``NULL`` for persons whose figures are hidden."""
        shown = self.env["res.users"]._interaction_shown_in_figures()
        return column if shown is None else SQL("CASE WHEN %s = ANY(%s) THEN %s END", column, list(shown), column)

    # --- on screen --------------------------------------------------------------------

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env["res.users"]._interaction_names())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Remove persons by which a pivot or graph is grouped at first and, for nobody's figures, from the searches."""
        arch, view = super()._get_view(view_id, view_type, **options)
        names = self.env["res.users"]._interaction_names()
        if names == "everybody" or view_type not in ("pivot", "graph", "search"):
            return arch, view
        for node in list(arch.iter("field", "filter")) if view_type != "search" or names == "nobody" else ():
            grouped = GROUP_BY.search(node.get("context", ""))
            path = node.get("name") if node.tag == "field" else grouped and grouped[1]
            if path and node.get("type") != "measure" and person_field(self, path)[0]:
                node.getparent().remove(node)
        return arch, view


def terms_of(order):
    """Return the fields and aggregates of a sort order (str, may be empty).

    >>> terms_of("user_id desc, date:month, __count desc nulls last"), terms_of(None)
    (['user_id', 'date:month', '__count'], [])
    """
    return [part.split()[0] for part in (order or "").split(",") if part.strip()]
