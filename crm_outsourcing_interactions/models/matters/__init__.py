from . import crm_interaction_service
from . import crm_interaction_type
from . import res_company
from . import res_config_settings
from . import res_partner
from . import resource
from . import working_hours
