"""Extract the writer's own words from a message as plain text."""

import re
from html import unescape

from .reply_headers import QUOTE, QUOTE_END
from .reply_signs import ANSWER, FORWARD
from .reply_text import ASIDE, ASIDE_END, forwarded_text, new_text

ODOO_QUOTE = "data-o-mail-quote"
"""Attribute with which Odoo marks quotations and the signature of a mail."""
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|code|del|em|font|i|img|ins|label|mark|o:p|s|small|span|strike|strong|sub|sup|tt|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
OTHER_TAG = re.compile(r"<[^<>]*>")
"""Excluding ``<`` keeps matching linear when a tag is never closed."""
BLOCK_TAG = re.compile(r"<(/?)(blockquote|div|p|section|table)\b([^<>]*)>", re.IGNORECASE)
INDENT = re.compile(r"border:\s?none|border-left:\s?none|border:\s?0")
"""Style of quotations that are mere indents, as the editors of Gmail and Apple Mail write them."""
HIDDEN = re.compile(r"<(?:(style|script|head|title)\b|!--)", re.IGNORECASE)
HIDDEN_END = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("style", "script", "head", "title")}
PRE = re.compile(r"(</?pre\b[^<>]*>)", re.IGNORECASE)
KEEPS_BREAKS = re.compile(r"white-space:\s?(?:break-spaces|pre)", re.IGNORECASE)
LONGEST_BODY = 300_000
"""Number of characters of an HTML body, without what is hidden, that are read; above nearly any letter with its
quotations."""
CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 13})
"""Control characters; Odoo does not store them, and some are marks of :mod:`.reply_text`."""
HEAD_OF_ROW = re.compile(r"</th\s*>\s*<td\b[^<>]*>", re.IGNORECASE)
"""Between the name and the value of a line of a header, as Thunderbird writes it in a table."""
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"), None) | {0xA0: " "}
"""Invisible characters are dropped, non-breaking spaces become plain ones."""


def message_text(subject, body, is_client_forwarded=False):
    r"""Return subject and HTML body of a message as plain text, without what the mail program and others wrote.

    Rules, learner, replay and previews all read this text. An answer to a complaint is not a complaint: the subject of
    an answer is a quotation as well, left out beside new text. If a mail contains only a quotation, e.g. when
    forwarded, the quotation is its text. See :func:`.reply_text.new_text`.

    :param is_client_forwarded: whether staff forward the client's mail: its text is the client's, not their note.

    >>> message_text("Re: Act", "<p>Thanks,<br>it is <b>s</b>igned</p><p data-o-mail-quote='1'>I complain</p>")
    'Thanks,\nit is signed'
    >>> message_text("Act", "<div data-o-mail-quote='1'>I complain</div>")
    'Act\nI complain'
    >>> message_text("", "<div data-o-mail-quote-container='1'>Yes<p data-o-mail-quote='1'>I complain</p></div>")
    'Yes'
    >>> message_text(False, False)
    ''
    """
    text = said(subject, body, is_client_forwarded)
    return with_subject(FORWARD.sub("", subject or "", count=1) if is_client_forwarded else subject, text)


def said(subject, body, is_client_forwarded=False):
    """Return the text of :func:`message_text` without the subject, by which a forward is recognised.

    >>> said("Fwd: Act", "<p>From: Anna</p><p>Sent: Monday</p><p>To: Mark</p><p>Subject: Act</p><p>Signed.</p>")
    'Signed.'
    """
    text = body_text(body or "")
    return forwarded_text(text) if is_client_forwarded else new_text(text, bool(FORWARD.match(subject or "")))


def with_subject(subject, text):
    r"""Return a text with the subject above it, unless the writer answers or forwards: then it is another's.

    >>> with_subject("Act", "Thanks"), with_subject("RE: Complaint", "Thanks"), with_subject("Ответ: Жалоба", "")
    ('Act\nThanks', 'Thanks', 'Ответ: Жалоба')
    """
    is_quoted = bool(subject) and bool(ANSWER.match(subject) or FORWARD.match(subject))
    return text if text and is_quoted else "\n".join(filter(None, (subject, text)))


