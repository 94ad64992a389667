"""Put links that open something without a password into mails, and take them out of texts and mails. Pure."""

import base64
import contextlib
import re
from email import message_from_bytes
from email.encoders import encode_base64
from email.policy import SMTP

from odoo.tools import html_escape

PATH = "interactions"
"""First part of the path of links without a password; the token follows."""
SLASH = r"(?:/+|%(?:25)*2F|_)"
"""Also as mail filters write addresses inside of their own: Outlook percent-encoded, Proofpoint with underscores."""
BREAK = r"[ \t]*\r?\n[> \t]*"
"""Where a mail program has wrapped a long address, also a quoted one."""
TOKEN = re.compile(rf"{PATH}{SLASH}([\w-]*(?:{BREAK}[\w-]{{20,}})*)", re.IGNORECASE | re.ASCII)
"""What is left of a wrapped one, fewer than 20 characters of its end, opens nothing: the signature comes first."""
SHORTEST = 90
"""Characters of a token, at least; today they have 110."""
SORTS = (r"[a-z]", r"[A-Z]", r"\d")
"""Each token has characters of all sorts, unlike most addresses, names of files and dashed lines."""
NAMES = (".eml", ".htm", ".html", ".txt")
"""Ends of the names of texts that mail programs attach without saying that they are texts."""


def with_link(body, address, url):
    """Return the HTML that is sent: ``body`` with the recipient's ``url`` in place of the ``address`` of the account.

    It is neither in the letter nor in the chatter, which other contacts of the client may be allowed to read.

    >>> with_link('<a href="/my">Open</a>', "/my", "/interactions/x?a=1&b=2")
    '<a href="/interactions/x?a=1&amp;b=2">Open</a>'
    """
    return str(body).replace(f'href="{address}"', f'href="{html_escape(url)}"')


def without_links(text):
    """Return ``text`` with links without a password replaced by that of the personal account.

    A reply quotes the letter with its link, and more people read the reply than may act in the name of its writer.

    :param text: str or Markup; what is neither, e.g. a text that is translated later, is returned as it is.

    >>> without_links("See https://firm.example/ru/interactions/" + "aB7-" * 27 + ".")
    'See https://firm.example/ru/my.'
    >>> without_links("u=https%3A%2F%2Ffirm.example%2Finteractions%2F" + "xY7" * 36 + "&d=1")
    'u=https%3A%2F%2Ffirm.example%2Fmy&d=1'
    >>> without_links("u=https-3A__firm.example_ru_interactions_" + "xY7" * 36 + "&d=D")
    'u=https-3A__firm.example_ru_my&d=D'
    >>> without_links("> <https://firm.example/interactions/" + "xY7" * 17 + "\\n> " + "yZ8" * 19 + ">\\n> Best")
    '> <https://firm.example/my>\\n> Best'
    >>> without_links("/interactions/preview/7/handed"), without_links(False)
    ('/interactions/preview/7/handed', False)
    >>> without_links("drugs.example/interactions/what-you-should-know-about-drug-interactions-in-2024.html")
    'drugs.example/interactions/what-you-should-know-about-drug-interactions-in-2024.html'
    >>> without_links("/INTERACTIONS/" + "xY7" * 36), without_links(7), without_links(b"interactions")
    ('/my', 7, b'interactions')
    >>> without_links("interactions" + "_" * 200) == "interactions" + "_" * 200
    True
    """
    return type(text)(TOKEN.sub(replaced, text)) if isinstance(text, str) else text


def replaced(match):
    """Return what takes the place of a ``match`` of :data:`TOKEN`: itself, unless it looks like a token."""
    token = re.sub(BREAK, "", match[1])
    return "my" if len(token) >= SHORTEST and all(re.search(sort, token) for sort in SORTS) else match[0]


def mail_without_links(message):
    """Take the links out of the subject and the texts of a mail, and of the letters attached to it; return it.

    >>> from email.message import EmailMessage
    >>> mail = EmailMessage()
    >>> mail["Subject"] = "Fwd: /interactions/" + "xY7" * 36
    >>> mail.set_content("Выписка: /interactions/" + "xY7" * 36)
    >>> letter = EmailMessage()
    >>> letter.set_content('<a href="/interactions/' + "xY7" * 36 + '">', subtype="html")
    >>> mail.add_attachment(letter)
    >>> [part.get_content() for part in mail_without_links(mail).walk() if part.get_content_maintype() == "text"]
    ['Выписка: /my\\n', '<a href="/my">\\n']
    >>> mail["Subject"], "xY7xY7" in mail.as_string()
    ('Fwd: /my', False)
    >>> mail = EmailMessage()
    >>> mail["Content-Type"] = "text/plain; charset=undefined"
    >>> mail.set_payload("/interactions/" + "xY7" * 36)
    >>> mail_without_links(mail).get_payload(decode=True)
    b'/my'
    """
    for part in message.walk():
        # a malformed part is Odoo's to read: no mail fails because of us
        with contextlib.suppress(Exception):
            clean_part(part)
    return message


