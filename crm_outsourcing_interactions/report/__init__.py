from . import crm_interaction_book_report
from . import crm_interaction_book_mail
from . import crm_interaction_client_report
from . import crm_interaction_client_points
from . import crm_interaction_contact_list
from . import res_company
from . import res_config_settings
from . import res_partner
