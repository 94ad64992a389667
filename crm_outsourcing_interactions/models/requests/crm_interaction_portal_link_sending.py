import uuid

from odoo import fields, models
from odoo.exceptions import UserError

from ..events.actions import RELOAD, notification_action
from ..events.marks import without_requested
from ..events.plurals import plural
from ..events.private_links import with_link
from .crm_interaction_notice_sending import HEADERS
from .crm_interaction_portal_link import VALID
from .res_partner_letters import LEFT


class CrmInteractionPortalLink(models.Model):
    """Send new links between the weekly letters, e.g. after *Revoke*, or when a letter was lost."""

    _inherit = "crm.interaction.portal.link"

    def action_send_new(self):
        """Send each person a new link at once; older ones no longer work. The mail is no interaction.

        :raises UserError: when there is nobody to whom one can go.
        """
        self.check_access("read")
        # sudo: users only read links, and mails are made by code only
        links = without_requested(self.sudo())._by_code()
        obstacles = {link: text for link in links if (text := link._sending_obstacle())}
        new = links.filtered(lambda link: link not in obstacles)
        if not new:
            raise UserError(
                "\n".join(obstacles.values())
                or self.env._(
                    "These people have not received a link yet. The next weekly letter contains one; Send Letter Now "
                    "on a request list sends it at once."
                )
            )
        for link in new:
            vals = {"nonce": uuid.uuid4().hex, "expires": fields.Datetime.now() + VALID, "is_revoked": False}
            link.write(vals)
        links.env["mail.mail"].create([link._prepare_mail_vals() for link in new])
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        sent = plural(self.env, self.env._("%(n)s new link sent|%(n)s new links sent"), len(new))
        kind = "warning" if obstacles else "success"
        return notification_action("\n".join([sent, *obstacles.values()]), kind, RELOAD, sticky=bool(obstacles))

    def _sending_obstacle(self):
        """Return why this person gets no link (str), empty if nothing speaks against it."""
        person = self.partner_id
        if person.commercial_partner_id != self.commercial_partner_id:
            return person._interaction_obstacle_text(LEFT)
        if reason := self.env["crm.interaction.request.letter"]._unreachable_text(self.company_id, person):
            return reason
        return "" if self._items() else self.env._("%s: nothing is requested", person.name)

    def _prepare_mail_vals(self):
        """Return the values of the mail with a new link, in the language of the person.

        It belongs to the latest list, so that replies arrive there; only the mail itself contains the link.
        """
        link = self.with_context(lang=self.partner_id.lang)
        list_ = link._items().list_id.sorted("period")[-1:]
        user = list_._acting()
        sender = list_._sender(link.company_id, user)
        address = link.env["crm.interaction.request.letter"]._account_url(link.company_id)
        values = {"client": link.commercial_partner_id.name, "company": link.company_id, "url": address}
        values["sender"] = user.name or ""
        body = link.env["ir.qweb"]._render("crm_outsourcing_interactions.new_link", values)
        return list_._prepare_mail_vals(
            link.company_id,
            link.partner_id,
            sender,
            subject=link.env._("Your new link for documents"),
            body=body,
            body_html=with_link(body, address, link._url()),
            reply_to=list_._reply_addresses(sender)[list_.id],
            headers=repr(HEADERS),
        )
