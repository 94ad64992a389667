from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.marks import mark


class CrmInteractionMatterItem(models.Model):
    """Keep items where they are asked for, and what was handed over under the protection under which it was."""

    _inherit = "crm.interaction.matter.item"

    def write(self, vals):
        """Write ``vals``.

        :raises UserError: when items with files or answers, or named in letters, leave their list, or those with files
            or answers their confidential service or person.
        """
        if mark(self.env, BY_CODE):  # lists are merged with what was handed over
            return super().write(vals)
        self._check_kept(vals)
        left = self.list_id if "list_id" in vals else self.list_id.browse()
        result = super().write(vals)
        if left:
            (left | self.list_id)._settle_matters()
        return result

    def _check_kept(self, vals):
        filed = self.filtered("is_filed")
        for item in (self - filed).filtered("letter_ids"):
            if "list_id" in vals and item._is_changed("list_id", vals["list_id"]):
                raise UserError(item._named_text())
        for item in filed:
            if "list_id" in vals and item._is_changed("list_id", vals["list_id"]):
                raise UserError(
                    self.env._(
                        "“%s” has files or answers and remains on its list. Add a new item to the other.", item.name
                    )
                )
        for item in filed.filtered("service_id.is_confidential"):
            if "service_id" in vals and item._is_changed("service_id", vals["service_id"]):
                raise UserError(
                    self.env._(
                        "“%(item)s” has files or answers under the confidential service “%(service)s”, which remains. "
                        "Add a new item for another service.",
                        item=item.name,
                        service=item.service_id.name,
                    )
                )

            added = item.partner_id and not item.handed_over_on  # files that were handed over: see _check_successor
            if added and "partner_id" in vals and item._is_changed("partner_id", vals["partner_id"]):
                raise UserError(
                    self.env._(
                        "“%(item)s” is confidential and has files for %(person)s. Add a new item for another person.",
                        item=item.name,
                        person=item.partner_id.name,
                    )
                )

    @api.constrains("partner_id", "list_id")
    def _check_person_of_client(self):
        if mark(self.env, BY_CODE):  # lists of merged clients, whose persons are merged afterwards
            return
        for item in self:
            person, client = item.partner_id, item.commercial_partner_id
            if person and person.commercial_partner_id != client:
                raise ValidationError(
                    self.env._(
                        "%(person)s is no contact of %(client)s. Select a contact of the client.",
                        person=person.display_name,
                        client=client.display_name,
                    )
                )

    @api.constrains("list_id")
    def _check_list_not_closed(self):
        for item in self:
            if item.list_id.state == "closed" and not item.is_done:
                raise ValidationError(
                    self.env._("“%s” is closed. Reopen it before you add items.", item.list_id.display_name)
                )
