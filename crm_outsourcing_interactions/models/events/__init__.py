from . import crm_interaction_protected_mixin
from . import crm_interaction_personal_mixin
from . import crm_interaction_ranges_mixin
from . import crm_interaction_job
from . import mail_activity
from . import res_company
from . import settled_cache
