from . import client_report
from . import pivot_export
from . import portal
from . import thread
