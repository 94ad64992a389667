from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...events.crm_interaction_protected_mixin import BY_CODE
from ...events.crm_interaction_ranges_mixin import AHEAD, FIRST_DAY, FIRST_MOMENT
from ...events.groups import MANAGER
from ...events.keys import outside_key
from ...events.marks import mark
from ...events.reasons import because

CAPTURED_FACTS = {"partner_id", "date", "company_id"}
"""Facts of captured interactions that only managers may correct, with a record."""
OF_TYPE = ("type_id", "direction", "state")
RESTORED = (*OF_TYPE, "classified_by", "rule_id", "why", "unknown_sender")
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
    "matter_mark",
    "avoidable_reason_id",
    "avoidable_decided_by_id",
)
"""Other fields behind figures, whose changes are always recorded."""
RECORDED = {*OF_TYPE, *FIGURES, "active", "res_id"}
DELETED_WITHIN = timedelta(days=1)


class CrmInteraction(models.Model):
    """Protect the figures from requests.

    Only code sets protected fields, a type set by a user is marked as such, and state and active stay consistent.
    """

    _inherit = "crm.interaction"
    _protected_fields = frozenset(
        {
            "avoidable_decided_by_id", "avoidable_reason_id", "classified_by", "commercial_partner_id", "event",
            "is_new_request", "is_unattended", "kind_id", "matter_id", "matter_kept", "matter_link", "matter_mark",
            "matter_marked_by_id", "matter_marked_on", "matter_pending", "matter_response", "message_id", "month",
            "origin_key", "previous", "proposed_matter_id", "quality", "rating_value", "reply_to_id", "res_id",
            "res_model", "rule_id", "split_from_id", "suggested_type_id", "suggested_words", "unknown_sender", "why",
        }
    )  # fmt: skip

    facts_locked = fields.Boolean(compute="_compute_facts_locked")

    @api.depends("event")
    @api.depends_context("uid")
    def _compute_facts_locked(self):
        is_manager = self.env.user.has_group(MANAGER)
        for interaction in self:
            interaction.facts_locked = bool(interaction.event) and not is_manager

    @api.model_create_multi
    def create(self, vals_list):
        """Create interactions logged by a user, or by code with ``_by_code()``.

        A user's ``origin_key`` is a reference within the company (see ``outside_key``) and immutable.

        :raises AccessError: when ``vals_list`` sets fields restricted to code.
        """
        for vals in vals_list:
            self._check_protected({name: value for name, value in vals.items() if value})
        defaults = self.default_get(["active", "date", "state", "type_id"])
        vals_list = [self._completed(self._with_reference({**defaults, **vals})) for vals in vals_list]
        for vals in vals_list:
            self._check_date(vals)
        interactions = super(CrmInteraction, self._by_code()).create(vals_list).with_env(self.env)
        by_hand = [i.id for i, vals in zip(interactions, vals_list, strict=True) if "matter_id" not in vals]
        if by_hand:
            self.env["crm.interaction.pipeline"]._created(self.browse(by_hand))
        return interactions

    def write(self, vals):
        """Write ``vals`` with the consistent classification, state and active.

        :raises AccessError: when ``vals`` set fields restricted to code or to managers.
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
            for some, own in records._unknown_senders_apart(self._completed({**more, **vals})):
                super(CrmInteraction, some._by_code()).write(own)
        if before:
            self.env["crm.interaction.pipeline"]._changed(self, before)
        return True

    def _restorable(self, names=(*RESTORED, *FIGURES)):
        """Return the values of one interaction to record on changes, suitable for ``write`` and JSON."""
        values = {name: self._fields[name].convert_to_write(self[name], self) for name in names}
        return {name: fields.Datetime.to_string(v) if isinstance(v, datetime) else v for name, v in values.items()}

    @api.model
    def _everything(self):
        """Return the model in sudo mode for code: with archived interactions and protected fields writable."""
        # sudo: the user who causes it may lack access
        return self.sudo().with_context(active_test=False)._by_code()

    def _protected_names(self, vals):
        """Return protected names, with the reference protected after creation."""
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
        """Return ``vals`` with consistent state and active; the state takes precedence."""
        if vals.get("active") is False and not vals.get("state"):
            vals = {**vals, "state": "ignored"}
        vals = self._with_reason(self._with_person(vals))
        if vals.get("unknown_sender"):
            return {**vals, "active": False}
        return {**vals, "active": vals["state"] != "ignored"} if vals.get("state") else vals

    @api.model
    def _with_reason(self, vals):
        """Return ``vals`` with a reason when a user ignores or restores interactions."""
        if "type_id" in vals or "why" in vals or mark(self.env, BY_CODE):
            return vals
        if vals.get("state") == "ignored":
            return {**vals, "why": because("ignored", name=self.env.user.name)}
        if vals.get("state") == "to_review":
            return {**vals, "why": because("put_back", name=self.env.user.name)}
        return vals

    @api.model
    def _with_person(self, vals):
        """Return ``vals`` with the user as the classifier if they set a type without one."""
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
        """Check the date, which could add years of empty months to every pivot.

        :raises ValidationError: when it is out of range.
        """
        moment = fields.Datetime.to_datetime(vals.get("date") or None)
        if not moment or mark(self.env, BY_CODE):
            return
        last = fields.Datetime.now() + AHEAD
        if not FIRST_MOMENT <= moment <= last:
            raise ValidationError(
                self.env._(
                    "The date %(date)s is out of range. Enter a date between %(first)s and %(last)s.",
                    date=moment.date(),
                    first=FIRST_DAY,
                    last=last.date(),
                )
            )

    def copy_data(self, default=None):
        """Return the values of copies; captured interactions happened once and have none."""
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
        # sudo: changes by other users count as well
        everybody = self.create_uid | self.sudo().type_change_ids.user_id | self.sudo()._purposes_of(self).create_uid
        if everybody - self.env.user or self.filtered(lambda i: i.create_date < since):
            raise UserError(
                self.env._(
                    "Only the person who logged an interaction can delete it, within one day and as long as nobody "
                    "else has changed it. Mark it as “Not an interaction” instead."
                )
            )
