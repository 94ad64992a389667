from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from ...events.marks import without_requested
from .outside_interaction import OutsideEvent, OutsideInteraction

BATCH = 1_000
"""Number of interactions logged by one statement."""
MOST = 10_000
"""Maximum number of interactions per call."""

OUTSIDE_STEPS = {"recorded": ("crm.interaction", "_recorded_outside")}
"""Steps of an interaction reported by another program: nothing classifies it but the program itself."""


class CrmInteraction(models.Model):
    """Add the API for telephone systems, messengers and other programs, over XML-RPC or JSON-2."""

    _inherit = "crm.interaction"

    @api.model
    def log_interactions(self, interactions):
        """Log interactions outside Odoo, each once even if sent repeatedly.

        ``POST /json/2/crm.interaction/log_interactions`` with, for example::

            {"interactions": [{
                "reference": "pbx:2026-11-02/0017",
                "email": "Anna <anna@client.example.com>",
                "type": "1.1.3",
                "direction": "incoming",
                "date": "2026-11-02T09:30:00+01:00",
                "channel": "phone",
                "duration": 0.25,
                "subject": "Travel report"
            }]}

        All or nothing: if one interaction is invalid, the error contains its position (from 1) and reference, and
        nothing is logged. A call may be repeated, even while the first one is still running.

        :param list interactions: at most 10,000 dicts of these fields, all but the first optional; others are rejected:

            - ``reference`` (text, 100 characters at most) identifies the interaction within the company permanently.
            - ``partner_id`` (number), else ``email`` (with or without a name), else ``phone`` (text) identify the
              contact. If it matches no client, or several, the interaction is logged without a client for review.
            - ``type`` is the code of a type, e.g. ``1.1.3``; without it the interaction is to review.
            - ``direction`` is ``incoming`` or ``outgoing``; optional with a type.
            - ``date`` is in ISO 8601; without a zone it is UTC. Now when empty; never in the future.
            - ``channel`` is ``email``, ``phone``, ``meeting``, ``messenger``, ``sms``, ``portal``, ``document``,
              ``letter`` or ``other`` (when empty).
            - ``duration`` is in hours, from 0 to 1,000.
            - ``user`` is the login of the colleague in charge; the caller when empty.
            - ``subject`` (500 characters) and ``note`` (20,000).

        A known reference has no effect, with one exception: while its interaction is to review without a client, a
        later call with a client completes it (client, type, direction), so that a wrong address can be corrected.

        :return: list of ids of the interactions, in the order of ``interactions``; ``False`` for one logged
            before by another user that the caller may not see.
        :raises AccessError: when the caller may not log interactions, like portal users.
        :raises UserError: for the first invalid interaction.

        It takes about forty statements per 1,000 interactions, fewer if they open no matters.
        """
        if self.env.user.share:
            raise AccessError(self.env._("Only staff may log interactions."))
        self.check_access("create")
        if not isinstance(interactions, list | tuple):
            raise UserError(self.env._("“interactions” must be a list."))
        if len(interactions) > MOST:
            raise UserError(self.env._("Send at most %s interactions at once.", MOST))
        model = without_requested(self)
        read = [OutsideInteraction(model.env, position, values) for position, values in enumerate(interactions, 1)]
        first = {item.key: item for item in reversed(read)}
        ids = {}
        for batch in split_every(BATCH, reversed(first.values()), list):
            ids |= model._log_outside(batch)
        return [ids[item.key] for item in read]

    @api.model
    def _log_outside(self, read):
        """Log a batch of ``OutsideInteraction`` with different keys and return ``{key: id}``."""
        vals_list = self._prepare_outside_vals_list(read)
        known = self._known_references([vals["origin_key"] for vals in vals_list])
        missing = [OutsideEvent.of(self, vals) for vals in vals_list if vals["origin_key"] not in known]
        new = self.env["crm.interaction.pipeline"]._run(missing, steps=OUTSIDE_STEPS)
        new.check_access("create")
        seen = {event.key: event.logged_id for event in missing if event.logged_id}
        left = [event.key for event in missing if event.key not in seen]
        shown = self._ids_shown(known)
        for vals in vals_list:
            if shown.get(vals["origin_key"]):
                known[vals["origin_key"]]._complete(vals)
        return shown | self._ids_of_others(left) | seen

    @api.model
    def _recorded_outside(self, events):
        """Log ``events`` (list of ``OutsideEvent``) with the values that the other program gave."""
        return self._logged(events, [event.given for event in events])

    @api.model
    def _known_references(self, keys):
        """Return ``{key: interaction}`` of the company, as superuser; of several the one with a client."""
        # sudo: interactions outside the caller's access count as well
        interactions = self.sudo().with_context(active_test=False).search([("origin_key", "in", keys)], order="id desc")
        return {i.origin_key: i for i in interactions.sorted(lambda i: bool(i.commercial_partner_id))}

    @api.model
    def _ids_shown(self, known):
        """Return ``{key: id}`` of ``known`` interactions, ``False`` if the caller neither created nor may see it."""
        found = self.browse(interaction.id for interaction in known.values())
        shown = set(found._filtered_access("read").ids)
        own = {i.id for i in known.values() if i.create_uid == self.env.user and i.company_id == self.env.company}
        return {key: i.id in shown | own and i.id for key, i in known.items()}

    @api.model
    def _ids_of_others(self, keys):
        """Return ``{key: id}`` of interactions logged by concurrent calls, invisible to this transaction."""
        if not keys:
            return {}
        with self.pool.cursor() as cursor:
            other = self.with_env(self.env(cr=cursor))
            return dict.fromkeys(keys, False) | other._ids_shown(other._known_references(keys))

    def _complete(self, vals):
        """Set client, type and direction from ``vals`` if this interaction is to review without a client."""
        waits = self.state == "to_review" and not self.commercial_partner_id and not self.event
        if waits and vals["partner_id"]:
            given = [name for name in ("partner_id", "type_id", "direction", "state", "classified_by") if vals[name]]
            self._by_code().write({**{name: vals[name] for name in given}, "why": vals["why"]})
