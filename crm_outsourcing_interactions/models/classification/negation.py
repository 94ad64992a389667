"""Find the words of a text that it denies, as in “no complaints” or «жалоб нет», in time linear in its length."""

import re


def _words(text):
    return frozenset(text.split())


NEGATORS = _words(
    "no not nor never without nothing nobody none cannot t dont didnt havent isnt не нет ни без никто ничего"
)
"""Words that deny the next one; *t* is the end of “don't”."""
BETWEEN = _words(
    """
a an any further more other new real major serious single such kind reason reasons cause need to have has had
having been be is am are was were at all very really so too entirely fully quite completely as meant intended one going
questions comments remarks issues problems claims objections or ' ’
и или никаких никакой никаким никакие каких либо больше пока к вам вас у нас нам меня имею имеем имеет имели
было была был были будет поступало возникло является это эта очень совсем особо сильно слишком вполне оснований повода
причин жалоб претензий замечаний вопросов возражений предложений пожеланий ни
"""
)
"""Words and marks between a negator and the word that it denies."""
LATER = _words("нет не отсутствуют отсутствует")
"""Negators behind the word that they deny."""
HAVE = _words("имею имеем имеет имеют имеется имелось было поступало возникло возникает")
"""Verbs that make *не* a negator of the words before it."""
WITHIN = BETWEEN | _words(
    """
, друг другу по на вашей вашим вашему ваших данный момент сегодня сейчас объему объемам качеству срокам сроку
стоимости выполнения выполненных оказания оказанных работ работе услуг услугам заказчик
"""
)
"""Words and marks between a word and the negator behind it, as in the text of an act."""
OF_NOTHING = re.compile(r"[а-я]+[бвгджзйклмнпрстфхцчшщ]")
"""A Russian genitive plural, which a negator behind it denies: «жалоб нет», but «на жалобу нет ответа»."""


def denies(tokens):
    """Return whether one of the ``tokens`` (list of str, folded) is a negation.

    >>> denies(["not", "happy"]), denies(["happy"])
    (True, False)
    """
    return not (NEGATORS | LATER).isdisjoint(tokens)


def negated(tokens):
    """Return the positions (set of int) of the ``tokens`` (list of str, folded) that the text denies.

    >>> def found(text):
    ...     tokens = re.findall(r"\\w+|[^\\w\\s]", text)
    ...     return [token for place, token in enumerate(tokens) if place in negated(tokens) and len(token) > 6]
    >>> found("we don't have any complaints"), found("this is not a complaint"), found("no comments or complaints")
    (['complaints'], ['complaint'], ['comments', 'complaints'])
    >>> found("директор недоволен - нет отчёта"), found("замечаний нет - отличная работа")
    ([], ['замечаний'])
    >>> found("no, a complaint"), found("no we have a complaint"), found("no answer to my complaint")
    ([], [], [])
    >>> found("претензий по качеству, срокам не имеем"), found("нет никаких претензий"), found("не жалуюсь")
    (['претензий'], ['никаких', 'претензий'], ['жалуюсь'])
    >>> found("претензий к вашей работе не имеется"), found("жалоб и предложений нет")
    (['претензий', 'имеется'], ['предложений'])
    >>> found("на претензию нет ответа"), found("много претензий, нет акта"), found("претензии отсутствуют")
    ([], [], ['претензии'])
    """
    found, is_denied = set(), False
    for place, token in enumerate(tokens):
        if is_denied:
            found.add(place)
        is_denied = token in NEGATORS or (is_denied and token in BETWEEN)
    return found | negated_later(tokens)


def negated_later(tokens):
    """Return the positions (set of int) of the ``tokens`` that a negator behind them denies."""
    found, negator = set(), ""
    for place in range(len(tokens) - 1, -1, -1):
        token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
        if negator and (negator.startswith("отсутств") or OF_NOTHING.fullmatch(token)):
            found.add(place)
        if token in LATER and (token != "не" or after in HAVE):
            negator = token
        elif token not in WITHIN or (token == "," and after in LATER):
            negator = ""
    return found
