from odoo import api, fields, models
from odoo.tools import SQL


class CrmInteractionPortalMixin(models.AbstractModel):
    """Show a person at a client what is addressed to that person, and nothing else.

    Each model is a query with only the columns that a client may see. Access rights open it to portal users alone, and
    a record rule limits it to the user's own rows, of whichever of our companies. *Client Until* ends it: the query has
    no rows of former clients.
    """

    _name = "crm.interaction.portal.mixin"
    _description = "Shown in the Client's Account"
    _auto = False

    company_id = fields.Many2one("res.company", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Client", readonly=True)

    @api.model
    def _lasts_sql(self, client):
        """Return the SQL condition that ``client`` (SQL of a partner's id) is active and not a former client."""
        today = self.env.company._interaction_today()
        ended = SQL(
            "SELECT FROM res_partner former WHERE former.id = %s"
            " AND (former.interaction_client_until < %s OR NOT former.active)",
            client,
            today,
        )
        return SQL("NOT EXISTS (%s)", ended)
