from . import crm_interaction_capture
from . import account_move
from . import account_move_send
from . import mail_thread
from . import project_task
