from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ..models.requests.crm_interaction_matter_item import OUTSTANDING
from .portal import MONTHS, RATINGS, InteractionAccount
from .portal_pages import account_pages

LINK = "link"
"""The page of people without a login."""
ONE_PAGE = {"page_count": 0}


class InteractionPreview(InteractionAccount):
    """Show staff the personal account, or the page of the link, as one person at a client sees it."""

    @http.route(
        ["/interactions/preview/<int:partner_id>", "/interactions/preview/<int:partner_id>/<string:page>"],
        type="http", auth="user", website=True, methods=["GET"],
    )  # fmt: skip
    def portal_preview(self, partner_id, page="", key="", **kwargs):
        """Render a page in the language and time zone of the person, without buttons and without a session as the
        person's user.

        Nothing changes here: the button *Preview as the Client* records the preview and gives the ``key``.

        :raises NotFound: when the visitor may not see the client, has not opened the preview within the last hour, or
            the person does not have this page.
        """
        person = request.env["res.partner"].browse(partner_id).exists()
        if not person._interaction_may_preview() or not person._interaction_is_previewed(key):
            raise NotFound
        user = person._interaction_logins()[:1]
        own = account_pages(request.env)  # in the language of the colleague; the page itself is in that of the person
        page = page or (next(iter(own)) if user else LINK)
        if page not in (own if user else (LINK,)) or not person.sudo()._interaction_account():
            raise NotFound
        banner = self._banner(person, {name: own[name].title for name in own if user}, page, key)
        zone = (user.tz or user.company_id._interaction_zone()) if user else request.env.company._interaction_zone()
        request.update_context(lang=person.lang or request.env.lang, tz=zone)
        values = getattr(self, f"_preview_{page}")(request.env(user=user.id or request.env.uid, su=False), person)
        shared = {**self._prepare_portal_layout_values(), "interaction_zone": zone, "is_preview": True, **banner}
        shared |= {"page_name": "interaction_preview", "no_breadcrumbs": True, "sent": ""}
        shared["interaction_page"] = account_pages(request.env)["documents" if page == LINK else page]
        response = request.render(f"crm_outsourcing_interactions.portal_{page}", {**shared, **values})
        response.headers["Cache-Control"] = "no-store"
        return response

    def _banner(self, person, titles, page, key):
        """Return the texts above the preview of a ``page``, and links to all, in the language of the colleague."""
        url = f"/interactions/preview/{person.id}"
        links = {name: f"{url}/{name}?{urlencode({'key': key})}" for name in titles}
        return {
            "preview_text": request.env._("Preview: this is what %s sees.", person.name or person.display_name),
            "preview_links": [(links[name], title, name == page) for name, title in titles.items()],
            "preview_back": (f"/odoo/res.partner/{person.id}", request.env._("Back to the contact")),
        }

    def _preview_here(self):
        """Return the domain of the companies that the visitor sees; the person sees all that the person deals with."""
        return Domain("company_id", "in", [False, *request.env.user.company_ids.ids])

    def _preview_documents(self, env, person):
        """Return the values of *Waiting for you*, read with the rights of the person in ``env``, like the others."""
        items, here = env["crm.interaction.portal.item"], self._preview_here()
        back = env["crm.interaction.portal.matter"]._questions_back().filtered_domain(here)
        asked = {"questions": back, "hidden": self._hidden(back)}
        shown = {"rows": items._outstanding(), "checking": items._checking()}
        found = {name: items.search(domain & here) for name, domain in shown.items()}
        return {**found, "rows": found["rows"]._by_urgency(), **asked, **self._preview_form()}

    def _preview_form(self):
        return {**self._form_values(), "faults": [], "taken": [], "url": "#"}

    def _preview_handed(self, env, person):
        handed = Domain("state", "not in", OUTSTANDING) & self._preview_here()
        return {"rows": env["crm.interaction.portal.item"].search(handed)}

    def _preview_questions(self, env, person):
        items, matters = env["crm.interaction.portal.item"], env["crm.interaction.portal.matter"]
        found = matters.search(matters._waiting_for_us() & self._preview_here(), limit=self._items_per_page)
        rows = items.search(items._checking() & self._preview_here())
        return {"matters": found, "hidden": self._hidden(found), "rows": rows, "pager": ONE_PAGE}

    def _preview_statement(self, env, person):
        return {**self._statement_values(env, self._preview_here(), slice(MONTHS)), "pager": ONE_PAGE}

    def _preview_services(self, env, person):
        services = env["crm.interaction.portal.service"].search(self._preview_here())
        return {"services": services.grouped("coverage")}

    def _preview_people(self, env, person):
        return {"people": self._people_of(person.sudo()._interaction_account())}

    def _preview_notifications(self, env, person):
        # sudo: the choice is no secret of who sees the client
        return {"choice": person.sudo().interaction_notify}

    def _preview_rating(self, env, person):
        """Return the values of *Rate us* without the rating that the person may have given."""
        return {"values": RATINGS, "rating": env["rating.rating"].browse()}

    def _preview_complaint(self, env, person):
        return {"supervisor": self._supervisor_of(person.sudo()._interaction_account()), "token": ""}

    def _preview_link(self, env, person):
        """Return the values of the link's page, in the company of the visitor in which something is outstanding."""
        links, client = env["crm.interaction.portal.link"].sudo(), person.commercial_partner_id
        pages = [
            links.new({"partner_id": person.id, "commercial_partner_id": client.id, "company_id": company.id})
            for company in request.env.company | request.env.user.company_ids
        ]
        link = next((link for link in pages if link._items().filtered("is_outstanding")), pages[0])
        return {**self._link_values(link), **self._preview_form()}

    def _hidden(self, matters):
        """Return the ids of ``matters`` whose message the visitor may not read, e.g. a complaint about the visitor."""
        # sudo: the person reads no messages; the visitor's own rights decide
        matters = matters.sudo()
        readable = request.env["mail.message"].browse(matters.message_id.ids)._filtered_access("read")
        return [matter.id for matter in matters if matter.message_id not in readable]
