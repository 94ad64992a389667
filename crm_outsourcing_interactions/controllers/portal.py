import uuid

from werkzeug.exceptions import NotFound, abort

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.portal.ir_http import SAFE
from ..models.requests.file_names import LONGEST_TEXT, clean_text
from .portal_pages import account_pages
from .portal_upload import limits_of

RATINGS = (5, 3, 1)
"""Values of Odoo's three faces."""
MONTHS = 6
"""Number of months on a page of the statement."""


class InteractionAccount(CustomerPortal):
    """Serve the personal account under ``/my/interactions``: what waits for us, statement, services, people.

    The models decide what a person sees. Everything is read with the rights of the user, except what the methods that
    are called here explain.
    """

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        account = self._interaction_account()
        zone = request.env.user.tz or request.env.company._interaction_zone()
        values |= {"interaction_longest": LONGEST_TEXT, "interaction_zone": zone, "interaction_account": account}
        values["interaction_is_former"] = not account and self._interaction_is_former()
        if values["interaction_is_former"]:
            client = request.env.user.partner_id.commercial_partner_id.sudo()  # sudo: as for the account
            values["interaction_people"] = [own for _role, own in self._people_of(client)]
        if people := account and account._interaction_firm_people():
            values["sales_user"] = people[0][1]  # Odoo's card names the first of our contact persons
        return values

    def _prepare_home_portal_values(self, counters):
        """Add the tiles with the number of what is open; Odoo asks for counters afterwards, by JavaScript only."""
        values = super()._prepare_home_portal_values(counters)
        if not counters and self._interaction_account():
            values |= {"interaction_pages": account_pages(request.env), "interaction_counts": self._open_counts()}
        return values

    def _open_counts(self):
        """Return ``{page: number}`` of what is open on the pages of the user."""
        items, matters = request.env["crm.interaction.portal.item"], request.env["crm.interaction.portal.matter"]
        unanswered = matters._waiting_for_us() & Domain("state", "!=", "answered")
        return {
            "documents": items.search_count(items._outstanding()) + len(matters._questions_back()),
            "questions": items.search_count(items._checking()) + matters.search_count(unanswered),
        }

    def _form_values(self):
        """Return what a form of items shows: limits of uploads, and today's date, to mark what is overdue."""
        limits = limits_of(request.env, request.httprequest.max_content_length)
        return {"interaction_limits": limits, "interaction_today": request.env.company._interaction_today()}

    def _interaction_account(self):
        """Return the client (``res.partner`` in sudo mode) whose account the visitor sees; none for staff."""
        user = request.env.user
        return (user.share and user.partner_id.sudo()._interaction_account()) or request.env["res.partner"]

    def _required_account(self):
        """Return the client whose account the visitor sees.

        :raises HTTPException: 404 when there is none; for people of a former client the page says so.
        """
        if account := self._interaction_account():
            return account
        if not self._interaction_is_former():
            raise NotFound
        values = self._prepare_portal_layout_values() | {"page_name": "interaction_closed"}
        response = request.render("crm_outsourcing_interactions.portal_closed", values, status=404)
        response.headers["Cache-Control"] = "no-store"
        response.flatten()
        abort(response)

    def _interaction_is_former(self):
        """Return whether the visitor is a person of a client whose contract has ended."""
        user = request.env.user
        # sudo: clients have no access to the end of their contract
        return (
            user.share and not user._is_public() and user.partner_id.sudo()._interaction_is_former(request.env.company)
        )

    def _account_page(self, name, **values):
        """Return a page of the account (template ``portal_<name>``), which no browser keeps."""
        template, shared = f"crm_outsourcing_interactions.portal_{name}", self._prepare_portal_layout_values()
        shared |= {"page_name": f"interaction_{name}", "interaction_page": account_pages(request.env)[name]}
        response = request.render(template, {**shared, **values})
        response.headers["Cache-Control"] = "no-store"
        return response

    def _link_values(self, link):
        """Return what the page of a ``link`` (sudo mode) shows: who it is for, and which items."""
        items, rows = link._items(), link.env["crm.interaction.portal.item"]
        return {
            "rows": rows.browse(items.filtered("is_outstanding").ids)._by_urgency(),
            "checking": rows.browse(link._checking(items).ids).sorted(),
            "checking_of_others": rows.browse(link._checking_of_others(items).ids).sorted(),
            "sent_before": link._of_one_sender(items).ids,
            "by_link": True,
            "person": link.partner_id.name,
            "client": link.commercial_partner_id.name,
            "firm": link.company_id,
        }

    def _paged(self, url, total, page, step):
        """Return ``(pager, offset)`` of Odoo for a list at ``url``."""
        found = pager(url=url, total=total, page=page, step=step)
        return found, found["offset"]

    @http.route(
        ["/my/interactions/questions", "/my/interactions/questions/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"],
    )  # fmt: skip
    def portal_questions(self, page=1, **kwargs):
        """Show what waits for us: questions, and documents that we have to check."""
        self._required_account()
        matters, items = request.env["crm.interaction.portal.matter"], request.env["crm.interaction.portal.item"]
        domain, step = matters._waiting_for_us(), self._items_per_page
        pages, offset = self._paged("/my/interactions/questions", matters.search_count(domain), page, step)
        matters = matters.search(domain, limit=step, offset=offset)
        return self._account_page("questions", pager=pages, matters=matters, rows=items.search(items._checking()))

    @http.route(
        ["/my/interactions/statement", "/my/interactions/statement/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"],
    )  # fmt: skip
    def portal_statement(self, page=1, **kwargs):
        """Show interactions by month, answer times and sent reports."""
        self._required_account()
        interactions = request.env["crm.interaction.portal.interaction"]
        pages, offset = self._paged("/my/interactions/statement", len(interactions._statement()), page, MONTHS)
        shown = slice(offset, offset + MONTHS)
        return self._account_page("statement", pager=pages, **self._statement_values(request.env, Domain.TRUE, shown))

    def _statement_values(self, env, domain, shown):
        """Return the months of the statement in ``shown`` (slice), answer times and reports, within ``domain``."""
        interactions = env["crm.interaction.portal.interaction"]
        statement = interactions._statement(domain)
        return {
            "months": {month: statement[month] for month in list(statement)[shown]},
            "kinds": interactions._kind_names(),
            "answers": env["crm.interaction.portal.matter"]._answer_texts(domain),
            "reports": env["crm.interaction.portal.report"].search(domain),
        }

    def _download(self, attachment):
        """Return a file as a download that no browser runs or keeps."""
        response = request.env["ir.binary"]._get_stream_from(attachment).get_response(as_attachment=True)
        response.headers.update(SAFE)
        return response

    @http.route("/my/interactions/reports/<int:report_id>", type="http", auth="user", methods=["GET"])
    def portal_report(self, report_id, **kwargs):
        """Return the PDF of a client report that was sent to the user.

        :raises NotFound: for all others, existing or not.
        """
        report = request.env["crm.interaction.portal.report"].browse(report_id)
        try:
            attachment = report._file()
        except (AccessError, MissingError) as error:
            raise NotFound from error
        return self._download(attachment)

    @http.route("/my/interactions/services", type="http", auth="user", website=True, methods=["GET"])
    def portal_services(self, **kwargs):
        """Show what the contract covers."""
        self._required_account()
        services = request.env["crm.interaction.portal.service"].search([])
        return self._account_page("services", services=services.grouped("coverage"))

    @http.route("/my/interactions/people", type="http", auth="user", website=True, methods=["GET"])
    def portal_people(self, **kwargs):
        """Show whom to ask at the firm."""
        return self._account_page("people", people=self._people_of(self._required_account()))

    def _people_of(self, client):
        """Return ``[(role, values)]`` of whom a client may ask at the firm."""
        names = ("name", "email", "phone")
        return [(role, {name: user[name] for name in names}) for role, user in client._interaction_firm_people()]

    @http.route("/my/interactions/notifications", type="http", auth="user", website=True, methods=["GET", "POST"])
    def portal_notifications(self, choice="", sent="", **kwargs):
        """Show how the user learns of news; store the choice on POST."""
        self._required_account()
        person = request.env.user.partner_id
        if request.httprequest.method == "POST" and person._interaction_choose_notify(choice):
            return request.redirect("/my/interactions/notifications?sent=1")
        # sudo: clients have no access to the field, and see their own choice only
        return self._account_page("notifications", choice=person.sudo().interaction_notify, sent=sent)

    @http.route("/my/interactions/rating", type="http", auth="user", website=True, methods=["GET", "POST"])
    def portal_rating(self, value="", text="", sent="", **kwargs):
        """Show the form to rate the firm; store the rating on POST."""
        self._required_account()
        person, ratings = request.env.user.partner_id, request.env["rating.rating"]
        if request.httprequest.method == "POST" and value in map(str, RATINGS):
            ratings._interaction_rate(person, int(value), text)
            return request.redirect("/my/interactions/rating?sent=1")
        return self._account_page("rating", values=RATINGS, rating=ratings._interaction_of_month(person), sent=sent)

    @http.route("/my/interactions/complaint", type="http", auth="user", website=True, methods=["GET", "POST"])
    def portal_complaint(self, text="", token="", sent="", **kwargs):
        """Show the form to report that something is wrong; store the complaint on POST."""
        client = self._required_account()
        is_sent = request.httprequest.method == "POST"
        if is_sent and clean_text(text):
            request.env["crm.interaction.portal.complaint"]._send(request.env.user.partner_id, text, token)
            return request.redirect("/my/interactions/complaint?sent=1")
        supervisor, token = self._supervisor_of(client), uuid.uuid4().hex
        return self._account_page("complaint", token=token, supervisor=supervisor, sent=sent, is_empty=is_sent)

    def _supervisor_of(self, client):
        """Return the name of who reads the complaints of a client today, ``False`` if that is the management only."""
        return client.interaction_supervisor_id.filtered("active")._interaction_stand_in().name
