"""Look up apps on which the addon does not depend: timesheets, Sales, mass mailings, Website, the mail plug-in.

All that depends on them is in this room and is looked up at run time, as no class can inherit a model of an absent app.
"""

import re
from urllib.parse import urlsplit

from odoo.http import request

HOST = re.compile(r"[\w.-]+(:\d+)?")
QUOTATION = "sale.order"
"""Model of Sales that a seeded rule names."""
UNCAPTURED_MODELS = {"hr.applicant", "hr.employee", "mailing.mailing", "purchase.order"}
"""Models whose messages are never interactions with a client."""
MAIL_PLUGIN_PATH = "/mail_plugin/log_mail_content"
"""Path to which a mail plug-in posts a client's mail, as a note by the member of staff."""
FORM_PATH = "/website/form/"
"""Path of submitted website forms, whose documents Odoo creates as superuser."""


def has_fields(env, model, *names):
    """Return whether ``model`` (str) is installed and has the fields ``names``."""
    return model in env and env[model]._fields.keys() >= set(names)


def is_mail_plugin_request():
    """Return whether a mail plug-in is logging a mail in this request."""
    return bool(request) and request.httprequest.path == MAIL_PLUGIN_PATH


def is_form_request():
    """Return whether this request submits a website form."""
    return bool(request) and request.httprequest.path.startswith(FORM_PATH)


def mailing_of(composer):
    """Return the mass mailing that a ``mail.compose.message`` sends; the composer itself without one."""
    mailing = composer["mass_mailing_id"] if has_fields(composer.env, composer._name, "mass_mailing_id") else None
    return mailing or composer


def scripts_host():
    """Return the host (str) of the content delivery network of Website, which serves Odoo's scripts; mostly empty."""
    website = getattr(request, "website", None)
    # sudo: visitors need its scripts
    host = urlsplit(website.sudo().cdn_url or "").netloc if website and website.sudo().cdn_activated else ""
    return host if HOST.fullmatch(host) else ""
