import logging

from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..capture.events import Event
from ..capture.message_reader import marked_again
from ..events.marks import mark, marked, without_requested

_logger = logging.getLogger(__name__)


class CrmInteractionProblem(models.Model):
    """A contact that could not be logged: kept for the manager, who mends the cause and retries.

    ``payload`` holds what a retry needs, in one of three forms: a whole event, a message
    to be read again, or documents to which something happened. Contacts are logged once
    however often they are retried.
    """

    _name = "crm.interaction.problem"
    _description = "Capture Problem"
    _order = "id desc"
    _rec_name = "error"

    error = fields.Char(required=True, readonly=True)
    payload = fields.Json(required=True, readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    active = fields.Boolean("Open", default=True, help="A problem is archived when its contact has been logged.")

    @api.model
    def _keep(self, error, prepare_payloads):
        """Keep a fault for the manager and log it; never raise, unless the transaction is lost anyway.

        :param prepare_payloads: a function that returns what retries need, a dict for each of them.
        :raises Exception: ``error`` itself, when PostgreSQL accepts no further statement, or on a retry.
        """
        lost = self.env.cr._cnx.get_transaction_status() == TRANSACTION_STATUS_INERROR
        if lost or mark(self.env, "interaction_strict"):
            raise error
        _logger.error("Contacts with clients were not logged", exc_info=error)
        try:
            with self.env.cr.savepoint(flush=False):
                payloads = prepare_payloads()
                # sudo: whoever triggers an event may have no right in this addon
                without_requested(self.sudo()).create(
                    [self._prepare_problem_vals(error, payload) for payload in payloads]
                )
        except Exception:
            _logger.exception("Nor could they be kept for a retry")

    @api.model
    def _prepare_problem_vals(self, error, payload):
        return {
            "error": f"{type(error).__name__}: {error}"[:1000],
            "payload": payload,
            "res_model": payload["model"],
            "res_id": payload["ids"][:1][0] if payload.get("ids") else payload.get("id"),
        }

    @api.model
    def _event_payload(self, event):
        return {"event": True, **event.to_json()}

    def action_retry(self):
        """Log the contacts again; those that succeed are archived.

        :raises UserError: with the first fault, when none of several succeeds, or the only one fails.
        """
        failed = {}
        for problem in self:
            try:
                with self.env.cr.savepoint():
                    problem._retry()
                    problem.active = False
            except Exception as error:
                _logger.info("Retry of capture problem %s failed", problem.id, exc_info=True)
                problem.error = f"{type(error).__name__}: {error}"[:1000]
                failed[problem] = error
        if len(failed) == len(self) == 1:
            raise UserError(self.env._("It failed again: %s", next(iter(failed.values()))))

    def _retry(self):
        self.ensure_one()
        env = marked(without_requested(self.sudo()), "interaction_strict").env
        payload = dict(self.payload)
        if payload.pop("event", False):
            env["crm.interaction"]._log([Event.from_json(env, payload)])
            return
        records = marked_again(env[payload["model"]].browse(payload["ids"]).exists(), payload.get("marks"))
        if not records:
            raise UserError(self.env._("What it was about has been deleted: there is nothing left to log."))
        capture = env["crm.interaction.capture"]
        if payload["method"] == "_message":
            message = env["mail.message"].browse(payload["message_id"])
            capture._message(records, message, {}, payload["recipients"])
        elif payload["method"] == "_documents":
            capture._documents(*payload["args"], records)
        else:
            getattr(capture, payload["method"])(records, *payload.get("args", ()))

    def action_open_document(self):
        """Open the document where it happened.

        :raises UserError: when the document is gone.
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists() if self.res_model in self.env else None
        if not record:
            raise UserError(self.env._("There is no document behind this problem, or it was deleted."))
        return record.get_formview_action()
