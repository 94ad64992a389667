from . import test_capture_documents
from . import test_capture_messages
from . import test_interaction_tour
