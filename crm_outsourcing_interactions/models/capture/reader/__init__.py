from . import crm_interaction_capture
from . import crm_interaction_mailing
from . import crm_interaction_meetings
from . import crm_interaction_requests
