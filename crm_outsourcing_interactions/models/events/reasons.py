"""Store why an interaction has its type as a code with values; show it in the reader's language.

Code stores the result of :func:`because`; :func:`reason_text` renders it. Another addon adds a code and a template::

    REASONS["priced"] = _lt("Costs %(amount)s")
    event.vals["why"] = because("priced", amount=event.record.amount)
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

REASONS = {
    "address_form": _lt("%(address)s is another form of %(known)s"),
    "address_of_nobody": _lt("No client found for %(address)s"),
    "address_of_several": _lt("%(address)s matches several clients"),
    "automatic_mail": _lt("Automatic mail: %(header)s"),
    "automation": _lt("Automation rule “%(name)s”"),
    "cancelled_document": _lt("The document was cancelled before it was sent"),
    "cancelled_message": _lt("Cancelled before it was sent"),
    "chosen": _lt("Chosen by %(name)s"),
    "client_by_rule": _lt("Client assigned by the rule “%(name)s”"),
    "client_domain": _lt("%(address)s is at the domain of %(name)s"),
    "confirmed": _lt("Confirmed by %(name)s"),
    "document": _lt("Set on the document"),
    "forwarded": _lt("Mail from %(address)s, forwarded by %(name)s"),
    "given_away": _lt("The document now belongs to %(name)s, who is not a client"),
    "ignored": _lt("Marked as “Not an interaction” by %(name)s"),
    "last_of_several": _lt("%(address)s matches several clients, confirmed last: %(name)s"),
    "learnt": _lt("Learnt, confidence %(percent)s %%"),
    "matter_addressed": _lt("The only open matter of this person on the document"),
    "matter_closed": _lt("The only recently closed matter of the same person on the document: please check"),
    "matter_document": _lt("The only open matter on the document"),
    "matter_merged": _lt("Merged by %(name)s"),
    "matter_new": _lt("Asks something new"),
    "matter_other_person": _lt("Another person than in the open matter on the document: please check"),
    "matter_reply": _lt("Reply to a message of the matter"),
    "matter_same_person": _lt("The only open matter of the same person: please check"),
    "matter_several": _lt("One of several open matters on the document: please check"),
    "matter_split": _lt("Separated by %(name)s"),
    "maybe_automatic": _lt("Possibly automatic mail: %(sign)s"),
    "never_client": _lt("%(address)s is never a client, by %(name)s"),
    "no_sender": _lt("Mail without a sender"),
    "nobody": _lt("No contact, e-mail or phone was given"),
    "not_a_client": _lt("%(name)s is not a client"),
    "opportunity": _lt("Offer set on the opportunity"),
    "other_thread": _lt("Written in a thread of %(name)s"),
    "out_of_time": _lt("The rules exceeded the time limit: no type was found."),
    "put_back": _lt("Returned to review by %(name)s"),
    "quoted": _lt("Logged from a mail program: check direction and type"),
    "rating_corrected": _lt("The client corrected the rating from %(before)g to %(now)g"),
    "rule": _lt("Rule “%(name)s”"),
    "same_contact": _lt("Duplicate of interaction %(kept)s (%(key)s)"),
    "scope_inside": _lt("Within the contract scope, contrary to a rule"),
    "scope_limit": _lt(
        "May exceed the limit of %(limit)s a month: earlier requests confirmed: %(confirmed)s, to review: %(to_review)s"
    ),
    "scope_outside": _lt("Outside the contract scope"),
    "scope_service": _lt("Service unclear: choose one from the contract scope"),
    "turned": _lt("Direction changed by %(name)s"),
    "unknown_recipient": _lt("Unknown recipient: %(address)s"),
    "unknown_sender": _lt("Unknown sender: %(address)s"),
}
"""Code → template. Codes are stored; never rename them."""

LEFT_OUT = {
    "automatic": _lt("Automatic mail"),
    "internal": _lt("Internal notes, and messages that neither come from a client nor reach one"),
    "logged": _lt("Already logged"),
    "moved": _lt("Reassigned to another client by a user"),
    "no_client": _lt("Documents without a client"),
    "no_document": _lt("Messages on deleted documents or on documents without interactions"),
    "not_counted": _lt("Not counted by the settings"),
    "other_client": _lt("Of other clients"),
    "other_company": _lt("Of other companies"),
    "outside": _lt("Documents that are not completed, or completed outside the period"),
    "with_invoice": _lt("Mail of an invoice that counts when it is confirmed"),
}
"""Code → why something that was read is not logged."""


def left_out_text(env, code):
    """Return the text of a code of :data:`LEFT_OUT` in the language of ``env``; that of another addon is the text."""
    return env._(LEFT_OUT[code]) if code in LEFT_OUT else code


def because(code, **values):
    """Return a reason as it is stored (dict for JSON).

    :param code: one of :data:`REASONS`.
    :param values: values of the template's placeholders: names of people and documents, numbers.
    :raises KeyError: for an unknown code.

    >>> because("rule", name="Complaints")
    {'code': 'rule', 'name': 'Complaints'}
    """
    if code not in REASONS:
        raise KeyError(code)
    return {"code": code, **values}


def with_doubt(why, sign):
    """Return the reason ``why`` (dict, may be empty) together with the ``sign`` (str, may be empty) of automatic mail.

    >>> with_doubt(None, "Precedence: list"), with_doubt(because("no_sender"), "")
    ({'code': 'maybe_automatic', 'sign': 'Precedence: list'}, {'code': 'no_sender'})
    """
    if not sign:
        return why
    return {**why, "sign": sign} if why else because("maybe_automatic", sign=sign)


def doubt_of(why):
    """Return what remains of the reason ``why`` (dict, may be empty) once all else is settled: the sign, or ``None``.

    >>> doubt_of(with_doubt(because("unknown_sender", address="a@b.example"), "Precedence: list"))
    {'code': 'maybe_automatic', 'sign': 'Precedence: list'}
    >>> doubt_of(because("no_sender")), doubt_of(None)
    (None, None)
    """
    return with_doubt(None, (why or {}).get("sign", ""))


def reason_text(env, why):
    """Return the text of a stored reason (dict, may be empty) in the language of ``env``.

    For an unknown code, e.g. of an uninstalled addon, return the values.
    """
    if not why:
        return ""
    values = {name: value for name, value in why.items() if name != "code"}
    template = REASONS.get(why["code"])
    if template is None:  # templates cannot be compared
        return ", ".join(map(str, values.values()))
    text = env._(template)
    text %= values
    if "sign" in values and why["code"] != "maybe_automatic":
        return f"{text}. {reason_text(env, doubt_of(why))}"
    return text
