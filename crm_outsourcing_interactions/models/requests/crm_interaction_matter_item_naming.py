from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from ..events.crm_interaction_named_mixin import divisions
from .file_faults import content_of
from .file_names import likeness, named_months
from .file_types import fault_of
from .periods import month_words, period_title


class CrmInteractionMatterItem(models.Model):
    """Name items where those of several lists can be chosen, and find the item to which a file belongs."""

    _inherit = "crm.interaction.matter.item"

    @api.depends("name", "list_id.period", "list_id.period_length")
    @api.depends_context("lang", "interaction_dates")
    def _compute_display_name(self):
        """Name the document; in a choice among those of one client (``interaction_dates``) also its period."""
        is_choice = self.env.context.get("interaction_dates")
        for item in self:
            item.display_name = " · ".join(filter(None, (item.name, is_choice and item._period_title())))

    @api.model
    def _named(self, name, operator):
        documents = [document for document, _period in divisions(name, " · ")]
        items = self.with_context(interaction_dates=True).search(Domain("name", "in", documents))
        found = items.filtered(lambda item: name.lower() in item.display_name.lower())
        return Domain("id", "in", found.ids)

    def _period_title(self):
        """Return the period of the list of this item as a heading (str), see ``period_title``."""
        list_ = self.list_id
        return list_.period and period_title(self.env, list_.period, list_.period_length)

    def _of_file(self, file):
        """Return the one of these items to which a ``file`` (``ir.attachment``) probably belongs, possibly none.

        Of items for several months, a name with a month means one of them: *statement October.csv*, *акт 11.2026.pdf*.
        """
        if fault_of(file.name, content_of(file)):
            return self.browse()
        if len(self) == 1:
            return self
        words = month_words({*filter(None, self.partner_id.mapped("lang")), get_lang(self.env).code})
        months = named_months(file.name, words)
        meant = self.filtered(lambda item: item._is_of_months(months)) or self
        fits = {item: likeness(item.name, file.name) for item in meant}
        best = max(fits.values(), default=0)
        found = meant.filtered(lambda item: best and fits[item] == best)
        return found if len(found) == 1 else self.browse()

    def _is_of_months(self, months):
        """Return whether the list of this item is for one of ``months``, see ``named_months``."""
        list_ = self.list_id
        if list_.period_length != "month":
            return False
        return any(month == list_.period.month and year in (None, list_.period.year) for month, year in months)
