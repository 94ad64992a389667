from . import res_company
from . import res_partner
from . import crm_interaction_setup
from . import digest_digest
from . import crm_interaction_setup_steps
from . import crm_interaction_setup_rights
from . import crm_interaction_setup_empty
