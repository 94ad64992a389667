from . import crm_interaction_protected_mixin
