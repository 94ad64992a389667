from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ..models.requests.crm_interaction_matter_item import OUTSTANDING
from .portal import InteractionAccount

PAGES = ("documents", "handed", "questions", "services")


class InteractionPreview(InteractionAccount):
    """Show staff the personal account as one person at a client sees it."""

    @http.route(
        ["/interactions/preview/<int:partner_id>", "/interactions/preview/<int:partner_id>/<string:page>"],
        type="http", auth="user", website=True, methods=["GET"],
    )  # fmt: skip
    def portal_preview(self, partner_id, page="documents", key="", **kwargs):
        """Render a page with the rights of the person's user, without buttons and without a session as that user.

        Nothing changes here: the button *Preview as the Client* records the preview and gives the ``key``.

        :raises NotFound: when the visitor may not see the client, has not opened the preview within the last hour, or
            the person has no login.
        """
        person = request.env["res.partner"].browse(partner_id).exists()
        if page not in PAGES or not person._interaction_may_preview() or not person._interaction_is_previewed(key):
            raise NotFound
        # sudo: only to find the person's login
        user = person.sudo().user_ids.filtered("share")[:1]
        if not user:
            raise NotFound
        values = self._preview_values(request.env(user=user.id, su=False), page)
        shared = {**self._prepare_portal_layout_values(), "interaction_zone": "UTC"}
        shared |= {"preview_id": partner_id, "preview_key": key}
        template = f"crm_outsourcing_interactions.portal_{page}"
        response = request.render(
            template, {**shared, **values, "is_preview": True, "page_name": "interaction_preview"}
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def _preview_values(self, env, page):
        """Return the values of a page, read with the rights of the person in ``env``.

        The person sees the lists of all our companies; the visitor, those of the own ones.
        """
        here = Domain("company_id", "in", [False, *request.env.user.company_ids.ids])
        items, matters = env["crm.interaction.portal.item"], env["crm.interaction.portal.matter"]
        back = matters._questions_back().filtered_domain(here)
        waiting = matters.search(matters._waiting_for_us() & here)
        return {
            "documents": lambda: {
                "rows": items.search(items._outstanding() & here),
                "questions": back,
                "hidden": self._hidden(back),
                "faults": [],
                "taken": [],
                "url": "#",
                "sent": "",
                **self._form_values(),
            },
            "handed": lambda: {"rows": items.search(Domain("state", "not in", OUTSTANDING) & here)},
            "questions": lambda: {
                "matters": waiting,
                "hidden": self._hidden(waiting),
                "rows": items.search(items._checking() & here),
                "pager": {"page_count": 0},
            },
            "services": lambda: {"services": env["crm.interaction.portal.service"].search(here).grouped("coverage")},
        }[page]()

    def _hidden(self, matters):
        """Return the ids of ``matters`` whose message the visitor may not read, e.g. a complaint about the visitor."""
        # sudo: the person reads no messages; the visitor's own rights decide
        matters = matters.sudo()
        readable = request.env["mail.message"].browse(matters.message_id.ids)._filtered_access("read")
        return [matter.id for matter in matters if matter.message_id not in readable]
