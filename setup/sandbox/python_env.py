"""Create the virtual environment with the packages of requirements.txt."""

import os
import pathlib
import shutil
import subprocess
import sys

from . import locks, processes
from .places import REQUIREMENTS, cache, python_key, short_hash
from .steps import SetupError, step

OLDEST, NEWEST = (3, 10), (3, 13)
SETUP_IN_ENVIRONMENT = "CRM_INTERACTIONS_IN_ENVIRONMENT"


def use_suitable_python():
    """Restart this command under a Python that Odoo accepts, if this one is not.

    :raises SetupError: when the machine has none
    """
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    for path in filter(None, map(shutil.which, names)):
        if subprocess.run([path, "-c", "import venv"], capture_output=True).returncode == 0:
            os.execv(path, [path, *sys.argv])
    running = ".".join(map(str, sys.version_info[:2]))
    raise SetupError(
        f"Odoo 19 needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, this is {running}: install one, with its venv"
    )


def prepare_environment():
    """Return the Python (pathlib.Path) of an environment with all packages, creating it when needed.

    :raises SetupError: without the module venv, or when pip fails
    """
    folder = cache("venv", f"{python_key()}-{short_hash(REQUIREMENTS.read_text())}")
    complete = folder / "complete"
    if not complete.exists():
        with locks.exclusive("venv"):
            if not complete.exists():
                _make(folder)
                complete.touch()
    return folder / "bin" / "python"


def _make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    with step("Python packages"):
        processes.run_logged([sys.executable, "-m", "venv", folder], "venv.log", "make a virtual environment")
        python = pathlib.Path(folder, "bin", "python")
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile", "-r", REQUIREMENTS]
        processes.run_logged(
            command, "pip.log", "install the Python packages", env=processes.environment(PYTHONPATH=None)
        )


def enter_environment():
    """Restart under the environment's Python, for a command that needs no Odoo."""
    use_suitable_python()
    require_venv()
    continue_inside(prepare_environment())


def require_venv():
    """Check that this Python can create virtual environments.

    :raises SetupError: when it cannot
    """
    try:
        import ensurepip  # noqa: F401, PLC0415  (a separate package in Debian)
        import venv  # noqa: F401, PLC0415
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(f"Python {version} has no venv: install the package python{version}-venv") from error


def continue_inside(python):
    """Restart this command under the environment's Python, once; afterwards its packages can be imported."""
    if os.environ.get(SETUP_IN_ENVIRONMENT) == str(python):
        return
    os.execve(python, [str(python), *sys.argv], {**os.environ, SETUP_IN_ENVIRONMENT: str(python)})
