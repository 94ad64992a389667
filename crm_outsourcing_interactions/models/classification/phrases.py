"""Search a text for the words and phrases of a rule in time linear in its length, for any input.

Text and phrases are split into tokens: words, and single marks such as a hyphen. The phrases of a rule become one set
of words, stems and prefixes; one pass over the tokens, without backtracking, finds all of them (the *Shift-And*
algorithm).
"""

import re
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from .negation import denies, negated
from .stems import DEFAULT, MOST_WORDS, common_start, stems

TOKEN = re.compile(r"\w+|[^\w\s]")
QUOTED = re.compile(r'["“«](.+)["”»]')
STARRED = re.compile(r"[^*]*\w\*")
MOST_PHRASES = 500
EXACT, STEM, BEGINNING = range(3)


class PhraseToken(NamedTuple):
    """Describe the tokens of a text that match one token of a phrase.

    :param kind: ``EXACT``, ``STEM`` or ``BEGINNING``: the part of the token that is compared.
    :param values: the accepted values of that part (strings).
    :param start: the common prefix of all matching tokens.
    """

    kind: int
    values: tuple[str, ...]
    start: str


class SearchedText:
    """Hold a text prepared for phrase search; tokens and stems are computed lazily."""

    def __init__(self, text):
        self.text = text
        self._stems = {}

    @cached_property
    def folded(self):
        """Return the text normalised for comparison."""
        return folded(self.text)

    @cached_property
    def tokens(self):
        """Return the words and marks of the text (list of str)."""
        return TOKEN.findall(self.folded)

    @cached_property
    def negated(self):
        """Return the positions of the tokens that the text denies, line by line (set of int)."""
        found, place = set(), 0
        for line in self.folded.splitlines():
            tokens = TOKEN.findall(line)
            found |= {place + number for number in negated(tokens)}
            place += len(tokens)
        return found

    def stems(self, languages):
        """Return the words of the text and their stems in ``languages`` (set of str), cached by language."""
        if languages not in self._stems:
            words = dict.fromkeys(self.tokens)
            found = {stem for word in islice(words, MOST_WORDS) for stem in stems(word, languages)}
            self._stems[languages] = found | words.keys()
        return self._stems[languages]


class Phrases:
    """Compile the phrases of one rule for searching; if one of them is invalid, none is found.

    Each token of a phrase has a bit; ``state`` in :meth:`occur` holds the bits reached by the last tokens of the text.

    :param phrases: strings, one phrase each, as users write them.
    :param languages: Snowball's names of the languages whose inflected forms match.
    :param is_opinion: whether a phrase that the text denies does not count.
    """

    def __init__(self, phrases, languages=DEFAULT, is_opinion=False):
        bad = bad_phrase(phrases)
        usable = () if bad else phrases
        found = {phrase: tokens for phrase in usable if (tokens := phrase_tokens(phrase, languages))}
        sequences = list(found.values())
        self.languages, self.is_opinion = languages, is_opinion
        self.known = {EXACT: {}, STEM: {}, BEGINNING: {}}
        self.firsts = self.lasts = self.denials = 0
        bit = 1
        for phrase, sequence in found.items():
            self.firsts |= bit
            self.denials |= bit if denies(TOKEN.findall(folded(phrase))) else 0
            for token in sequence:
                known = self.known[token.kind]
                for value in token.values:
                    known[value] = known.get(value, 0) | bit
                bit <<= 1
            self.lasts |= bit >> 1
        starts = {token.start for sequence in sequences for token in sequence}
        self.lengths = sorted({len(beginning) for beginning in self.known[BEGINNING]})
        self.shortest = min(map(len, starts), default=0)
        self.heads = {start[: self.shortest] for start in starts}
        tellers = [max(sequence, key=lambda token: (len(token.start), len(token.values[0]))) for sequence in sequences]
        self.signs = without_longer(token.start for token in tellers if token.start)
        self.stem_signs = {value for token in tellers if not token.start for value in token.values}

    def occur(self, text):
        """Return whether one of the phrases is in ``text`` (:class:`SearchedText`)."""
        if not self.may_occur(text):
            return False
        state, seen, shortest, heads, firsts, lasts = 0, {}, self.shortest, self.heads, self.firsts, self.lasts
        denied = text.negated if self.is_opinion else ()
        for place, token in enumerate(text.tokens):
            if token[:shortest] in heads:
                if token not in seen:
                    seen[token] = self.bits(token, has_forms=len(seen) < MOST_WORDS)
                state = (state << 1 | (self.denials if place in denied else firsts)) & seen[token]
                if state & lasts:
                    return True
            else:
                state = 0
        return False

    def may_occur(self, text):
        """Return whether ``text`` contains a sign of a phrase: a cheap test that spares most texts the tokenising."""
        whole = text.folded
        if any(sign in whole for sign in self.signs):
            return True
        return bool(self.stem_signs) and not self.stem_signs.isdisjoint(text.stems(self.languages))

    def bits(self, token, has_forms=True):
        """Return the bits of the phrase tokens that ``token`` (str) matches.

        :param bool has_forms: compare stems as well as the literal token.
        """
        bits = self.known[EXACT].get(token, 0)
        for stem in stems(token, self.languages) if has_forms else (token,):
            bits |= self.known[STEM].get(stem, 0)
        for length in self.lengths:
            bits |= self.known[BEGINNING].get(token[:length], 0)
        return bits


