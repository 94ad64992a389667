"""Find what the writer of a mail added: cut quotations, signature and notices of mail programs from plain text.

The text is read once, line by line; looking ahead and back is limited to a few lines, so the time grows linearly with
the length of the text. Lines that consist of one of the marks below come from HTML, see :mod:`.message_text`.
"""

import re

from .reply_headers import QUOTE, QUOTE_END, header_end, is_quoted_at, next_line
from .reply_signs import (
    BANNER,
    DEVICE,
    ELLIPSIS,
    END_FORWARD,
    LONGEST,
    NAME,
    NOTICE,
    POSTSCRIPT,
    QUOTED,
    QUOTED_NUMBER,
    RULE,
    SHORT,
    SIGN_OFF,
    SIGNATURE,
    THANKS,
    label_kind,
    may_introduce,
)  # fmt: skip

ASIDE, ASIDE_END = "\x03", "\x04"
"""Lines around a part that Odoo marks as quotation or signature; answers below quotations may be inside."""
MARKS = {QUOTE, QUOTE_END, ASIDE, ASIDE_END}
QUOTE_SIGN = re.compile("^> ?")


def new_text(text, is_forward=False):
    r"""Return the new text of a mail: without quotations, reply headers, signature and notices.

    If there is none, return the forwarded mail, or all text when no program's header explains the quotation.

    :param is_forward: whether the subject is a forward's: Outlook writes the same header above replies and forwards.

    >>> new_text("Thank you\n\nOn 23 Nov 2026 at 10:15, Anna <anna@example.com> wrote:\n> I complain")
    'Thank you'
    >>> new_text("> Shall we?\nYes.\n> When?\nOn Friday.\n-- \nAnna")
    'Yes.\nOn Friday.'
    >>> new_text("---- Forwarded message ----\nFrom: Bank\nDate: Monday\nTo: Anna\n\nYour statement")
    'Your statement'
    """
    lines = stripped_lines(text)
    cut = Cut(lines)
    below = split_at_header(text)[1] if not cut.kept and (is_forward or cut.is_forward) else None
    if below is not None:
        return Cut(below).text()
    return "\n".join(plain_lines(lines)) if not cut.kept and cut.is_unexplained else cut.text()


def forwarded_text(text):
    r"""Return the new text of the mail that a mail forwards or quotes, of the mail itself if there is none.

    >>> forwarded_text("FYI\nMark\n\nFrom: Anna\nSent: Monday\nTo: Mark\n\nI complain\n\nRegards,\nAnna")
    'I complain'
    """
    below = split_at_header(text)[1]
    return new_text(text) if below is None else Cut(below).text()


def split_at_header(text):
    r"""Return ``(header, below, is_forward)``: the lines of the first header of a quoted mail, and those below it.

    Without a header, return an empty list and ``None``. Below it, one level of quotation is removed.

    >>> split_at_header("FYI\n> From: Anna\n> Date: Monday\n> To: Mark\n>\n> Hello\n> > Old")
    (['From: Anna', 'Date: Monday', 'To: Mark'], ['Hello', '> Old'], False)
    """
    lines = stripped_lines(text)
    read = [at for at, line in enumerate(lines) if line not in MARKS]
    plain = [lines[at].lstrip("> ") for at in read]
    for first, line in enumerate(plain):
        end, is_forward = header_end(plain, first) if may_introduce(line) else (0, False)
        if end:
            # blank lines and the beginning of a quotation, which may stand between, are left out
            start = next((at for at, text in zip(read[end:], plain[end:], strict=True) if text), len(lines))
            below = (line for line in lines[start:] if not END_FORWARD.match(line))
            return plain[first:end], [QUOTE_SIGN.sub("", line) for line in below], is_forward
    return [], None, False


