import logging
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...capture.reader.message_marks import marked_again
from ...events.marks import mark, marked, without_requested
from .retries import RETRIES

_logger = logging.getLogger(__name__)

ABOUT = {
    "mail.mail": ("model", "res_id"),
    "mail.message": ("model", "res_id"),
    "rating.rating": ("res_model", "res_id"),
}
"""Models whose records belong to the company of their document → fields that refer to it."""


class CrmInteractionCaptureError(models.Model):
    """Store an event that could not be logged, for a manager to remove the cause and retry.

    ``payload`` contains the data for a retry: an event, a message to read again, or changed documents; ``RETRIES``
    lists the permitted methods. Only code writes and reads it, since it may contain the subject of a document that the
    manager may not open. Repeated retries log an interaction once.
    """

    _name = "crm.interaction.capture.error"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.document.mixin"]
    _description = "Capture Error"
    _order = "id desc"
    _rec_name = "error"
    _protected_fields = frozenset({"error", "payload", "res_model", "res_id", "company_id"})

    error = fields.Char(required=True, readonly=True)
    payload = fields.Json(required=True, readonly=True, copy=False, groups=fields.NO_ACCESS)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Company of the document; without one, the company of the user who caused the event.",
    )
    active = fields.Boolean(
        "Unresolved", default=True, help="An error is archived once its interaction has been logged."
    )

    @contextmanager
    def _never_block(self, prepare_payload):
        """Keep a fault instead of raising it, see :meth:`_keep`.

        :param prepare_payload: called after a fault only; returns the JSON data for a retry.
        """
        try:
            yield
        except Exception as error:
            self._keep(error, lambda: [prepare_payload()])

    @api.model
    def _keep(self, error, prepare_payloads):
        """Keep a fault for the manager and log it; never raise, unless the transaction is lost anyway.

        :param prepare_payloads: function that returns the data for retries, one dict each.
        :raises Exception: ``error`` itself, when PostgreSQL accepts no further statement, or on a retry.
        """
        lost = self.env.cr._cnx.get_transaction_status() == TRANSACTION_STATUS_INERROR
        if lost or mark(self.env, "interaction_strict"):
            raise error
        _logger.error("Contacts with clients were not logged", exc_info=error)
        try:
            with self.env.cr.savepoint(flush=False):
                # sudo: the user who triggers an event may lack access
                capture_errors = without_requested(self.sudo())._by_code()
                parts = [part for payload in prepare_payloads() for part in capture_errors._by_company(payload)]
                capture_errors.create([capture_errors._prepare_capture_error_vals(error, *part) for part in parts])
        except Exception:
            _logger.exception("Nor could they be kept for a retry")

    @api.model
    def _prepare_capture_error_vals(self, error, company_id, payload):
        return {
            "error": described(error),
            "payload": payload,
            "res_model": payload["model"],
            "res_id": payload["ids"][:1][0] if payload.get("ids") else payload.get("id"),
            "company_id": company_id,
        }

    @api.model
    def _by_company(self, payload):
        """Return ``(company id, payload)`` for each company with documents in a payload."""
        if "ids" not in payload:
            return [(payload["company"], payload)]
        ids = {}
        for record in self.env[payload["model"]].browse(payload["ids"]):
            ids.setdefault(self._company_id_of(record), []).append(record.id)
        return [(company_id, {**payload, "ids": own}) for company_id, own in ids.items()]

    @api.model
    def _company_id_of(self, record):
        own = self.env["crm.interaction.capture"]._own_company()
        if record._name in ABOUT:
            model, id_ = (record[name] for name in ABOUT[record._name])
            record = self.env[model].browse(id_) if model in self.env else record
        company = record["company_id"] if "company_id" in record else own
        return (company if company and company._name == "res.company" else own).id

    def action_retry(self):
        """Log the interactions again; archive the errors that succeed.

        :raises AccessError: for a problem of a company that the user does not work in.
        :raises UserError: with the first fault, when none of several succeeds, or the only one fails.
        """
        self.check_access("write")
        failed = {}
        for capture_error in self:
            try:
                with self.env.cr.savepoint():
                    capture_error._retry()
                    capture_error.active = False
            except AccessError:
                raise
            except Exception as error:
                _logger.info("Retry of capture error %s failed", capture_error.id, exc_info=True)
                capture_error._by_code().error = described(error)
                failed[capture_error] = error
        if len(failed) == len(self) == 1:
            raise UserError(self.env._("It failed again: %s", described(next(iter(failed.values())))))

    def _retry(self):
        """Run the retry in the payload, in the company of the event.

        :raises AccessError: when the document has moved to a company that the user does not work in.
        :raises UserError: when there is nothing left to log.
        """
        self.ensure_one()
        # sudo: managers retry whatever was captured in their companies; the payload is not theirs to read
        capture_error = marked(without_requested(self.sudo()), "interaction_strict").with_company(self.company_id)
        # documents have no date of the event; use that of the error
        env = marked(capture_error, "interaction_date", self.create_date).env
        payload = dict(capture_error.payload)
        name = payload.pop("method", None)
        ids = payload.get("ids") or [payload["id"]]
        records = env[payload["model"]].browse(ids).exists() if payload["model"] in env else self.browse()
        if name not in RETRIES or not records:
            raise UserError(
                self.env._(
                    "The document was deleted, so the interaction cannot be captured. Log the interaction by hand "
                    "or delete this entry."
                )
            )
        capture_error._check_companies(records, self.env.user.company_ids)
        RETRIES[name](env, payload, marked_again(records, payload.get("marks")))

    def _check_companies(self, records, companies):
        if {self._company_id_of(record) for record in records} - set(companies.ids):
            raise AccessError(
                self.env._(
                    "The document now belongs to a company that you have no access to. Ask its manager to retry."
                )
            )


def described(error):
    """Return what a fault is, without the values of the row that the database quotes.

    >>> described(ValueError("broken"))
    'ValueError: broken'
    """
    text = (error.diag.message_primary if isinstance(error, psycopg2.Error) else "") or str(error)
    return f"{type(error).__name__}: {text}"[:1000]
