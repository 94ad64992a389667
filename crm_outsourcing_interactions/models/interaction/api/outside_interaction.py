"""Validate interactions reported by other programs; errors contain position and reference."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize

from ...classification.crm_interaction_type import DIRECTIONS
from ...events.crm_interaction_ranges_mixin import FIRST_DAY
from ...events.event import CHANNELS, LONGEST, Event
from ...events.keys import is_id, outside_key

LONGEST_TEXTS = {
    "reference": 100,
    "email": 320,
    "phone": 64,
    "type": 64,
    "direction": 64,
    "date": 64,
    "channel": 64,
    "user": 128,
    "subject": 500,
    "note": 20_000,
}
"""Text fields → maximum number of characters."""
NAMES = {*LONGEST_TEXTS, "partner_id", "duration"}
EMPTY = (None, False, "")
CLOCKS_DIFFER = timedelta(minutes=5)
SHORTEST_PHONE = 3
SHOWN = 60


class OutsideInteraction:
    """Hold one interaction of ``log_interactions``, validated independently of other records.

    :param env: the caller's environment, with its company.
    :param int position: from 1, shown in errors.
    :param values: input of any type.
    :raises UserError: for the first error.
    """

    def __init__(self, env, position, values):
        self.env = env
        self.position = position
        self.values = values
        self._check_names()
        texts = {name: self._text(name, longest) for name, longest in LONGEST_TEXTS.items()}
        self.reference = texts["reference"] or self.fail(
            env._("Enter a “reference” that identifies the interaction uniquely.")
        )
        self.key = outside_key(self.reference, env.company.id)
        self.email = texts["email"]
        self.address = email_normalize(self.email) or ""
        self.phone = self._phone(texts["phone"])
        self.partner_id = self._partner_id()
        self.type_code, self.login = texts["type"], texts["user"]
        self.subject, self.note = texts["subject"], texts["note"]
        self.channel = self._chosen("channel", texts["channel"] or "other", CHANNELS)
        self.direction = self._chosen("direction", texts["direction"], DIRECTIONS)
        self.date = self._moment(texts["date"])
        self.duration = self._duration()

    def fail(self, fault):
        """Reject this interaction.

        :raises UserError: with ``fault`` (str), position and reference.
        """
        given = self.values.get("reference") if isinstance(self.values, dict) else self.values
        shown = str(given or "?").replace("\x00", "")[:SHOWN].encode(errors="replace").decode()
        raise UserError(
            self.env._(
                "Interaction %(position)s (%(reference)s): %(fault)s Nothing was logged.",
                position=self.position,
                reference=shown,
                fault=fault,
            )
        )

    def _check_names(self):
        if not isinstance(self.values, dict):
            self.fail(self.env._("An interaction must be an object with fields, e.g. “reference”."))
        if unknown := sorted(map(str, self.values.keys() - NAMES)):
            self.fail(
                self.env._(
                    "Unknown fields: %(unknown)s. Use only these fields: %(known)s.",
                    unknown=", ".join(unknown)[:SHOWN],
                    known=", ".join(sorted(NAMES)),
                )
            )

    def _text(self, name, longest):
        value = self.values.get(name)
        if value in EMPTY:
            return ""
        if not isinstance(value, str):
            self.fail(self.env._("“%s” must be text.", name))
        if "\x00" in value or not is_unicode(value):
            self.fail(self.env._("“%s” contains characters that cannot be stored. Remove them.", name))
        if len(value) > longest:
            self.fail(self.env._("“%(name)s” may have %(longest)s characters at most.", name=name, longest=longest))
        return value.strip()

    def _partner_id(self):
        value = self.values.get("partner_id")
        if value in EMPTY:
            return 0
        if not is_id(value):
            self.fail(self.env._("“%s” must be the ID of a contact.", "partner_id"))
        return value

    def _phone(self, phone):
        if phone and len(phone) < SHORTEST_PHONE:
            self.fail(self.env._("“%s” is not a phone number. Correct it.", phone))
        return phone

    def _chosen(self, name, value, selection):
        if value and value not in dict(selection):
            known = ", ".join(code for code, _label in selection)
            self.fail(
                self.env._(
                    "“%(value)s” is not a valid %(name)s. Use one of these: %(known)s.",
                    value=value,
                    name=name,
                    known=known,
                )
            )
        return value

    def _moment(self, text):
        """Return the moment in UTC, without zone, of an ISO 8601 ``text``."""
        now = fields.Datetime.now()
        if not text:
            return now
        try:
            moment = datetime.fromisoformat(text)
            moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        except (ValueError, OverflowError):
            self.fail(self.env._("“%s” is not a date in ISO 8601. Enter it as in 2026-11-02T09:30:00+01:00.", text))
        if moment.date() < FIRST_DAY:
            self.fail(self.env._("The date %s is too early. Enter a later date.", text))
        if moment > now + CLOCKS_DIFFER:
            self.fail(self.env._("The date %s is in the future. Enter a past date.", text))
        return moment.replace(microsecond=0)

    def _duration(self):
        value = self.values.get("duration")
        if value in EMPTY:
            return 0.0
        if type(value) not in (int, float) or not 0 <= value <= LONGEST:
            self.fail(
                self.env._("“%(name)s” must be a number of hours from 0 to %(most)s.", name="duration", most=LONGEST)
            )
        return float(value)


@dataclass(eq=False)
class OutsideEvent(Event):
    """Hold an interaction of ``log_interactions`` on its way through the pipeline.

    :param given: all values of the interaction, see ``crm.interaction._prepare_outside_vals``.
    """

    given: dict = field(default_factory=dict)

    @classmethod
    def of(cls, model, vals):
        """Return the event of ``vals``; it has no document, hence ``model`` (``crm.interaction``) without a record."""
        return cls("", model, vals["origin_key"], model.env.company, vals["date"], given=vals)


def is_unicode(text):
    r"""Return whether ``text`` can be stored, unlike the half characters (surrogates) that JSON may contain.

    >>> is_unicode("Анна"), is_unicode("\ud800")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
