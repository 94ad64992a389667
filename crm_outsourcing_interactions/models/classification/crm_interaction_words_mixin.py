from odoo import api, models
from odoo.exceptions import ValidationError

from .phrases import MOST_PHRASES, bad_phrase
from .stems import known_languages


class CrmInteractionWordsMixin(models.AbstractModel):
    """Search messages for the words or phrases in the model's field ``words``, one per line."""

    _name = "crm.interaction.words.mixin"
    _description = "Words to Find in Messages"

    @api.model
    def _stem_languages(self):
        """Return Snowball's names (tuple of str) of the stemmed languages: English, Russian and the installed ones."""
        return known_languages(self.env["res.lang"]._get_active_by("code"))

    def _word_lines(self):
        """Return the words or phrases as a tuple of str."""
        return tuple(filter(None, map(str.strip, (self.words or "").splitlines())))

    def _find_words_fault(self):
        """Return why the words are invalid and match nothing; empty when they are valid."""
        lines = self._word_lines()
        if len(lines) > MOST_PHRASES:
            return self.env._("More than %s words or phrases. Divide them.", MOST_PHRASES)
        if phrase := bad_phrase(lines):
            return self.env._("“%s” is not valid: a star stands at the end of a word only, as in complain*.", phrase)
        return ""

    @api.constrains("words")
    def _check_words(self):
        for record in self:
            if fault := record._find_words_fault():
                raise ValidationError(fault)
