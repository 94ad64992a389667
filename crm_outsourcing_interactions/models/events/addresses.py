"""Compare e-mail addresses: subaddresses, spellings of international domains, public mail domains."""

from functools import cache

from odoo.tools.misc import file_open

PUBLIC_DOMAINS = "crm_outsourcing_interactions/data/files/public_mail_domains.txt"


@cache
def public_domains():
    """Return the domains (frozenset) at which anybody may have an address; edit the file to add some."""
    with file_open(PUBLIC_DOMAINS) as lines:
        return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def spellings(domain):
    """Return all spellings (list) of a domain, e.g. of an international one.

    >>> spellings("пример.рф"), spellings("xn--e1afmkfd.xn--p1ai"), spellings("client.example.com")
    (['xn--e1afmkfd.xn--p1ai', 'пример.рф'], ['xn--e1afmkfd.xn--p1ai', 'пример.рф'], ['client.example.com'])
    """
    found = {domain}
    for convert in (lambda: domain.encode("idna").decode(), lambda: domain.encode().decode("idna")):
        try:
            found.add(convert())
        except UnicodeError:
            continue
    return sorted(found)


def forms(address):
    """Return the addresses (list) of the same mailbox: without subaddress, in each spelling of the domain.

    >>> forms("ivan+tax@client.example.com"), forms("ivan@client.example.com"), forms("Ivan")
    (['ivan@client.example.com'], [], [])
    """
    local, at, domain = address.rpartition("@")
    if not at:
        return []
    mailboxes = {local, local.partition("+")[0] or local}
    return sorted({f"{name}@{spelling}" for name in mailboxes for spelling in spellings(domain)} - {address})


def own_domain(address):
    """Return the domain of an address if it is that of one firm, else an empty string.

    >>> own_domain("anna@client.example.com"), own_domain("anna@gmail.com"), own_domain("Anna")
    ('client.example.com', '', '')
    """
    domain = address.rpartition("@")[2] if "@" in address else ""
    return domain if public_domains().isdisjoint(spellings(domain)) else ""


def sender_domain(sender):
    """Return the domain of the address in a *From* (str) if it is that of one firm, else an empty string.

    >>> sender_domain("Anna <anna@Client.example>"), sender_domain("Anna <anna@gmail.com>"), sender_domain("")
    ('client.example', '', '')
    """
    return own_domain(sender.rpartition("<")[2].strip("> ").lower())
