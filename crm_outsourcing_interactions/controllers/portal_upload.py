"""Read what a client sends by a form of items: files, answers, and what is not applicable."""

from ..models.requests.file_names import clean_name

LARGEST = 25 * 1024 * 1024
"""Greatest size of a file in bytes."""
MOST = 50
"""Maximum number of files in one submission."""
REFUSED = frozenset(
    [
        "apk",
        "app",
        "bat",
        "cmd",
        "com",
        "cpl",
        "dll",
        "exe",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "msi",
        "msp",
        "ps1",
        "reg",
        "scr",
        "sh",
        "svg",
        "svgz",
        "swf",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "xhtml",
    ]
)
"""Extensions of programs, and of pages that a browser would run."""


def read_submissions(env, request, ids):
    """Return ``(submissions, faults)`` of a posted form.

    Fields are named ``files_<id>``, ``answer_<id>`` and ``none_<id>``; those of other items are ignored.

    :param request: the HTTP request; its files are rewound, since Odoo may run the route again.
    :param ids: of the items that the sender may hand over.
    :return: submissions as for ``crm.interaction.matter.item._hand_over``, and texts about refused files.
    """
    submissions, faults, left = {}, [], MOST
    for id_ in ids:
        files, refused = read_files(env, request.files.getlist(f"files_{id_}"), left)
        left -= len(files)
        faults += refused
        given = {
            "files": files,
            "answer": request.form.get(f"answer_{id_}", "").strip(),
            "not_applicable": request.form.get(f"none_{id_}", "").strip(),
        }
        if any(given.values()):
            submissions[id_] = given
    return submissions, faults


def read_files(env, uploads, most):
    """Return ``([(name, bytes)], faults)`` of uploaded files, at most ``most`` of them."""
    files, faults = [], []
    for upload in uploads:
        if not upload.filename:
            continue
        name = clean_name(upload.filename)
        upload.seek(0)
        content = upload.read(LARGEST + 1)
        if fault := fault_of(env, name, content, len(files) < most):
            faults.append(fault)
        else:
            files.append((name, content))
    return files, faults


def fault_of(env, name, content, is_within):
    """Return why a file is refused (str), empty if it is not."""
    if name.rpartition(".")[2].lower() in REFUSED:
        return env._(
            "“%s” was not accepted: files of this type may contain programs. Send a PDF, picture or table.", name
        )
    if len(content) > LARGEST:
        return env._("“%(name)s” was not accepted: it is larger than %(most)s MB.", name=name, most=LARGEST // 1024**2)
    if not content:
        return env._("“%s” was not accepted: it is empty.", name)
    if not is_within:
        return env._("“%(name)s” was not accepted: send at most %(most)s files at once.", name=name, most=MOST)
    return ""
