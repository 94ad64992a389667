import re

from odoo import models
from odoo.tools.translate import code_translations

MODULE = "crm_outsourcing_interactions"
TITLES = ("text", "label")
TERM = re.compile(r'_t\("([^"]*)"\)')


class SpreadsheetDashboard(models.Model):
    """Translate the sample dashboard, shown while there is no data, into the reader's language.

    Odoo's web client translates a dashboard by the terms of its module, but does not receive the module of a sample.
    """

    _inherit = "spreadsheet.dashboard"

    def _get_sample_dashboard(self):
        sample = super()._get_sample_dashboard()
        if not sample or self._get_dashboard_translation_namespace() != MODULE:
            return sample
        messages = code_translations.get_web_translations(MODULE, self.env.lang or "en_US")["messages"]
        terms = {message["id"]: message["string"] for message in messages}
        locale = self.env["res.lang"]._get_user_spreadsheet_locale()
        return translated(sample, terms) | {"settings": {"locale": locale}}


def translated(value, terms):
    """Return a spreadsheet, or a part of one, with titles and formulas translated by ``terms`` (dict).

    >>> chart = {"title": {"text": "Contacts"}, "labelRange": "Data!A1", "cells": ['=_t("Near the Limit")', "7"]}
    >>> translated(chart, {"Near the Limit": "Почти", "Contacts": "Взаимодействия"})
    {'title': {'text': 'Взаимодействия'}, 'labelRange': 'Data!A1', 'cells': ['="Почти"', '7']}
    """
    if isinstance(value, dict):
        shown = {key: terms.get(item, item) for key, item in value.items() if key in TITLES and isinstance(item, str)}
        return {key: translated(item, terms) for key, item in value.items()} | shown
    if isinstance(value, list):
        return [translated(item, terms) for item in value]
    if isinstance(value, str):
        return TERM.sub(lambda match: f'"{terms.get(match[1], match[1])}"', value)
    return value
