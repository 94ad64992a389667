"""Test whether addresses, lists and headers are the firm's own, without database access."""

import re
from dataclasses import dataclass, field

from odoo.tools.mail import email_normalize

from .addresses import public_domains

DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"@]+")
LONGEST_LINE = 320
"""Number of characters of an address with a name."""
LONGEST = 1000
"""Number of characters of a header that are read."""


@dataclass(frozen=True)
class OwnAddresses:
    """Hold normalized addresses and whole domains of the firm.

    :param implied: those of ``domains`` that nobody has listed: a customer may have an address there, such as a
        sister company.
    :param users: ``{private address: id of the user}`` of the staff; ``addresses`` holds them too.

    >>> own = OwnAddresses(frozenset({"firm@mail.example"}), frozenset({"firm.example"}))
    >>> "firm@mail.example" in own, "office@firm.example" in own, "anna@client.example" in own, False in own
    (True, True, False, False)
    """

    addresses: frozenset = frozenset()
    domains: frozenset = frozenset()
    implied: frozenset = frozenset()
    users: dict = field(default_factory=dict, hash=False)

    def __contains__(self, address):
        return bool(address) and (address in self.addresses or address.rpartition("@")[2] in self.domains)

    def is_implied(self, address):
        """Return whether one of the addresses yields to the evidence of a client: a private one, or one by its domain.

        >>> own = OwnAddresses(frozenset({"a@firm.example", "x@y.z"}), *[frozenset({"firm.example"})] * 2, {"x@y.z": 7})
        >>> own.is_implied("a@firm.example"), own.is_implied("b@firm.example"), own.is_implied("x@y.z")
        (False, True, True)
        """
        return address in self.users or (address not in self.addresses and address.rpartition("@")[2] in self.implied)

    def names_one(self, header):
        """Return whether a header (str) contains one of the addresses.

        >>> OwnAddresses(domains=frozenset({"firm.example"})).names_one("staff@firm.example, x@odoo.example")
        True
        """
        return any(address.lower() in self for address in ADDRESS.findall(header[:LONGEST]))

    def has_list(self, header):
        """Return whether a header that names a list, by address or as ``List-Id`` (RFC 2919), names one of the firm.

        >>> own = OwnAddresses(frozenset({"firm@groups.example"}), frozenset({"firm.example"}))
        >>> [own.has_list(text) for text in ("Office <office.firm.example>", "<firm.groups.example>", "<x.y.example>")]
        [True, True, False]
        >>> own.has_list("list office@firm.example; contact office+owners@firm.example")
        True
        """
        if self.names_one(header):
            return True
        list_id = header[:LONGEST].rpartition("<")[2].partition(">")[0].strip().lower()
        return list_id in {address.replace("@", ".") for address in self.addresses} or any(
            list_id.endswith(f".{domain}") for domain in self.domains
        )


def listed(text):
    r"""Return ``(addresses, domains, faults)`` (sets, list of str) of a text with one address or ``@domain`` a line.

    >>> addresses, domains, faults = listed("Office <office@firm.example>\n\n@Firm.example\noffice\n@gmail.com")
    >>> addresses, domains, faults
    ({'office@firm.example'}, {'firm.example'}, ['office', '@gmail.com'])
    >>> listed(False)
    (set(), set(), [])
    """
    addresses, domains, faults = set(), set(), []
    for line in filter(None, map(str.strip, (text or "").splitlines())):
        domain = line.lower()
        if len(line) > LONGEST_LINE:  # Odoo takes minutes to normalize a very long one
            faults.append(line[:LONGEST_LINE])
        elif DOMAIN.fullmatch(domain) and domain[1:] not in public_domains():
            domains.add(domain[1:])
        elif line.count("@") == 1 and ADDRESS.fullmatch(address := email_normalize(line) or ""):
            addresses.add(address)
        else:
            faults.append(line)
    return addresses, domains, faults
