"""Write the JSON of the spreadsheets for Odoo's Dashboards app (see ``make_dashboard.py``).

Odoo translates chart titles, labels of filters, links, and cells such as ``=_t("Interactions")``.
"""

from .book import live, sample
