from . import crm_interaction_demo
from . import crm_interaction_norm_demo
from . import crm_interaction_roles_demo
