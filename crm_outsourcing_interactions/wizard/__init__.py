from . import crm_interaction_anonymise
from . import crm_interaction_summary_report
from . import crm_interaction_rule_test
from . import crm_interaction_sender
from . import crm_interaction_confirmation
from . import crm_interaction_matter_merge
from . import crm_interaction_other_client
from . import crm_interaction_recipients
