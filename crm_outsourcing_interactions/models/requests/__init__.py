from . import crm_interaction_matter_item
from . import crm_interaction_matter_item_handing
from . import crm_interaction_request_handover
from . import crm_interaction_request_list
from . import crm_interaction_request_list_states
from . import crm_interaction_request_template
from . import crm_interaction_service
from . import res_partner
