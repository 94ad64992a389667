"""Inflect nouns after numbers: Odoo has no plural translations, so one term holds all forms of a language."""

from odoo.tools.misc import babel_locale_parse

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""Plural categories (Unicode CLDR) in the order of the forms in a term."""


def plural(env, forms, number, shown=None):
    """Return a number with its noun in the language of ``env``, such as *2 days*.

    :param forms: the forms of the language in the order of :data:`CATEGORIES`, separated by ``|``: two in English,
        four in Russian, the last for fractions. A translation has as many as its language needs; if it has too few,
        the last one is used. The placeholder of the number is ``n``. ::

            plural(env, env._("%(n)s day|%(n)s days"), 2)  # "%(n)s день|%(n)s дня|%(n)s дней|%(n)s дня"
    :param number: rounded as displayed.
    :param shown: text of the number; by default the number.
    """
    form = form_of(babel_locale_parse(env.lang), forms, number)
    return form % {"n": number if shown is None else shown}


def form_of(locale, forms, number):
    """Return the form for ``number`` in the language of a Babel locale.

    >>> from babel import Locale
    >>> [form_of(Locale("en"), "day|days", number) for number in (0, 1, 1.0, 1.5, 2, 21)]
    ['days', 'day', 'day', 'days', 'days', 'days']
    >>> [form_of(Locale("ru"), "день|дня|дней|дня", number) for number in (1, 2, 5, 11, 21, 22, 1.5)]
    ['день', 'дня', 'дней', 'дней', 'день', 'дня', 'дня']
    >>> form_of(Locale("ru"), "day|days", 5)
    'days'
    """
    rule = locale.plural_form
    has = [category for category in CATEGORIES if category in rule.tags or category == "other"]
    form = has.index(rule(int(number) if number == int(number) else number))
    return forms.split("|")[: form + 1][-1]
