"""The forms of a word, English and Russian, as a set: by endings alone, no dictionary."""

import re

SHORTEST_STEM = 3
"""Letters that are left at least when an ending is taken off; shorter words have no forms."""
NOMINAL = [
    "иями",
    "ями",
    "ами",
    "ыми",
    "ими",
    "ием",
    "иям",
    "иях",
    "ого",
    "его",
    "ому",
    "ему",
    "ый",
    "ий",
    "ой",
    "ей",
    "ью",
    "ая",
    "яя",
    "ое",
    "ее",
    "ые",
    "ие",
    "ую",
    "юю",
    "ым",
    "им",
    "ых",
    "их",
    "ом",
    "ем",
    "ам",
    "ям",
    "ах",
    "ях",
    "ов",
    "ев",
    "ию",
    "ия",
    "ии",
    "а",
    "я",
    "о",
    "е",
    "ы",
    "и",
    "у",
    "ю",
    "ь",
    "й",
]
"""Endings of Russian nouns and adjectives, long ones first."""
VERBAL = [
    "аться",
    "яться",
    "иться",
    "еться",
    "ать",
    "ять",
    "ить",
    "еть",
    "уть",
    "ться",
    "ть",
    "алась",
    "ялась",
    "илась",
    "ались",
    "ялись",
    "ились",
    "ался",
    "ялся",
    "ился",
    "ала",
    "яла",
    "ила",
    "ела",
    "али",
    "яли",
    "или",
    "ели",
    "ал",
    "ял",
    "ил",
    "ел",
    "л",
    "ла",
    "ли",
    "аем",
    "яем",
    "уем",
    "аете",
    "яете",
    "уете",
    "ает",
    "яет",
    "ует",
    "аю",
    "яю",
    "ую",
    "ают",
    "яют",
    "уют",
    "айте",
    "яйте",
    "уйте",
    "ай",
    "яй",
    "уй",
    "ите",
    "ьте",
    "ишь",
    "ешь",
    "ет",
    "ем",
    "ете",
    "ит",
    "им",
    "ят",
    "ат",
    "ут",
    "ют",
    "у",
    "ю",
    "ь",
    "и",
]
VERB = re.compile(r"(?<!с)(?:ть|ться)$|[иьй]те$")
"""How a Russian verb ends in the infinitive or as a request; «-сть» is a noun."""
FLEETING = re.compile(r"(?<=[бвгджзлмнпрстфхчшщ])к$")
"""Before such a «к» some forms have a vowel: выписка, выписок."""
FLEETING_MIDDLES = ("к", "ок", "ек")
SIBILANT = re.compile(r"(?:x|z|ch|sh|ss)$")
DOUBLED = re.compile(r"[bcdfghjklmnpqrstvwxyz][aeiou][bdgmnprt]$")


def word_forms(word):
    """Return ``(start, forms)``: how all forms of a folded word begin, and these forms (set of str).

    >>> start, forms = word_forms("жалоба")
    >>> start, [word for word in ("жалобу", "жалобами", "жалобщик") if word in forms]
    ('жалоб', ['жалобу', 'жалобами'])
    >>> [word for word in ("invoice", "invoices", "invoiced", "invoker") if word in word_forms("invoice")[1]]
    ['invoice', 'invoices', 'invoiced']
    >>> word_forms("на"), word_forms("1с")
    (('на', {'на'}), ('1с', {'1с'}))
    """
    if len(word) < SHORTEST_STEM or not word.isalpha():
        return word, {word}
    return english_forms(word) if word.isascii() else russian_forms(word)


def russian_forms(word):
    """Return what ``word_forms`` does, of a word in Cyrillic letters.

    >>> [word for word in ("просьба", "просьте", "просили") if word in russian_forms("просить")[1]]
    ['просьте', 'просили']
    >>> [word for word in ("выписки", "выписок", "выписка") if word in russian_forms("выписку")[1]]
    ['выписки', 'выписок', 'выписка']
    """
    endings = VERBAL if VERB.search(word) else NOMINAL
    stem = next((word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM), word)
    start = FLEETING.sub("", stem)
    middles = FLEETING_MIDDLES if start != stem else ("",)
    return start, {word, *(start + middle + ending for middle in middles for ending in ("", *endings))}


def english_forms(word):
    """Return what ``word_forms`` does, of a word in Latin letters.

    >>> [word for word in ("reply", "replies", "replied", "repl") if word in english_forms("replies")[1]]
    ['reply', 'replies', 'replied']
    >>> [word for word in ("tax", "taxes", "taxi") if word in english_forms("tax")[1]]
    ['tax', 'taxes']
    """
    base = english_base(word)
    if re.search(r"[^aeiou]y$", base):
        stem, endings = base[:-1], ("y", "ies", "ied", "ying")
    elif base.endswith("e"):
        stem, endings = base[:-1], ("e", "es", "ed", "ing")
    else:
        doubled = (f"{base[-1]}ed", f"{base[-1]}ing") if DOUBLED.search(base) else ()
        stem, endings = base, ("", "es" if SIBILANT.search(base) else "s", "ed", "ing", *doubled)
    return stem, {word, *(stem + ending for ending in endings)}


def english_base(word):
    """Return the word without the ending of a plural.

    >>> [english_base(word) for word in ("invoices", "taxes", "replies", "news", "address", "status")]
    ['invoice', 'tax', 'reply', 'news', 'address', 'status']
    """
    if re.search(r"[^aeiou]ie[sd]$", word) and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("es") and SIBILANT.search(word[:-2]):
        return word[:-2]
    return word[:-1] if re.search(r"[^siu]s$", word) and len(word) > 4 else word
