"""Find what a message asks for, line by line. Pure."""

import re

BULLET = re.compile(r"^\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s+")
LONGEST = 200


def asked_lines(text):
    """Return the lines of ``text`` that name something.

    These are the lines with a bullet or number if there are any, else all but salutations and introductions, which end
    with a comma or colon.

    >>> asked_lines("Hello,\\nplease send:\\n- bank statements\\n2) the time sheet;\\nBest regards")
    ['Bank statements', 'The time sheet']
    >>> asked_lines("Hello, please send:\\n\\nthe act.\\n")
    ['The act']
    >>> asked_lines("")
    []
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    listed = [line for line in lines if BULLET.match(line)]
    named = (BULLET.sub("", line).rstrip(" .;,").strip() for line in listed or lines if not line.endswith((",", ":")))
    return [name[:1].upper() + name[1:LONGEST] for name in named if name]
