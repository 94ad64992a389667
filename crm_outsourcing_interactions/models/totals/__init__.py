from . import month_names
from . import crm_interaction_sums
from . import crm_interaction_total
from . import crm_interaction_group_format
from . import crm_interaction_ratios
from . import crm_interaction_read_path
