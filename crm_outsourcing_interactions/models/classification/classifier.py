"""The pure classifier: what is known of a contact and the ordered rules give a type.

Nothing here touches the database; ``crm.interaction.rule`` turns its records into
:class:`RuleSpec` and asks :func:`classify`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from .phrases import Phrases, SearchedText
from .stems import DEFAULT


@dataclass(frozen=True)
class RuleSpec:
    """The conditions of one rule and what it gives; an empty condition always holds.

    ``words`` holds phrases of which one must occur, in the forms that words have in ``word_languages``;
    ``domain`` a filter that the document must satisfy in the eyes of ``author_id`` (see :attr:`Facts.in_domain`).
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
    words: tuple[str, ...] = ()
    word_languages: tuple[str, ...] = DEFAULT
    has_attachment: bool | None = None
    domain: str = ""
    author_id: int = 0
    confirms: bool = False
    duration: float = 0.0

    @cached_property
    def plain(self):
        """The plain conditions that this rule sets: ``(name, value)`` pairs."""
        return tuple((name, getattr(self, name)) for name in PLAIN_CONDITIONS if getattr(self, name))

    @cached_property
    def phrases(self):
        """The words, ready to be looked for."""
        return Phrases(self.words, self.word_languages)


@dataclass
class Facts:
    """What is known of one contact.

    What must be read or worked out is given as a function, which is called only when a rule asks.

    :param project: gives the id of the document's project.
    :param language: gives the code of the client's language.
    :param text: gives subject and body as plain text.
    :param in_domain: says whether the document satisfies the filter of a rule.
    """

    event: str
    model: str = ""
    company_id: int = 0
    channel: str = ""
    client_id: int = 0
    has_attachment: bool = False
    project: Callable[[], int] = int
    language: Callable[[], str] = str
    text: Callable[[], str] = str
    in_domain: Callable[[RuleSpec], bool] = lambda rule: False

    @cached_property
    def project_id(self):
        """What ``project`` gives."""
        return self.project()

    @cached_property
    def lang(self):
        """What ``language`` gives."""
        return self.language()

    @cached_property
    def searched_text(self):
        """What ``text`` gives, ready for phrases to be looked for."""
        return SearchedText(self.text())


class OutOfTimeError(Exception):
    """The rules took longer than one contact may take."""


MOST_SECONDS = 1.0
"""How long the rules may take for one contact. Looked at between rules: what one of them does is linear."""
PLAIN_CONDITIONS = ("event", "model", "company_id", "channel", "client_id", "project_id", "lang")
"""Conditions of a rule that must equal the fact of the same name."""


def classify(facts, rules):
    """Return the first of ``rules`` that fits ``facts``, else ``None``.

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
    """Yield those of ``rules`` whose plain conditions hold: for contacts that differ in nothing but their
    words and attachments, :func:`classify_rest` then asks the rest.

    >>> rules = [RuleSpec(1, "Calls", "activity_done", 2), RuleSpec(2, "Mails", "message_in", 11, words=("act",))]
    >>> [rule.name for rule in possible(Facts("message_in"), rules)]
    ['Mails']
    """
    return (rule for rule in rules if not failed_plain_condition(facts, rule))


def classify_rest(facts, rules):
    """Return the first of :func:`possible` ``rules`` that fits ``facts``, else ``None``.

    :raises OutOfTimeError: when a further rule would have to be asked though the time is over.
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
    """Return the name of the first plain condition that does not hold; empty when all hold."""
    for name, value in rule.plain:
        if getattr(facts, name) != value:
            return name
    return ""


def failed_other_condition(facts, rule):
    """Return the name of the first condition on the single message or document that does not hold."""
    if rule.has_attachment is not None and rule.has_attachment != facts.has_attachment:
        return "attachment"
    if rule.words and not rule.phrases.occur(facts.searched_text):
        return "words"
    if rule.domain and not facts.in_domain(rule):
        return "domain"
    return ""