def has_phrase(text, phrases, languages=DEFAULT, is_opinion=False):
    r"""Return whether ``text`` contains one of ``phrases`` as whole words, in any case and inflection; ё equals е.

    A star matches the rest of a word; a phrase in quotes matches literally:

    >>> has_phrase("Подготовили ЖАЛОБУ на сроки", ("жалоба",)), has_phrase("Two complaints", ("complaint",))
    (True, True)
    >>> has_phrase("dissatisfaction", ("dissatisf*",)), has_phrase("Two acts", ('"act"',))
    (True, False)
    >>> has_phrase("unhappy", ("happy",)), has_phrase("ещё счёт", ("еще счет",))
    (False, True)
    >>> has_phrase("Ihre Rechnungen", ("rechnung",), ("english", "german")), has_phrase("replies", ("reply",))
    (True, True)
    >>> has_phrase("by e-mail!", ("e-mail",)), has_phrase("not, happy", ("not happy",))
    (True, False)

    An opinion that the text denies is none, unless the phrase itself contains a negation:

    >>> words = ("complain*", "жалоб*", "not happy", "не отвеча*")
    >>> texts = "No complaints", "Жалоб нет", "Not happy", "Никто не отвечает"
    >>> [has_phrase(text, words, is_opinion=True) for text in texts]
    [False, False, True, True]
    >>> has_phrase("Ответа нет\nЖалоба на задержку", words, is_opinion=True)
    True
    >>> has_phrase("No complaints", words)
    True
    """
    return Phrases(phrases, languages, is_opinion).occur(SearchedText(text))


def bad_phrase(phrases):
    """Return the first of ``phrases`` with a star elsewhere than at the end of a word; empty when all are valid.

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


def phrase_tokens(phrase, languages=DEFAULT):
    """Return a ``PhraseToken`` for each token of a phrase.

    >>> [(token.kind == BEGINNING, token.values) for token in phrase_tokens('"Acts* e-mail"')]
    [(True, ('acts',)), (False, ('e',)), (False, ('-',)), (False, ('mail',))]
    >>> phrase_tokens("Replies") == [PhraseToken(STEM, ("repli",), "repl")]
    True
    """
    is_exact = unquoted(phrase) != phrase.strip()
    return [token for word in folded(unquoted(phrase)).split() for token in word_tokens(word, is_exact, languages)]


def word_tokens(word, is_exact, languages):
    """Return a ``PhraseToken`` for each token of one blank-separated part of a phrase."""
    if not is_exact and "*" not in word and word.isalpha():
        return [PhraseToken(STEM, stems(word, languages), common_start(word, languages))]
    tokens = TOKEN.findall(word.removesuffix("*"))
    starred = len(tokens) if "*" in word else 0
    return [PhraseToken(BEGINNING if i == starred else EXACT, (token,), token) for i, token in enumerate(tokens, 1)]


def unquoted(phrase):
    """Return a phrase without the quotes around it.

    >>> unquoted(' «акт» '), unquoted(" akt ")
    ('акт', 'akt')
    """
    exact = QUOTED.fullmatch(phrase.strip())
    return exact[1] if exact else phrase.strip()


def folded(text):
    """Return ``text`` normalised for comparison: case-folded, ё as е."""
    return text.casefold().replace("ё", "е")


def without_longer(signs):
    """Return ``signs`` as a tuple, without those that contain another one.

    >>> without_longer(("жал", "жалоб", "рожден"))
    ('жал', 'рожден')
    """
    kept = []
    for sign in sorted(signs, key=len):
        if not any(other in sign for other in kept):
            kept.append(sign)
    return tuple(kept)
