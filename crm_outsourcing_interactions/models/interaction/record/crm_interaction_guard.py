from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...events.crm_interaction_protected_mixin import BY_CODE
from ...events.crm_interaction_ranges_mixin import AHEAD, FIRST_DAY, FIRST_MOMENT
from ...events.keys import outside_key
from ...events.marks import mark
from ...events.reasons import because

CAPTURED_FACTS = {"partner_id", "date", "company_id"}
"""What happened where: of a captured interaction only managers correct it, and leave a record."""
MANAGER = "crm_outsourcing_interactions.group_manager"
OF_TYPE = ("type_id", "direction", "state")
RESTORED = (*OF_TYPE, "classified_by", "rule_id", "why")
FIGURES = (
    "commercial_partner_id",
    "partner_id",
    "date",
    "company_id",
    "duration",
    "user_id",
    "channel",
    "service_id",
    "polarity",
    "rating_value",
    "complaint_closed_on",
)
"""What figures rest on besides: whoever changes it and by whatever entrance, it is recorded."""
RECORDED = {*OF_TYPE, *FIGURES, "active"}
DELETED_WITHIN = timedelta(days=1)


class CrmInteraction(models.Model):
    """What stands between a request and the figures: only code sets what only code can know, a type that somebody
    chooses is that person's word, and state and active agree, whichever of them is set."""

    _inherit = "crm.interaction"
    _protected_fields = frozenset(
        {
            "classified_by",
            "commercial_partner_id",
            "complaint_closed_by_id",
            "complaint_closed_on",
            "coverage",
            "event",
            "kind_id",
            "message_id",
            "month",
            "origin_key",
            "rating_value",
            "res_id",
            "res_model",
            "rule_id",
            "split_from_id",
            "suggested_type_id",
            "suggested_words",
            "why",
        }
    )

    facts_locked = fields.Boolean(compute="_compute_facts_locked")

    @api.depends("event")
    @api.depends_context("uid")
    def _compute_facts_locked(self):
        is_manager = self.env.user.has_group(MANAGER)
        for interaction in self:
            interaction.facts_locked = bool(interaction.event) and not is_manager

    @api.model_create_multi
    def create(self, vals_list):
        """Create interactions as a person logs them, or code by ``_by_code()``.

        A person's ``origin_key`` is a reference within the company (see ``outside_key``), set for good.

        :raises AccessError: when ``vals_list`` sets what only code sets.
        """
        for vals in vals_list:
            self._check_protected({name: value for name, value in vals.items() if value})
        defaults = self.default_get(["active", "date", "state", "type_id"])
        vals_list = [self._completed(self._with_reference({**defaults, **vals})) for vals in vals_list]
        for vals in vals_list:
            self._check_date(vals)
        return super(CrmInteraction, self._by_code()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Write ``vals``, completed by who chose the type, and by state or active.

        :raises AccessError: when ``vals`` set what only code sets, or what only managers correct.
        """
        if hidden := self._keeping_subject(vals):
            (self - hidden).write(vals)
            return hidden.write({name: value for name, value in vals.items() if name != "subject"})
        self._check_protected(vals)
        self._check_captured_facts(vals)
        self._check_company_change(vals)
        self._check_date(vals)
        self._check_purposes(vals)
        before = {i: i._restorable() for i in self} if RECORDED & vals.keys() else {}
        returning = self.filtered(lambda i: i.state == "ignored") if vals.get("active") else self.browse()
        for records, more in ((returning, {"state": "to_review"}), (self - returning, {})):
            super(CrmInteraction, records._by_code()).write(self._completed({**more, **vals}))
        if before:
            self.env["crm.interaction.pipeline"]._changed(self, before)
        return True

    def _restorable(self):
        """Return what is recorded of one interaction when it changes, as ``write`` and JSON take it."""
        values = {name: self._fields[name].convert_to_write(self[name], self) for name in (*RESTORED, *FIGURES)}
        return {name: fields.Datetime.to_string(v) if isinstance(v, datetime) else v for name, v in values.items()}

    @api.model
    def _everything(self):
        """Return the model for code that follows what happened: all that is logged, ignored or not, to be written."""
        # sudo: whoever causes it may have no right here
        return self.sudo().with_context(active_test=False)._by_code()

    def _protected_names(self, vals):
        """A reference is named when an interaction is created, and never changes."""
        names = super()._protected_names(vals)
        return names if self else names - {"origin_key"}

    @api.model
    def _with_reference(self, vals):
        if not vals.get("origin_key") or mark(self.env, BY_CODE):
            return vals
        company_id = vals.get("company_id") or self.env.company.id
        return {**vals, "origin_key": outside_key(str(vals["origin_key"]), company_id)}

    @api.model
    def _completed(self, vals):
        """Return ``vals`` in which state and active say the same; the state counts when they do not."""
        if vals.get("active") is False and not vals.get("state"):
            vals = {**vals, "state": "ignored"}
        vals = self._with_reason(self._with_person(vals))
        return {**vals, "active": vals["state"] != "ignored"} if vals.get("state") else vals

    @api.model
    def _with_reason(self, vals):
        """Return ``vals``, completed when a person ignores interactions, or puts them back, by the reason of that."""
        if "type_id" in vals or "why" in vals or mark(self.env, BY_CODE):
            return vals
        if vals.get("state") == "ignored":
            return {**vals, "why": because("ignored", name=self.env.user.name)}
        if vals.get("state") == "to_review":
            return {**vals, "why": because("put_back", name=self.env.user.name)}
        return vals

    @api.model
    def _with_person(self, vals):
        """Return ``vals``, completed when they hold a type but not who chose it."""
        if "type_id" not in vals or "classified_by" in vals:
            return vals
        chosen = bool(vals["type_id"])
        person = {
            "classified_by": "person" if chosen else False,
            "rule_id": False,
            "why": because("chosen", name=self.env.user.name) if chosen else False,
            "state": vals.get("state") or ("confirmed" if chosen else "to_review"),
        }
        return {**vals, **person}

    def _check_captured_facts(self, vals):
        names = CAPTURED_FACTS & vals.keys()
        if not names or mark(self.env, BY_CODE) or self.env.user.has_group(MANAGER):
            return
        for interaction in self.filtered("event"):
            if any(interaction[name] and interaction._is_changed(name, vals[name]) for name in names):
                raise AccessError(
                    self.env._(
                        "Only managers of Client Interactions may change the contact, the date or the company of an "
                        "interaction that Odoo captured."
                    )
                )

    @api.model
    def _check_date(self, vals):
        """:raises ValidationError: for a date that would open years of empty months in every pivot."""
        moment = fields.Datetime.to_datetime(vals.get("date") or None)
        if not moment or mark(self.env, BY_CODE):
            return
        last = fields.Datetime.now() + AHEAD
        if not FIRST_MOMENT <= moment <= last:
            raise ValidationError(
                self.env._(
                    "The date %(date)s is not possible. Enter a date between %(first)s and %(last)s.",
                    date=moment.date(),
                    first=FIRST_DAY,
                    last=last.date(),
                )
            )

    # --- duplicates and deletion --------------------------------------------------------

    def copy_data(self, default=None):
        """:raises UserError: for a captured interaction: it happened once."""
        if (self | self.split_from_id).filtered("event") and not mark(self.env, BY_CODE):
            raise UserError(
                self.env._("An interaction that Odoo captured cannot be duplicated: it would be counted twice.")
            )
        return super().copy_data(default=default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_author(self):
        if mark(self.env, BY_CODE):
            return
        if (self | self.split_from_id).filtered("event"):
            raise UserError(
                self.env._(
                    "An interaction that Odoo captured cannot be deleted: past figures would change. "
                    "Mark it as “Not an interaction” instead."
                )
            )
        since = self.env.cr.now() - DELETED_WITHIN
        # sudo: others' changes count, seen or not
        everybody = self.create_uid | self.sudo().type_change_ids.user_id | self.sudo()._purposes_of(self).create_uid
        if everybody - self.env.user or self.filtered(lambda i: i.create_date < since):
            raise UserError(
                self.env._(
                    "Only the person who logged an interaction can delete it, within one day and as long as nobody "
                    "else has changed it. Mark it as “Not an interaction” instead."
                )
            )
