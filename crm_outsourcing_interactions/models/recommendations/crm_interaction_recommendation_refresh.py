from collections import Counter
from datetime import timedelta
from operator import itemgetter

from odoo import api, fields, models
from odoo.tools import SQL, groupby

from ..events.local_time import midnight
from .bundles import bundles

BUNDLING_WEEKS = 4
"""Period searched for interactions to bundle, and for requests that took many messages."""
CONTACTS = """
    SELECT COALESCE(i.split_from_id, i.id) AS id, MIN(i.commercial_partner_id) AS client_id,
           MIN(i.user_id) AS user_id, COALESCE(SUM(i.duration), 0) AS hours,
           MIN((i.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date) AS day
      FROM crm_interaction i
      JOIN crm_interaction_type t ON t.id = i.type_id
     WHERE i.company_id = %(company)s AND i.state = 'confirmed' AND i.date >= %(since)s AND i.date < %(until)s
       AND i.commercial_partner_id IS NOT NULL AND %(types)s
       AND NOT EXISTS (SELECT FROM crm_interaction_recommendation_evidence e
                         JOIN crm_interaction_recommendation h ON h.id = e.recommendation_id
                        WHERE e.interaction_id = COALESCE(i.split_from_id, i.id)
                          AND h.kind = %(kind)s AND h.state <> 'open')
       AND NOT EXISTS (SELECT FROM crm_interaction_recommendation h LEFT JOIN crm_lead l ON l.id = h.lead_id
                        WHERE h.company_id = i.company_id AND h.kind = %(kind)s AND h.state <> 'open'
                          AND h.partner_id = i.commercial_partner_id
                          AND (h.quiet_until > %(today)s OR l.active AND l.won_status = 'pending'))
     GROUP BY 1
"""
"""One row per confirmed interaction, whatever its number of purposes, that is not evidence of a closed recommendation.
An unknown duration, usual for captured interactions, counts as 0 hours."""
BURDENS = """
    SELECT client_id, MODE() WITHIN GROUP (ORDER BY user_id), MIN(day), MAX(day), COUNT(*), SUM(hours),
           ARRAY_AGG(id)
      FROM (%s) contact GROUP BY client_id HAVING COUNT(*) >= %s
"""
DENSE = """
    SELECT client_id, run_user_id, user_id, day, hours, id
      FROM (SELECT *, BOOL_OR(closes) OVER (run ROWS BETWEEN CURRENT ROW AND %(following)s FOLLOWING) AS is_dense
              FROM (SELECT *, day - LAG(day, %(following)s) OVER run < %(days)s AS closes
                      FROM (SELECT *, %(run_user)s AS run_user_id FROM (%(contacts)s) contact) of_user
                    WINDOW run AS (PARTITION BY client_id, run_user_id ORDER BY day, id)) closing
            WINDOW run AS (PARTITION BY client_id, run_user_id ORDER BY day, id)) dense
     WHERE is_dense ORDER BY client_id, run_user_id, day, id
"""
"""The interactions in runs: ``closes`` marks the last one of a sufficient run, ``is_dense`` all in it."""
ONCE = """
    SELECT client_id, MODE() WITHIN GROUP (ORDER BY user_id), MIN(day), MAX(day), COUNT(*), SUM(hours),
           ARRAY_AGG(id), COUNT(DISTINCT matter_id)
      FROM (SELECT contact.*, i.matter_id, COUNT(*) OVER (PARTITION BY i.matter_id) AS messages
              FROM (%s) contact JOIN crm_interaction i ON i.id = contact.id
              JOIN crm_interaction_matter m ON m.id = i.matter_id AND m.asked_by = 'us') asked
     WHERE messages >= %s GROUP BY client_id
"""
"""Our messages in the matters that we opened and that took so many of them."""
UPSERT = """
    INSERT INTO crm_interaction_recommendation (%s) VALUES %s
    ON CONFLICT (company_id, kind, partner_id) WHERE state = 'open' DO UPDATE SET %s
    RETURNING id, partner_id
"""
FOUND = ("partner_id", "user_id", "date_from", "date_to", "n", "hours", "interaction_ids")
NOW_KNOWN = ("user_id", "date_from", "date_to", "n", "bundles", "hours", "write_uid", "write_date")
EVIDENCE = """
    WITH found (recommendation_id, interaction_id) AS (SELECT * FROM UNNEST(%s::int[], %s::int[])),
         gone AS (DELETE FROM crm_interaction_recommendation_evidence e WHERE e.recommendation_id = ANY(%s)
                  AND NOT EXISTS (SELECT FROM found f
                                   WHERE f.recommendation_id = e.recommendation_id
                                     AND f.interaction_id = e.interaction_id))
    INSERT INTO crm_interaction_recommendation_evidence (recommendation_id, interaction_id)
    SELECT * FROM found ON CONFLICT DO NOTHING
"""
STILL_TRUE = """
    SELECT h.id FROM crm_interaction_recommendation h
      JOIN crm_interaction_recommendation_evidence e ON e.recommendation_id = h.id
      JOIN crm_interaction i ON i.state = 'confirmed' AND i.commercial_partner_id = h.partner_id
                            AND (i.id = e.interaction_id OR i.split_from_id = e.interaction_id)
      JOIN crm_interaction_type t ON t.id = i.type_id
     WHERE h.id = ANY(%s) AND %s GROUP BY h.id HAVING COUNT(DISTINCT e.interaction_id) >= %s
"""


