from odoo import api, fields, models

from ..events.crm_interaction_ranges_mixin import SEQUENCES
from ..events.settled_cache import settled_cache
from .phrases import Phrases, SearchedText


class CrmInteractionService(models.Model):
    """Store outsourced processes, e.g. payroll, which contracts cover and requests refer to."""

    _name = "crm.interaction.service"
    _inherit = [
        "crm.interaction.cached.mixin",
        "crm.interaction.in.use.mixin",
        "crm.interaction.words.mixin",
        "crm.interaction.ranges.mixin",
    ]
    _description = "Outsourced Service"
    _order = "sequence, id"
    _ranges = {"sequence": SEQUENCES}

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    words = fields.Text(
        "Words or Phrases",
        help="One word or phrase per line; a request that contains one of them, in any form, is about this service. "
        "A star stands for the rest of a word: payroll*",
    )
    project_ids = fields.One2many("project.project", "interaction_service_id", string="Projects")

    @api.model
    @settled_cache()
    def _phrases(self):
        """Return ``(service id, Phrases)`` of all services, in order (cached)."""
        # sudo: the poster may be a portal user; the cache must not depend on the first reader
        services = self.sudo().search([("words", "!=", False)])
        languages = self._stem_languages()
        return tuple((service.id, Phrases(service._word_lines(), languages)) for service in services)

    @api.model
    def _service_of(self, event):
        """Return the id of the service that a captured event refers to; 0 when unknown.

        The service of the project takes precedence, then the words of the message if they match one service only.
        """
        project = self.env["crm.interaction.rule"]._project(event.record)
        if project.interaction_service_id:
            return project.interaction_service_id.id
        text = SearchedText(event.words)
        found = [service_id for service_id, phrases in self._phrases() if phrases.occur(text)]
        return found[0] if len(found) == 1 else 0
