from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from .crm_interaction_rule_proposal import CLEAR

REPEATED = 3
"""From this number of equal corrections on, a rule is proposed."""
DAYS = 90
MOST_CORRECTIONS = 5_000
MOST_TRIED = 2_000
"""Number of the latest interactions on which a proposal is tried."""
KEY = ("event", "model_name", "client_id", "type_before_id", "type_id")


class CrmInteractionRuleProposal(models.Model):
    """Find corrections that users repeat."""

    _inherit = "crm.interaction.rule.proposal"

    @api.model
    def _cron_refresh(self):
        """Look for repeated corrections in each company."""
        companies = self.env["res.company"].search(fields.Domain.TRUE)
        self.env["crm.interaction.job"]._for_each_company("cron_rule_proposals", companies, self._refresh)

    @api.model
    def _refresh(self, company):
        """Create, update and withdraw the open proposals of ``company``; repeated runs change nothing."""
        existing = {proposal._key(): proposal for proposal in self.search([("company_id", "=", company.id)])}
        kept = self.browse()
        for vals in self._found(company):
            proposal = existing.get(self.new(vals)._key())
            if proposal and proposal.state != "open":
                continue
            if vals := self._tried(vals, company):
                if proposal:
                    proposal._by_code().write(vals)
                kept |= proposal or self._by_code().create(vals)
        (self.search([("company_id", "=", company.id), ("state", "=", "open")]) - kept).unlink()

    def _key(self):
        """Return what tells two proposals apart."""
        return tuple(self[n]._origin.id if self._fields[n].relational else self[n] for n in KEY)

    @api.model
    def _found(self, company):
        """Return the values of the proposals that the corrections in ``company`` suggest."""
        groups = self._corrections(company).items()
        return [vals for key, interactions in groups for vals in self._of_group(key, interactions, company)]

    @api.model
    def _corrections(self, company):
        """Return the interactions (sudo) that users corrected, by event, origin, both types and kind of document."""
        domain = [
            ("interaction_id.company_id", "=", company.id),
            ("date", ">=", fields.Datetime.now() - timedelta(days=DAYS)),
            ("type_before_id", "!=", False),
            ("type_after_id", "!=", False),
        ]
        # sudo: the cron learns from what all users corrected
        changes = self.env["crm.interaction.type.change"].sudo().search(domain, order="id DESC", limit=MOST_CORRECTIONS)
        groups = {}
        for change in changes.filtered(is_correction):
            interaction, before = change.interaction_id, change.before
            types = change.type_before_id, change.type_after_id
            key = interaction.event, before.get("rule_id") or False, *types, interaction.res_model
            groups[key] = groups.get(key, interaction.browse()) | interaction
        return {key: found for key, found in groups.items() if len(found) >= REPEATED}

    @api.model
    def _of_group(self, key, interactions, company):
        """Return the values (list) of the proposals for equal corrections: by words, client or document."""
        event, _rule_id, before, after, model = key
        vals = {"company_id": company.id, "event": event, "type_before_id": before.id, "type_id": after.id}
        models_ = dict(self.env["crm.interaction.rule"]._selection_model_name())
        vals["model_name"] = model if model in models_ else False
        clients = interactions.grouped("commercial_partner_id")
        words = self._common_words(interactions, after, REPEATED)
        of_clients = {client: found for client, found in clients.items() if client and len(found) >= REPEATED}
        if len(clients) == 1 or (not words and of_clients):
            return [self._with_evidence(vals, found, words, client) for client, found in of_clients.items()]
        return [self._with_evidence(vals, interactions, words)]

    @api.model
    def _with_evidence(self, vals, interactions, words, client=None):
        evidence = {"interaction_ids": [fields.Command.set(interactions.ids)], "n": len(interactions)}
        return {**vals, **evidence, "words": "\n".join(words), "client_id": client.id if client else False}

    @api.model
    def _tried(self, vals, company):
        """Return ``vals`` with the numbers of a trial; empty unless users clearly agree with the rule."""
        rule = self.env["crm.interaction.rule"].new(self.new(vals)._prepare_rule_vals())
        domain = rule._tried_domain(company, fields.Date.today() - timedelta(days=DAYS))
        # sudo: as above
        tried = self.env["crm.interaction"].sudo().search(domain, order="id DESC", limit=MOST_TRIED)
        counts = Counter()
        for interaction, type_id in rule._outcomes(tried):
            is_same, is_by_user = interaction.type_id.id == type_id, interaction.classified_by == "person"
            counts[is_by_user, is_same] += 1
        if counts[True, True] < max(1, CLEAR * counts[True, False]):
            return {}
        numbers = {"agreed_count": counts[True, True], "contradicted_count": counts[True, False]}
        return {**vals, **numbers, "changed_count": counts[False, False]}


def is_correction(change):
    """Return whether a user corrected a type that a rule or a suggestion had given, and it is still so."""
    interaction = change.interaction_id
    return (
        (change.before or {}).get("classified_by") in ("rule", "suggestion")
        and change.type_before_id != change.type_after_id
        and (interaction.classified_by, interaction.type_id) == ("person", change.type_after_id)
        and interaction.state == "confirmed"
        and bool(interaction.event)
    )
