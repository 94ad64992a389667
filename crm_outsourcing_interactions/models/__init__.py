from . import events
from . import capture
from . import classification
from . import interaction
from . import roles
from . import analysis
