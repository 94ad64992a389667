"""Compare the matters of written threads with the truth. Pure.

What counts:

- A *link* is made without review when a message joins a matter that has messages already. It is *right* when the
  message shares a matter of the truth with the message by which it was linked: the one replied to, else the one that
  opened the matter. It is *in place* when it shares one with the message that opened the matter; a reply to a misplaced
  message is a right link in the wrong place.
- A message with two matters (``matters`` and ``also``) is right in either: an interaction has one matter.
- A message that is only *about* a matter, such as thanks or an automatic reply, belongs to none: joining that matter is
  neither right nor wrong and not counted, joining another one is wrong.
- *Recall* is the share of right links among the messages that continue a matter of the truth, those that are not logged
  or only proposed included; *whole* is the share of those in the very matter in which the first message is.
- A *proposal* is right when the proposed matter is one of the message's own or one that it is about.
- A matter opened by a message that has none in the truth is a *needless* one, unless it awaits no answer.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt


@dataclass
class Placed:
    """Where a message was placed.

    :param matter: key of its matter, if any; ``proposed`` likewise.
    :param reason: code of the reason.
    :param awaits: whether that matter awaited an answer at the end of the thread, or had done so.
    """

    matter: object = None
    proposed: object = None
    reason: str = ""
    awaits: bool = True

    @property
    def is_reply(self):
        """Return whether it was linked by the message to which it replies."""
        return self.reason == "matter_reply"


def score(thread, placed):
    """Return ``(counts, faults)`` of a thread: a ``Counter`` and a list of readable lines.

    :param dict placed: ``{n: Placed}``; messages that were not logged are absent.
    """
    return Score(thread, placed).run()


class Score:
    """Score one thread."""

    def __init__(self, thread, placed):
        self.thread = thread
        self.placed = placed
        self.by_number = {message["n"]: message for message in thread["messages"]}
        self.members = defaultdict(list)
        self.firsts = {}
        self.counts = Counter()
        self.faults = []

    def run(self):
        for message in self.thread["messages"]:
            self.take(message, self.placed.get(message["n"]) or Placed())
        return self.counts, self.faults

    def take(self, message, placed):
        opening = next(iter(self.members[placed.matter]), None) if placed.matter else None
        found = self.judge_link(message, placed, opening) if opening else False
        self.judge_proposal(message, placed)
        self.judge_recall(message, placed, found)
        if placed.matter and not opening and not message["matters"]:
            self.count("needless", message, placed, placed.awaits)
        for label in own(message):
            self.firsts.setdefault(label, placed.matter)
        if placed.matter:
            self.members[placed.matter].append(message)

    def judge_link(self, message, placed, opening):
        """Count a link; return whether it is right."""
        if not own(message) and about(message) & own(opening):
            return False
        by = self.by_number[message["reply_to"]] if placed.is_reply and message["reply_to"] else opening
        is_right = bool(own(message) & own(by))
        self.counts["links"] += 1
        self.counts["right"] += is_right
        self.counts["in_place"] += bool(own(message) & own(opening))
        self.count("wrong", message, placed, not is_right)
        return is_right

    def judge_proposal(self, message, placed):
        if placed.proposed:
            opening = self.members[placed.proposed][0]
            is_right = bool((own(message) | about(message)) & own(opening))
            self.counts["proposals"] += 1
            self.counts["proposals_right"] += is_right
            self.count("wrongly proposed", message, placed, not is_right)

    def judge_recall(self, message, placed, found):
        known = own(message) & set(self.firsts)
        if not known:
            return
        self.counts["continued"] += 1
        self.counts["found"] += found
        self.counts["whole"] += found and placed.matter in [self.firsts[label] for label in known]
        self.counts["only_proposed"] += not found and bool(placed.proposed)
        self.count("missed", message, placed, not found)

    def count(self, what, message, placed, is_so):
        if is_so:
            self.counts[what] += 1
            self.faults.append(f"{self.thread['id']} {message['n']} {what} {placed.reason} {message['document']}")


def own(message):
    """Return the matters (set) of a message."""
    return {*message["matters"], *message.get("also", ())}


def about(message):
    """Return the matters (set) that a message is about without belonging to them."""
    return set(message.get("about", ()))


def interval(part, whole):
    """Return ``(share, low, high)`` in percent, with Wilson's 95 % interval.

    >>> [round(value) for value in interval(97, 100)]
    [97, 92, 99]
    >>> interval(0, 0)
    (0, 0, 100)
    """
    if not whole:
        return 0, 0, 100
    share, z2 = part / whole, 1.96**2
    middle, width = share + z2 / (2 * whole), sqrt(z2 * share * (1 - share) / whole + z2**2 / (4 * whole**2))
    low, high = ((middle + sign * width) / (1 + z2 / whole) for sign in (-1, 1))
    return 100 * share, 100 * max(low, 0), 100 * min(high, 1)


FIGURES = {
    "precision": ("right", "links"),
    "in place": ("in_place", "links"),
    "recall": ("found", "continued"),
    "whole": ("whole", "continued"),
    "proposals right": ("proposals_right", "proposals"),
}


def report(by_kind):
    """Return the figures per kind of thread and in all as text.

    :param by_kind: ``{kind: Counter}``.
    """
    rows = {**by_kind, "all": sum(by_kind.values(), Counter())}
    return "\n".join(f"{kind:28}{figures(counts)}" for kind, counts in rows.items())


def figures(counts):
    """Return the figures of a ``Counter`` as one line."""
    parts = []
    for name, (part, whole) in FIGURES.items():
        share, low, high = interval(counts[part], counts[whole])
        value = f"{share:.1f} [{low:.0f}–{high:.0f}]" if counts[whole] else "–"
        parts.append(f"{name} {counts[part]}/{counts[whole]} {value}")
    return " | ".join([*parts, f"needless {counts['needless']}"])
