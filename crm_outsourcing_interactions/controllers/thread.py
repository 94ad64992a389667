from odoo.http import request

from odoo.addons.portal.controllers.thread import PortalThreadController


class InteractionThreadController(PortalThreadController):
    """What somebody outside writes is a comment, whatever type the request names.

    A request may name any type, also that of a notice or of an internal note, which is no contact with a client.
    """

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        data = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        if kwargs.get("from_create") and request.env.user.share and thread._interaction_is_captured():
            data |= {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return data
