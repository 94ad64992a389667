"""Read sender and date of the mail that another one forwards, from the header that mail programs write above it."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytz

from .message_text import body_text
from .reply_headers import labels_end
from .reply_signs import FORWARD, LONGEST, label_kind
from .reply_text import split_at_header

ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
BRACKETED = re.compile(r"[<\[](?:mailto:)?([^\s<>\[\]@]+@[^\s<>\[\]@]+)[>\]]", re.IGNORECASE)
"""Address in brackets: the name before it may look like another one."""
TIME = re.compile(r"\b(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
ZONE = re.compile(r"(?:GMT|UTC|\s)([+-])(\d{2}):?(\d{2})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})\.?(?:\s+de)?[\s-]+([^\W\d_]{3})[^\W\d_]*\.?,?(?:\s+de)?[\s-]+(\d{4})\b")
MONTH_FIRST = re.compile(r"\b([^\W\d_]{3})[^\W\d_]*\.?\s+(\d{1,2}),?\s+(\d{4})\b")
MONTHS = (
    "jan янв ene gen", "feb фев fév", "mar мар mär mrz", "apr апр avr abr", "may мая май mai mag maj", "jun июн giu",
    "jul июл lug", "aug авг aoû ago", "sep сен set", "oct окт okt out ott", "nov ноя", "dec дек dez déc dic",
)  # fmt: skip
MONTH = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}


@dataclass(frozen=True)
class QuotedMail:
    """Hold what the header of a quoted mail tells.

    :param sender: address of its author, or the name if there is no address.
    :param date: its date, UTC without zone; ``None`` when it cannot be read.
    :param name: name of its author, without one the address.
    """

    sender: str = ""
    date: datetime | None = None
    name: str = field(default="", compare=False)


def forwarded_mail(subject, body, zone):
    """Return the ``QuotedMail`` that a mail forwards, ``None`` if it forwards none.

    :param zone: name of the time zone of dates that tell none.

    >>> body = "<p>See below</p>---- Forwarded message ----<br>From: Anna &lt;anna@x.example&gt;<br>"
    >>> forwarded_mail("Act", body + "Date: Mon, 23 Nov 2026 10:15:00 +0300<br>Subject: Act<br>", "UTC")
    QuotedMail(sender='anna@x.example', date=datetime.datetime(2026, 11, 23, 7, 15), name='Anna')
    >>> forwarded_mail("Re: Act", "<p>On 23 Nov 2026 Anna &lt;anna@x.example&gt; wrote:</p>", "UTC")
    """
    header, _below, is_forward = split_at_header(body_text(body or ""))
    return quoted_mail(header, zone) if is_forward or FORWARD.match(subject or "") else None


def logged_mail(body, zone):
    """Return the ``QuotedMail`` that a mail plug-in logs with the sender at the beginning, ``None`` without one.

    >>> logged_mail("<i>From : anna@x.example</i><br><i>Subject : Act</i><br>Hello", "UTC")
    QuotedMail(sender='anna@x.example', date=None, name='anna@x.example')
    """
    lines = list(filter(None, (line.strip() for line in body_text(body or "").splitlines())))
    end, kinds = labels_end(lines, 0) if lines else (0, ())
    return quoted_mail(lines[:end], zone) if "from" in kinds else None


def quoted_mail(lines, zone):
    """Return the ``QuotedMail`` of a header (list of lines), ``None`` without a sender."""
    values, kind = {}, ""
    for line in lines:
        kind = label_kind(line) or kind
        text = line.partition(":")[2] if label_kind(line) else line
        values[kind] = f"{values.get(kind, '')} {text}".strip()[:LONGEST]  # some expressions are quadratic
    sender = values.get("from") or values.get("", "")
    address = sender_address(sender)
    found = address.lower() if address else values.get("from", "").strip(' "*')
    date = read_date(values.get("date") or values.get("", ""), zone)
    return QuotedMail(found, date, sender_name(values.get("from") or address) or found) if found else None


def sender_name(sender):
    """Return the name before the address in a sender as a mail program quotes it, possibly empty.

    >>> sender_name('"Anna Ivanova" <anna@x.example>'), sender_name("Анна [mailto:anna@x.example]")
    ('Anna Ivanova', 'Анна')
    >>> sender_name("anna@x.example"), sender_name("anna@x.example <mailto:anna@x.example>")
    ('', '')
    """
    name = re.split(r"[<\[(]", sender, maxsplit=1)[0].strip(" \"'*")
    return "" if "@" in name else name


def sender_address(sender):
    """Return the address of a sender as a mail program quotes it: the last in brackets, else the first; else empty.

    >>> sender_address('"rob@rival.example" <anna@client.example>'), sender_address("anna@client.example wrote")
    ('anna@client.example', 'anna@client.example')
    """
    in_brackets = BRACKETED.findall(sender)
    found = ADDRESS.search(sender)
    return in_brackets[-1] if in_brackets else found[0] if found else ""


def read_date(text, zone):
    """Return a date as mail programs write it (UTC, without zone), ``None`` if it is none or ambiguous.

    >>> read_date("Monday, November 23, 2026 10:15 PM", "UTC")
    datetime.datetime(2026, 11, 23, 22, 15)
    >>> read_date("понедельник, 23 ноября 2026 г., 10:15 +03:00", "UTC")
    datetime.datetime(2026, 11, 23, 7, 15)
    >>> read_date("23.11.2026 10:15", "Europe/Moscow"), read_date("11/23/2026 10:15", "UTC")
    (datetime.datetime(2026, 11, 23, 7, 15), datetime.datetime(2026, 11, 23, 10, 15))
    >>> read_date("03/04/2026 10:15", "UTC"), read_date("31 Feb 2026 10:15", "UTC"), read_date("yesterday", "UTC")
    (None, None, None)
    """
    day, time = read_day(text), TIME.search(DOTTED.sub("", text))
    if not day or not time:
        return None
    hour = int(time[1]) % 12 + 12 * (time[3].lower() == "p") if time[3] else int(time[1])
    try:
        local = datetime(*day, hour, int(time[2]))
    except ValueError:
        return None
    if offset := ZONE.search(text):
        minutes = (int(offset[2]) * 60 + int(offset[3])) * (-1 if offset[1] == "-" else 1)
        return local - timedelta(minutes=minutes)
    return pytz.timezone(zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)


def read_day(text):
    """Return the day in a text as ``(year, month, day)``, ``None`` if there is none or it is ambiguous.

    >>> read_day("2026-11-23"), read_day("23. November 2026"), read_day("Nov 23, 2026"), read_day("1/2/2026")
    ((2026, 11, 23), (2026, 11, 23), (2026, 11, 23), None)
    """
    if found := ISO.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.search(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := SLASHED.search(text):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            return None
        return (int(found[3]), first, second) if second > 12 else (int(found[3]), second, first)
    for found in DAY_FIRST.finditer(text):
        if month := MONTH.get(found[2].lower()):
            return int(found[3]), month, int(found[1])
    for found in MONTH_FIRST.finditer(text):
        if month := MONTH.get(found[1].lower()):
            return int(found[3]), month, int(found[2])
    return None
