from odoo.http import request

from odoo.addons.portal.controllers.thread import PortalThreadController


class InteractionThreadController(PortalThreadController):
    """Store messages from outside as comments, whatever type the request contains.

    A request may contain any type, even that of a notice or internal note, which are not interactions.
    """

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        data = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        if kwargs.get("from_create") and request.env.user.share and thread._interaction_is_captured():
            data |= {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return data
