from . import crm_interaction_actions
from . import crm_interaction_live
from . import crm_interaction_other_client
from . import crm_interaction_unknown_senders
from . import crm_interaction_tagging
from . import ir_http
from . import mail_message
from . import res_users
