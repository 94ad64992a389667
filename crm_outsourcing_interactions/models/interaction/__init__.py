from . import record
from . import tagging
from . import api
from . import upkeep
