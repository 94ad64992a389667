from odoo import models

OTHER_SWITCHES = ("interaction_clients", "interaction_task_delivered_by", "interaction_tz")


class ResCompany(models.Model):
    """A change of the company's switches is marked: figures before and after it are not alike."""

    _inherit = "res.company"

    def write(self, vals):
        if not any(name.startswith("interaction_log_") or name in OTHER_SWITCHES for name in vals):
            return super().write(vals)
        before = {company: dict(company._interaction_settings()) for company in self}
        res = super().write(vals)
        for company, old in before.items():
            company._change_events(old)
            company._change_other_switches(old)
        return res

    def _change_events(self, old):
        """Change the events that are counted from now on, and those that no longer are."""
        is_logged = self.env["crm.interaction"]._is_event_logged
        new = self._interaction_settings()
        for code, label in self.env["crm.interaction"]._fields["event"]._description_selection(self.env):
            before, after = is_logged(code, old), is_logged(code, new)
            if before != after:
                self._note_change(f"event,{code}", before, after, self._prepare_event_change_vals, code, label)

    def _prepare_event_change_vals(self, code, label, before, after):
        text = (
            self.env._("Counted from here on: %s", label)
            if after
            else self.env._("Not counted from here on: %s", label)
        )
        return {"name": text, "event": code, "effect": "started" if after else "stopped"}

    def _change_other_switches(self, old):
        new = self._interaction_settings()
        for name in OTHER_SWITCHES:
            if old[name] != new[name]:
                self._note_change(f"setting,{name}", old[name], new[name], self._prepare_switch_change_vals, name)

    def _prepare_switch_change_vals(self, name, before, after):
        field = self._fields[name]
        labels = dict(field._description_selection(self.env))
        text = self.env._(
            "%(setting)s: %(after)s (before: %(before)s)",
            setting=field._description_string(self.env),
            after=labels[after],
            before=labels[before],
        )
        event = "task_delivered" if name == "interaction_task_delivered_by" else False
        return {"name": text, "event": event, "effect": "changed"}

    def _note_change(self, subject, before, after, prepare, *args):
        def vals(first, last):
            return {"company_id": self.id, **prepare(*args, first, last)}

        self.env["crm.interaction.method.change"]._note(f"{subject},{self.id}", before, after, vals)
