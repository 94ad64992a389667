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
    # what other modules gave a norm (messages, activities) goes with it; Odoo leaves their external ids behind
    env.cr.execute(
        SQL(
            "DELETE FROM ir_model_data WHERE module != %s AND name ~ %s",
            "crm_outsourcing_interactions",
            "^(selection__|model_inherit__|field_)crm_interaction_norm__",
        )
    )
    for statement in models.analysis.cubes.uninstall():
        env.cr.execute(SQL(statement))
