"""Installation while people work: each change of a table of Odoo's is a short transaction of its own.

Odoo changes all tables in the single transaction of the installation. A new column locks its table until the end; a
foreign key then waits for a table in which somebody else is writing, who in turn waits for the first: a deadlock. The
hook therefore makes the schema in advance, with Odoo's own code, from the fields of the models. Odoo then finds it
complete and locks no table that is in use.
"""

import logging
import time
from functools import partial

from psycopg2 import errors

from odoo import SUPERUSER_ID, api
from odoo.modules.module_graph import ModuleGraph
from odoo.modules.registry import Registry
from odoo.orm.environments import Transaction
from odoo.sql_db import db_connect
from odoo.tools import SQL, split_every, sql

_logger = logging.getLogger(__name__)

MODULE = __name__.split(".")[-2]
LOCK_TIMEOUT = "300ms"
"""Upper limit for others to wait behind us while we wait for a lock."""
PATIENCE = 60  # seconds; then the installation fails and can be repeated
PAUSE = 0.2
BATCH = 1000
"""Records whose computed fields are computed in one transaction."""
ALTER, REFER, INDEX = "ACCESS EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE"
BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


def pre_init_hook(env):
    """Create tables, columns, keys and indexes in short transactions of their own."""
    env.cr.commit()  # pylint: disable=invalid-commit  # or we would wait for our own locks
    with db_connect(env.cr.dbname).cursor() as cr:
        schema = Schema(cr, *_registry(cr, env.registry._init_modules))
        schema.make()
    env.cr.postrollback.add(partial(_take_back, env.cr.dbname, schema.required))


def _registry(cr, modules):
    """Return a registry of these modules and ours, as Odoo builds it next, and the names of the models that change.

    The registry in use stays as it is.
    """
    registry = object.__new__(Registry)
    registry.init(cr.dbname)
    graph = ModuleGraph(cr, mode="update")
    graph.extend([*modules, MODULE])
    loaded = {module.name: registry.load(module) for module in graph}
    cr.transaction = Transaction(registry)
    registry._setup_models__(cr)
    return registry, registry.descendants(loaded[MODULE], "_inherit", "_inherits")


def _take_back(database, required):
    """After a failed installation, require nothing that Odoo without the addon does not fill in."""
    with db_connect(database).cursor() as cr:
        for table, column in required:
            sql.drop_not_null(cr, table, column)


def _lock(table, mode):
    return SQL("LOCK TABLE %s IN %s MODE", SQL.identifier(table), SQL(mode))