class CrmInteractionRecommendation(models.Model):
    """Find recommendations with a fixed number of statements per company, whatever its number of clients."""

    _inherit = "crm.interaction.recommendation"

    @api.model
    def _cron_refresh(self):
        """Refresh the recommendations of each company."""
        companies = self.env["res.company"].search(fields.Domain.TRUE)
        self.env["crm.interaction.job"]._for_each_company("cron_recommendations", companies, self._refresh)

    @api.model
    def _refresh(self, company, today=None):
        """Create, update and withdraw the recommendations of ``company``; repeated runs change nothing.

        An open recommendation with old evidence stays until it is closed or its evidence is reclassified.

        :param date today: by default today in the company's time zone.
        """
        today = today or company._interaction_today()
        self.env.flush_all()
        for kind, find in (("burden", self._burdens), ("bundling", self._bundles), ("once", self._asked_often)):
            number = company[f"interaction_{kind}_number"]
            types = self._types_condition(kind)
            found = self._under_contract(find(company, number, types, today) if number else [], today)
            self._withdraw(kind, company, number, types, self._keep(kind, company, found), today)

    @api.model
    def _types_condition(self, kind):
        """Return the condition (SQL, alias ``t``) on the types for recommendations of ``kind``."""
        if kind == "bundling":
            return SQL("t.can_be_bundled AND t.direction = 'outgoing'")
        return SQL("t.direction = 'outgoing'") if kind == "once" else SQL("t.role = 'source_request'")

    @api.model
    def _contacts(self, kind, company, weeks, types, today):
        """Return the query (SQL) of the interactions of the last ``weeks``, including ``today``."""
        zone = company._interaction_zone()
        since = midnight(today - timedelta(weeks=weeks) + timedelta(days=1), zone)
        until = midnight(today + timedelta(days=1), zone)
        names = {"kind": kind, "company": company.id, "types": types, "today": today, "tz": zone}
        return SQL(CONTACTS, **names, since=since, until=until)

    @api.model
    def _burdens(self, company, number, types, today):
        """Return the values of *burden* recommendations, for clients with at least ``number`` requests."""
        contacts = self._contacts("burden", company, company.interaction_burden_weeks, types, today)
        return [
            dict(zip(FOUND, row, strict=True), bundles=0)
            for row in self.env.execute_query(SQL(BURDENS, contacts, number))
        ]

    @api.model
    def _asked_often(self, company, number, types, today):
        """Return the values of *ask once* recommendations, for clients with requests that took ``number`` messages."""
        contacts = self._contacts("once", company, BUNDLING_WEEKS, types, today)
        rows = self.env.execute_query(SQL(ONCE, contacts, number))
        return [dict(zip((*FOUND, "bundles"), row, strict=True)) for row in rows]

    @api.model
    def _bundles(self, company, number, types, today):
        """Return the values of *bundling* recommendations, for clients with ``number`` interactions within days."""
        contacts = self._contacts("bundling", company, BUNDLING_WEEKS, types, today)
        days = company.interaction_bundling_days
        run_user = SQL("user_id" if company.interaction_bundling_same_user else "NULL::int")
        query = SQL(DENSE, contacts=contacts, run_user=run_user, days=days, following=number - 1)
        by_client = groupby(self.env.execute_query(query), itemgetter(0))
        return [self._bundling(client_id, rows, number, days) for client_id, rows in by_client]

    @api.model
    def _bundling(self, client_id, rows, number, days):
        taken, runs = [], 0
        for _user_id, contacts in groupby(rows, itemgetter(1)):
            found = bundles([day for *_ids, day, _hours, _id in contacts], number, days)
            taken += [contact for first, last in found for contact in contacts[first : last + 1]]
            runs += len(found)
        return {
            "partner_id": client_id,
            "user_id": Counter(row[2] for row in taken).most_common(1)[0][0],
            "date_from": min(row[3] for row in taken),
            "date_to": max(row[3] for row in taken),
            "n": len(taken),
            "bundles": runs,
            "hours": sum(row[4] for row in taken),
            "interaction_ids": [row[5] for row in taken],
        }

    @api.model
    def _keep(self, kind, company, found):
        """Create or update the open recommendations, one per client, and return them."""
        if not found:
            return self.browse()
        rows = [self._prepare_row(kind, company, values) for values in self._with_responsible(found)]
        columns = SQL(", ").join(map(SQL.identifier, rows[0]))
        values = SQL(", ").join(tuple(row.values()) for row in rows)
        renewed = SQL(", ").join(SQL("%s = EXCLUDED.%s", *[SQL.identifier(name)] * 2) for name in NOW_KNOWN)
        ids = {client_id: id_ for id_, client_id in self.env.execute_query(SQL(UPSERT, columns, values, renewed))}
        pairs = [(ids[values["partner_id"]], id_) for values in found for id_ in values["interaction_ids"]]
        recommendation_ids, interaction_ids = (list(column) for column in zip(*pairs, strict=True))
        self.env.cr.execute(SQL(EVIDENCE, recommendation_ids, interaction_ids, list(ids.values())))
        self.invalidate_model()
        return self.browse(ids.values())

    @api.model
    def _under_contract(self, found, today):
        """Return the values in ``found`` whose clients are under contract on ``today``."""
        clients = self.env["res.partner"].browse([values["partner_id"] for values in found])
        kept = set(clients.filtered_domain(clients._interaction_under_contract(today)).ids)
        return [values for values in found if values["partner_id"] in kept]

    @api.model
    def _with_responsible(self, found):
        """Return ``found`` with the client's accountant, if any, as the responsible user."""
        clients = self.env["res.partner"].browse([values["partner_id"] for values in found])
        users = {client.id: client.interaction_accountant_id.id for client in clients}
        return [{**values, "user_id": users[values["partner_id"]] or values["user_id"]} for values in found]

    @api.model
    def _prepare_row(self, kind, company, values):
        """Return the columns of a recommendation. Extend it for additional columns."""
        now = self.env.cr.now()
        log = {"create_uid": self.env.uid, "create_date": now, "write_uid": self.env.uid, "write_date": now}
        stored = {name: value for name, value in values.items() if name != "interaction_ids"}
        return {"kind": kind, "company_id": company.id, "state": "open", **stored, **log}

    @api.model
    def _withdraw(self, kind, company, number, types, kept, today):
        """Delete open recommendations other than ``kept`` if they no longer apply.

        That is: too few of their interactions still count, the kind is disabled (``number`` 0), or the client is not
        under contract.
        """
        others = self.search([("kind", "=", kind), ("company_id", "=", company.id), ("state", "=", "open")]) - kept
        if others and number:
            true = self.browse(id_ for (id_,) in self.env.execute_query(SQL(STILL_TRUE, others.ids, types, number)))
            others -= true.filtered_domain([("partner_id", "any", true.partner_id._interaction_under_contract(today))])
        others.unlink()
