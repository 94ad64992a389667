from . import crm_interaction_rule_test
