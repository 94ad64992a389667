from . import crm_interaction_hours
