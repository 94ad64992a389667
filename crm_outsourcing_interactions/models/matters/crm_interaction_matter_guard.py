from contextlib import contextmanager

from odoo import models


class CrmInteractionMatter(models.Model):
    """Check around a change that it takes nothing away of matters that only some may take away."""

    _inherit = "crm.interaction.matter"

    @contextmanager
    def _guarded(self, weigh, refuse):
        """Check that what is done to these matters (sudo) leaves each its weight, or more.

        :param weigh: function of a matter, possibly empty, and the interactions it had; returns a number.
        :param refuse: called with the former name of a matter that has less.
        """
        rows = {matter: matter.with_context(active_test=False).interaction_ids for matter in self}
        before = {matter: (matter.display_name, weigh(matter, rows[matter])) for matter in self}
        yield
        for matter, (name, weight) in before.items():
            if weigh(matter.exists(), rows[matter].exists()) < weight:
                refuse(name)
