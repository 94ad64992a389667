from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.events.groups import MANAGER, USER
from .portal import InteractionAccount

PAGES = ("documents", "handed", "questions", "services")


class InteractionPreview(InteractionAccount):
    """Show staff the personal account as one person at a client sees it."""

    @http.route(
        ["/interactions/preview/<int:partner_id>", "/interactions/preview/<int:partner_id>/<string:page>"],
        type="http", auth="user", website=True, methods=["GET"],
    )  # fmt: skip
    def portal_preview(self, partner_id, page="documents", **kwargs):
        """Render a page with the rights of the person's user, without buttons and without a session as that user.

        The preview is recorded in the person's chatter.

        :raises NotFound: when the visitor may not see the client, or the person has no login.
        """
        person = request.env["res.partner"].browse(partner_id).exists()
        if page not in PAGES or not self._may_preview(person):
            raise NotFound
        # sudo: only to find the person's login
        user = person.sudo().user_ids.filtered("share")[:1]
        if not user:
            return request.render("crm_outsourcing_interactions.portal_no_preview", {"person": person.sudo().name})
        person._message_log(body=request.env._("Personal account previewed: %s", page))
        values = self._preview_values(request.env(user=user.id, su=False), page)
        shared = {**self._prepare_portal_layout_values(), "interaction_zone": "UTC", "preview_id": partner_id}
        template = f"crm_outsourcing_interactions.portal_{page}"
        response = request.render(
            template, {**shared, **values, "is_preview": True, "page_name": "interaction_preview"}
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def _may_preview(self, person):
        """Return whether the visitor is a member of staff who sees the interactions of the person's client."""
        user = request.env.user
        if not person or user.share or not user.has_group(USER) or not person.has_access("read"):
            return False
        return user.has_group(MANAGER) or person.commercial_partner_id.interaction_is_shown

    def _preview_values(self, env, page):
        """Return the values of a page, read with the rights of the person in ``env``."""
        items, matters = env["crm.interaction.portal.item"], env["crm.interaction.portal.matter"]
        return {
            "documents": lambda: {
                "rows": items.search(items._outstanding()),
                "faults": [],
                "taken": [],
                "url": "#",
                "sent": "",
            },
            "handed": lambda: {"rows": items.search([("state", "not in", ("open", "returned"))])},
            "questions": lambda: {"matters": matters.search(matters._waiting_for_us()), "pager": {"page_count": 0}},
            "services": lambda: {"services": env["crm.interaction.portal.service"].search([]).grouped("coverage")},
        }[page]()
