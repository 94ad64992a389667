"""Tell documents among the attachments of a message from what mail programs attach by themselves."""

import re

ARTEFACT = re.compile(
    r"winmail\.dat|smime\.p7m|original_email\.eml|att\d+\.(?:txt|html?|c|bin|dat)|.*\.(?:vcf|vcard|p7s|asc|sig|ics|ical)",
    re.IGNORECASE,
)
"""Names of signatures, business cards, invitations, and what Exchange and Odoo add."""
ARTEFACT_TYPES = {
    "text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory",
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys", "application/ms-tnef", "application/vnd.ms-tnef",
}  # fmt: skip
SHOWN = re.compile(r"/web/(?:image|content)/(\d+)")


def has_document(attachments, body):
    """Return whether there is a document among ``attachments``, triples of id, name and MIME type.

    An image that the HTML ``body`` shows, such as the logo of a signature, is none, nor is a signature, a business
    card or an invitation.

    >>> has_document([(7, "act.pdf", "application/pdf"), (8, "logo.png", "image/png")], "")
    True
    >>> has_document([(8, "logo.png", "image/png")], '<img src="/web/image/8?access_token=x">')
    False
    >>> has_document([(9, "smime.p7s", "application/pkcs7-signature"), (10, "anna.vcf", "text/plain")], "")
    False
    """
    documents = [
        (id_, mimetype or "")
        for id_, name, mimetype in attachments
        if mimetype not in ARTEFACT_TYPES and not ARTEFACT.fullmatch((name or "").strip())
    ]
    if not any(mimetype.startswith("image/") for _id, mimetype in documents):
        return bool(documents)
    shown = {int(id_) for id_ in SHOWN.findall(body or "")}
    return any(not (mimetype.startswith("image/") and id_ in shown) for id_, mimetype in documents)


def attachment_facts(attachments):
    """Return the triples that :func:`has_document` needs of ``attachments`` (``ir.attachment`` in sudo mode)."""
    return [(attachment.id, attachment.name, attachment.mimetype) for attachment in attachments]
