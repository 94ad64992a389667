from ast import literal_eval
from urllib.parse import urlencode

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import split_every
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..events.actions import CLOSE, addon_action, notification_action
from ..events.groups import MANAGER, USER, is_searched
from ..events.plurals import plural
from .res_partner_account_reached import CLOSED, LINKS, STATES

BATCH = 500
NAMED = 5
"""Most people whom a notification names."""
PREVIEW = "crm_interaction_portal_preview"
"""Scope of the keys of previews."""


class ResPartner(models.Model):
    """Show who has access to the personal account, invite people, and revoke links.

    Login and link are two things. *Invited*: with a login that was never used; *Invitation Failed*: its letter could
    not be sent or came back. A link is *Sent* or *Used* while it is valid. *Never Invited*: neither. *Account Closed*:
    the contract has ended.
    """

    _inherit = "res.partner"

    interaction_link_ids = fields.One2many("crm.interaction.portal.link", "partner_id", "Links", groups=USER)
    interaction_account_state = fields.Selection(
        STATES, "Account Login", compute="_compute_interaction_account_state", compute_sudo=True,
        search="_search_interaction_account_state", groups=USER,
        help="Whether the person has a login for the personal account, e.g. Invited: with a login that was never used.",
    )  # fmt: skip
    interaction_link_state = fields.Selection(
        LINKS, "Account Link", compute="_compute_interaction_account_state", compute_sudo=True,
        search="_search_interaction_link_state", groups=USER,
        help="Link without a password, which letters contain: sent, used to hand something over, expired, or revoked.",
    )  # fmt: skip
    interaction_is_link_needed = fields.Boolean(
        "Link Needed", compute="_compute_interaction_is_link_needed", compute_sudo=True, groups=USER,
        help="Whether something is outstanding that the person can hand over by a link without a password.",
    )  # fmt: skip
    interaction_last_seen = fields.Datetime(
        "Last Seen", compute="_compute_interaction_account_state", compute_sudo=True, groups=USER,
        help="Last login, or last use of the link without a password.",
    )  # fmt: skip

    @api.depends(
        "commercial_partner_id.interaction_client_until", "user_ids.share", "interaction_link_ids.last_used",
        "interaction_link_ids.expires",
    )  # fmt: skip
    @api.depends_context("company")
    def _compute_interaction_account_state(self):
        failed, unreached = self._interaction_failed_invitations(), self._interaction_unreached()
        closed = self.filtered_domain(self._interaction_account_closed())
        for partner in self:
            users, links = partner._interaction_logins(), partner.interaction_link_ids
            logins = list(filter(None, users.mapped("login_date")))
            partner.interaction_last_seen = max([*logins, *filter(None, links.mapped("last_used"))], default=False)
            invited = "failed" if partner in failed or partner._interaction_is_bounced() else "invited"
            login = "seen" if logins else invited if users else "never"
            partner.interaction_account_state = CLOSED if partner in closed else login
            partner.interaction_link_state = partner._interaction_state_of(links, unreached)

    @api.depends("interaction_link_ids")
    def _compute_interaction_is_link_needed(self):
        for partner in self:
            partner.interaction_is_link_needed = any(link._items() for link in partner.interaction_link_ids)

    def _search_interaction_account_state(self, operator, value):
        if not is_searched(self, "interaction_account_state", operator):
            return NotImplemented
        with_login = Domain("user_ids.share", "=", True)
        seen = Domain("user_ids", "any", [("share", "=", True), ("login_date", "!=", False)])
        new = with_login & ~seen
        bounced = self.search(new & Domain("interaction_bounced_email", "!=", False))
        bounced = bounced.filtered(lambda person: person._interaction_is_bounced())
        failed = Domain("id", "in", [*self._interaction_failed_invitations().ids, *bounced.ids])
        domains = {"never": ~with_login, "failed": new & failed, "invited": new & ~failed, "seen": seen}
        found = Domain.OR(domains[state] for state in value if state in domains)
        closed = self._interaction_account_closed()
        return found & ~closed | (closed if CLOSED in value else Domain.FALSE)

    def _search_interaction_link_state(self, operator, value):
        if not is_searched(self, "interaction_link_state", operator):
            return NotImplemented
        # sudo: as the field itself
        links = self.env["crm.interaction.portal.link"].sudo().search(Domain.TRUE).grouped("partner_id")
        unreached = self._interaction_unreached()
        states = {person.id: person._interaction_state_of(own, unreached) for person, own in links.items()}
        found = Domain("id", "in", [id_ for id_, state in states.items() if state in value])
        return found | Domain("id", "not in", [person.id for person in links]) if "none" in value else found

    @api.model
    def action_interaction_accounts(self):
        """Open the people who can have an account: for managers those of all clients, for others of their own.

        :raises AccessError: when the user does not belong to the user group.
        """
        self.env["crm.interaction"].check_access("read")
        action = addon_action(self.env, "crm_interaction_action_accounts")
        if not self.env.user.has_group(MANAGER):
            own = ("commercial_partner_id.interaction_is_shown", "=", True)
            action["domain"] = [own, *literal_eval(action["domain"].strip())]
        return action

    def action_interaction_invite(self):
        """Invite these people to the personal account, by letter to the address stored on each contact.

        :raises AccessError: when the user is no manager. :raises UserError: when nobody can be invited.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of Client Interactions invite clients. Ask one of them."))
        self.check_access("read")
        able = self.filtered(lambda person: person._interaction_can_be_invited()).grouped("email_normalized")
        people = self.browse(persons[0].id for persons in able.values())  # an address is one login
        if not people:
            raise UserError(
                self.env._(
                    "Nobody was invited: these contacts have no e-mail address, have an account already, are addresses "
                    "that colleagues at the client can change, or belong to no current client."
                )
            )
        companies = people.company_id | self.env.company
        if not self.env.user.email_normalized and not all(companies.mapped("email")):
            raise UserError(
                self.env._("Nobody was invited: neither your company nor you have an e-mail address to write from.")
            )
        for batch in split_every(BATCH, people.ids, self.browse):
            batch._interaction_invite()
        left = self - people
        texts = [plural(self.env, self.env._("%(n)s person invited|%(n)s people invited"), len(people))]
        if left:
            names = ", ".join(person.name or person.display_name for person in left[:NAMED])
            names += "…" if left[NAMED:] else ""
            texts.append(self.env._("left out (no or several addresses, account in use, no client): %s", names))
        return notification_action(", ".join(texts), then=CLOSE, sticky=bool(left))

    def _interaction_can_be_invited(self):
        """Return whether this person has an address that no other login has, and has not signed in yet."""
        # sudo: whether a login exists is needed, not the user
        person = self.sudo()
        if (
            not person.email_normalized
            or person._interaction_is_address()
            or len(person._interaction_addresses()) > 1
            or not person._interaction_account()
            or any(person.user_ids.mapped("login_date"))
        ):
            return False
        same = person.env["res.users"].with_context(active_test=False).search(
            [("login", "=", person.email_normalized)]
        )  # fmt: skip
        return same <= person.user_ids and all(user.share for user in person.user_ids)

    def _interaction_invite(self):
        """Create the missing portal users of these people and queue their letters."""
        # sudo: managers are no administrators; the users get the portal group only
        people = self.sudo()
        new = people.filtered(lambda person: not person.user_ids)
        users = people.env["res.users"].with_context(no_reset_password=True)
        users.create(
            [
                {
                    "name": person.name,
                    "login": person.email_normalized,
                    "partner_id": person.id,
                    "lang": person.lang,
                    "company_id": (person.company_id or self.env.company).id,
                    "company_ids": [Command.set((person.company_id or self.env.company).ids)],
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                }
                for person in new
            ]
        )
        for person in people - new:  # the letter goes to the present address
            person.user_ids[:1].login = person.email_normalized
        people.invalidate_recordset(["user_ids"])
        failed = people.env["mail.mail"].search([("model", "=", "res.users"), ("state", "=", "exception")])
        failed.filtered(lambda mail: mail.res_id in people.user_ids.ids).unlink()
        people.signup_prepare()
        template = people.env.ref("auth_signup.portal_set_password_email")
        letter = template.with_context(dbname=self.env.cr.dbname, medium="portalinvite")
        for mail in letter.send_mail_batch(people.user_ids.ids):
            people.env["res.users"].browse(mail.res_id).partner_id.interaction_invitation = mail.message_id

    def action_interaction_revoke_links(self):
        """Revoke the links without a password of these people.

        :raises UserError: when the user sees none.
        """
        self.env["crm.interaction.portal.link"].check_access("read")
        if not self.interaction_link_ids:
            raise UserError(self.env._("These people have no link, or are contacts of clients that are not yours."))
        return self.interaction_link_ids.action_revoke()

    def action_interaction_send_link(self):
        """Send these people a new link without a password; older ones no longer work."""
        self.env["crm.interaction.portal.link"].check_access("read")
        return self.interaction_link_ids.action_send_new()

    def action_interaction_preview(self):
        """Open the personal account as this person sees it, without a login the page of the link, for an hour, and
        record that in the person's chatter.

        :raises AccessError: when the user does not see the client.
        :raises UserError: when there is nothing that the person can open.
        """
        self.ensure_one()
        if not self._interaction_may_preview():
            raise AccessError(self.env._("Only colleagues who see the client's interactions see its account."))
        has_page = self._interaction_logins() or not self._interaction_letter_obstacles()
        # sudo: only to learn whether there is an account
        if not has_page or not self.sudo()._interaction_account():
            raise UserError(
                self.env._(
                    "This person can open nothing: there is neither a login nor an address for the link, or the "
                    "contract has ended."
                )
            )
        self._message_log(body=self.env._("Personal account previewed"))
        key = hash_sign(self.env(su=True), PREVIEW, [self.env.uid, self.id], expiration_hours=1)
        url = f"/interactions/preview/{self.id}?{urlencode({'key': key})}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def _interaction_may_preview(self):
        """Return whether the user is a member of staff who sees the interactions of this person's client."""
        user = self.env.user
        if not self or user.share or not user.has_group(USER) or not self.has_access("read"):
            return False
        return self.commercial_partner_id._interaction_may_see()

    def _interaction_is_previewed(self, key):
        """Return whether ``key`` (str) is of a preview of this person that the user opened within the last hour."""
        try:
            return verify_hash_signed(self.env(su=True), PREVIEW, key) == [self.env.uid, self.id]
        except (ValueError, TypeError):
            return False
