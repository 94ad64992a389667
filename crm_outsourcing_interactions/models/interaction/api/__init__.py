from . import crm_interaction_api
from . import crm_interaction_api_values
from . import crm_interaction_import
