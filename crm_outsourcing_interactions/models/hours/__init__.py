from . import crm_interaction_hours
from . import crm_interaction_hours_read_path
from . import crm_interaction_hours_pages
