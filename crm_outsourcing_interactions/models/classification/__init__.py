from . import crm_interaction_code_mixin
from . import crm_interaction_kind
from . import crm_interaction_learner
from . import crm_interaction_rule
from . import crm_interaction_scope
from . import crm_interaction_service
from . import crm_interaction_type
from . import project_project
