import logging

from odoo import api, models

from ..events.event import EVENT_DIRECTIONS
from ..events.reasons import because
from ..events.settled_cache import settled_cache
from . import learner

_logger = logging.getLogger(__name__)
NAME = "crm_interaction_text_model.json"
FIELD = "interaction_text_model"


class CrmInteractionLearner(models.AbstractModel):
    """Suggest a type for unclassified messages, learnt from the company's own confirmed interactions.

    The model is an attachment of the company in JSON, so that loading it executes nothing. It holds words of
    all users' messages; only the server may read it. A cron trains it if scikit-learn is installed; without
    scikit-learn or enough confirmed interactions there are no suggestions.
    """

    _name = "crm.interaction.learner"
    _description = "Learner of Interaction Types"

    @api.model
    def _cron_train(self):
        """Retrain the model of each company with suggestions enabled."""
        companies = self.env["res.company"].search([("interaction_suggest", "=", True)])
        self.env["crm.interaction.job"]._for_each_company("cron_train", companies, self._train)

    @api.model
    def _train(self, company):
        """Train on the confirmed interactions of ``company``; return the model, or ``None`` when there are too few."""
        if not learner.is_available():
            _logger.info("scikit-learn is not installed: no suggestions are learnt")
            return None
        model = learner.train(*self._samples(company), self.env["crm.interaction.words.mixin"]._stem_languages())
        if model:
            self._keep(company, model)
        return model

    @api.model
    def _samples(self, company):
        """Return texts and type ids of the messages classified by users, the latest first.

        Implemented in ``models/interaction``, above this room.
        """
        return [], []

    @api.model
    def _keep(self, company, model):
        attachment = self._attachment(company.id)
        attachment.unlink()
        place = {"res_model": "res.company", "res_id": company.id, "res_field": FIELD}
        values = {"name": NAME, "mimetype": "application/json", "raw": model.to_json().encode()}
        attachment.create({**place, **values})
        self.env.registry.clear_cache()

    @api.model
    def _attachment(self, company_id):
        # sudo: the company's model applies whoever posts the message
        domain = [("res_model", "=", "res.company"), ("res_id", "=", company_id), ("res_field", "=", FIELD)]
        return self.env["ir.attachment"].sudo().search(domain)

    @api.model
    @settled_cache("company_id")
    def _model(self, company_id):
        """Return the ``learner.TextModel`` of a company, or ``None`` (cached)."""
        attachment = self._attachment(company_id)[:1]
        try:
            return (attachment and learner.TextModel.from_json(attachment.raw)) or None
        except ValueError:
            _logger.warning("The text model of company %s cannot be read; it will be learnt anew", company_id)
            return None

    @api.model
    @settled_cache("direction")
    def _allowed_types(self, direction):
        # sudo: as above
        types = (
            self.env["crm.interaction.type"].sudo().search([("direction", "=", direction), ("is_group", "=", False)])
        )
        return frozenset(types.ids)

    @api.model
    def _suggested(self, events):
        """Suggest a type for the messages among ``events`` without a type and without a reason for review."""
        for event in events:
            if event.is_untyped and event.message_id and not event.hint:
                event.vals |= self._suggest(event)
        return events

    @api.model
    def _suggest(self, event):
        """Return the interaction values of the suggestion for ``event``; empty at low confidence."""
        settings = event.settings
        model = self._model(event.company.id) if settings["interaction_suggest"] else None
        if not model:
            return {}
        suggestion = model.suggest(event.words, self._allowed_types(EVENT_DIRECTIONS.get(event.code)))
        if not suggestion or suggestion.confidence < settings["interaction_suggest_threshold"]:
            return {}
        # sudo: as above
        type_ = self.env["crm.interaction.type"].sudo().browse(suggestion.type_id)
        return {
            "type_id": type_.id,
            "kind_id": type_.kind_id.id,
            "direction": type_.direction,
            "classified_by": "suggestion",
            "state": "confirmed" if self._is_trusted(model, type_, settings) else "to_review",
            "why": because("learnt", percent=round(100 * suggestion.confidence)),
            "suggested_words": ", ".join(suggestion.words),
        }

    @api.model
    def _is_trusted(self, model, type_, settings):
        """Return whether suggestions of a type count as confirmed: enabled on the type, and precise enough."""
        precision = model.metrics["types"].get(type_.id, {}).get("precision", 0)
        return type_.confirms_suggestions and precision >= settings["interaction_confirm_precision"]

    @api.model
    def _report(self, company):
        """Return the model's quality for Settings: ``{"available", "n", "lines", "confusion"}``."""
        model = self._model(company.id)
        metrics = model.metrics if model else {"n": 0, "types": {}, "confusion": []}
        types = self.env["crm.interaction.type"].with_context(active_test=False).browse(metrics["types"])
        lines = [{"type": type_, **metrics["types"][type_.id]} for type_ in types.exists()]
        return {
            "available": learner.is_available(),
            "needed": learner.SMALLEST_SAMPLE,
            "n": metrics["n"],
            "lines": lines,
            "confusion": metrics["confusion"],
        }
