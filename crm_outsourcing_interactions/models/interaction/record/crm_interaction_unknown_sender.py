from odoo import fields, models

DECIDING = {"unknown_sender", "state", "active", "partner_id", "commercial_partner_id"}
"""Fields whose change may make a sender known."""


class CrmInteraction(models.Model):
    """Exclude messages of unknown senders from all figures, like archived ones, until a user assigns the sender.

    ``unknown_sender`` is emptied when the interaction gets a client, or is confirmed as it is.
    """

    _inherit = "crm.interaction"

    unknown_sender = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Address of a sender who is not a client; the interaction is excluded from all figures until it is "
        "assigned.",
    )

    def _unknown_senders_apart(self, vals):
        """Return ``[(interactions, vals)]`` that keeps unknown senders archived as long as they remain unknown."""
        unknown = self.browse() if DECIDING.isdisjoint(vals) else self.filtered("unknown_sender")
        if vals.get("unknown_sender") or not unknown:
            return [(self, vals)]
        parts = [(self - unknown, vals)] if self - unknown else []
        if not (vals.get("partner_id") or vals.get("commercial_partner_id") or vals.get("state") == "confirmed"):
            return [*parts, (unknown, {**vals, "active": False} if "active" in vals else vals)]
        for state, known in unknown.grouped("state").items():
            is_active = vals.get("state", state) != "ignored"
            parts.append((known, {**vals, "unknown_sender": False, "active": is_active}))
        return parts

    def _with_same_sender(self):
        """Return all that waits (sudo) from the senders of these, in their companies, whoever is responsible."""
        domain = [
            ("unknown_sender", "in", list(filter(None, self.mapped("unknown_sender")))),
            ("company_id", "in", self.company_id.ids),
            ("state", "=", "to_review"),
        ]
        senders = {(i.unknown_sender, i.company_id) for i in self}
        waiting = self._everything().search(domain, order="id")
        return waiting.filtered(lambda i: (i.unknown_sender, i.company_id) in senders)

    def _document_now(self):
        """Return the document (sudo) if it still exists, else an empty recordset."""
        is_known = self.res_model in self.env
        return self._document().sudo().exists() if is_known else self.env["res.partner"]
