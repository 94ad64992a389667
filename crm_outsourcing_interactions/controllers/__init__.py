from . import client_report
from . import pivot_export
from . import portal
from . import portal_documents
from . import portal_preview
from . import thread
