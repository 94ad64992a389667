from . import crm_interaction_code_mixin
from . import crm_interaction_kind
from . import crm_interaction_type
from . import crm_interaction_rule
