from odoo import models


class CrmInteraction(models.Model):
    """Let one interaction, e.g. a letter, concern several request lists: one purpose for each."""

    _inherit = "crm.interaction"

    def _concern(self, lists, type_=None, **vals):
        """Add a further purpose to this interaction for each of ``lists``; each belongs to the matter of its list.

        :param type_: of the purposes, by default that of the interaction. :param vals: more of their values.
        :return: the purposes.
        """
        frame = {
            **self._prepare_split_vals(),
            "type_id": (type_ or self.type_id).id,
            **({} if type_ else {"classified_by": self.classified_by, "why": self.why}),
            "is_unattended": self.is_unattended,
            "is_new_request": self.is_new_request,
            "res_model": lists._name,
            **vals,
        }
        purposes = self._by_code().create([{**frame, "res_id": list_.id} for list_ in lists])
        lists._forget_interactions()
        return purposes