class Schema:
    """What the addon needs in the database.

    :param cr: a cursor of its own, whose transaction has the ``registry`` that has our models too.
    :param names: the names of the models that we bring or extend.
    """

    def __init__(self, cr, registry, names):
        self.cr = cr
        self.registry = registry
        self.names = names
        self.env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        self.required, self.keys = [], []
        registry._post_init_queue, registry._foreign_keys, registry._is_install = [], {}, True

    def make(self):
        """Create what is missing, so that a failed installation can be repeated."""
        start = time.monotonic()
        for model in self._models_of_ours():
            self._step((), model._auto_init)
        for model in self._models_of_others():
            self._make_columns(model)
        self._describe_models()
        self._make_foreign_keys()
        self._make_indexes()
        self._make_constraints()
        for model in self._models_of_others():
            self._compute(model)
        _logger.info("%s: the schema was made in %.1f s", MODULE, time.monotonic() - start)

    def _models(self):
        models = map(self.env.__getitem__, self.names)
        return [model for model in models if model._auto and not model._abstract]

    def _models_of_ours(self):
        return [model for model in self._models() if model._original_module == MODULE]

    def _models_of_others(self):
        return [model for model in self._models() if model._original_module != MODULE and self._fields(model)]

    def _fields(self, model):
        """Return the fields that we add to a model of Odoo's, the parts of fields of others excluded."""
        fields = model._fields.values()
        return [field for field in fields if field.store and field._modules[:1] == (MODULE,) and not field.manual]

    def _make_columns(self, model):
        """Make the columns and the relations of our fields on ``model``."""
        model = model.with_context(prefetch_fields=False)  # a default must not read a column to come
        for field in self._fields(model):
            columns = sql.table_columns(self.cr, model._table)
            if field.column_type and field.required and columns.get(field.name, {}).get("is_nullable") != "NO":
                self.required.append((model._table, field.name))
            locks = [_lock(model._table, ALTER)] if field.column_type else []
            self._step(locks, field.update_db, model, columns)

    def _describe_models(self):
        """Update the rows of extended models in advance: each new activity locks such a row by its foreign key."""
        names = [name for name in self.names if self.env[name]._original_module != MODULE]
        lock = SQL("SELECT FROM ir_model WHERE model = ANY(%s) FOR UPDATE", names)
        self._step([lock], self.env["ir.model"]._reflect_models, names)

    def _make_foreign_keys(self):
        self.registry._ordinary_tables = None  # or the new ones are none
        for key in self.keys:
            key()
        keys = self.registry._foreign_keys
        for (table, column), (other, other_column, ondelete, _model, _module) in keys.items():
            if not sql.get_foreign_keys(self.cr, table, column, other, other_column, ondelete):
                locks = [_lock(table, REFER), _lock(other, REFER)]
                self._step(locks, sql.add_foreign_key, self.cr, table, column, other, other_column, ondelete)

    def _make_indexes(self):
        for model in self._models_of_others():
            for field in self._fields(model):
                if field.index and not sql.index_exists(self.cr, sql.make_index_name(model._table, field.name)):
                    self._step([_lock(model._table, INDEX)], self._make_index, model, field)

    def _make_index(self, model, field):
        """Have Odoo make the index of one field."""
        self.registry.check_indexes(self.cr, [model._name])

    def _make_constraints(self):
        for model in self._models_of_others():
            for part in model._table_objects.values():
                if part._module == MODULE:
                    self._step([_lock(model._table, ALTER)], part.apply_to_database, model)

    def _compute(self, model):
        """Compute new stored fields on existing records: Odoo does so only for columns that it makes itself."""
        table = SQL.identifier(model._table)
        for field in self._fields(model):
            if field.column_type and field.compute:
                missing = SQL("SELECT id FROM %s WHERE %s IS NULL ORDER BY id", table, SQL.identifier(field.name))
                ids = [id_ for (id_,) in self.env.execute_query(missing)]
                for part in split_every(BATCH, ids):
                    lock = SQL("SELECT FROM %s WHERE id = ANY(%s) FOR NO KEY UPDATE", table, list(part))
                    self._step([lock], self.env.add_to_compute, field, model.browse(part))

    def _step(self, locks, function, *arguments):
        """Call a function in a transaction of its own, once all ``locks`` (SQL) could be taken; return its result."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._transaction(locks, function, *arguments)
            except BUSY:
                self.cr.rollback()
                if time.monotonic() > end:
                    raise
            time.sleep(PAUSE)

    def _transaction(self, locks, function, *arguments):
        self.cr.commit()  # pylint: disable=invalid-commit
        self.registry._post_init_queue = []
        self.cr.execute("SELECT set_config('lock_timeout', %s, TRUE)", [LOCK_TIMEOUT])
        for lock in locks:
            self.cr.execute(lock, log_exceptions=False)
        result = function(*arguments)
        self._finish()
        self.env.flush_all()
        self.cr.commit()  # pylint: disable=invalid-commit
        return result

    def _finish(self):
        """Call what Odoo's functions put off: keys last; relations are reflected later, with the models."""
        put_off, self.registry._post_init_queue = self.registry._post_init_queue, []
        for call in put_off:
            name = getattr(call.func, "__name__", "")
            if name.startswith("update_db_foreign_key"):
                self.keys.append(call)
            elif name != "_reflect_relation":
                call()
