"""Open the whole sandbox in one call, the first step of every command."""

import concurrent.futures
import contextlib

from . import odoo_command, odoo_tree, postgres, prepared, python_env


def enter_environment():
    """Get Odoo and the Python packages in parallel, then restart under the environment's Python.

    :return: odoo_tree.OdooTree
    """
    python_env.use_suitable_python()
    python_env.require_venv()
    odoo_tree.require_odoo()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = [pool.submit(odoo_tree.find_odoo), pool.submit(python_env.prepare_environment)]
        tree, python = [future.result() for future in waiting]
    python_env.continue_inside(python)
    return tree


@contextlib.contextmanager
def open_sandbox():
    """Yield prepared.PreparedDatabases on a running server.

    :raises SetupError: when something is missing
    """
    tree = enter_environment()
    with postgres.running_server() as server:
        yield prepared.PreparedDatabases(odoo_command.OdooCommand(tree, server))
