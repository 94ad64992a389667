"""Find who wrote a mail that a mailing list of the firm sends in its own name.

They do so where the sender's domain forbids forwarding (DMARC): Google Groups, Mailman and others put the list into
*From*, and the writer into other headers. Anybody can write these: they are trusted only below a *From* of the firm.
"""

from odoo.tools.mail import email_normalize

from .automatic_mail import LONGEST, raw_headers
from .automatic_signs import LISTS

ORIGINAL = ("x-original-from", "x-original-sender")
"""Headers of Google Groups that name the writer."""
VIA = (" via ", " через ", " über ", " par ", " vía ")
"""Words between the names of writer and list in *From*, by the language of the list."""


def original_sender(message, sender, own):
    r"""Return the address of the writer of a mail from a group address of the firm, else an empty text.

    Colleagues are none: their mail through a group is the firm's anyway.

    :param email.message.Message message: the mail.
    :param str sender: its *From*, may be empty.
    :param own: the firm's ``OwnAddresses``.

    >>> from email import message_from_string
    >>> from odoo.addons.crm_outsourcing_interactions.models.events.own_addresses import OwnAddresses
    >>> own = OwnAddresses(domains=frozenset({"firm.example"}), users={"home@x.example": 7})
    >>> def sender(headers, sender="Anna via Books <books@firm.example>"):
    ...     return original_sender(message_from_string(headers + "\n\nText"), sender, own)
    >>> sender("X-Original-From: Anna <Anna@client.example>"), sender("X-Original-Sender: anna@client.example")
    ('anna@client.example', 'anna@client.example')
    >>> sender("X-Original-From: Anna <anna@client.example>", "Eve <eve@other.example>")
    ''
    >>> sender("Reply-To: anna@client.example"), sender("Reply-To: anna@client.example", "Books <books@firm.example>")
    ('anna@client.example', '')
    >>> sender("X-Original-Sender: staff@firm.example\nReply-To: anna@client.example"), sender("Reply-To: a@x, b@x")
    ('', '')
    """
    address = email_normalize((sender or "")[-LONGEST:])
    if not address or address not in own or address in own.users:
        return ""
    headers = raw_headers(message)
    names = ORIGINAL if any(name in headers for name in ORIGINAL) else ()
    if not names and is_sent_by_list(sender, headers, own):
        names = ("reply-to",)
    found = (email_normalize(value) for name in names for _name, value in headers.get(name, ()))
    writer = next(filter(None, found), "")
    return "" if writer in own else writer


def is_sent_by_list(sender, headers, own):
    """Return whether *From*, or a header that names a list of the firm, shows that the list sent it."""
    name = sender.rpartition("<")[0].lower()
    return any(word in name for word in VIA) or any(
        own.has_list(value) for header in LISTS for _name, value in headers.get(header, ())
    )
