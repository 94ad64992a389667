"""Select the database server: a private cluster, or the server in PGHOST."""

import contextlib
import os
import pathlib

from . import locks
from .cluster import PORT, USER, Cluster
from .places import cache, short_hash
from .steps import SetupError

VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGPASSFILE")


class Server:
    """Hold the connection settings of a server.

    ``environment``: the PG… variables (dict), ``private``: whether it is ours alone, ``key``: identifies the server
    """

    def __init__(self, environment, private):
        self.environment = environment
        self.private = private
        self.key = "private" if private else short_hash(environment["PGHOST"], environment.get("PGPORT"))

    def query(self, sql, parameters=None, database="postgres"):
        """Run one statement outside a transaction; return its rows (list of tuples, empty when it has none)."""
        with self._connection(database) as connection, connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def _connection(self, database):
        import psycopg2  # noqa: PLC0415  (there is none before the virtual environment)

        names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
        arguments = {names[name]: value for name, value in self.environment.items() if name in names}
        with contextlib.closing(psycopg2.connect(dbname=database, connect_timeout=10, **arguments)) as connection:
            connection.autocommit = True
            yield connection


@contextlib.contextmanager
def running_server():
    """Yield a Server; a private one runs until its last user leaves.

    :raises SetupError: when none can be reached or started
    """
    if names_other_server(os.environ.get("PGHOST")):
        yield _named_server()
        return
    cluster = Cluster()
    try:
        with locks.shared("postgres-users"):
            with locks.exclusive("postgres-start"):
                cluster.start()
            yield Server({"PGHOST": str(cluster.sockets), "PGPORT": str(PORT), "PGUSER": USER}, private=True)
    finally:
        with locks.exclusive("postgres-start"), locks.exclusive_if_free("postgres-users") as unused:
            if unused:
                cluster.stop()


def names_other_server(host):
    """Return whether ``host`` (str or None) is a foreign server; child processes find our own in PGHOST too."""
    return bool(host) and cache("pg") not in pathlib.Path(host).parents


def _named_server():
    """Return the Server of PGHOST once it answers and permits creating databases."""
    import psycopg2  # noqa: PLC0415  (there is none before the virtual environment)

    server = Server({name: os.environ[name] for name in VARIABLES if os.environ.get(name)}, private=False)
    host = server.environment["PGHOST"]
    try:
        ((may_create,),) = server.query("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
    except psycopg2.OperationalError as error:
        raise SetupError(
            f"cannot reach the PostgreSQL server of PGHOST={host}: {' '.join(str(error).split())}"
        ) from error
    if not may_create:
        raise SetupError(f"the role at PGHOST={host} may not create databases: it needs CREATEDB")
    return server
