from . import crm_interaction_demo
from . import crm_interaction_target_demo
from . import crm_interaction_roles_demo
from . import crm_interaction_matter_demo
from . import crm_interaction_complaint_demo
from . import crm_interaction_feedback_demo
