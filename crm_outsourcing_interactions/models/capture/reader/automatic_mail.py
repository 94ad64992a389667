"""Tell mail that a program sent from mail that a person wrote, by the tables of :mod:`.automatic_signs`.

A certain sign, or doubtful ones of two kinds (header, content, sender, subject), make a mail *automatic*. One doubtful
sign sends it to review. All functions are pure, read what the mail gateway has parsed, and take time linear in it.
"""

import re

from ...events.addresses import sender_domain
from ...events.own_addresses import OwnAddresses
from .absence import absence_sign
from .automatic_signs import (
    CALENDAR,
    CERTAIN,
    DOUBTFUL,
    FORWARDS,
    HEADER_SIGNS,
    LISTS,
    OFF,
    PEOPLES_TOOLS,
    REPORTS,
    SENDERS,
    UNKNOWN,
    Sign,
)
from .automatic_subject import subject_sign

LONGEST = 500
"""Number of characters of a header, or of a calendar, that are read."""
MOST_PARTS = 200
"""Number of parts of a mail that are looked at."""
HOST = re.compile(r"<\s*(?:https?://|mailto:[^<>@?]*@)([\w.-]+)")
"""The host of an address where one leaves a list (RFC 2369)."""
COMMENT = re.compile(r"\([^()]*\)")


def verdict(signs):
    """Return ``(automatic, doubt)`` for a list of ``Sign``: the texts that make a mail automatic, or doubtful.

    Both are set if it is automatic from unknown senders and doubtful from clients.

    >>> header, subject = Sign("header", DOUBTFUL, "Auto-Submitted: x"), Sign("subject", DOUBTFUL, "Out of office")
    >>> verdict([]), verdict([header]), verdict([header, subject])
    (('', ''), ('', 'Auto-Submitted: x'), ('Auto-Submitted: x', ''))
    >>> verdict([Sign("header", UNKNOWN, "List-Id: x")])
    ('List-Id: x', 'List-Id: x')
    """
    certain = [sign.text for sign in signs if sign.strength == CERTAIN]
    if certain or len({sign.kind for sign in signs}) > 1:
        return (certain or [signs[0].text])[0], ""
    text = signs[0].text if signs else ""
    return text if any(sign.strength == UNKNOWN for sign in signs) else "", text


def mail_signs(message, values, own):
    r"""Return the signs (list of ``Sign``) of a parsed mail.

    :param email.message.Message message: the mail.
    :param dict values: its decoded ``subject``, ``body`` (HTML) and ``email_from``, which may be missing.
    :param own: the firm's ``OwnAddresses``.

    >>> from email import message_from_string
    >>> from odoo.addons.crm_outsourcing_interactions.models.events.own_addresses import OwnAddresses
    >>> own = OwnAddresses(domains=frozenset({"firm.example"}))
    >>> def signs(headers, subject="", sender="anna@client.example"):
    ...     values = {"subject": subject, "email_from": sender}
    ...     return [sign.text for sign in mail_signs(message_from_string(headers + "\n\nText"), values, own)]
    >>> signs("Precedence: list\nList-Id: <news.x.example>"), signs("Precedence: list\nList-Id: <all.firm.example>")
    (['Precedence: list', 'List-Id: <news.x.example>'], [])
    >>> signs("", "Out of Office: Anna", "postmaster@client.example")
    ['postmaster@client.example', 'Out of Office: Anna']
    """
    headers, domain = raw_headers(message), sender_domain((values.get("email_from") or "")[-LONGEST:])
    stored = stored_signs(values)
    if is_answered_elsewhere(headers, domain):
        stored = [s._replace(strength=DOUBTFUL) if s.kind == "sender" else s for s in stored]
    return [*header_signs(headers, own, domain), *content_signs(message), *stored]


def is_answered_elsewhere(headers, domain):
    """Return whether a person at another ``domain`` (str) gets the answers, as with the form of a website."""
    address = "".join(value for _name, value in headers.get("reply-to", ())[:1])
    return "@" in address and sender_domain(f"<{address}") != domain and not sender_sign(address)


def stored_signs(values):
    """Return the signs (list of ``Sign``) of sender, subject and text, which Odoo stores; see :func:`mail_signs`."""
    subject = values.get("subject")
    found = sender_sign(values.get("email_from")), subject_sign(subject) or text_sign(subject, values.get("body"))
    return list(filter(None, found))


def text_sign(subject, body):
    """Return the doubtful ``Sign`` of a text whose writer is away, else ``None``; it counts as one of the subject."""
    return Sign("subject", DOUBTFUL, words) if (words := absence_sign(subject, body)) else None


def raw_headers(message):
    """Return ``{name in lower case: [(name, value)]}`` without decoding, which fails on malformed headers."""
    found = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append((name, " ".join(str(value)[:LONGEST].split())))
    return found


