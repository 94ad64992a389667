from textwrap import shorten

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ..models.optional.apps import scripts_host
from ..models.portal.ir_http import SAFE
from ..models.requests.crm_interaction_matter_item import OUTSTANDING
from ..models.requests.periods import period_name
from .portal import InteractionAccount
from .portal_pages import account_pages
from .portal_upload import read_submissions

TAKEN = "interaction_taken"
"""Key of the session for what was just handed over."""
SHOWN = 100
"""Characters of a text that the receipt repeats."""
OWN_SCRIPTS = ("'self'", "'unsafe-inline'", "'unsafe-eval'")
"""Sources of scripts on a page whose address is a secret: none reports it to others, e.g. to count visitors."""


class InteractionDocuments(InteractionAccount):
    """Serve the items that wait for a person, by login or by a link without a password, and what was handed over."""

    @http.route(
        "/my/interactions", type="http", auth="user", website=True, methods=["GET", "POST"], interaction_upload=True
    )
    def portal_documents(self, sent="", large="", **kwargs):
        """Show what waits for the user; take over files and answers on POST."""
        self._required_account()
        items, faults, taken = request.env["crm.interaction.portal.item"], [], []
        if request.httprequest.method == "POST":
            accepting, own = (items.search(domain)._stored() for domain in (items._accepting(), []))
            submissions, faults = read_submissions(request.env, request.httprequest, accepting, own)
            taken = self._handed(accepting, request.env.user.partner_id, submissions, "login", faults)
            if not faults:
                return self._received("/my/interactions", taken)
        return self._account_page(
            "documents",
            rows=items.search(items._outstanding())._by_urgency(),
            checking=items.search(items._checking()),
            questions=request.env["crm.interaction.portal.matter"]._questions_back(),
            faults=faults or self._excess(large),
            taken=taken or self._just_taken(sent),
            sent=sent,
            url="/my/interactions",
            **self._form_values(),
        )

    def _received(self, path, taken):
        """Return the redirection to ``path``, which thanks for what was ``taken`` (list of str), once."""
        request.session[TAKEN] = taken
        return request.redirect(f"{path}?sent=1")

    def _just_taken(self, sent):
        """Return what the visitor has just sent from this browser (list of str)."""
        return (request.session.pop(TAKEN, None) or []) if sent else []

    def _excess(self, is_large):
        """Return the text about a form that was too large to be read (list of str), see ``ir_http.py``."""
        return [self._form_values()["interaction_limits"]["excess"]] if is_large else []

    def _handed(self, items, person, submissions, how, faults):
        """Hand over ``submissions`` for ``items`` (sudo mode); return what was taken over (list of str).

        The oldest list is first.

        :param list faults: texts; those of lists that are not open any more are added.
        """
        is_named = len(items.list_id) > 1
        items = items.filtered(lambda item: item.id in submissions)
        taken, interaction = {}, None
        for list_, own in items.grouped("list_id").items():
            try:
                with request.env.cr.savepoint():  # all of a list, or nothing
                    handed = own._hand_over(person, submissions, how=how, interaction=interaction)
            except UserError as error:
                faults.append(str(error))
            else:
                interaction = interaction or handed.interaction_id
                taken[list_.period, list_.id] = [self._taken(item, submissions[item.id], is_named) for item in own]
        self._forget_rows()
        return [text for _period, texts in sorted(taken.items()) for text in texts]

    def _forget_rows(self):
        """Have the rows of the page read again after what was handed over: they are a view of the database."""
        request.env.flush_all()
        request.env.invalidate_all()

    def _taken(self, item, given, is_named):
        """Return the name of an ``item`` with what was ``given`` (dict): names of files, answer, why not applicable.

        :param is_named: whether to name its period, as there are lists of several on the page.
        """
        list_ = item.list_id
        period = period_name(request.env, list_.period, list_.period_length) if is_named else ""
        texts = [", ".join(file for file, _content in given["files"])]
        if given["answer"]:
            texts.append(request.env._("answer (%s)", shorten(given["answer"], SHOWN, placeholder="…")))
        if given["not_applicable"]:
            texts.append(request.env._("not applicable (%s)", shorten(given["not_applicable"], SHOWN, placeholder="…")))
        return f"{', '.join(filter(None, (item.name, period)))}: {'; '.join(filter(None, texts))}"

    @http.route("/my/interactions/handed", type="http", auth="user", website=True, methods=["GET"])
    def portal_handed(self, **kwargs):
        """Show what was handed over, with its files."""
        self._required_account()
        rows = request.env["crm.interaction.portal.item"].search([("state", "not in", OUTSTANDING)])
        return self._account_page("handed", rows=rows)

    @http.route("/my/interactions/files/<int:item_id>/<int:file_id>", type="http", auth="user", methods=["GET"])
    def portal_file(self, item_id, file_id, **kwargs):
        """Return a file of an item that is shown to the user, as a download.

        :raises NotFound: for all others, existing or not.
        """
        try:
            file = request.env["crm.interaction.portal.item"].browse(item_id)._file(file_id)
        except (AccessError, MissingError) as error:
            raise NotFound from error
        return self._download(file)

    @http.route(
        "/interactions/<string:token>", type="http", auth="public", website=True, methods=["GET", "POST"], csrf=False,
        sitemap=False, multilang=False, interaction_upload=True,
    )  # fmt: skip
    def portal_link(self, token, sent="", large="", **kwargs):
        """Show the items of the person to whom the link was sent; take over files and answers on POST.

        The address is the secret, hence no CSRF token. Nothing changes on GET, since mail scanners open links.

        The page is in the language of the person, in that of the browser if it is no longer active.

        When the link is unknown, expired, revoked, or the person has left, the same page says so.
        """
        link = request.env["crm.interaction.portal.link"]._find(token)
        if not link:
            return self._dead_link_page()
        if lang := request.env["ir.http"].get_nearest_lang(link.partner_id.lang):
            request.update_context(lang=lang)
            link = link.with_env(request.env(su=True))
        items, faults, taken, status = link._items(), [], [], 200
        if request.httprequest.method == "POST":
            submissions, faults = read_submissions(request.env, request.httprequest, items, link._own_items())
            if link._count(submissions):
                taken = self._handed(items, link.partner_id, submissions, "link", faults)
            else:
                faults, status = [request.env._("You have reached today's limit. Send the rest tomorrow.")], 429
            if not faults:
                response = self._received(request.httprequest.path, taken)
                response.headers.update(SAFE)
                return response
        return self._link_page(link, faults or self._excess(large), taken, sent, status)

    def _dead_link_page(self):
        return self._secret_page("dead_link", {"no_breadcrumbs": True}, 404)

    def _link_page(self, link, faults, taken, sent, status):
        values = {
            **self._prepare_portal_layout_values(),
            **self._link_values(link),
            **self._form_values(),
            "page_name": "interaction_link",
            "interaction_page": account_pages(request.env)["documents"],
            "faults": faults,
            "taken": taken or self._just_taken(sent),
            "sent": sent,
            "url": request.httprequest.path,
        }
        return self._secret_page("link", values, status)

    def _secret_page(self, name, values, status):
        """Return a page (template ``portal_<name>``) whose address is a secret, or was one, e.g. before a mistake."""
        response = request.render(f"crm_outsourcing_interactions.portal_{name}", values)
        response.status_code = status
        response.headers.update(SAFE)
        sources = " ".join(filter(None, (*OWN_SCRIPTS, scripts_host())))
        response.headers["Content-Security-Policy"] = f"script-src {sources}; connect-src 'self'"
        return response
