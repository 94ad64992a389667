from odoo import api, models
from odoo.tools.mail import email_normalize

from ...events.marks import without_requested
from ...events.people import responsible
from ...events.reasons import because

OF_CUSTOMER = {
    "invoice_posted",
    "invoice_sent",
    "credit_note_posted",
    "credit_note_sent",
    "invoice_paid",
    "task_delivered",
}
"""Events that are contacts with the customer of their document, whoever that turns out to be. Messages, ratings and
requests are contacts with those who wrote them."""
RECLASSIFIED = (
    "type_id", "kind_id", "direction", "rule_id", "suggested_words", "suggested_type_id", "state", "service_id",
    "why",
)  # fmt: skip


class CrmInteraction(models.Model):
    """Move interactions when their document gets a customer or another customer."""

    _inherit = "crm.interaction"

    @api.model
    def _follow_changed_customers(self, before):
        """Go with documents to their customers; see :meth:`_follow_documents`.

        :param dict before: the customers that they had, by document (sudo).
        """
        changed = [record for record, customer in before.items() if record.partner_id != customer]
        if changed:
            had_none = [record.id for record in changed if not before[record]]
            self._follow_documents(changed[0].browse(record.id for record in changed), had_none)

    @api.model
    def _follow_documents(self, documents, had_none):
        """Go with ``documents`` to the customers that they have now; ``had_none``: ids of those that had none."""
        payload = {"method": "_follow_documents", "args": [had_none], "model": documents._name, "ids": documents.ids}
        with self.env["crm.interaction.capture.error"]._never_block(lambda: payload):
            documents = without_requested(documents.sudo())  # a portal user may give it to a customer
            captured = documents.filtered(lambda document: document._interaction_is_captured())
            self._follow_customers(captured, captured.browse(had_none))

    @api.model
    def _follow_customers(self, documents, had_none):
        """Go with ``documents`` (sudo) to the customer that they have now.

        :param had_none: those of them that had no customer before.
        """
        for interaction in self._logged_on(documents):
            document = documents.browse(interaction.res_id)
            if not interaction._is_with_somebody() or interaction._is_proposed():
                if document in had_none or interaction._is_from_customer(document):
                    interaction._claim(document)
            elif interaction.event in OF_CUSTOMER and (interaction.state != "ignored" or interaction._is_cancelled()):
                interaction._hand_over(document)

    @api.model
    def _logged_on(self, documents):
        """Return the interactions of ``documents`` without further purposes, which follow the first one."""
        domain = [("res_model", "=", documents._name), ("res_id", "in", documents.ids), ("split_from_id", "=", False)]
        return self._everything().search(domain, order="id")

    def _is_with_somebody(self):
        return bool(self.commercial_partner_id or self.partner_id)

    def _claim_moved(self, document):
        """Take over the customer of ``document`` (sudo), to which these have just been moved, where they have none."""
        for interaction in self.filtered(lambda i: not i._is_with_somebody() and not i.split_from_id):
            interaction._claim(document)

    @api.model
    def _customer_of(self, document, company):
        """Return the customer (``res.partner``) of a document if it is a client, else nobody."""
        people = self.env["crm.interaction.people"]
        return document._mail_get_partners()[document.id].filtered(lambda p: people._is_client(p, company))[:1]

    def _is_from_customer(self, document):
        """Return whether an address shared by several clients belongs to the customer."""
        customer = self._customer_of(document, self.company_id)
        is_known = self.message_id.author_id or self._shared_address()
        return bool(is_known and self._same_address(customer))

    def _same_address(self, customer):
        """Return those people of ``customer`` with the address that the message came from or went to."""
        author = self.message_id.author_id
        email = self._shared_address() or email_normalize(author.email or self.message_id.email_from)
        client = customer.commercial_partner_id
        domain = [("email_normalized", "=", email), ("commercial_partner_id", "=", client.id)]
        return customer.search(domain) if email and client else customer.browse()

    def _claim(self, document):
        """Set client and contact from a document and reapply the rules."""
        customer = self._customer_of(document, self.company_id)
        contact = self._same_address(customer)[:1] or customer
        if contact:
            self._assign(contact, document)

    def _assign(self, contact, document):
        """Set client and contact, and reapply the rules; ``document`` (sudo) may be empty."""
        if not (claimed := self._given_to(contact)):
            return
        vals = {"user_id": self.user_id.id or responsible(document, contact).id}
        is_open = self.state == "to_review" and self.classified_by != "person" and not self._has_given_type()
        if is_open and self.event and document:
            vals |= claimed._classified_again(document)
        claimed.write(vals)

    def _classified_again(self, document):
        """Return the classification by rules and contract, now that the client is known."""
        vals = self.env["crm.interaction.pipeline"]._typed(self._as_event(document))
        classified = {name: vals[name] for name in RECLASSIFIED if name in vals}
        return {**classified, "classified_by": vals.get("classified_by") or False}

    def _hand_over(self, document):
        """Count for the customer that the document has now, and for nobody if that is no client."""
        customer = self._customer_of(document, self.company_id)
        if customer:
            if customer != self.partner_id:
                self._given_to(customer)
        elif document.partner_id:
            why = because("given_away", name=document.partner_id.display_name)
            self.write({"state": "ignored", "origin_key": False, "why": why})
            self.flush_recordset()  # given back, it is logged anew

    def _given_to(self, contact):
        """Assign this interaction to ``contact``; return it, or nothing if that interaction is already logged."""
        client = contact.commercial_partner_id
        domain = [("origin_key", "=", self.origin_key or ""), ("commercial_partner_id", "=", client.id)]
        if logged := self.search(domain) - self:
            double = self | logged
            double._keep_one(kept := double._preferred(client))
            if kept != self:
                return self.browse()
        self.write({"partner_id": contact.id, "commercial_partner_id": client.id})
        self.flush_recordset()  # what happens next to the document is told by the database to be the same contact
        return self
