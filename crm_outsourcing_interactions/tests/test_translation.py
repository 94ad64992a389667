import re

import polib

from odoo.tests.common import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

MODULE = "crm_outsourcing_interactions"
FOREIGN = ("Use these keywords in the title", "Type of server action.")
"""Beginnings of help texts of core fields that this addon extends; core translates them."""

SAME_IN_RUSSIAN = {"ID", "SMS", "Enter", "Esc", "object._interaction_client_file_name()"}
PLACEHOLDERS = ("%s", "%(entry)s", "%(count)s", "%(type)s", "%(rule)s", "%(client)s", "%(service)s")


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    def test_russian_is_complete(self):
        entries = polib.pofile(file_path(f"{MODULE}/i18n/ru.po"))
        translated = {entry.msgid for entry in entries if entry.msgstr and not entry.fuzzy}
        reader = TranslationModuleReader(self.env.cr, modules=[MODULE])
        terms = {source for *_place, source, _value, _comments in reader} - SAME_IN_RUSSIAN
        missing = {term for term in terms - translated if not term.startswith(FOREIGN)}
        self.assertFalse(missing)

    def test_russian_is_written_in_russian(self):
        """No text is a placeholder of a translator."""
        for entry in polib.pofile(file_path(f"{MODULE}/i18n/ru.po")).translated_entries():
            text = re.sub(r"%\(\w+\)\w|<[^>]*>", "", entry.msgstr)
            if entry.msgid not in SAME_IN_RUSSIAN and re.search(r"[a-z]", text, re.IGNORECASE):
                with self.subTest(msgid=entry.msgid):
                    self.assertRegex(text, r"[а-яё]")

    def test_placeholders_are_kept(self):
        for entry in polib.pofile(file_path(f"{MODULE}/i18n/ru.po")).translated_entries():
            with self.subTest(msgid=entry.msgid):
                for placeholder in PLACEHOLDERS:
                    self.assertEqual(entry.msgid.count(placeholder), entry.msgstr.count(placeholder))
