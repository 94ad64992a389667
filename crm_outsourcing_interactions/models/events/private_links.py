"""Put links that open something without a password into mails, and take them out of texts and mails. Pure."""

import contextlib
import re

from odoo.tools import html_escape

PATH = "interactions"
"""First part of the path of links without a password; the token follows."""
SLASH = r"(?:/+|%(?:25)*2F|_)"
"""Also as mail filters write addresses inside of their own: Outlook percent-encoded, Proofpoint with underscores."""
BREAK = r"[ \t]*\r?\n[> \t]*"
"""Where a mail program has wrapped a long address, also a quoted one."""
TOKEN = re.compile(rf"{PATH}{SLASH}([\w-]*(?:{BREAK}[\w-]{{20,}})*)", re.IGNORECASE)
"""What is left of a wrapped one, fewer than 20 characters of its end, opens nothing: the signature comes first."""
SHORTEST = 90
"""Characters of a token, at least, so that file names and other addresses are left alone; today they have 110."""


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

    >>> without_links("See https://firm.example/ru/interactions/" + "aB_-" * 26 + ".")
    'See https://firm.example/ru/my.'
    >>> without_links("u=https%3A%2F%2Ffirm.example%2Finteractions%2F" + "x" * 106 + "&d=1")
    'u=https%3A%2F%2Ffirm.example%2Fmy&d=1'
    >>> without_links("u=https-3A__firm.example_ru_interactions_" + "x" * 106 + "&d=D")
    'u=https-3A__firm.example_ru_my&d=D'
    >>> without_links("> <https://firm.example/interactions/" + "x" * 50 + "\\n> " + "y" * 56 + ">\\n> Best regards")
    '> <https://firm.example/my>\\n> Best regards'
    >>> without_links("/interactions/preview/7/handed"), without_links(False)
    ('/interactions/preview/7/handed', False)
    >>> without_links("drugs.example/interactions/what-you-should-know-about-drug-interactions-in-2024.html")
    'drugs.example/interactions/what-you-should-know-about-drug-interactions-in-2024.html'
    >>> without_links("/INTERACTIONS/" + "x" * 106), without_links(7), without_links(b"interactions")
    ('/my', 7, b'interactions')
    """
    return type(text)(TOKEN.sub(replaced, text)) if isinstance(text, str) else text


def replaced(match):
    """Return what takes the place of a ``match`` of :data:`TOKEN`: itself, unless it is long enough for a token."""
    return "my" if len(re.sub(BREAK, "", match[1])) >= SHORTEST else match[0]


def mail_without_links(message):
    """Take the links out of the subject and the texts of a mail, and of the letters attached to it; return it.

    >>> from email.message import EmailMessage
    >>> mail = EmailMessage()
    >>> mail["Subject"] = "Fwd: /interactions/" + "x" * 106
    >>> mail.set_content("Выписка: /interactions/" + "x" * 106)
    >>> letter = EmailMessage()
    >>> letter.set_content('<a href="/interactions/' + "x" * 106 + '">', subtype="html")
    >>> mail.add_attachment(letter)
    >>> [part.get_content() for part in mail_without_links(mail).walk() if part.get_content_maintype() == "text"]
    ['Выписка: /my\\n', '<a href="/my">\\n']
    >>> mail["Subject"], "x" * 9 in mail.as_string()
    ('Fwd: /my', False)
    >>> mail = EmailMessage()
    >>> mail["Content-Type"] = "text/plain; charset=undefined"
    >>> mail.set_payload("/interactions/" + "x" * 106)
    >>> mail_without_links(mail).get_payload(decode=True)
    b'/my'
    """
    for part in message.walk():
        # a malformed part is Odoo's to read: no mail fails because of us
        with contextlib.suppress(Exception):
            clean_part(part)
    return message


def clean_part(part):
    """Take the links out of the subject and the text of one part of a mail.

    :raises Exception: any, for malformed headers.
    """
    subject = str(part["Subject"] or "")
    if (clean := without_links(subject)) != subject:
        part.replace_header("Subject", clean)
    content = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
    if content and PATH.encode() in content.lower():
        text = decoded(content, part.get_content_charset())
        if (clean := without_links(text)) != text:
            del part["Content-Transfer-Encoding"]
            part.set_payload(clean, "utf-8")


def decoded(content, charset):
    """Return the text of ``content`` (bytes) in a ``charset``, which may be missing or unknown.

    >>> decoded("Акт".encode(), None), decoded("Акт".encode("cp1251"), "cp1251"), decoded(b"Act", "no-such")
    ('Акт', 'Акт', 'Act')
    >>> decoded(b"Act", "idna"), decoded(b"Act", "undefined")
    ('Act', 'Act')
    """
    try:
        return content.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")
