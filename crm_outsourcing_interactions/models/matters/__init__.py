from . import res_company
from . import resource
from . import working_hours