def clean_part(part):
    """Take the links out of the subject and the text of one part of a mail. All other bytes of the text remain.

    :raises Exception: any, for malformed headers.

    >>> from email.message import EmailMessage
    >>> mail = EmailMessage()
    >>> text = "Выписка: /interactions/%s".encode("cp1251")
    >>> mail.set_content(text % (b"xY7" * 36), "application", "octet-stream", filename="Letter.HTML")
    >>> clean_part(mail)
    >>> mail.get_content() == text.replace(b"interactions/%s", b"my")
    True
    """
    subject = str(part["Subject"] or "")
    if (clean := without_links(subject)) != subject:
        part.replace_header("Subject", clean)
    if is_encoded_letter(part):
        clean_encoded_letter(part)
    content = part.get_payload(decode=True) if is_text(part) else None
    if content and (clean := content_without_links(content, is_letter(part))) != content:
        if part.get_content_maintype() == "text" and not is_readable(part.get_content_charset()):
            part.set_param("charset", "utf-8")
        del part["Content-Transfer-Encoding"]
        part.set_payload(clean)
        encode_base64(part)


def clean_encoded_letter(part):
    r"""Take the links out of a letter for which :func:`is_encoded_letter`; it remains encoded.

    >>> letter = base64.encodebytes(b"Subject: Fwd\n\nSee /interactions/" + b"xY7" * 36)
    >>> mail = message_from_bytes(b"Content-Type: message/rfc822\nContent-Transfer-Encoding: Base64\n\n" + letter)
    >>> clean_part(mail)
    >>> message_from_bytes(base64.b64decode(mail.get_payload(0).get_payload())).get_payload(decode=True)
    b'See /my'
    """
    [encoded] = part.get_payload()
    content = base64.b64decode(encoded.get_payload())
    if (clean := content_without_links(content, True)) != content:
        encoded.set_payload(base64.encodebytes(clean).decode())


def content_without_links(content, is_mail):
    r"""Return the ``content`` (bytes) of a text, or of a mail attached as a file, without links.

    What cannot be read as a mail is cleaned as a text.

    >>> link = b"/interactions/" + b"xY7" * 36
    >>> content_without_links("Выписка: ".encode("cp1251") + link, True).decode("cp1251")
    'Выписка: /my'
    >>> content_without_links(b"Content-Type: multipart/mixed\n\n\xff" + link, True)
    b'Content-Type: multipart/mixed\n\n\xff/my'
    """
    if is_mail:
        with contextlib.suppress(Exception):
            content = letter_without_links(content)
    # any bytes can be read so; a link is ASCII in all charsets of mails but UTF-16
    return without_links(content.decode("latin-1")).encode("latin-1") if PATH.encode() in content.lower() else content


def letter_without_links(content):
    r"""Return a mail (bytes) without links; the same bytes if it has none, or no header and so is no mail.

    >>> letter = b"Subject:Fwd\nTo:a@example.com\n\nHello\n"
    >>> letter_without_links(letter) == letter
    True
    """
    letter = message_from_bytes(content, policy=SMTP)
    before = letter.as_bytes()
    return content if not letter.keys() or (clean := mail_without_links(letter).as_bytes()) == before else clean


def is_readable(charset):
    """Return whether Python can read texts in a ``charset`` (str or None). Odoo fails at others.

    >>> is_readable("windows-1251"), is_readable(None), is_readable("no-such"), is_readable("idna")
    (True, False, False, False)
    """
    try:
        return bool(charset and b"a".decode(charset, "replace"))
    except (LookupError, ValueError):
        return False


def is_text(part):
    """Return whether a part of a mail is a text, also one that is attached as bytes."""
    return part.get_content_maintype() == "text" or str(part.get_filename() or "").lower().endswith(NAMES)


def is_letter(part):
    """Return whether a part of a mail is a mail that is attached as bytes or as a text."""
    return str(part.get_filename() or "").lower().endswith(NAMES[0])


def is_encoded_letter(part):
    """Return whether a part is a letter that is encoded as no letter may be. Python leaves it so, as does Odoo."""
    encoding = str(part["Content-Transfer-Encoding"] or "").strip().lower()
    return part.get_content_type() == "message/rfc822" and encoding == "base64"
