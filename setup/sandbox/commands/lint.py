"""setup/lint: run ruff, pylint-odoo, OCA's checks, eslint, prettier and a compilation."""

import argparse
import concurrent.futures
import dataclasses
import pathlib
import subprocess
import sys
import time

from .. import node, python_env
from ..places import ADDON, CHECKOUT, cache
from ..processes import environment
from ..steps import say

# Disabled check: here a model has one class per concern, each in its own file.
UNWANTED = "consider-merging-classes-inherited"
SETUP = CHECKOUT / "setup"
NPM_PACKAGES = ["eslint@10.15.0", "prettier@3.10.1"]
SKIPPED_FOLDERS = {"__pycache__", "node_modules", "lib", "build", "dist"}


@dataclasses.dataclass(frozen=True)
class Check:
    """Hold one linter run: ``command`` (list of words) over ``files``, and the command for ``--fix``."""

    name: str
    command: list
    files: list
    fix: list = dataclasses.field(default_factory=list)


def main(arguments):
    """Run all checks; return 1 when one has findings."""
    parser = argparse.ArgumentParser(prog="setup/lint", description="Run the linters.")
    parser.add_argument("--fix", action="store_true", help="apply what the linters can mend")
    fix = parser.parse_args(arguments).fix
    python_env.enter_environment()
    checks = [check for check in [*python_checks(), *odoo_checks(), *script_checks()] if check.files]
    for check in checks if fix else ():
        check.fix and _run(check.fix, check.files)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda check: (check, *_run(check.command, check.files)), checks)
        passed = [_report(*result) for result in results]
    return 0 if all(passed) else 1


def files(*suffixes, below=CHECKOUT):
    """Return the project's files (list of pathlib.Path) with these suffixes, except hidden and generated ones."""
    found = (path for path in sorted(below.rglob("*")) if path.suffix in suffixes and path.is_file())
    return [path for path in found if not _is_skipped(path.relative_to(CHECKOUT).parts)]


def _is_skipped(parts):
    """Return whether the parts of a path contain a hidden or generated folder.

    >>> _is_skipped((".git", "x.py")), _is_skipped(("static", "lib", "x.js")), _is_skipped((".ci", "run"))
    (True, True, True)
    >>> _is_skipped(("setup", "sandbox", "node.py"))
    False
    """
    return any(part in SKIPPED_FOLDERS or part.startswith(".") for part in parts)


def commands_in_python():
    """Return the project's executables written in Python: they have no suffix."""
    return [
        path
        for path in sorted(SETUP.iterdir())
        if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env python3")
    ]


def python_checks():
    """Return the checks of all Python files."""
    sources = [*files(".py"), *commands_in_python()]
    ruff = [_program("ruff")]
    quiet = [f"--cache-dir={cache('ruff')}", "--quiet", f"--config={CHECKOUT / 'pyproject.toml'}"]
    compiling = "import sys\nfor name in sys.argv[1:]: compile(open(name, encoding='utf-8').read(), name, 'exec')"
    return [
        Check("compile", [sys.executable, "-c", compiling], sources),
        Check(
            "ruff check",
            [*ruff, "check", *quiet, "--output-format=concise"],
            sources,
            [*ruff, "check", *quiet, "--fix"],
        ),
        Check("ruff format", [*ruff, "format", *quiet, "--check"], sources, [*ruff, "format", *quiet]),
    ]


def odoo_checks():
    """Return the Odoo-specific checks."""
    addon = [ADDON] if (ADDON / "__manifest__.py").exists() else []
    pylint = [_program("pylint"), f"--rcfile={CHECKOUT / '.pylintrc'}"]
    module, po = [_program("oca-checks-odoo-module")], [_program("oca-checks-po")]
    return [
        Check("pylint-odoo", [*pylint, f"--disable={UNWANTED}"], addon),
        Check("pylint of setup", [*pylint, "--disable=all", "--enable=too-many-lines"], files(".py", below=SETUP)),
        Check("oca-checks-odoo-module", module, addon, [*module, "--fix", "--no-exit"]),
        Check("oca-checks-po", po, files(".po", ".pot"), [*po, "--fix", "--no-exit"]),
    ]


def script_checks():
    """Return the checks of JavaScript and styles; fetch Node.js only if there are any files."""
    scripts, styles = files(".js", below=ADDON), files(".scss", ".css", below=ADDON)
    if not scripts + styles:
        return []
    folder = node.installed("lint", NPM_PACKAGES)
    program, modules = node.find_node()[0], folder / "node_modules"
    eslint = [program, modules / "eslint/bin/eslint.js", f"--config={CHECKOUT / 'eslint.config.mjs'}"]
    prettier = [
        program,
        modules / "prettier/bin/prettier.cjs",
        f"--config={CHECKOUT / '.prettierrc.json'}",
        "--log-level=warn",
    ]
    return [
        Check("eslint", eslint, scripts, [*eslint, "--fix"]),
        Check("prettier", [*prettier, "--check"], scripts + styles, [*prettier, "--write"]),
    ]


def _program(name):
    return pathlib.Path(sys.executable).with_name(name)


def _run(command, paths):
    """Run a linter; return (its exit code, its output, seconds)."""
    started = time.monotonic()
    done = subprocess.run(
        [str(word) for word in (*command, *paths)],
        cwd=CHECKOUT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout, time.monotonic() - started


def _report(check, code, output, seconds):
    """Print the result of a check; return whether it has no findings."""
    say(f"{check.name}: {'found something' if code else 'fine'}, {seconds:.1f} s")
    if code:
        print(output.strip().replace(f"{CHECKOUT}/", ""), flush=True)
    return not code
