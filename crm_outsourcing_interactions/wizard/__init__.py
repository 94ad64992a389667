from . import crm_interaction_anonymise
from . import crm_interaction_book
from . import crm_interaction_rule_test
