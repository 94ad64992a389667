from . import res_partner
from . import res_partner_mine
from . import res_users