def header_signs(headers, own, domain=""):
    r"""Yield the ``Sign`` of each header that is one, but of those that the firm's own lists and rules set.

    A list of the sender's own ``domain`` (str) is a newsletter, or the way in which a client writes.

    >>> from odoo.addons.crm_outsourcing_interactions.models.events.own_addresses import OwnAddresses
    >>> own = OwnAddresses(domains=frozenset({"firm.example"}))
    >>> def signs(**headers):
    ...     named = {name.replace("_", "-"): value for name, value in headers.items()}
    ...     return [(s.strength, s.text) for s in header_signs({n.lower(): [(n, v)] for n, v in named.items()}, own)]
    >>> signs(Auto_Submitted="auto-replied; owner-email=a@b (vacation)")
    [('certain', 'Auto-Submitted: auto-replied; owner-email=a@b (vacation)')]
    >>> signs(Auto_Submitted="no (sent by a person)"), signs(X_Autoreply="no"), signs(X_Auto_Response_Suppress="OOF")
    ([], [], [])
    >>> signs(Auto_Submitted="auto-generated"), signs(Auto_Submitted="auto-generated", Resent_From="a@firm.example")
    ([('doubtful', 'Auto-Submitted: auto-generated')], [])
    >>> signs(X_Auto_Response_Suppress="DR, OOF, AutoReply"), signs(X_Auto_Response_Suppress="All")[0][0]
    ([('doubtful', 'X-Auto-Response-Suppress: DR, OOF, AutoReply')], 'certain')
    >>> signs(Return_Path="<>"), signs(Return_Path="<anna@client.example>")
    ([('certain', 'Return-Path: <>')], [])
    """
    spared = {
        "list": has_list(own, headers),
        "forward": any(own.names_one(value) for name in FORWARDS for _name, value in headers.get(name, ())),
    }
    of_sender = OwnAddresses(domains=frozenset(filter(None, [domain])))
    is_senders = has_list(of_sender, headers)
    is_peoples = any(name in headers for name in PEOPLES_TOOLS)
    seen = set()
    for sign in HEADER_SIGNS:
        for name, value in headers.get(sign.name, ()):
            if name not in seen and not spared.get(sign.spared) and is_sign(sign, value):
                seen.add(name)
                strength = UNKNOWN if is_senders and sign.spared == "list" else sign.strength
                yield Sign("header", DOUBTFUL if is_peoples else strength, f"{name}: {value}"[:80])


def has_list(own, headers):
    """Return whether the list of a mail, by its name or by the address where one leaves it, is in ``OwnAddresses``.

    >>> from odoo.addons.crm_outsourcing_interactions.models.events.own_addresses import OwnAddresses
    >>> own = OwnAddresses(domains=frozenset({"firm.example"}))
    >>> values = "<https://news.firm.example/u?m=a@x.y>", "<mailto:u@firm.example?subject=a>", "<mailto:a@x.y>"
    >>> [has_list(own, {"list-unsubscribe": [("List-Unsubscribe", value)]}) for value in values]
    [True, True, False]
    """
    names = [value for name in LISTS for _name, value in headers.get(name, ())]
    hosts = [host for _name, value in headers.get("list-unsubscribe", ()) for host in HOST.findall(value.lower())]
    return any(map(own.has_list, [*names, *(f"<list.{host}>" for host in hosts)]))


def is_sign(sign, value):
    """Return whether a header's ``value`` (str), without comments and parameters, is one of a ``HeaderSign``."""
    words = {part.strip().lower() for part in COMMENT.sub(" ", value).partition(";")[0].split(",")}
    return bool(words & sign.values) if sign.values else not words <= OFF


def content_signs(message):
    r"""Yield the ``Sign`` of each part that is a machine's report or an answer to a meeting.

    Mails attached to the mail are left out: people forward bounces.

    >>> from email import message_from_string
    >>> list(content_signs(message_from_string("Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR")))
    [Sign(kind='content', strength='certain', text='text/calendar: REPLY')]
    >>> list(content_signs(message_from_string("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n")))
    []
    """
    for part in own_parts(message):
        content_type = part.get_content_type()
        if content_type in REPORTS:
            yield Sign("content", CERTAIN, content_type)
        elif content_type == "text/calendar" and (strength := CALENDAR.get(method := calendar_method(part))):
            yield Sign("content", strength, f"text/calendar: {method.upper()}")


def own_parts(message):
    """Yield a mail and its parts, except those of attached mails."""
    waiting = [message]
    for _count in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(part.get_payload()[:MOST_PARTS])


def calendar_method(part):
    """Return the method of a ``text/calendar`` part (str, lower case), may be empty; attached files have none."""
    if method := part.get_param("method"):
        return str(method).lower()
    if part.get_filename() or not isinstance(payload := part.get_payload(decode=True), bytes):
        return ""
    return payload[:LONGEST].decode("ascii", "replace").lower().partition("method:")[2].partition("\n")[0].strip()


def sender_sign(sender):
    """Return the ``Sign`` of the sender's address, ``None`` when a person may have it.

    :param str sender: an address, or a *From* with a name and an address.

    >>> senders = ("Bank <No-Reply@a.b>", "bounces+7=x@a.b", "postmaster@a.b", "anna@a.b")
    >>> [sign and sign.strength for sign in map(sender_sign, senders)]
    ['certain', 'certain', 'doubtful', None]
    """
    address = (sender or "")[-LONGEST:].rpartition("<")[2].strip("> ")
    local = re.split(r"[+=]", address.rpartition("@")[0].lower())[0]
    plain = re.sub(r"[-._\d]", "", local)
    for strength, names in SENDERS.items():
        if plain in names:
            return Sign("sender", strength, address[:80])
    return None
