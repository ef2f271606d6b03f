"""The schema of the metadata database: one process migrates it, under a lock; every other waits for that."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from database import connect, wait

MIGRATION_LIMIT = 300
# Airflow's own lock is taken after it has looked at the schema, and given up after two seconds.
LOCK = 5_264_772_713
TAKEN = "another container is migrating it"
BEHIND = "its schema is older than this Airflow; the webserver's container migrates it"


class Schema(NamedTuple):
    """What belongs together: the setting that takes it back, the package with its `migrations`, its distribution."""

    setting: str
    package: str
    distribution: str

    @property
    def version(self) -> str:
        return version(self.distribution)


# By the table that holds the revision.
SCHEMAS = {
    "alembic_version": Schema("airflow", "airflow", "apache-airflow"),
    "alembic_version_fab": Schema("fab", "airflow.providers.fab", "apache-airflow-providers-fab"),
}


@contextmanager
def migration_lock() -> Iterator[None]:
    """Holds the lock under which the schema changes. The database frees it when the process ends, however it ends."""
    connection = connect()
    connection.autocommit = True
    try:
        wait("the schema of the metadata database", lambda: None if _try_lock(connection) else TAKEN, MIGRATION_LIMIT)
        yield
    finally:
        connection.close()


def _try_lock(connection, shared: bool = False) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock{'_shared' if shared else ''}(%s)", (LOCK,))
        return cursor.fetchone()[0]


def migrate() -> None:
    """Brings the schema to this Airflow's version. To be called under the lock."""
    from airflow.utils.db import upgradedb
    from airflow.utils.providers_configuration_loader import providers_configuration_loaded

    is_migrated()
    print("Migrating the metadata database.", flush=True)
    providers_configuration_loaded(upgradedb)()
    print("The metadata database is migrated.", flush=True)


def wait_for_migration() -> None:
    """Returns once the schema is this Airflow's and nobody changes it; ends the process when that takes too long."""
    wait("the schema of the metadata database", _migration_problem, MIGRATION_LIMIT)


def _migration_problem() -> str | None:
    if not is_migrated():
        return BEHIND
    connection = connect()
    connection.autocommit = True
    try:
        return None if _try_lock(connection, shared=True) else TAKEN
    finally:
        connection.close()


def is_migrated() -> bool:
    """Whether every schema is this image's; ends the process when one is newer."""
    current = revisions()
    for table, revision in current.items():
        if revision not in history(table):
            raise SystemExit(newer(table, revision))
    return all(current.get(table) == history(table)[0] for table in SCHEMAS)


def newer(table: str, revision: str) -> str:
    schema = SCHEMAS[table]
    versions = " ".join(f"--{schema.setting} {schema.version}" for schema in SCHEMAS.values())
    return (
        f"The metadata database is newer than this image: {table} is at {revision}, which {schema.distribution} "
        f"{schema.version} does not know, and only the newer image can take it back. Go to the checkout that was "
        f"deployed before this one and type: npm run back -- --stack <stack> {versions}\n"
        "Then deploy this one again (docs/back.md). Or stay with the newer one: deploy it again."
    )


def revisions() -> dict[str, str]:
    """The revision in each table of versions that exists."""
    connection = connect()
    try:
        with connection.cursor() as cursor:
            found = {}
            for table in SCHEMAS:
                cursor.execute("SELECT to_regclass(%s)", (table,))
                if cursor.fetchone()[0] is None:
                    continue
                cursor.execute(f"SELECT version_num FROM {table}")
                found |= {table: row[0] for row in cursor.fetchall()}
            return found
    finally:
        connection.close()


@cache
def history(table: str) -> list[str]:
    """The revisions that this image knows, the newest first."""
    from alembic.script import ScriptDirectory

    folder = find_spec(SCHEMAS[table].package).submodule_search_locations[0]
    return [script.revision for script in ScriptDirectory(str(Path(folder) / "migrations")).walk_revisions()]
