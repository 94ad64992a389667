from odoo import models

from ..events.event import EVENTS

OTHER_SWITCHES = ("interaction_clients", "interaction_own_addresses", "interaction_task_delivered_by", "interaction_tz")


class ResCompany(models.Model):
    """Record method changes when the company's switches change, since figures before and after are not comparable."""

    _inherit = "res.company"

    def write(self, vals):
        """Write ``vals`` and apply the consequences.

        Users removed from a company hand over their clients; changed settings clear the caches and are recorded; a
        new time zone reassigns past interactions to months.
        """
        # sudo: write access to companies does not imply read access to all users
        users = self.sudo().user_ids if "user_ids" in vals else self.env["res.users"]
        work = users._interaction_companies()
        is_setting = not vals.keys().isdisjoint(self._interaction_setting_names())
        before = {company: dict(company._interaction_settings()) for company in self if is_setting}
        res = super().write(vals)
        users._hand_over_companies(work)
        if not is_setting:
            return res
        self.env.registry.clear_cache()
        if "interaction_tz" in vals:
            self.env["crm.interaction"]._move_months(self)
            self.env["crm.interaction.matter"]._move_months(self)
        for company, old in before.items():
            company._note_events(old)
            company._note_other_switches(old)
        return res

    def _note_events(self, old):
        """Record method changes for the events that start or stop being counted."""
        is_logged = self.env["crm.interaction.event"]._is_counted
        new = self._interaction_settings()
        for code, _label in EVENTS:
            before, after = is_logged(code, old), is_logged(code, new)
            if before != after:
                self._note_change(f"event,{code}", before, after, self._prepare_event_change_vals, code)

    def _prepare_event_change_vals(self, code, before, after):
        return {
            "name": lambda lang: self.with_context(lang=lang)._event_change_text(code, after),
            "event": code,
            "effect": "started" if after else "stopped",
        }

    def _event_change_text(self, code, is_counted):
        label = dict(self.env["crm.interaction"]._fields["event"]._description_selection(self.env))[code]
        if is_counted:
            return self.env._("Counted from here on: %s", label)
        return self.env._("Not counted from here on: %s", label)

    def _note_other_switches(self, old):
        new = self._interaction_settings()
        for name in OTHER_SWITCHES:
            if old[name] != new[name]:
                self._note_change(f"setting,{name}", old[name], new[name], self._prepare_switch_change_vals, name)

    def _prepare_switch_change_vals(self, name, before, after):
        return {
            "name": lambda lang: self.with_context(lang=lang)._switch_change_text(name, before, after),
            "event": "task_delivered" if name == "interaction_task_delivered_by" else False,
            "effect": "changed",
        }

    def _switch_change_text(self, name, before, after):
        field = self._fields[name]
        labels = dict(field._description_selection(self.env)) if field.type == "selection" else {}
        after, before = (labels.get(value) or ", ".join((value or "–").split("\n")) for value in (after, before))
        return self.env._(
            "%(setting)s: %(after)s (before: %(before)s)",
            setting=field._description_string(self.env),
            after=after,
            before=before,
        )

    def _note_change(self, subject, before, after, prepare, *args):
        def vals(first, last):
            return {"company_id": self.id, **prepare(*args, first, last)}

        self.env["crm.interaction.method.change"]._note(f"{subject},{self.id}", before, after, vals)
