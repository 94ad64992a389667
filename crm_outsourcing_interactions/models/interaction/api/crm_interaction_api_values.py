import re

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.phone_validation.models.mail_thread_phone import PHONE_REGEX_PATTERN

from ...events.local_time import first_of_month
from ...events.people import one_client
from ...events.reasons import because
from ..record.crm_interaction_quality import quality

AS_WRITTEN = """
    SELECT id, regexp_replace(%(column)s::text, %(signs)s, '', 'g') FROM res_partner
     WHERE %(column)s IS NOT NULL AND regexp_replace(%(column)s::text, %(signs)s, '', 'g') = ANY(%(plain)s)
"""
"""Expression of Odoo's index on phone numbers."""


class CrmInteraction(models.Model):
    """Prepare the values of interactions reported by other programs, with their contacts."""

    _inherit = "crm.interaction"

    @api.model
    def _prepare_outside_vals_list(self, items):
        """Return the values of a batch of ``OutsideInteraction``. Extend it to fill additional fields.

        :raises UserError: for an unknown type or user.
        """
        types, users, people = self._outside_types(items), self._outside_users(items), OutsidePeople(self.env)
        people.look_up(items)
        return [
            self._prepare_outside_vals(item, types[item.type_code], users[item.login], *people.of(item))
            for item in items
        ]

    @api.model
    def _prepare_outside_vals(self, item, type_, user, person, client_id, hint):
        company = self.env.company
        vals = {
            "origin_key": item.key,
            "partner_id": person.id,
            "commercial_partner_id": client_id,
            "company_id": company.id,
            "user_id": user.id,
            "date": item.date,
            "month": first_of_month(item.date, company._interaction_zone()),
            "channel": item.channel,
            "direction": type_.direction or item.direction or False,
            "duration": item.duration,
            "subject": item.subject or False,
            "note": item.note or False,
            "type_id": type_.id,
            "kind_id": type_.kind_id.id,
            "active": True,
            "state": "to_review",
            "classified_by": False,
            "why": hint or False,
        }
        if type_ and not hint:
            why = because("chosen", name=self.env.user.name)
            vals |= {"state": "confirmed", "classified_by": "person", "why": why}
        return {**vals, "quality": quality(type_.id, False, vals["state"], vals["classified_by"])}

    @api.model
    def _outside_types(self, items):
        """Return ``{code: type}`` of ``items``, an empty one without code."""
        types = {"": self.env["crm.interaction.type"]}
        for item in items:
            code = item.type_code
            if code not in types:
                types[code] = types[""]._by_code(code)
            if code and (not types[code] or types[code].is_group or not types[code].active):
                item.fail(self.env._("The type “%s” does not exist or cannot be chosen. Choose another type.", code))
            if item.direction and types[code].direction not in (False, item.direction):
                item.fail(
                    self.env._(
                        "The type “%s” has the other direction. Choose a type of the same direction as the "
                        "interaction.",
                        code,
                    )
                )
        return types

    @api.model
    def _outside_users(self, items):
        """Return ``{login: user}`` of ``items``, the caller without login."""
        logins = list({item.login for item in items if item.login})
        domain = [("login", "in", logins), ("share", "=", False), ("company_ids", "in", self.env.company.ids)]
        users = {user.login: user for user in self.env["res.users"].search(domain)} if logins else {}
        for item in items:
            if item.login and item.login not in users:
                item.fail(self.env._("No colleague of this company has the login “%s”.", item.login))
        return {"": self.env.user, **users}


class OutsidePeople:
    """Find contacts by id, address or phone for a whole batch, with the caller's rights."""

    def __init__(self, env):
        self.env = env
        self.partners = env["res.partner"]
        self.own = [("company_id", "in", [False, env.company.id])]

    def look_up(self, items):
        """Read the people of ``items`` (list of ``OutsideInteraction``)."""
        ids = {item.partner_id for item in items} - {0}
        by_mail = [item for item in items if not item.partner_id and item.email]
        addresses = {item.address for item in by_mail} - {""}
        phones = {item.phone for item in items if not item.partner_id and not item.email} - {""}
        self.by_id = self._search("id", ids).grouped("id")
        self.by_address = self._search("email_normalized", addresses).grouped("email_normalized")
        self.by_phone = self._by_phone(phones)

    def _search(self, name, values):
        return self.partners.search([(name, "in", list(values)), *self.own]) if values else self.partners

    def _by_phone(self, phones):
        country = self.env.company.country_id
        numbers = {phone: self.partners._phone_format(number=phone, country=country) or "" for phone in phones}
        found = self._search("phone_sanitized", set(numbers.values()) - {""}).grouped("phone_sanitized")
        # Odoo cannot normalise every notation of a number
        written = self._as_written([phone for phone, number in numbers.items() if number not in found])
        return {phone: found.get(number) or written[phone] for phone, number in numbers.items()}

    def _as_written(self, phones):
        """Return ``{phone: people}`` by the comparison of Odoo's search, but in one query for all numbers."""
        plain = {phone: plain_phones(phone) for phone in phones}
        rows = self._rows_as_written(sorted(set().union(*plain.values())))
        people = self._search("id", {id_ for id_, _phone in rows})
        ids = {}
        for id_, phone in rows:
            ids.setdefault(phone, set()).add(id_)
        fitting = {phone: set().union(*(ids.get(text, ()) for text in texts)) for phone, texts in plain.items()}
        return {phone: people.filtered(lambda person: person.id in fitting[phone]) for phone in phones}  # noqa: B023

    def _rows_as_written(self, plain):
        """Return ``(id, phone)`` of all people with one of the numbers ``plain`` (list), regardless of access."""
        if not plain:
            return []
        names = [name for name in self.partners._phone_get_number_fields() if self.partners._fields[name].store]
        self.partners.flush_model(names)
        by_name = [
            SQL(AS_WRITTEN, column=SQL.identifier(name), signs=PHONE_REGEX_PATTERN, plain=plain) for name in names
        ]
        return self.env.execute_query(SQL(" UNION ").join(by_name))

    def of(self, item):
        """Return ``(person, client id, hint)``; an address shared by several clients gives none of them."""
        found, address = self._found(item)
        people = self.env["crm.interaction.people"]
        # sudo: the caller may lack access to the facts about the partner
        person, is_shared = one_client(found, lambda person: people._is_client(person.sudo(), self.env.company))
        if person:
            return person, people._client_of(person.sudo(), self.env.company), None  # sudo: as above
        if not address:
            return person, False, because("nobody")
        if is_shared:
            return person, False, because("address_of_several", address=address)
        if item.partner_id:
            return person, False, because("not_a_client", name=address)
        return person, False, because("address_of_nobody", address=address)

    def _found(self, item):
        if item.partner_id:
            found = self.by_id.get(item.partner_id, self.partners)
            return found, found.display_name or str(item.partner_id)
        if item.email:
            return self.by_address.get(item.address, self.partners), item.address or item.email
        return self.by_phone.get(item.phone, self.partners), item.phone


def plain_phones(phone):
    """Return the possible notations of a number (str), without separators.

    >>> sorted(plain_phones("+32 (2) 555")), plain_phones("02/555"), plain_phones("---")
    (['+322555', '00322555'], {'02555'}, set())
    """
    plain = re.sub(PHONE_REGEX_PATTERN, "", phone)
    for prefix in ("+", "00"):
        if phone.startswith(prefix):
            return {other + plain.removeprefix(prefix) for other in ("+", "00")}
    return {plain} - {""}
