from . import crm_interaction_recommendation
from . import crm_interaction_recommendation_refresh
from . import crm_interaction_rule_proposal
from . import crm_interaction_rule_proposal_refresh
from . import base_partner_merge
from . import crm_lead
from . import res_partner
