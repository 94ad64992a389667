from . import crm_interaction_ratios
from . import crm_interaction_share_table
from . import crm_interaction_lever
from . import crm_interaction_norm
from . import crm_interaction_norm_check
from . import crm_interaction_indicator
