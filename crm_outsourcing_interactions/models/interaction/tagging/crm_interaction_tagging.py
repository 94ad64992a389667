import psycopg2.errors

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain

from ...events.keys import captured_key, ids_in, message_key
from ...events.local_time import plausible
from ...events.reasons import because

TAG_FIELDS = {"type_id", "state", "direction", "polarity"}
LIKELY = 5
"""Number of a client's usual types offered first."""


class CrmInteraction(models.Model):
    """Classify messages in the chatter, with one call per click.

    Users of the addon may classify any message that they may read.
    """

    _inherit = "crm.interaction"

    @api.model
    def tag_message(self, message_id, values, interaction_id=False, split=False):
        """Classify a message as its user; the classification is then final.

        :param int message_id: a message that the user may read.
        :param dict values: ``type_id``, ``polarity``, ``state`` (*confirmed*, *ignored*) or ``direction``.
        :param int interaction_id: one of the message's interactions, by default its first one. Without any, one is
            created, e.g. for the note of a call.
        :param bool split: add a second purpose to the same interaction.
        :return: ``{"store": data for the web client's store, "undo": ids for undo_tag, "counts": see review_counts}``.
        :raises AccessError: when the user may not read the message or does not belong to the user group.
        :raises UserError: when the message belongs to no client.
        """
        message = self._message_to_tag(message_id)
        values = self._tag_values(values)
        # sudo: read access to the message is enough
        of_message = self.sudo().with_context(active_test=False).search([("message_id", "=", message.id)], order="id")
        interaction = of_message.filtered(lambda row: row.id == interaction_id) if interaction_id else of_message[:1]
        if interaction_id and not interaction:
            raise ValidationError(self.env._("This interaction belongs to another message. Reload the page."))
        if split or not interaction:
            vals = interaction._prepare_split_vals() if interaction else self._prepare_tagged_vals(message)
            if values.get("type_id"):
                vals.pop("direction", None)  # the type determines it
            interaction = interaction._make_tagged({**vals, **values}).with_env(self.sudo().env)
            change = (
                self.env["crm.interaction.type.change"]
                .sudo()
                ._by_code()
                .create(interaction._prepare_type_change_vals(False))
            )
            interaction._notify_pages()
        else:
            change = interaction._changes_of(lambda: interaction._tag(values))
        return self._tagged(message, change)

    def tag(self, values):
        """Classify these interactions with the user's rights; see ``tag_message``."""
        self.check_access("write")
        values = self._tag_values(values)
        changes = self._changes_of(lambda: self._tag(values))
        return {"undo": changes.ids, "counts": self.review_counts()}

    @api.model
    def _tag_values(self, values):
        """Return those of the requested ``values`` that classify.

        :raises ValidationError: when there is no such type, status, direction or opinion.
        """
        if not isinstance(values, dict):
            raise ValidationError(self.env._("“%s” is not a classification. Reload the page.", values))
        values = {name: value for name, value in values.items() if name in TAG_FIELDS}
        for name, value in values.items():
            if (value or name == "state") and not self._is_tag_value(name, value):
                raise ValidationError(self.env._("“%s” cannot be chosen any more. Reload the page.", value))
        return values

    @api.model
    def _is_tag_value(self, name, value):
        if name == "type_id":
            return bool(self.env["crm.interaction.type"].browse(ids_in([value])).exists())
        return value in [key for key, _label in self._fields[name].selection]

    @api.model
    def _check_may_classify(self):
        """Check that the user may classify.

        :raises AccessError: when the user does not belong to the user group.
        """
        if not self.env.user.has_group("crm_outsourcing_interactions.group_user"):
            raise AccessError(self.env._("Only users of Client Interactions may classify messages."))

    @api.model
    def _message_to_tag(self, message_id):
        self._check_may_classify()
        message = self.env["mail.message"].browse(ids_in([message_id])).exists()
        message.check_access("read")
        if not message or not message.model or not message.res_id:
            raise UserError(self.env._("The message was deleted or is not on a document. Choose another message."))
        return message.sudo()

    def _tag(self, values):
        """Apply a user's classification."""
        if values.get("state") == "confirmed" and not values.get("type_id"):
            return self._confirm()
        direction = values.get("direction")
        turned = direction and self.filtered(lambda interaction: interaction.direction != direction)
        if not turned:
            return self._write_tag(values)
        # the type belongs to the other direction
        why = because("turned", name=self.env.user.name)
        person = {"classified_by": "person", "rule_id": False, "why": why, "state": "to_review"}
        return turned._by_code().write({"type_id": False, "direction": direction, **person})

    def _write_tag(self, values):
        """Write a user's type; the opinion goes with the type that it came with, unless it is a rating."""
        opinions = self.env["crm.interaction.type"]._of_role("opinion")
        is_other = values.get("type_id") and "polarity" not in values and values["type_id"] not in opinions.ids
        former = self.filtered(lambda row: is_other and row.type_id in opinions and not row.rating_value)
        for rows, more in ((former, {"polarity": False}), (self - former, {})):
            rows.write({**values, **more})
        return True

    def _make_tagged(self, vals):
        """Create the interaction of a message classified by a user.

        :raises ConcurrencyError: when another transaction has just created it. Odoo retries ``tag_message``, which then
            finds it and changes its type.
        """
        self._check_not_logged(vals)
        try:
            return self._by_code().create(vals)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _check_not_logged(self, vals):
        """Check that a mail posted on several documents is not already counted with another message.

        :raises UserError: when it is.
        """
        if not vals.get("origin_key"):
            return
        everybodys = self.sudo().with_context(active_test=False)  # sudo: it may belong to a colleague
        client = everybodys.env["res.partner"].browse(vals["partner_id"]).commercial_partner_id
        same_mail = Domain("origin_key", "=", vals["origin_key"]) & Domain("commercial_partner_id", "=", client.id)
        if everybodys.search_count(same_mail, limit=1):
            raise UserError(
                self.env._("The same mail is on several documents and was captured on another one. Classify it there.")
            )

    def _prepare_split_vals(self):
        """Return the values of a further purpose of this interaction."""
        kept = ("partner_id", "user_id", "company_id", "res_id", "message_id")
        plain = ("date", "channel", "subject", "res_model")
        return {
            **{name: self[name].id if name in kept and name != "res_id" else self[name] for name in (*kept, *plain)},
            "split_from_id": (self.split_from_id or self).id,
        }

    @api.model
    def _prepare_tagged_vals(self, message):
        """Return the interaction values of a message that was not captured, e.g. the note of a call."""
        people = self.env["crm.interaction.people"]
        record = self.env[message.model].browse(message.res_id).sudo().exists()
        company = message.record_company_id or self.env.company
        incoming = people._is_client(message.author_id, company)
        contacts = message.author_id if incoming else message.partner_ids | self._document_partners(record)
        contact = contacts.filtered(lambda partner: people._is_client(partner, company))[:1]
        if not contact:
            raise UserError(self.env._("This document belongs to no client. Set its customer first."))
        return {
            "partner_id": contact.id,
            "direction": "incoming" if incoming else "outgoing",
            "user_id": self.env.uid,
            "company_id": company.id,
            "date": plausible(message.date, message.create_date),
            "channel": "phone" if message.message_type in ("comment", "notification") else "email",
            "subject": message.subject or record.display_name,
            "res_model": message.model,
            "res_id": message.res_id,
            "message_id": message.id,
            "origin_key": message.message_id and captured_key(message_key(message.message_id)),
        }

    @api.model
    def _document_partners(self, record):
        return record._mail_get_partners()[record.id] if record else self.env["res.partner"]

    @api.model
    def _tagged(self, messages, changes):
        """Return all data that the page shows after the change, to spare it a second request."""
        self.env.flush_all()
        return {"store": self._badge_data(messages), "undo": changes.ids, "counts": self.review_counts()}

    @api.model
    @api.readonly
    def review_counts(self):
        """Return ``{"mine": n, "team": n}``, the numbers of visible interactions to review."""
        waiting = Domain("state", "=", "to_review")
        return {
            "mine": self.search_count(waiting & Domain("is_mine_to_review", "=", True)),
            "team": self.search_count(waiting),
        }
