from odoo import fields


class UncheckedMany2one(fields.Many2one):
    """A many2one without a foreign key: for each new row the database checks each foreign key on its own, which
    is most of what a contact costs to log.

    Whoever adds such a field sees to it that nothing points to what was deleted, see
    ``crm.interaction._point_elsewhere``.
    """

    def update_db_foreign_key(self, model, column):
        """Leave the column as it is."""
