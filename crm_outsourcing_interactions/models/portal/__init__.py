from . import crm_interaction_portal_mixin
from . import crm_interaction_portal_matter
from . import crm_interaction_portal_interaction
from . import crm_interaction_portal_report
from . import crm_interaction_portal_service
from . import crm_interaction_portal_complaint
from . import rating_rating
from . import res_partner
