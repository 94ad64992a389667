"""Odoo's spreadsheets for the Dashboards app, as Python that writes their JSON (see ``make_dashboard.py``).

Odoo translates chart titles, labels of filters, links, and cells such as ``=_t("Interactions")``.
"""

from .book import live, sample
