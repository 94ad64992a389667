"""Take links that open something without a password out of texts. Pure."""

import re

PATH = "interactions"
"""First part of the path of links without a password; the token follows."""
TOKEN = re.compile(rf"{PATH}(?:/|%2F|%252F)[\w-]{{40,}}", re.IGNORECASE)
"""Also as mail filters write addresses inside of their own."""


def without_links(text):
    """Return ``text`` with links without a password replaced by that of the personal account.

    A reply quotes the letter with its link, and more people read the reply than may act in the name of its writer.

    :param text: str or Markup; what is neither, e.g. a text that is translated later, is returned as it is.

    >>> without_links("See https://firm.example/ru/interactions/" + "aB_-" * 20 + ".")
    'See https://firm.example/ru/my.'
    >>> without_links("u=https%3A%2F%2Ffirm.example%2Finteractions%2F" + "x" * 86 + "&d=1")
    'u=https%3A%2F%2Ffirm.example%2Fmy&d=1'
    >>> without_links("/interactions/preview/7/handed"), without_links(False)
    ('/interactions/preview/7/handed', False)
    >>> without_links("/INTERACTIONS/" + "x" * 86), without_links(7), without_links(b"interactions")
    ('/my', 7, b'interactions')
    """
    return type(text)(TOKEN.sub("my", text)) if isinstance(text, str) else text
