import logging
from functools import cache

from odoo import api, models
from odoo.tools import file_open

from ..events.reasons import because
from ..events.settled_cache import settled_cache
from . import learner
from .suggester import Question, Read, Suggester
from .text_model import NO_METRICS, TextModel, fact

_logger = logging.getLogger(__name__)
NAME = "crm_interaction_text_model.json"
FIELD = "interaction_text_model"
STARTER = "crm_outsourcing_interactions/data/files/starter_model.json"
SEEDS = "type_"
"""Beginning of the external identifiers of the seeded types, followed by their code: ``type_1_1_2``."""


class CrmInteractionLearner(models.AbstractModel):
    """Suggest types for messages: from the first day by the starter model, corrected by the firm's own tags.

    The starter was trained on made-up messages (``setup/train_starter.py``). The company's model is an attachment in
    JSON, so that loading it executes nothing. It holds words of all users' messages; only the server may read it. A
    cron trains it if SciPy is installed; without SciPy or tags the starter works alone.
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
        """Train on the confirmed interactions of ``company``; return the model, or ``None`` when there are none."""
        if not learner.is_available():
            _logger.info("SciPy is not installed: the starter model suggests types, nothing is learnt")
            return None
        languages = self.env["crm.interaction.words.mixin"]._stem_languages()
        model = learner.train(self._samples(company), languages)
        if model:
            self._keep(company, model)
        return model

    @api.model
    def _samples(self, company):
        """Return the messages classified by users (list of ``learner.Sample``), the latest first.

        Implemented in ``models/interaction``, above this room.
        """
        return []

    @api.model
    def _prepare_sample(self, text, facts, type_id, directions):
        """Return a ``learner.Sample`` with the scores of the starter.

        :param directions: ``{type id: direction}`` of all types that can be chosen.
        """
        allowed = frozenset(id_ for id_, direction in directions.items() if direction == directions[type_id])
        prior = Suggester(self._starter(), self._seeded_codes()).starter_scores(Read(text), facts, allowed)
        return learner.Sample(text, type_id, facts, allowed, prior)

    @api.model
    def _facts(self, client_id, model, channel, has_attachment, previous=""):
        """Return the facts of a message (tuple of names) that the models know beside its text.

        :param previous: type id, or direction, of the interaction before it in the thread (str, may be empty).
        """
        attachment = [fact("attachment", "yes")] if has_attachment else []
        before = [fact("previous", previous)] if previous else []
        return (fact("client", client_id), fact("document", model), fact("channel", channel), *attachment, *before)

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
        """Return the ``TextModel`` of a company, or ``None`` (cached)."""
        attachment = self._attachment(company_id)[:1]
        try:
            return (attachment and TextModel.from_json(attachment.raw)) or None
        except ValueError:
            _logger.warning("The text model of company %s cannot be read; it will be learnt anew", company_id)
            return None

    @api.model
    def _starter(self):
        """Return the starter ``TextModel``, whose types are codes."""
        return starter_model()

    @api.model
    @settled_cache()
    def _seeded_codes(self):
        """Return ``{type id: code}`` of the seeded types; a user may have given them other codes since (cached)."""
        # sudo: the poster may be a portal user
        names = self.env["ir.model.data"].sudo()
        domain = [("module", "=", "crm_outsourcing_interactions"), ("model", "=", "crm.interaction.type")]
        found = names.search_fetch([*domain, ("name", "=like", f"{SEEDS}%")], ["name", "res_id"])
        return {name.res_id: name.name.removeprefix(SEEDS).replace("_", ".") for name in found}

    @api.model
    def _suggester(self, company_id):
        """Return the ``Suggester`` of a company."""
        return Suggester(self._starter(), self._seeded_codes(), self._model(company_id))

    @api.model
    @settled_cache()
    def _directions(self):
        """Return ``{type id: direction}`` of the active types that can be chosen (cached)."""
        # sudo: as above
        types = self.env["crm.interaction.type"].sudo().search_fetch([("is_group", "=", False)], ["direction"])
        return {type_.id: type_.direction for type_ in types}

    @api.model
    def _suggested(self, events):
        """Suggest a type for the messages among ``events`` without a type; a reason for review stays."""
        questions = {}
        for event in events:
            if event.is_untyped and event.message_id:
                place = event.ids["company_id"], event.code
                if place not in questions:
                    questions[place] = self._question(event.direction, event.company)
                event.vals |= self._suggest(event, questions[place])
        return events

    @api.model
    def _suggest(self, event, question):
        """Return the interaction values of the suggestion for ``event``; empty at low confidence.

        :param question: see :meth:`_question`.
        """
        suggestion = question and question.answer(event.words, self._event_facts(event))
        if not suggestion:
            return {}
        return {
            **self._prepare_suggested_vals(suggestion.type_id, event.company),
            **({"state": "to_review"} if event.hint else {}),
            "why": event.hint or because("learnt", percent=round(100 * suggestion.confidence)),
            "suggested_words": ", ".join(suggestion.words),
        }

    @api.model
    @settled_cache("type_id", "company.id")
    def _prepare_suggested_vals(self, type_id, company):
        """Return the interaction values that all suggestions of a type share (cached)."""
        # sudo: as above
        type_ = self.env["crm.interaction.type"].sudo().browse(type_id)
        return {
            "type_id": type_id,
            "kind_id": type_.kind_id.id,
            "direction": type_.direction,
            "classified_by": "suggestion",
            "state": "confirmed" if self._is_trusted(type_, company) else "to_review",
        }

    @api.model
    def _question(self, direction, company):
        """Return the ``Question`` that messages of a direction ask, ``None`` if ``company`` wants no suggestions."""
        settings = company._interaction_settings()
        if not settings["interaction_suggest"]:
            return None
        allowed = frozenset(id_ for id_, direction_ in self._directions().items() if direction_ == direction)
        return Question(self._suggester(company.id), allowed, settings["interaction_suggest_threshold"])

    @api.model
    def _rule_words(self, text, type_, company_id):
        """Return the words (tuple) of ``text`` that speak for ``type_`` rather than others of its direction."""
        alike = frozenset(id_ for id_, direction in self._directions().items() if direction == type_.direction)
        return self._suggester(company_id).exclusive_words(text, type_.id, alike)

    @api.model
    def _event_facts(self, event):
        if event.situation and not event.previous:
            event.previous = event.situation.previous(event)
        values = event.client_id, event.record._name, event.channel, event.has_attachment, event.previous
        return event.for_all_alike(f"facts, {values[3:]}", lambda: self._facts(*values))

    @api.model
    def _is_trusted(self, type_, company):
        """Return whether suggestions of a type count as confirmed: enabled on the type, and precise enough for sure.

        The lower bound of the precision's interval decides, as few messages prove little.
        """
        if not type_.confirms_suggestions:
            return False
        model = self._model(company.id)
        measured = model.metrics["types"].get(type_.id, {}) if model else {}
        return bool(measured) and measured["surely"] >= company._interaction_settings()["interaction_confirm_precision"]

    @api.model
    def _report(self, company):
        """Return the model's quality for Settings: ``{"available", "n", "right", "error", "perfect_error",
        "lines", "confusion"}``; errors of calibration are shares."""
        model = self._model(company.id)
        metrics = model.metrics if model else NO_METRICS
        types = self.env["crm.interaction.type"].with_context(active_test=False).browse(metrics["types"]).exists()
        places = {id_: place for place, id_ in enumerate(metrics["types"])}
        shown = types.filtered(lambda type_: any(metrics["types"][type_.id][name] for name in ("n", "suggested")))
        confusion = [[metrics["confusion"][places[a]][places[b]] for b in shown.ids] for a in shown.ids]
        return {
            "available": learner.is_available(),
            "n": metrics["n"],
            "right": metrics["right"],
            "error": metrics["calibration_error"],
            "perfect_error": metrics["perfect_calibration_error"],
            "lines": [{"type": type_, **metrics["types"][type_.id]} for type_ in shown],
            "confusion": confusion,
        }


@cache
def starter_model():
    """Return the starter model, read once by each process."""
    with file_open(STARTER) as file:
        return TextModel.from_json(file.read())
