from . import crm_interaction_hourly_cost
from . import crm_interaction_hours
