from email.header import Header

from odoo import models

FIELD = "Subject"


class IrMailServer(models.Model):
    """Send long subjects as mail programs read them, e.g. those of Russian letters about several months.

    Python may fold a subject between two encoded words, where mail programs drop the space. The words as encoded here
    contain their spaces; the subject stays the same.
    """

    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        message = super()._build_email__(*args, **kwargs)
        subject = str(message[FIELD] or "")
        if not subject.isascii() and "\n" in (encoded := encoded_subject(subject)):
            del message[FIELD]
            message.set_raw(FIELD, encoded)
        return message


def encoded_subject(subject):
    r"""Return the folded header of a subject (str).

    >>> encoded_subject("Documents for Zoë")
    '=?utf-8?q?Documents_for_Zo=C3=AB?='
    >>> len(encoded_subject("Документы за октябрь 2026 и ноябрь 2026").split("\r\n "))
    2
    """
    return Header(subject, "utf-8", header_name=FIELD).encode(linesep="\r\n")
