from odoo.tools import SQL

from . import controllers
from . import models
from . import demo
from . import report
from . import wizard


def uninstall_hook(env):
    """Leave nothing of the monthly cubes in the database: no ORM model owns their tables."""
    for statement in models.analysis.cubes.uninstall():
        env.cr.execute(SQL(statement))
