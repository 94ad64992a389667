"""Read what a client sends by a form of items: files, answers, and what is not applicable."""

import re

from ..models.requests.crm_interaction_matter_item_handing import checksum_of
from ..models.requests.file_faults import file_fault_text
from ..models.requests.file_names import LONGEST_TEXT, clean_name, clean_text

LARGEST = 25 * 1024 * 1024
"""Greatest size of a file in bytes."""
TOTAL = 100 * 1024 * 1024
"""Maximum size of all files of one submission in bytes; a lower limit of Odoo counts."""
REST = 1024 * 1024
"""Bytes of a form reserved for all that is not a file."""
MOST = 50
"""Maximum number of files in one submission."""
LONGEST = {"answer": LONGEST_TEXT, "none": 500}
"""Maximum number of characters of texts."""
FIELD = re.compile(r"(files|answer|none)_(\d{1,18})")


def limits_of(env, allowed):
    """Return what a form may contain as ``total``, in bytes, and as texts: ``promise`` and, for more, ``excess``.

    :param allowed: Odoo's limit of a request in bytes; none or zero: unlimited.
    """
    total = min(TOTAL, max(allowed - REST, REST)) if allowed else TOTAL
    sizes = {"files": MOST, "each": min(LARGEST, total) // 1024**2, "total": total // 1024**2}
    return {
        "total": total,
        "promise": env._(
            "Up to %(files)s files at once, each up to %(each)s MB, together up to %(total)s MB. "
            "No programs, web pages or documents with macros.",
            **sizes,
        ),
        "excess": env._(
            "Nothing was sent: the files are larger than %(total)s MB in total. Send some of them first, "
            "then the others.",
            **sizes,
        ),
    }


def read_submissions(env, request, items, own):
    """Return ``(submissions, faults)`` of a posted form.

    Fields are named ``files_<id>``, ``answer_<id>``, ``shown_<id>``, the answer that the form contained, and
    ``none_<id>``.

    :param request: the HTTP request; its files are rewound, since Odoo may run the route again.
    :param items: ``crm.interaction.matter.item`` (sudo mode) that the sender may hand over.
    :param own: the items that are shown to the sender, done or not.
    :return: submissions as for ``crm.interaction.matter.item._hand_over``, and texts about what is not taken over.
    """
    faults, known = read_late(env, request, items, own)
    submissions, left = {}, MOST
    for item in items:
        files, refused = read_files(env, request.files.getlist(f"files_{item.id}"), left)
        left -= len(files)
        faults += [f"{item.name}: {fault}" for fault in refused]
        given = {"files": files}
        for field, name in (("answer", "answer"), ("not_applicable", "none")):
            given[field] = text = read_text(request.form, name, item.id)
            if len(text) > LONGEST[name]:
                faults.append(env._("“%s” was not taken over: the text is too long.", text[:40]))
                given[field] = ""
        if any(given.values()):
            shown = request.form.get(f"shown_{item.id}")
            submissions[item.id] = {**given, "shown": shown and clean_text(shown)}
    if not (submissions or faults or known):
        faults.append(env._("Nothing was sent. Select a file or write an answer first."))
    return submissions, faults


def read_text(form, name, id_):
    """Return a text of the form, empty when it is what the form contained when it was shown."""
    text = clean_text(form.get(f"{name}_{id_}"))
    return "" if name == "answer" and text == clean_text(form.get(f"shown_{id_}")) else text


def read_late(env, request, items, own):
    """Return ``(faults, known)`` about what is sent for items that take nothing any more, e.g. accepted meanwhile.

    What such an item contains already is no fault: it was sent twice, or the connection broke after the first time.
    """
    by_id, faults, known = {item.id: item for item in own - items}, [], False
    for key, sent in (*request.files.items(multi=True), *request.form.items(multi=True)):
        match = FIELD.fullmatch(key)
        if not match or int(match[2]) in items.ids:
            continue
        item = by_id.get(int(match[2]), own.browse())
        is_file = match[1] == "files"
        text = clean_name(sent.filename, "") if is_file else read_text(request.form, match[1], match[2])
        if text and (has_file(item, sent) if is_file else has_text(item, text)):
            known = True
        elif text:
            faults.append(env._("“%s” was not taken over: nothing is requested there any more.", text[:120]))
    return faults, known


def has_file(item, upload):
    """Return whether an item contains an uploaded file already."""
    upload.seek(0)
    return checksum_of(upload.read(LARGEST + 1)) in item._checksums()


def has_text(item, text):
    """Return whether a text is what the client has said about an item already."""
    return text in (clean_text(item.answer), clean_text(item.not_applicable_reason))


def read_files(env, uploads, most):
    """Return ``([(name, bytes)], faults)`` of uploaded files, at most ``most`` of them."""
    files, faults = [], []
    for upload in uploads:
        if not upload.filename:
            continue
        name = clean_name(upload.filename)
        upload.seek(0)
        content = upload.read(LARGEST + 1)
        if fault := fault_text(env, name, content, len(files) < most):
            faults.append(fault)
        else:
            files.append((name, content))
    return files, faults


def fault_text(env, name, content, is_within):
    """Return why a file is refused (str), empty if it is not."""
    if fault := file_fault_text(env, name, content):
        return fault
    if len(content) > LARGEST:
        return env._("“%(name)s” was not accepted: it is larger than %(most)s MB.", name=name, most=LARGEST // 1024**2)
    if not is_within:
        return env._("“%(name)s” was not accepted: send at most %(most)s files at once.", name=name, most=MOST)
    return ""
