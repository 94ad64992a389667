import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..events.actions import RELOAD, notification_action
from ..events.private_links import PATH
from .crm_interaction_matter_item import ACCEPTING

SCOPE = "crm_interaction_portal_link"
VALID = timedelta(days=30)
RENEWED = timedelta(days=1)
"""For how long a link that is sent again keeps its end: each weekly letter prolongs it."""
LIMITS = {"tries": 100, "files": 300, "size": 500_000_000}
"""Most that a link may send in one day: submissions, files, bytes."""


class CrmInteractionPortalLink(models.Model):
    """Let one person at one client open the own items and hand over documents without a password.

    The address contains the id and a nonce, signed, with an expiration. *Revoke* makes a new nonce, and so does a
    change of the person's e-mail address, client or archiving; older addresses then no longer work. ::

        url = env["crm.interaction.portal.link"]._of(person, company)._url()
    """

    _name = "crm.interaction.portal.link"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Link Without a Password"
    _order = "id desc"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Contact", required=True, readonly=True, index=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    expires = fields.Datetime(required=True, readonly=True)
    seal = fields.Char(compute="_compute_nonce", store=True, groups=fields.NO_ACCESS)
    nonce = fields.Char(compute="_compute_nonce", store=True, groups=fields.NO_ACCESS)
    is_revoked = fields.Boolean(
        "Revoked", readonly=True, help="Revoked since the last letter, e.g. when one went astray."
    )
    last_used = fields.Datetime(readonly=True, help="Last time that the person handed something over by this link.")
    day = fields.Date(readonly=True, groups=fields.NO_ACCESS, help="Day of the numbers below.")
    tries = fields.Integer("Submissions", readonly=True, aggregator=None, groups=fields.NO_ACCESS)
    files = fields.Integer(readonly=True, aggregator=None, groups=fields.NO_ACCESS)
    size = fields.Integer("Bytes", readonly=True, aggregator=None, groups=fields.NO_ACCESS)

    _one_of_person = models.Constraint("UNIQUE(partner_id, company_id)", "This person already has a link.")

    @api.depends("partner_id.email", "partner_id.commercial_partner_id", "partner_id.active")
    def _compute_nonce(self):
        """Make a new nonce when the person is another than the one to whom the link was sent."""
        for link in self:
            person = link.partner_id
            addresses = ",".join(person._interaction_addresses()) or person.email_normalized
            seal = f"{addresses},{person.commercial_partner_id.id},{person.active}"
            if link.seal != seal:
                link.seal, link.nonce = seal, uuid.uuid4().hex

    @api.model
    def _of(self, person, company):
        """Return the valid link (sudo mode) of a ``person`` (``res.partner``), made or prolonged if need be."""
        # sudo: nobody writes links; whoever sends a letter may have no access to them
        links = self.sudo()._by_code()
        now, client = fields.Datetime.now(), person.commercial_partner_id
        link = links.search([("partner_id", "=", person.id), ("company_id", "=", company.id)])
        if not link:
            vals = {"partner_id": person.id, "commercial_partner_id": client.id, "company_id": company.id}
            return links.create({**vals, "expires": now + VALID})
        if link.expires < now + VALID - RENEWED or link.commercial_partner_id != client:
            link.write({"expires": now + VALID, "commercial_partner_id": client.id, "is_revoked": False})
        return link

    def _url(self):
        """Return the address (str) of one link: without a language, since Odoo redirects addresses that have one."""
        self.ensure_one()
        link = self.sudo()  # sudo: the nonce is for code only
        token = hash_sign(link.env, SCOPE, [link.id, link.nonce], expiration=link.expires)
        return f"{link.get_base_url()}/{PATH}/{token}"

    @api.model
    def _find(self, token):
        """Return the link (sudo mode) of a ``token`` (str); none if it is unknown, expired, revoked or of a leaver."""
        links = self.browse().sudo()  # sudo: whoever has the address is a visitor
        try:
            id_, nonce = verify_hash_signed(links.env, SCOPE, token) or (0, "")
        except (ValueError, TypeError):
            return links
        link = links.browse(id_).exists()
        return link if link and link.nonce == nonce and link._is_open() else links

    def _is_open(self):
        """Return whether the person still belongs to the client, neither is archived, and the contract lasts.

        Nor may the person be a mere address, which colleagues at the client can redirect to themselves, nor have
        several, whose owners would all have the link.
        """
        person, client = self.partner_id, self.commercial_partner_id
        is_theirs = person.active and client.active and person.commercial_partner_id == client
        is_theirs = is_theirs and not person._interaction_is_address() and len(person._interaction_addresses()) < 2
        return is_theirs and not client._interaction_is_former(self.company_id)

    def _items(self):
        """Return what the person may hand over by this link: the own items of open lists, unless they are done."""
        return self._own_items().filtered(lambda item: item.list_id.state == "open" and item.state in ACCEPTING)

    def _checking(self, items):
        """Return those of ``items`` that we have to check and that nobody else handed over, in part or as a whole."""
        return self._of_one_sender(items.filtered(lambda item: item.state == "handed_over"))

    def _checking_of_others(self, items):
        """Return those of ``items`` that we have to check, and that somebody else handed over, in part or as a whole.

        The link shows their names only.
        """
        return items.filtered(lambda item: item.state == "handed_over") - self._checking(items)

    def _of_one_sender(self, handed):
        """Return those of the items ``handed`` over that the person alone has handed over."""
        handovers = self.env["crm.interaction.request.handover"].search([("item_ids", "in", handed.ids)])
        own = handovers.filtered(lambda handover: handover.partner_id == self.partner_id)
        return (handed & own.item_ids) - (handovers - own).item_ids

    def _own_items(self):
        """Return the own items of the person, done or not."""
        return self.env["crm.interaction.matter.item"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("list_id.state", "!=", "draft"),
            ]
        )

    def _count(self, submissions):
        """Count a submission; return whether it is within the limits of the day.

        :param dict submissions: as for ``crm.interaction.matter.item._hand_over``.
        """
        files = [content for own in submissions.values() for _name, content in own.get("files", ())]
        new = {"tries": 1, "files": len(files), "size": sum(map(len, files))}
        today = self.company_id._interaction_today()
        used = {name: n + (self[name] if self.day == today else 0) for name, n in new.items()}
        is_within = all(used[name] <= most for name, most in LIMITS.items())
        counted = used if is_within else {"tries": used["tries"]}
        self._by_code().write({"day": today, "last_used": fields.Datetime.now(), **counted})
        return is_within

    def _state(self):
        """Return the state (str) of links of a person: ``none``, ``sent``, ``used``, ``expired`` or ``revoked``."""
        valid = self.filtered(lambda link: link.expires > fields.Datetime.now())
        if not valid:
            return "revoked" if any(self.mapped("is_revoked")) else "expired" if self else "none"
        return "used" if any(valid.mapped("last_used")) else "sent"

    def action_revoke(self):
        """Revoke the addresses sent so far, and tell so; the next letter contains a new one."""
        self.check_access("read")
        for link in self.sudo()._by_code():  # sudo: users only read links
            link.write({"nonce": uuid.uuid4().hex, "expires": fields.Datetime.now(), "is_revoked": True})
        message = self.env._("Earlier links no longer work.")
        if any(link._items() for link in self.sudo()):  # sudo: as above
            more = self.env._(
                "“Send a New Link” sends another one at once; otherwise the next weekly letter contains it."
            )
            message = f"{message} {more}"
        return notification_action(message, then=RELOAD)


CrmInteractionPortalLink._protected_fields = frozenset(
    name for name, field in vars(CrmInteractionPortalLink).items() if isinstance(field, fields.Field)
)
