"""Find the type of an interaction from its facts and the ordered rules, without database access.

``crm.interaction.rule`` converts its records into :class:`RuleSpec` and calls :func:`classify`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from ..events.addresses import forms
from .phrases import Phrases, SearchedText
from .stems import DEFAULT

DECIDING_WORDS = 100
"""Number of words, from the beginning of subject and text, in which a phrase decides."""


@dataclass(frozen=True)
class RuleSpec:
    """Hold the conditions of one rule and the values that it sets; an empty condition always holds.

    :param words: phrases, one of which must occur in any inflected form of ``word_languages``.
    :param domain: filter that the document must satisfy with the access rights of ``author_id``, see
        :attr:`Facts.in_domain`.
    :param is_fallback: whether it applies only after the learner.
    :param address: normalised e-mail address of the person contacted; it stands for its subaddresses, not vice versa.
    :param assigned_id: id of the client that it assigns, 0 for none; ``type_id`` may then be 0.
    :param is_acknowledgement: whether the message only confirms receipt, if its type is confirmed.
    :param duration: hours.
    """

    id: int
    name: str
    event: str
    type_id: int
    kind_id: int = 0
    direction: str = ""
    polarity: str = ""
    model: str = ""
    company_id: int = 0
    channel: str = ""
    client_id: int = 0
    project_id: int = 0
    lang: str = ""
    address: str = ""
    assigned_id: int = 0
    words: tuple[str, ...] = ()
    word_languages: tuple[str, ...] = DEFAULT
    has_attachment: bool | None = None
    domain: str = ""
    author_id: int = 0
    confirms: bool = False
    is_fallback: bool = False
    is_acknowledgement: bool = False
    duration: float = 0.0

    @cached_property
    def plain(self):
        """Return the plain conditions of this rule as ``(name, value)`` pairs."""
        return tuple((name, getattr(self, name)) for name in PLAIN_CONDITIONS if getattr(self, name))

    @cached_property
    def phrases(self):
        """Return the words compiled for searching; those of an opinion do not count where the text denies them."""
        return Phrases(self.words, self.word_languages, is_opinion=bool(self.polarity))


@dataclass
class Facts:
    """Hold the facts of one interaction.

    Expensive facts are functions, evaluated lazily when a rule needs them.

    :param project: returns the id of the document's project.
    :param language: returns the code of the client's language.
    :param email: returns the normalised e-mail address of the person contacted.
    :param text: returns subject and body as plain text.
    :param in_domain: returns whether the document satisfies the filter of a rule.
    """

    event: str
    model: str = ""
    company_id: int = 0
    channel: str = ""
    client_id: int = 0
    has_attachment: bool = False
    project: Callable[[], int] = int
    language: Callable[[], str] = str
    email: Callable[[], str] = str
    text: Callable[[], str] = str
    in_domain: Callable[[RuleSpec], bool] = lambda rule: False

    @cached_property
    def project_id(self):
        """Return the result of ``project``."""
        return self.project()

    @cached_property
    def lang(self):
        """Return the result of ``language``."""
        return self.language()

    @cached_property
    def addresses(self):
        """Return the result of ``email`` (list), then without subaddress and in other spellings."""
        address = self.email()
        return [address, *forms(address)]

    @cached_property
    def searched_text(self):
        """Return the beginning of the result of ``text``, prepared for phrase search.

        A phrase deep in a long message does not decide.
        """
        return SearchedText(beginning(self.text()))


def beginning(text):
    """Return the first :data:`DECIDING_WORDS` words of a text.

    >>> beginning("Dear all"), len(beginning("word " * 1000).split())
    ('Dear all', 100)
    """
    words = text.split(None, DECIDING_WORDS)
    return text[: len(text) - len(words[-1])] if len(words) > DECIDING_WORDS else text


class OutOfTimeError(Exception):
    """The rules exceeded the time limit for one interaction."""


MOST_SECONDS = 1.0
"""Time limit of the rules for one interaction. It is checked between rules: each of them takes linear time."""
PLAIN_CONDITIONS = ("event", "model", "company_id", "channel", "client_id", "project_id", "lang")
"""Conditions that must equal the fact of the same name."""


def classify(facts, rules):
    """Return the first of ``rules`` that matches ``facts``, else ``None``.

    :raises OutOfTimeError: when the rules exceed :data:`MOST_SECONDS`.

    >>> rules = [
    ...     RuleSpec(1, "Complaints", "message_in", 21, words=("complain*", "not happy")),
    ...     RuleSpec(2, "Documents", "message_in", 11, model="project.task", has_attachment=True),
    ... ]
    >>> classify(Facts("message_in", text=lambda: "We are NOT  happy"), rules).name
    'Complaints'
    >>> classify(Facts("message_in", "project.task", has_attachment=True), rules).name
    'Documents'
    >>> classify(Facts("message_out", "project.task", has_attachment=True), rules)
    """
    return classify_rest(facts, possible(facts, rules))


def possible(facts, rules):
    """Yield the ``rules`` whose plain conditions hold.

    Interactions that differ only in words and attachments share the result; :func:`classify_rest` checks the other
    conditions of each.

    >>> rules = [RuleSpec(1, "Calls", "activity_done", 2), RuleSpec(2, "Mails", "message_in", 11, words=("act",))]
    >>> [rule.name for rule in possible(Facts("message_in"), rules)]
    ['Mails']
    """
    return (rule for rule in rules if not failed_plain_condition(facts, rule))


def classify_rest(facts, rules):
    """Return the first of :func:`possible` ``rules`` that matches ``facts``, else ``None``.

    :raises OutOfTimeError: when rules are left to check after the time limit.
    """
    deadline = monotonic() + MOST_SECONDS
    for rule in rules:
        if monotonic() > deadline:
            raise OutOfTimeError
        if not failed_other_condition(facts, rule):
            return rule
    return None


def failed_condition(facts, rule):
    """Return the name of the first condition that does not hold, cheap ones first; empty when all hold.

    >>> failed_condition(Facts("message_in", channel="email"), RuleSpec(1, "", "message_in", 2, channel="sms"))
    'channel'
    """
    return failed_plain_condition(facts, rule) or failed_other_condition(facts, rule)


def failed_plain_condition(facts, rule):
    """Return the name of the first plain condition that does not hold; empty when all hold.

    >>> plus, plain = "ivan+tax@client.example.com", "ivan@client.example.com"
    >>> failed_plain_condition(Facts("", email=lambda: plus), RuleSpec(1, "", "", 2, address=plain))
    ''
    >>> failed_plain_condition(Facts("", email=lambda: plain), RuleSpec(1, "", "", 2, address=plus))
    'address'
    """
    for name, value in rule.plain:
        if getattr(facts, name) != value:
            return name
    return "address" if rule.address and rule.address not in facts.addresses else ""


def failed_other_condition(facts, rule):
    """Return the name of the first condition on the single message or document that does not hold."""
    if rule.has_attachment is not None and rule.has_attachment != facts.has_attachment:
        return "attachment"
    if rule.words and not rule.phrases.occur(facts.searched_text):
        return "words"
    if rule.domain and not facts.in_domain(rule):
        return "domain"
    return ""
