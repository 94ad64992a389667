"""Recognise single lines that mail programs add: reply headers, separators, signatures, notices.

Expressions see one line of at most :data:`LONGEST` characters, so that no text can slow them down.
"""

import re

LONGEST = 300
"""Maximum length of a line that can be a sign; a longer one is a paragraph."""


SHORT = 120
"""Maximum length of a line of a signature."""


def words(*alternatives):
    return "|".join(alternatives)


WROTE = re.compile(
    r"\b(?:"
    + words(
        "wrote", "writes", r"написал(?:\(а\)|а|и)?", r"писал(?:\(а\)|а|и)?", "пишет", "schrieb", "a écrit",
        "escribió", "ha scritto", "escreveu", "schreef", "skrev", r"napisał(?:\(a\)|a)?", "napsal", "пише",
    )
    + r")(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
SAID = (" said:", " says:", " wrote to me:", " сказал:", " сказала:")
TIME = re.compile(r"\b(?:\d{1,2}[:.h]\d{2}|20\d\d)\b")
ADDRESS_END = re.compile(r"@[\w.-]+[>)\]\"]*\s*:$")
DATE_START = re.compile(
    r"\W{0,4}(?:\d|(?:On|Am|Le|El|Il|Em|Op|Den|Dnia|Вы писали|You wrote)\b|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота"
    r"|воскресенье)[a-z]*\b)",
    re.IGNORECASE,
)
MAILED = re.compile(
    r"(?:On |Am |Le |)[^:]{0,40}\b(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{2,4}|20\d\d)"
    r"[^:]{0,12}\b\d{1,2}:\d\d(?::\d\d)?\b"
    r"(?!.*\b(?:you wrote|вы писали))[^:]{0,80}\b(?:wrote|writes|пишет|написал(?:\(а\)|а)?|писал\(а\)) ?:$",
    re.IGNORECASE,
)
"""Attribution without address: date, time, name and verb."""
ZOHO = re.compile(r"-{4} .+ -{4}$")

LABELS = {
    "from": ("From", "От", "От кого", "Von", "De", "Da"),
    "date": ("Sent", "Date", "Отправлено", "Дата", "Gesendet", "Datum", "Envoyé", "Enviado", "Enviado el", "Fecha",
             "Inviato", "Data"),
    "to": ("To", "Кому", "An", "À", "Para", "A"),
    "subject": ("Subject", "Тема", "Betreff", "Objet", "Asunto", "Oggetto"),
    "other": ("Cc", "Bcc", "Копия", "Скрытая копия", "Importance", "Важность", "Attachments", "Вложения",
              "Reply-To", "Priority"),
}  # fmt: skip
KINDS = {label.lower(): kind for kind, labels in LABELS.items() for label in labels}
LABEL = re.compile(r"[>\s*]{0,6}([^\W\d_][\w-]*(?: \w+)?)\s?\*?\s?:(?!//)")

ORIGINAL = words(
    "original message", "original appointment", "исходное сообщение", "оригинальное сообщение",
    "ursprüngliche nachricht", "originalnachricht", "message d'origine", "message original", "mensaje original",
    "messaggio originale", "reply message",
)  # fmt: skip
FORWARDED = words(
    "forwarded message", "пересылаемое сообщение", "пересланное сообщение", "перенаправленное сообщение",
    "переадресованное сообщение", "weitergeleitete nachricht", "message transféré", "mensaje reenviado",
    "messaggio inoltrato",
)  # fmt: skip
BEGIN = words(
    "begin forwarded message", "начало переадресованного сообщения", "начало пересылаемого сообщения",
    "anfang der weitergeleiteten nachricht", "début du message réexpédié", "inicio del mensaje reenviado",
    "inizio messaggio inoltrato",
)  # fmt: skip
SEPARATOR = re.compile(rf"[>\s]{{0,6}}-{{2,20}}\s*(?:{ORIGINAL}|(?P<forward>{FORWARDED}))\s*-{{2,20}}", re.IGNORECASE)
BEGIN_FORWARD = re.compile(rf"[>\s]*(?:{BEGIN})\s*:?$", re.IGNORECASE)
END_FORWARD = re.compile(r"[>\s]*-{2,}\s*(?:конец пересылаемого сообщения|end of forwarded message)", re.IGNORECASE)


def prefix(names):
    """Return the expression of the prefix of a subject, one of ``names``, behind marks of lists and gateways.

    >>> [bool(prefix("re").match(subject)) for subject in ("Re: Act", "[List] RE[2] : Act", "Act re: VAT")]
    [True, True, False]
    """
    marks, number = r"(?:\[[^\[\]]{0,60}\]\s*)*", r"(?:\[\d{1,3}\])?"
    return re.compile(rf"^\s*{marks}(?:{names})\s*{number}\s*:\s*", re.IGNORECASE)


FORWARD = prefix("fwd?|fw|wg|tr|rv|enc|doorst|i|пересл|пер")
"""Prefix of the subject of a forwarded mail."""
ANSWER = prefix("re|aw|antw|sv|vs|r|rif|res|odp|отв|ответ")
"""Prefix of the subject of an answer."""

QUOTED = re.compile(r"\s{0,3}(?:>(?!\s?\d)|[A-ZА-ЯЁ]{1,3}>|-{1,4}\])")
QUOTED_NUMBER = re.compile(r"\s{0,3}>")
ELLIPSIS = re.compile(r"[\[(<]*(?:\.{2,4}|…|snip|skip|skipped)[\])>]*$", re.IGNORECASE)
RULE = re.compile(r"[\s\-_=*~–—]{3,}$")
SIGNATURE = re.compile(r"(?:--|—|___?)$")

NAMES = r"(?: [A-ZА-ЯЁ«\"][\w.'’»\"-]*){1,4}\s*$"
SIGN_OFF = re.compile(
    r"(?:(?i:(?:(?:many |with )?thanks (?:and|&) )?(?:"
    + words(
        "(?:with )?(?:best|kind|kindest|warm|warmest) (?:regards|wishes)", "yours (?:sincerely|truly|faithfully)",
        "sincerely yours", "с (?:глубоким )?уважением", "с ув", "с наилучшими пожеланиями", "искренне ваш[аи]?",
        "(?:mit )?(?:freundlichen|besten|vielen|herzlichen) (?:grüßen?|gruessen)",
        "(?:viele|beste|liebe|freundliche|herzliche) grüße", "(?:bien )?cordialement", "bien à vous",
        "(?:meilleures )?salutations", "(?:un )?(?:cordial )?saludos? cordial(?:es)?", "(?:cordiali|distinti) saluti",
    )
    + r"))[,.]{1,2}\s*(?=[A-ZА-ЯЁ«\"])|"  # a name and more may follow these, after a comma
    r"(?i:(?:(?:many |with )?thanks (?:and|&) )?(?:"
    + words(
        "(?:with )?(?:best|kind|kindest|warm|warmest) (?:regards|wishes)", "yours (?:sincerely|truly|faithfully)",
        "sincerely(?: yours)?", "regards", "best", "cheers", "respectfully",
        "с (?:глубоким )?уважением", "с ув", "с наилучшими пожеланиями", "искренне ваш[аи]?",
        "всего (?:доброго|хорошего)", "хорошего дня",
        "(?:mit )?(?:freundlichen|besten|vielen|herzlichen) (?:grüßen?|gruessen)",
        "(?:viele|beste|liebe|freundliche|herzliche) grüße", "mfg", "(?:bien )?cordialement", "bien à vous",
        "(?:meilleures )?salutations", "(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?", "atentamente",
        "(?:cordiali|distinti) saluti",
    )
    + rf"))[,.!]{{0,2}}(?:\s*$|{NAMES}))"
)  # fmt: skip
"""Sign-off, alone on its line or before a name."""
THANKS = re.compile(r"(?:many )?(?:thanks|thank you|спасибо|благодарю|danke|merci|gracias|grazie)[^.!?]{0,20},$", re.I)
NAME = re.compile(r"[A-ZА-ЯЁ][\w.'’-]*(?: [A-ZА-ЯЁ][\w.'’-]*){0,2}$")
POSTSCRIPT = re.compile(r"\W{0,2}(?:p\.? ?s\b|п\.? ?с\b|з\.? ?ы\b)", re.IGNORECASE)

DEVICE = re.compile(
    r"\W{0,3}(?:"
    + words(
        "sent from my (?:i?phone|ipad|i?pod|mac|mobile|galaxy|samsung|huawei|honor|xiaomi|redmi|pixel|android|windows"
        "|blackberry|nokia|sony|oneplus|moto|htc|tablet|cell|smartphone|verizon|t-mobile)",
        "sent from (?:yahoo|outlook|mail|samsung|proton|gmail|aol|a mobile)",
        "sent (?:with|using|via) (?:proton|my|yahoo|outlook|mail|samsung|spark|bluemail|[a-z ]*mobile)",
        "get outlook for", "yahoo mail:", "download outlook",
        "отправлено (?:с|из|со|при помощи|через) (?:моего|мо[её]й|iphone|ipad|смартфона|мобильн|outlook|mail|почты"
        "|samsung|galaxy|яндекс|huawei|xiaomi|windows|устройства|телефона|android|honor)",
        "(?:получить|скачать|загрузить) outlook",
        "von meinem .{1,30} gesendet", "gesendet (?:von|mit|mithilfe) (?:meinem|outlook|mail|der|iphone|ipad)",
        "outlook für (?:ios|android)", "holen sie sich outlook",
        "envoyé (?:de|depuis|à partir de) (?:mon|ma|outlook|yahoo|mail)", "obtenir outlook", "télécharger outlook",
        "enviado (?:desde|con) (?:mi|outlook|yahoo|mail)", "obtener outlook",
        "inviato (?:da|dal) (?:mio|il mio|outlook|yahoo|mail|iphone|ipad)", "ottieni outlook", "scarica outlook",
    )
    + ")",
    re.IGNORECASE,
)  # fmt: skip
NOTICE = re.compile(
    r"\W{0,3}(?:"
    + words(
        "this (?:e-?mail|message|communication)(?: message)?(?:,? (?:and|including) [a-z ]{1,50})? "
        r"(?:is|are|may|contains?) [^.]{0,40}(?:confidential|privileged|intended)",
        "confidentiality (?:notice|note)", "disclaimer:", "legal (?:notice|disclaimer)",
        "the (?:information|contents?)(?: contained)? (?:in|of) this (?:e-?mail|message|communication)"
        ".{0,80}(?:confidential|privileged|intended)",
        "if you (?:are not the intended|have received this .{0,30}(?:in error|by mistake))",
        "please consider the environment", "think before you print", "virus-free", "this e?-?mail has been checked",
        "(?:настоящее|данное|это) (?:электронное )?(?:сообщение|письмо).{0,60}"
        "(?:конфиденциальн|предназначен[аоы]? (?:исключительно|только)|проверено на)",
        "(?:информация|сведения), (?:содержащ|изложен).{0,80}(?:конфиденциальн|предназначен)", "без вирусов",
        "подумайте об окружающей среде", "берегите природу", "уведомление о конфиденциальности",
        "(?:diese|die in dieser) e-?mail (?:enthält|enthaltenen|ist|und).{0,60}(?:vertraulich|bestimmt)",
        "ce (?:message|courriel|mail).{0,60}(?:confidentiel|destiné)",
        "este (?:mensaje|correo).{0,60}(?:confidencial|dirigido)",
        "(?:questo messaggio|questa e-?mail|le informazioni contenute).{0,60}(?:riservat|confidenzial)",
    )
    + ")",
    re.IGNORECASE,
)  # fmt: skip
"""Legal, environmental and virus notices below a message."""
BANNER = re.compile(
    r"\W{0,3}(?:"
    + words(
        r"(?:caution|warning|attention|external(?: e?-?mail)?)\W{1,3}(?:this|the) (?:e-?mail|message|sender)",
        r"external(?: e?-?mail| sender)?\]?$",
        "you don['’]t often get e?-?mail from", "вы (?:не часто|нечасто|редко) получаете",
        "this (?:e-?mail|message) (?:originated|came) from outside",
        "(?:внимание|осторожно).{1,10}(?:внешн|письмо (?:от|из|получено))",
    )
    + ")",
    re.IGNORECASE,
)  # fmt: skip
"""Warnings that mail servers put above a message."""


def label_kind(line):
    """Return the kind (see :data:`LABELS`) of a line of a mail's header, else ``None``.

    >>> label_kind("От: Анна"), label_kind("*Sent:* Monday"), label_kind("Objet : TVA"), label_kind("Note: x")
    ('from', 'date', 'subject', None)
    """
    found = LABEL.match(line) if ":" in line[:40] and len(line) <= LONGEST else None
    return KINDS.get(found[1].lower()) if found else None


def is_attribution(line):
    """Return whether a line introduces a quotation, whatever follows: it names an address.

    >>> is_attribution("On Mon, Nov 23, 2026 at 10:15 AM Anna <anna@example.com> wrote:")
    True
    >>> is_attribution('23.11.2026, 10:15, "Анна" <anna@example.com>:')
    True
    >>> is_attribution("On 23/11/2026 10:15, Anna Kowalski wrote:")
    True
    >>> is_attribution("Please change these by 10:30:")
    False
    """
    if len(line) > LONGEST:
        return False
    if MAILED.match(line):
        return True
    if "@" not in line:
        return False
    if not line.endswith(":"):
        return bool(ZOHO.match(line) and WROTE.search(line))
    return bool(WROTE.search(line) or (TIME.search(line) and ADDRESS_END.search(line)))


def is_weak_attribution(line):
    """Return whether a line introduces a quotation if quoted lines follow it.

    >>> is_weak_attribution("23.11.2026 10:15, Анна пишет:"), is_weak_attribution("Anna wrote to us.")
    (True, False)
    """
    return line.endswith(":") and len(line) <= LONGEST and bool(WROTE.search(line) or line.endswith(SAID))


def may_introduce(line):
    """Return whether a line can be part of the header of a quoted mail; most lines are none, which saves time."""
    return ":" in line or "--" in line or bool(DATE_START.match(line))


def starts_with_date(line):
    """Return whether a line starts with a date, as reply headers do.

    >>> starts_with_date("On 23 Nov 2026, Anna <"), starts_with_date("Fine at 10:15")
    (True, False)
    """
    return bool(DATE_START.match(line) and TIME.search(line))
