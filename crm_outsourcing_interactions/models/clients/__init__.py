from . import base_partner_merge
from . import crm_interaction_client
from . import crm_interaction_client_rows
from . import crm_interaction_client_refresh
from . import crm_interaction_client_evidence
from . import res_partner