def stripped_lines(text):
    """Return the lines of a text without the spaces around them."""
    return [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def plain_lines(lines):
    """Return the lines that are neither blank nor marks."""
    return [line for line in lines if line and line not in MARKS]


class Cut:
    """Read lines (stripped) and keep the writer's own.

    :ivar list kept: the lines kept so far.
    :ivar bool is_forward: whether a line introduces a forwarded mail.
    :ivar bool is_unexplained: whether there are quoted lines, but nothing else that a mail program adds.
    """

    def __init__(self, lines):
        self.lines = lines
        self.kept = []
        self.depth = 0
        self.is_aside = self.is_signature = self.is_notice = self.is_forward = False
        self.has_quotes = self.has_signs = False
        at = 0
        while at < len(lines):
            at = self.advance(at)
        self.drop_rules()

    @property
    def is_unexplained(self):
        return self.has_quotes and not self.has_signs

    def text(self):
        """Return the kept lines as text."""
        return "\n".join(self.kept)

    def advance(self, at):
        """Read the line at an index; return the index of the next one to read."""
        line = self.lines[at]
        if line in MARKS:
            self.mark(line)
        elif not line:
            self.is_notice = False
        elif self.depth:
            pass
        elif (">" in line[:5] or "]" in line[:5]) and self.is_quoted(at):
            self.quote()
        elif len(line) > LONGEST:
            self.keep(line) if not NOTICE.match(line[:LONGEST]) else self.sign()
        else:
            return (may_introduce(line) and self.header(at)) or self.own(at)
        return at + 1

    def is_quoted(self, at):
        """Return whether the line at an index is quoted by a sign before it; ``> 20 %`` alone is a comparison."""
        line = self.lines[at]
        around = self.lines[at + 1 : at + 2] + self.lines[at - 1 : at]
        is_number_quoted = self.has_quotes or any(near.startswith(">") for near in around)
        return bool(QUOTED.match(line) or (is_number_quoted and QUOTED_NUMBER.match(line)))

    def mark(self, line):
        """Enter or leave a quotation or a marked part."""
        if line == QUOTE:
            self.depth += 1
            self.quote()
        elif line == QUOTE_END:
            self.depth = max(self.depth - 1, 0)
        else:
            self.is_aside = line == ASIDE
            self.has_quotes |= self.is_aside

    def quote(self):
        """Note a quoted line: what follows it is an answer again."""
        self.has_quotes = True
        self.is_aside = self.is_signature = False

    def keep(self, line):
        if not (self.is_aside or self.is_signature or self.is_notice):
            self.kept.append(line)

    def sign(self):
        """Drop what follows, up to the next quotation."""
        self.is_signature = self.has_signs = True

    def own(self, at):
        """Keep or drop a line that belongs to no header; return the next index."""
        line = self.lines[at]
        if not self.kept and BANNER.match(line):
            self.is_notice = True
        elif NOTICE.match(line):
            self.sign()
        elif len(line) > SHORT:
            self.keep(line)
        else:
            self.short(line, at)
        return at + 1

    def short(self, line, at):
        """Keep or drop a line at an index that may be part of a signature."""
        if POSTSCRIPT.match(line):
            self.is_signature = False
        if SIGNATURE.match(line) or (SIGN_OFF.match(line) and (self.kept or self.has_quotes)):
            self.sign()
        elif DEVICE.match(line):
            self.has_signs = True
        elif not ELLIPSIS.match(line):  # it stands for what was cut from a quotation
            self.keep(line)
            if line.endswith(",") and THANKS.match(line) and NAME.match(next_line(self.lines, at + 1)):
                self.sign()

    def header(self, at):
        """Handle a line that introduces a quoted mail; return the next index, or 0 if it does not."""
        end, is_forward = header_end(self.lines, at)
        if not end:
            return 0
        self.has_signs = True
        self.drop_rules()
        if is_quoted_at(self.lines, end):
            self.is_signature = False
            return end
        self.is_forward = is_forward
        return len(self.lines)

    def drop_rules(self):
        """Drop rules at the end, and the labels below one that stand above the header of some programs."""
        labels = 0
        while labels < min(len(self.kept), 3) and label_kind(self.kept[-1 - labels]) in ("to", "subject"):
            labels += 1
        if labels < len(self.kept) and RULE.match(self.kept[-1 - labels]):
            del self.kept[len(self.kept) - labels :]
        while self.kept and RULE.match(self.kept[-1]):
            self.kept.pop()
