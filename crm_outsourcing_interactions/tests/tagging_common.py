from .common import InteractionCase


class TaggingCase(InteractionCase):
    """Set up a client's task with messages to tag, and a colleague who is not assigned to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.staff.ids)
        cls.colleague = cls.make_staff(login="colleague")

    @classmethod
    def post(cls, **kwargs):
        defaults = {
            "body": "Hello",
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "partner_ids": cls.contact.ids,
        }
        return cls.task.with_user(cls.staff).message_post(**{**defaults, **kwargs})

    def tag(self, message, user=None, split=False, interaction=None, **values):
        model = self.env["crm.interaction"].with_user(user or self.staff)
        interaction = interaction if interaction is not None else message.sudo().interaction_ids[:1]
        return model.tag_message(message.id, values, interaction.id, split)
