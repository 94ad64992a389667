from . import crm_interaction
from . import crm_interaction_log
from . import crm_interaction_problem
from . import res_company
from . import res_config_settings
from . import res_partner
