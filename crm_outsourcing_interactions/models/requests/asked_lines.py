"""Find what a message asks for, line by line. Pure."""

import re

BULLET = re.compile(r"^\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s+")
AND = re.compile(r"^(?:and also|and|also|а также|и также|также|и ещ[её]|и)\s+(?=\w)", re.IGNORECASE)
LINK = re.compile(r'(<a\b[^<>]*\bhref="(https?://[^"<>]*)"[^<>]*>)((?:(?!</a>)[^\0])*)</a>', re.IGNORECASE)
LONGEST = 200
"""Characters of the name of an item."""


def asked_lines(text):
    """Return the lines of ``text`` that name something.

    These are the lines with a bullet or number if there are any, else all but salutations and introductions, which end
    with a comma or colon. The conjunction with which a line goes on is dropped.

    >>> asked_lines("Hello,\\nplease send:\\n- bank statements\\n2) the time sheet;\\nBest regards")
    ['Bank statements', 'The time sheet']
    >>> asked_lines("Hello, please send:\\n\\nthe act.\\n")
    ['The act']
    >>> asked_lines("Please send the act.\\nAnd the contract with the bank.\\nи также выписку\\nИ. о. директора")
    ['Please send the act', 'The contract with the bank', 'Выписку', 'И. о. директора']
    >>> asked_lines("")
    []
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    listed = [line for line in lines if BULLET.match(line)]
    kept = (BULLET.sub("", line) for line in listed or lines if not line.endswith((",", ":")))
    named = (AND.sub("", line.strip()).rstrip(" .;,").strip() for line in kept)
    return [name[:1].upper() + name[1:] for name in named if name]


def with_addresses(body):
    """Return an HTML body (str) in which the address of each link can be read, since items are plain text.

    >>> with_addresses('<p>Fill in <a href="https://example.com/form">the form</a>.</p>')
    '<p>Fill in <a href="https://example.com/form">the form (https://example.com/form)</a>.</p>'
    >>> with_addresses('<a href="https://example.com">example.com</a> <a href="#">up</a>')
    '<a href="https://example.com">example.com</a> <a href="#">up</a>'
    """

    def spelled_out(link):
        opened, address, text = link.groups()
        known = address.partition("://")[2].rstrip("/") in text
        return link[0] if known else f"{opened}{text} ({address})</a>"

    return LINK.sub(spelled_out, body)


def one_item(text):
    """Return ``(name, note)`` of a text as one item; the note is the text, unless the name has all of it.

    >>> one_item("Dear Ivan,\\nplease send the lease contract.")
    ('Please send the lease contract', '')
    >>> one_item("Please send the contract.\\nWe need all pages.")
    ('Please send the contract', 'Please send the contract.\\nWe need all pages.')
    >>> name, note = one_item("x" * 20_000)
    >>> len(name), len(note)
    (200, 20000)
    >>> one_item("Dear Ivan,")
    ('Dear Ivan', '')
    >>> one_item(" ")
    ('', '')
    """
    lines = asked_lines(text) or [text.strip().rstrip(",:")]
    return shortened(lines[0], text.strip() if len(lines) > 1 else "")


def shortened(line, note=""):
    """Return ``(name, note)`` of a line; the note has the whole line if it is too long for a name.

    >>> shortened("Lease contract"), [len(part) for part in shortened("word " * 50)]
    (('Lease contract', ''), [200, 249])
    """
    line = line.strip()
    if len(line) <= LONGEST:
        return line, note
    name = line[: LONGEST - 1].rstrip()
    return f"{name}…", note or line
