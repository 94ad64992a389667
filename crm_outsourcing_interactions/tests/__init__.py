from . import test_capture_activities
from . import test_capture_campaigns
from . import test_capture_clients
from . import test_capture_documents
from . import test_capture_feedback
from . import test_capture_messages
from . import test_capture_problems
from . import test_interaction_tour
