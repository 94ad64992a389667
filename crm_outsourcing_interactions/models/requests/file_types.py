"""Decide which files are taken over, by their names and first bytes. Pure."""

import re
import unicodedata

from .file_names import clean_name

REFUSED = frozenset(
    [
        "accda", "accdb", "accde", "accdr", "ade", "adp", "apk", "app", "appinstaller", "application",
        "appref-ms", "appx", "appxbundle", "asp", "aspx", "bat", "cab", "cgi", "chm", "cmd", "com", "command",
        "cpl", "deb", "desktop", "diagcab", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hta", "htm", "html",
        "img", "inf", "iqy", "iso", "jar", "jnlp", "js", "jse", "jsp", "jsx", "library-ms", "lnk", "mda", "mdb",
        "mde", "mht", "mhtml", "mjs", "msc", "msi", "msix", "msixbundle", "msp", "msu", "one", "phar", "php",
        "pif", "pkg", "pl", "potm", "ppam", "ppsm", "pptm", "ps1", "ps1xml", "psd1", "psm1", "py", "pyc", "pyw",
        "rb", "rdp", "reg", "rpm", "run", "scf", "scr", "sct", "search-ms", "settingcontent-ms", "sh", "shtml",
        "slk", "svg", "svgz", "swf", "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "vxd", "webloc",
        "website", "wim", "wsc", "wsf", "wsh", "xbap", "xht", "xhtml", "xla", "xlam", "xll", "xlm", "xlsb",
        "xlsm", "xltm",
    ]
)  # fmt: skip
"""Extensions of programs, of documents and databases with macros, of disk images, and of pages that a browser runs."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"II+\0", b"MM\0*", b"MM\0+", b"BM", b"RIFF", b"\0\0")
"""First bytes of pictures, of whatever sort: telephones and scanners name them at will. HEIC begins with its length."""
OFFICE = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of Office documents: an archive, or the older container, in which those with a password are, too."""
BEGINNINGS = {
    "pdf": (b"%PDF",),
    **dict.fromkeys(("bmp", "gif", "heic", "heif", "jpeg", "jpg", "png", "tif", "tiff", "webp"), PICTURES),
    **dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx"), OFFICE),
}
"""First bytes that a file with a known extension must have; all others are looked at for programs and pages."""
PROGRAMS = (b"\x7fELF", b"#!/", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"L\0\0\0\x01\x14\x02\0")
PAGES = re.compile(r"<(?:!doctype html|html|head|body|script|svg)\b|<hta:")
"""First bytes of programs and pages, whatever their names."""
LEAD = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
"""What may stand before a page: comments and the declarations of XML."""
AS_PAGES = frozenset(["doc", "xls"])
"""Extensions of statements and tables that banks write as pages."""
PROGRAM, DISGUISED, EMPTY = "program", "disguised", "empty"


def extensions_of(name):
    """Return the extensions (set) that Windows may see: it drops dots and spaces at the end and what follows ``:``.

    Letters of full width are compared as plain ones.
    """
    name = unicodedata.normalize("NFKC", name)
    return {part.rstrip(". ").rpartition(".")[2].lower() for part in name.split(":")}


def fault_of(name, content):
    r"""Return why a file is not taken over: one of ``PROGRAM, DISGUISED, EMPTY``, an empty text if it is.

    >>> fault_of("a.js\u200b", b"1"), fault_of("a.pdf", b""), fault_of("a.pdf", b"%PDF-1.7"), fault_of("a.pdf", b"<a>")
    ('program', 'empty', '', 'disguised')
    """
    name = clean_name(name)
    if not extensions_of(name).isdisjoint(REFUSED):
        return PROGRAM
    if not content:
        return EMPTY
    return DISGUISED if is_disguised(name, content) else ""


def is_disguised(name, content):
    r"""Return whether ``content`` (bytes) is not what the extension of the name says, or a program or a page.

    >>> pages = b"\xef\xbb\xbf <HTML>", b"<?xml ?><svg>", "<html>".encode("utf-16")
    >>> [is_disguised("a.xml", content) for content in (b"MZ\x90\0", *pages, b"<?xml ?><Document>")]
    [True, True, True, True, False]
    >>> is_disguised("Statement.xls", b"<html><table>"), is_disguised("Statement.xls", b"<script>")
    (False, True)
    >>> is_disguised("1C.xml", b"<Header/>"), is_disguised("a.csv", b"MZDY;2026"), is_disguised("a.pdf", b"@PJL %PDF-1")
    (False, False, False)
    >>> is_disguised("Scan.JPG", b"\x89PNG"), is_disguised("a.pdf", b"start run.bat")
    (False, True)
    """
    extensions = extensions_of(name)
    if known := [BEGINNINGS[extension] for extension in extensions & BEGINNINGS.keys()]:
        if "pdf" in extensions:
            return b"%PDF" not in content[:1024]  # readers allow for what printers put before it
        return not content.startswith(known[0])
    text = text_of(content[:4096]).lower()
    if PAGES.match(text, LEAD.match(text).end()):
        return extensions.isdisjoint(AS_PAGES) or "<script" in text_of(content).lower()
    return content.startswith(PROGRAMS) or (content.startswith(b"MZ") and b"\0" in content[:64])


def text_of(content):
    r"""Return ``content`` (bytes) as text of which only the plain letters matter.

    >>> text_of("<ы".encode("utf-16")), text_of(b"\xef\xbb\xbf<"), text_of("<ы".encode("cp1251"))
    ('<ы', '<', '<û')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
