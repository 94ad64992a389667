from . import reader
from . import hooks
from . import history
