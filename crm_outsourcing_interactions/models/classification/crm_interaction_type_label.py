from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST = 30


class CrmInteractionType(models.Model):
    """Add the short label of a type for lists, badges, pivots and choices; the full name follows the classification.

    Labels are unique in each language, case-insensitively. A type created without one gets its shortened name::

        env["crm.interaction.type"].create({**vals, "name": "Help with a tax audit on the premises"}).short_name
        # "Help with a tax audit on the…"
    """

    _inherit = "crm.interaction.type"

    short_name = fields.Char(
        "Short Label",
        required=True,
        translate=True,
        copy=False,
        help="Shown in lists, badges, pivots and choices, e.g. “Request for source data”. At most 30 characters.",
    )

    _short_name_unique = models.UniqueIndex(
        "(lower(short_name ->> 'en_US'))", "Another interaction type has this short label. Choose a different one."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create types, with the shortened name as the default short label."""
        taken = self._taken_labels()
        return super().create([self._with_label(vals, taken) for vals in vals_list])

    @api.model
    def _with_label(self, vals, taken):
        """Return ``vals`` with a short label outside ``taken`` (set of str) and add it there."""
        label = vals.get("short_name") or free_label(vals.get("name") or "", taken)
        taken.add(label.lower())
        return {**vals, "short_name": label}

    @api.model
    def _taken_labels(self):
        """Return the short labels in English and the reader's language as a set in lower case."""
        types = self.with_context(active_test=False).search(fields.Domain.TRUE)
        english = types.with_context(lang="en_US")
        return {label.lower() for label in [*types.mapped("short_name"), *english.mapped("short_name")] if label}

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and not self.short_name:
            self.short_name = free_label(self.name, self._taken_labels())

    @api.constrains("short_name")
    def _check_short_name(self):
        """Check the labels in the reader's language; an index covers English."""
        self._check_labels(self.env.lang)

    def _check_labels(self, lang):
        """Check the short labels in ``lang``.

        :raises ValidationError: in the reader's language, when a label is blank, too long or not unique.
        """
        everyone = self.with_context(active_test=False, lang=lang).search(fields.Domain.TRUE)
        by_label = everyone.grouped(lambda type_: (type_.short_name or "").lower())
        for type_ in self:
            label = type_.with_context(lang=lang).short_name or ""
            type_._check_label_length(label)
            if same := by_label.get(label.lower(), self.browse()) - type_:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” already has the short label “%(label)s”. Choose a different one.",
                        type=same[0].code,
                        label=label,
                    )
                )

    def _check_label_length(self, label):
        if not label.strip():
            raise ValidationError(self.env._("“%s” needs a short label.", self.code))
        if len(label) > LONGEST:
            raise ValidationError(
                self.env._(
                    "The short label “%(label)s” is too long. Use at most %(most)s characters.",
                    label=label,
                    most=LONGEST,
                )
            )

    def update_field_translations(self, field_name, translations, source_lang=""):
        """Check labels from the translation dialog, which bypasses constraints, and clear the caches."""
        res = super().update_field_translations(field_name, translations, source_lang=source_lang)
        self.env.registry.clear_cache()
        for lang in translations if field_name == "short_name" else ():
            self._check_labels(lang)
        return res


def shortened(name, longest=LONGEST):
    """Return ``name``, cut after a whole word to ``longest`` characters.

    >>> shortened("Invoicing"), shortened("Outgoing request for source data"), shortened("x" * 40, 5)
    ('Invoicing', 'Outgoing request for source…', 'xxxx…')
    """
    text = " ".join(name.split())
    if len(text) <= longest:
        return text
    whole_words = text[:longest].rpartition(" ")[0]
    return (whole_words or text[: longest - 1]).rstrip(" ,.;:–-(") + "…"


def free_label(name, taken):
    """Return the shortened ``name``, numbered if it is in ``taken`` (set of str in lower case).

    >>> free_label("Invoicing", {"invoicing", "invoicing (2)"})
    'Invoicing (3)'
    """
    label, number = shortened(name), 1
    while label.lower() in taken:
        number += 1
        mark = f" ({number})"
        label = shortened(name, LONGEST - len(mark)) + mark
    return label
