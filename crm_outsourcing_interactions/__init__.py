from odoo.tools import SQL

from . import controllers
from . import models
from . import demo
from . import report
from . import wizard


def uninstall_hook(env):
    """Leave nothing of the monthly cubes in the database: no ORM model owns their tables. Nor activities of
    breaches: their type, in use, would stay."""
    if activity_type := env.ref("crm_outsourcing_interactions.activity_type_breach", raise_if_not_found=False):
        activities = env["mail.activity"].with_context(active_test=False)
        activities.search([("activity_type_id", "=", activity_type.id)]).unlink()
    for statement in models.analysis.cubes.uninstall():
        env.cr.execute(SQL(statement))
