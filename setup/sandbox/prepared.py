"""Provide the databases for commands, created on demand: template, tested, demo.

Each is built under a temporary name and renamed when complete, so that a killed run leaves no partial one in use.
The names of the first two contain a hash of all inputs: a database found by name is up to date. The demo database
keeps its name and has the hash in its comment.
"""

import contextlib

from . import addon, install_log, locks
from .databases import PREFIX, Databases
from .odoo_command import progress_of
from .places import ADDON_NAME, CHECKOUT, checkout_key, short_hash
from .steps import SetupError, say, step

DEFAULT_LANGUAGE = "en_US"
RECIPE = 1  # increase it when databases are built differently: older ones are then ignored
# Odoo loads a module's demo data only when all it depends on has its own. We want ours without theirs: for the
# time of the installation the flag says they have; it is taken back so that no later update loads theirs.
PRETEND_DEMO = "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
ADMIT_NO_DEMO = f"UPDATE ir_module_module SET demo = false WHERE name != '{ADDON_NAME}'"
# The language of base.user_admin's partner is the one to make demo data in.
SPEAK = """
people = env["res.users"].with_context(active_test=False).search([]).partner_id
(people | env["res.company"].search([]).partner_id).lang = "{language}"
env.cr.commit()
"""
# Scripts and styles of the web client: 20 s for the first page otherwise, and for the first browser test of each run.
PREGENERATE = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


class PreparedDatabases(Databases):
    """Create the databases for commands; the three context managers yield a name."""

    def template_name(self, language=DEFAULT_LANGUAGE):
        """Return the name of the database with Odoo's modules only."""
        modules = addon.dependencies(self.odoo.tree)
        return f"{PREFIX}template_{short_hash(RECIPE, self.odoo.tree.version, language, *modules)}"

    def tested_name(self):
        """Return the name of the database with the addon and no demo data."""
        return f"{PREFIX}tested_{short_hash(self.template_name(), addon.installed_hash(), *addon.script_times())}"

    def demo_name(self, language=DEFAULT_LANGUAGE):
        """Return the name of this checkout's database with demo data."""
        return f"{PREFIX}demo_{checkout_key()}" + ("" if language == DEFAULT_LANGUAGE else f"_{language.lower()}")

    @contextlib.contextmanager
    def template(self, language=DEFAULT_LANGUAGE):
        """Yield the database with Odoo's modules only. It accepts no connections, only cloning."""
        name = self.template_name(language)
        with locks.shared(self.use_lock(name)):
            with locks.exclusive(f"make-{name}"):
                if not self.exists(name):
                    self.odoo.tree.require_language(language)
                    self._make_template(name) if language == DEFAULT_LANGUAGE else self._make_translated(name, language)
            yield name

    @contextlib.contextmanager
    def tested(self):
        """Yield the database with the addon and no demo data. It accepts no connections, only cloning.

        :raises SetupError: when the installation fails or logs a warning
        """
        name = self.tested_name()
        with locks.shared(self.use_lock(name)):
            with locks.exclusive(f"make-{name}"):
                self.exists(name) or self._make_tested(name)
            install_log.require_clean(f"install-{name}.log")
            yield name

    @contextlib.contextmanager
    def demo(self, language=DEFAULT_LANGUAGE, reset=False):
        """Yield this checkout's database with the addon and demo data, rebuilt when the addon's files have changed.

        :raises SetupError: when it must be rebuilt while in use
        """
        name, key = self.demo_name(language), self._current_key(language)
        with locks.exclusive(f"make-{name}"):
            if reset or self._demo_key(name) != key:
                self._require_unused(name)
                self._make_demo(name, key, language)
        with locks.shared(self.use_lock(name)):
            yield name

    def _make_template(self, name):
        modules = ",".join(addon.dependencies(self.odoo.tree))
        log_name = f"install-{name}.log"
        with self._building(name) as building, step("Database with Odoo's own modules", progress_of(log_name)):
            self.server.query(f"CREATE DATABASE \"{building}\" ENCODING 'UTF8' TEMPLATE template0")
            self._install(building, modules, log_name=log_name)
            self.odoo.shell(building, PREGENERATE)

    def _make_translated(self, name, language):
        log_name = f"install-{name}.log"
        with self.template() as template, self._building(name) as building, step(f"Odoo's own modules in {language}"):
            self.clone(template, building)
            arguments = ["i18n", "loadlang", "-l", language]
            self.odoo.run_logged(*arguments, database=building, log_name=log_name, what=f"load the language {language}")
            self.odoo.shell(building, SPEAK.format(language=language))

    def _make_tested(self, name):
        log_name = f"install-{name}.log"
        with self.template() as template, self._building(name) as building:
            self.clone(template, building)
            with step("Database for tests: the addon without demo data", progress_of(log_name)):
                self._install(building, ADDON_NAME, log_name=log_name)
                self._require_unchanged(name, self.tested_name())
                self.odoo.shell(building, PREGENERATE)

    def _make_demo(self, name, key, language):
        if self.exists(name):
            say("The addon or Odoo has changed, or a new one is asked for: the demo database is made anew")
        log_name = f"install-{name}.log"
        with self.template(language) as template, self._building(name) as building:
            self.clone(template, building)
            with step("Database for people: the addon with demo data", progress_of(log_name)):
                self.install_with_demo(building, log_name)
            self._require_unchanged(key, self._current_key(language))
            self.server.query(f'COMMENT ON DATABASE "{building}" IS %s', [f"{key} {CHECKOUT}"])

    def install_with_demo(self, database, log_name):
        """Install the addon with its own demo data into a copy of the template."""
        self.server.query(PRETEND_DEMO, database=database)
        self._install(database, ADDON_NAME, "--with-demo", log_name=log_name)
        self.server.query(ADMIT_NO_DEMO, database=database)

    def _install(self, database, modules, *options, log_name):
        arguments = ["-i", modules, "--stop-after-init", "--no-http", *options]
        self.odoo.run_logged(*arguments, database=database, log_name=log_name, what=f"install {modules}")

    @contextlib.contextmanager
    def _building(self, name):
        """Yield a temporary name to build under, renamed to ``name`` on success."""
        building = f"{PREFIX}build_{name[len(PREFIX) :]}"
        with locks.exclusive(self.use_lock(building)):
            self.drop(building)
            yield building
            self._require_unused(name)
            self.rename(building, name)

    def _require_unchanged(self, before, after):
        """Check that the addon was not edited during its installation, which leaves the database in doubt.

        :raises SetupError: when it was
        """
        if before != after:
            raise SetupError("the addon's files changed while it was installed: start again")

    def _require_unused(self, name):
        with locks.exclusive_if_free(self.use_lock(name)) as free:
            if self.exists(name) and not free:
                raise SetupError(f"another run uses the database {name}: end it first")

    def _current_key(self, language):
        return short_hash(self.template_name(language), addon.installed_hash())

    def _demo_key(self, name):
        return self.comment(name).partition(" ")[0]
