"""Looks for the words and phrases of a rule in a text, in time linear to its length whatever is in either.

Text and phrases are cut into tokens: words, and single marks such as a hyphen. A rule's phrases become one set of words
and beginnings of words; one pass over the tokens, without going back, finds all of them (the *Shift-And* algorithm).
"""

import re

from ..capture.once import once
from .word_forms import word_forms

TOKEN = re.compile(r"\w+|[^\w\s]")
QUOTED = re.compile(r'["“«](.+)["”»]')
STARRED = re.compile(r"[^*]*\w\*")
MOST_PHRASES = 500


class SearchedText:
    """A text in the form in which phrases are looked for; worked out when asked for."""

    def __init__(self, text):
        self.text = text

    @once
    def folded(self):
        """The text as it is compared."""
        return folded(self.text)

    @once
    def tokens(self):
        """Its words and marks, a list."""
        return TOKEN.findall(self.folded)


class Phrases:
    """The phrases of one rule, ready to be looked for; with a bad one among them none is found.

    Each token of a phrase has a bit; ``state`` of :meth:`occur` holds those that the last tokens of the text led to.

    :param phrases: strings, one phrase each, as users write them.
    """

    def __init__(self, phrases):
        bad = bad_phrase(phrases)
        sequences = [] if bad else [found for phrase in phrases if (found := phrase_tokens(phrase))]
        self.words, self.beginnings = {}, {}
        self.firsts = self.lasts = 0
        bit = 1
        for sequence in sequences:
            self.firsts |= bit
            for _start, forms, is_starred in sequence:
                known = self.beginnings if is_starred else self.words
                for form in forms:
                    known[form] = known.get(form, 0) | bit
                bit <<= 1
            self.lasts |= bit >> 1
        self.lengths = sorted({len(beginning) for beginning in self.beginnings})
        self.shortest = min(map(len, (*self.words, *self.beginnings)), default=0)
        self.heads = {known[: self.shortest] for known in (*self.words, *self.beginnings)}
        self.signs = without_longer(max((start for start, _, _ in sequence), key=len) for sequence in sequences)

    def occur(self, text):
        """Return whether one of the phrases is in ``text`` (:class:`SearchedText`)."""
        whole = text.folded
        if not any(sign in whole for sign in self.signs):  # most texts hold none: no need to cut them into tokens
            return False
        state, shortest, heads, firsts, lasts = 0, self.shortest, self.heads, self.firsts, self.lasts
        for token in text.tokens:
            if token[:shortest] in heads:
                state = (state << 1 | firsts) & self.bits(token)
                if state & lasts:
                    return True
            else:
                state = 0
        return False

    def bits(self, token):
        """Return the bits of the tokens of phrases that ``token`` (str) satisfies."""
        bits = self.words.get(token, 0)
        for length in self.lengths:
            bits |= self.beginnings.get(token[:length], 0)
        return bits


def has_phrase(text, phrases):
    """Return whether ``text`` holds one of ``phrases`` as whole words, whatever their case and form; ё equals е.

    A star stands for the rest of a word; what is in quotes is taken as it stands:

    >>> has_phrase("Подготовили ЖАЛОБУ на сроки", ("жалоба",)), has_phrase("Two complaints", ("complaint",))
    (True, True)
    >>> has_phrase("dissatisfaction", ("dissatisf*",)), has_phrase("Two acts", ('"act"',))
    (True, False)
    >>> has_phrase("unhappy", ("happy",)), has_phrase("ещё счёт", ("еще счет",))
    (False, True)
    >>> has_phrase("by e-mail!", ("e-mail",)), has_phrase("not, happy", ("not happy",))
    (True, False)
    """
    return Phrases(phrases).occur(SearchedText(text))


def bad_phrase(phrases):
    """Return the first of ``phrases`` with a star elsewhere than at the end of a word; empty when all are well.

    >>> bad_phrase(("complain*", "new price* list*", "e-mail*", '"act*"')), bad_phrase(("fine", "a*b", "* c"))
    ('', 'a*b')
    >>> [bad_phrase((phrase,)) for phrase in ("*", "*a", "a**", "a-*", "a*, b")]
    ['*', '*a', 'a**', 'a-*', 'a*, b']
    """
    for phrase in phrases:
        words = unquoted(phrase).split()
        if not all(STARRED.fullmatch(word) for word in words if "*" in word):
            return phrase
    return ""


def phrase_tokens(phrase):
    """Return ``(beginning, forms, whether a star follows)`` of each token of a phrase.

    >>> [(start, sorted(forms), starred) for start, forms, starred in phrase_tokens('"Acts* e-mail"')]
    [('acts', ['acts'], True), ('e', ['e'], False), ('-', ['-'], False), ('mail', ['mail'], False)]
    """
    is_exact = unquoted(phrase) != phrase.strip()
    return [token for word in folded(unquoted(phrase)).split() for token in word_tokens(word, is_exact)]


def word_tokens(word, is_exact):
    """Return what ``phrase_tokens`` does, of a part of a phrase between blanks."""
    if not is_exact and "*" not in word and word.isalpha():
        return [(*word_forms(word), False)]
    tokens = TOKEN.findall(word.removesuffix("*"))
    return [(token, {token}, "*" in word and i == len(tokens)) for i, token in enumerate(tokens, 1)]


def unquoted(phrase):
    """Return a phrase without the quotes around it.

    >>> unquoted(' «акт» '), unquoted(" akt ")
    ('акт', 'akt')
    """
    exact = QUOTED.fullmatch(phrase.strip())
    return exact[1] if exact else phrase.strip()


def folded(text):
    """Return ``text`` as it is compared: without case, ё as е."""
    return text.casefold().replace("ё", "е")


def without_longer(signs):
    """Return ``signs`` as a tuple, without those that hold another one.

    >>> without_longer(("жал", "жалоб", "рожден"))
    ('жал', 'рожден')
    """
    kept = []
    for sign in sorted(signs, key=len):
        if not any(other in sign for other in kept):
            kept.append(sign)
    return tuple(kept)
