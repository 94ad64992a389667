from . import base_partner_merge
from . import crm_interaction
from . import res_partner
from . import res_partner_mine
from . import res_partner_opening
from . import res_users
from . import res_users_companies
from . import res_users_leaving
