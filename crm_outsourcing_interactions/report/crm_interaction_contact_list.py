from datetime import datetime

import pytz

from odoo import api, models

from .sheets import MOMENT, NUMBER, TEXT, Column, Sheet, Table

BATCH_SIZE = 5000
COLUMNS = (
    "date",
    "commercial_partner_id",
    "partner_id",
    "type_id",
    "direction",
    "channel",
    "user_id",
    "duration",
    "subject",
    "state",
)


class CrmInteraction(models.Model):
    """Read the list of interactions for a workbook by SQL in batches, one batch in memory at a time.

    Record rules apply. Notes are internal and omitted.
    """

    _inherit = "crm.interaction"

    @api.model
    def _contact_sheet(self, domain, progress=None):
        """Return a ``Sheet`` whose rows are read during writing.

        :param progress: called with (rows read, total rows) after each batch.
        """
        labels = self.fields_get(COLUMNS, ["string"])
        styles = {"date": (MOMENT, 18), "duration": (NUMBER, 10), "subject": (TEXT, 50), "type_id": (TEXT, 44)}
        columns = tuple(Column(labels[name]["string"], *styles.get(name, (TEXT, 22))) for name in COLUMNS)
        return Sheet(self.env._("Interactions"), (Table(columns, self._contact_rows(domain, progress)),))

    def _contact_rows(self, domain, progress=None):
        """Yield the rows, oldest first."""
        names = _Names(self.env)
        total, done = self.search_count(domain) if progress else 0, 0
        for batch in self._contact_batches(domain):
            names.learn(batch)
            for row in batch:
                yield names.row(row)
            done += len(batch)
            if progress:
                progress(done, total)

    def _contact_batches(self, domain):
        """Yield lists of raw rows by keyset pagination (date and id, along an index)."""
        after = []
        while True:
            query = self._search([*domain, *after], order="date, id", limit=BATCH_SIZE)
            fields = [self._field_to_sql(query.table, name, query) for name in ("id", *COLUMNS)]
            batch = self.env.execute_query(query.select(*fields))
            if batch:
                yield batch
            if len(batch) < BATCH_SIZE:
                return
            id_, date = batch[-1][:2]
            after = [("date", ">=", date), "|", ("date", ">", date), ("id", ">", id_)]


class _Names:
    """Convert ids and keys of raw rows to display names, each read once."""

    def __init__(self, env):
        self.env = env
        fields = env["crm.interaction"]._fields
        self.many2one = {n: env[fields[n].comodel_name] for n in COLUMNS if fields[n].type == "many2one"}
        self.selection = {
            n: dict(fields[n]._description_selection(env)) for n in COLUMNS if fields[n].type == "selection"
        }
        self.names = {name: {None: ""} for name in self.many2one}
        self.tz = env.tz
        self.shown_users = env["res.users"]._interaction_shown_in_figures()

    def learn(self, batch):
        """Read the new names of this batch, in one call per field."""
        for name, model in self.many2one.items():
            position = COLUMNS.index(name) + 1
            known = self.names[name]
            # sudo: a reader of the interaction may see the names of client and document
            for record in model.sudo().browse({row[position] for row in batch} - known.keys()):
                known[record.id] = (self.is_shown(record) and record.display_name) or ""
            model.invalidate_model(flush=False)

    def is_shown(self, record):
        """Return whether the reader may see the name beside interactions, by the setting *Names in Figures*."""
        return record._name != "res.users" or self.shown_users is None or record.id in self.shown_users

    def row(self, raw):
        return [self.text(name, value) for name, value in zip(COLUMNS, raw[1:], strict=True)]

    def text(self, name, value):
        if name in self.names:
            return self.names[name][value]
        if name in self.selection:
            return self.selection[name].get(value, "")
        if isinstance(value, datetime):
            return pytz.utc.localize(value).astimezone(self.tz).replace(tzinfo=None, microsecond=0)
        return value
