from . import crm_interaction_ratios
from . import crm_interaction_share_table
