from . import crm_interaction_demo