def body_text(body):
    r"""Return an HTML body (str) as plain text in linear time, quotations between the marks of :mod:`.reply_text`.

    >>> body_text("<p>Bread &amp; <i>butter</i></p><ul><li>one</li></ul>")
    'Bread & butter\n\n\none'
    >>> body_text("<table><tr><th>From: </th><td>Anna</td></tr></table>")
    'From:  Anna'
    >>> body_text("<style>p {color: red}</style><p>a\nb</p><pre>c\nd</pre>")
    'a b\n\nc\nd'
    """
    body = beginning(without_hidden(body))
    if not body.isprintable():
        body = body.translate(CONTROL)
    body = HEAD_OF_ROW.sub(" ", with_marks(with_breaks(body)))
    text = unescape(OTHER_TAG.sub("\n", INLINE_TAG.sub("", body)))
    return (text if text.isascii() else text.translate(UNSEEN)).strip()


def beginning(body):
    """Return the first :data:`LONGEST_BODY` characters of HTML, without a tag that is cut."""
    if len(body) <= LONGEST_BODY:
        return body
    body = body[:LONGEST_BODY]
    opened = body.rfind("<")
    return body[:opened] if opened > body.rfind(">") else body


def without_hidden(body):
    """Return HTML without style sheets, scripts, head and comments; one that never ends hides the rest.

    >>> without_hidden("a<!-- <b>no</b> -->b<STYLE>p{}</style >c")
    'abc'
    """
    parts, end = [], 0
    while found := HIDDEN.search(body, end):
        parts.append(body[end : found.start()])
        if found[1]:
            closing = HIDDEN_END[found[1].lower()].search(body, found.end())
            end = closing.end() if closing else len(body)
        else:
            closing = body.find("-->", found.end())
            end = closing + 3 if closing >= 0 else len(body)
    return "".join([*parts, body[end:]])


def with_breaks(body):
    r"""Return HTML with line breaks where a browser shows them: those of the source count in ``<pre>`` only.

    >>> with_breaks("<p>a\nb</p>\n<pre>c\nd</pre>")
    '<p>a b</p> <pre>c\nd</pre>'
    """
    if "\n" not in body or "<" not in body or KEEPS_BREAKS.search(body):
        return body
    parts, depth = PRE.split(body), 0
    for at, part in enumerate(parts):
        if at % 2:
            depth = max(depth + (-1 if part[1] == "/" else 1), 0)
        elif not depth:
            parts[at] = part.replace("\r", "").replace("\n", " ")
    return "".join(parts)


def with_marks(body):
    r"""Return HTML with marks around quotations and what Odoo takes for some.

    >>> with_marks("<blockquote>no</blockquote>yes") == f"\n{QUOTE}\nno\n{QUOTE_END}\nyes"
    True
    """
    if "<blockquote" not in body.lower() and ODOO_QUOTE not in body:
        return body
    marks = Marks()
    return BLOCK_TAG.sub(marks.replace, body)


class Marks:
    """Replace tags by marks, remembering which are open."""

    def __init__(self):
        self.open = []
        self.counts = dict.fromkeys(("blockquote", "div", "p", "section", "table"), 0)
        self.asides = 0

    def replace(self, tag):
        """Return the text that replaces a tag (match of :data:`BLOCK_TAG`)."""
        name = tag[2].lower()
        return self.close(name) if tag[1] else self.start(name, tag[3])

    def start(self, name, attributes):
        mark = self.mark(name, attributes)
        self.open.append((name, mark))
        self.counts[name] += 1
        if mark != ASIDE:
            return f"\n{mark}\n"
        self.asides += 1
        return f"\n{ASIDE}\n" if self.asides == 1 else "\n"

    def mark(self, name, attributes):
        """Return the mark that an opening tag becomes; empty if it is none."""
        if name == "blockquote":
            return "" if INDENT.search(attributes) else QUOTE
        return ASIDE if f"{ODOO_QUOTE}=" in attributes else ""

    def close(self, name):
        """Close the innermost open element of a name, and all within it."""
        marks = []
        while self.counts[name]:
            opened, mark = self.open.pop()
            self.counts[opened] -= 1
            marks.append(self.end(mark))
            if opened == name:
                break
        return "\n" + "".join(marks)

    def end(self, mark):
        if mark == QUOTE:
            return f"{QUOTE_END}\n"
        if mark == ASIDE:
            self.asides -= 1
            return f"{ASIDE_END}\n" if not self.asides else ""
        return ""
