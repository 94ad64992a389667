"""Explain to whoever hands over files why one is not taken over."""

from .file_types import DISGUISED, EMPTY, PROGRAM, fault_of


def file_fault_text(env, name, content):
    """Return why a file is not taken over for its type (str), empty if it may be."""
    fault = fault_of(name, content)
    if fault == PROGRAM:
        return env._(
            "“%s” was not accepted: files of this type may contain programs. Send a PDF, picture or spreadsheet.",
            name,
        )
    if fault == DISGUISED:
        return env._(
            "“%s” was not accepted: its content does not match its name. Open it, save it as a PDF, picture or "
            "spreadsheet, and send that.",
            name,
        )
    return env._("“%s” was not accepted: it is empty.", name) if fault == EMPTY else ""


def content_of(file):
    """Return the bytes of a ``file`` (``ir.attachment``), also while a screen reads the sizes of files only."""
    return file.with_context(bin_size=False).raw or b""
