"""Read past messages with their reached recipients from the database."""

from odoo.tools import SQL

from ...events.local_time import FIRST_MAIL, MAIL_AHEAD
from ..hooks.mail_thread import UNCAPTURED_MODELS
from ..reader.message_reader import INCOMING_TYPES, OUTGOING_TYPES

FOUND = """\
      FROM mail_message m,
           LATERAL (SELECT CASE WHEN m.date < %(first_mail)s OR m.date > m.create_date + %(ahead)s
                                THEN date_trunc('second', m.create_date) ELSE m.date END AS date) AS dated
     WHERE m.id > %(after)s AND dated.date >= %(start)s AND dated.date < %(end)s
       AND m.message_type IN %(types)s AND m.res_id IS NOT NULL AND m.model NOT IN %(skipped)s
       AND NOT EXISTS (SELECT FROM mail_message_schedule s WHERE s.mail_message_id = m.id)
"""
MESSAGES = f"""
    SELECT m.id, m.message_id, dated.date, m.model, m.res_id, m.subject, m.body, m.message_type, m.author_id,
           m.email_from, m.parent_id, m.record_company_id, m.mail_activity_type_id, m.incoming_email_to,
           m.incoming_email_cc,
           (SELECT max(r.id) FROM rating_rating r WHERE r.message_id = m.id AND r.consumed) AS rating_id,
           COALESCE((SELECT json_agg(json_build_array(a.id, a.name, a.mimetype))
                       FROM message_attachment_rel r JOIN ir_attachment a ON a.id = r.attachment_id
                      WHERE r.message_id = m.id), '[]') AS attachment_ids,
           ARRAY(SELECT r.res_partner_id FROM mail_message_res_partner_rel r WHERE r.mail_message_id = m.id)
               AS partner_ids,
           m.model = 'account.move' AND EXISTS (
               SELECT FROM ir_attachment a WHERE a.res_model = 'mail.message' AND a.res_id = m.id) AS is_document,
           ARRAY(SELECT p.id
                   FROM (SELECT res_partner_id FROM mail_message_res_partner_rel WHERE mail_message_id = m.id
                         UNION
                         SELECT res_partner_id FROM mail_notification WHERE mail_message_id = m.id) AS r
                   JOIN res_partner p ON p.id = r.res_partner_id
                   LEFT JOIN mail_notification n ON n.mail_message_id = m.id AND n.res_partner_id = p.id
                   LEFT JOIN mail_mail q ON q.id = n.mail_mail_id
                  WHERE m.message_type = 'sms' OR n.notification_type <> 'email'
                     OR n.notification_status IN ('sent', 'bounce')
                     OR (p.email_normalized IS NOT NULL AND (n.id IS NULL OR q.state <> 'cancel')
                         AND COALESCE(n.failure_type, '') NOT IN ('mail_email_missing', 'mail_email_invalid'))
                  ORDER BY p.id)
               AS recipient_ids
{FOUND}     ORDER BY m.id
     LIMIT %(size)s
"""
"""Query of past messages, without those still queued. Recipients count as reached by the status of the notification; if
that is unknown or missing, as for imported messages, by having an address now."""


def read_messages(env, after, size, start, end):
    """Return the rows of ``MESSAGES`` as a list of dicts."""
    env.cr.execute(SQL(MESSAGES, size=size, **condition(after, start, end)))
    names = [column.name for column in env.cr.description]
    return [dict(zip(names, row, strict=False)) for row in env.cr.fetchall()]  # twice as fast as dictfetchall


def count_messages(env, start, end):
    """Return how many messages ``MESSAGES`` finds in a period."""
    [[count]] = env.execute_query(SQL(f"SELECT count(*) {FOUND}", **condition(0, start, end)))
    return count


def condition(after, start, end):
    """Return the arguments (dict) of ``FOUND``."""
    types, skipped = tuple(INCOMING_TYPES | OUTGOING_TYPES), tuple(UNCAPTURED_MODELS)
    period = {"after": after, "start": start, "end": end, "first_mail": FIRST_MAIL, "ahead": MAIL_AHEAD}
    return {**period, "types": types, "skipped": skipped}
