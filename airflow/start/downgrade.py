"""Takes the metadata database back to the schema of a former Airflow, which only a newer one can. Started by DOWNGRADE_TO."""

from collections.abc import Mapping

from database import connect, wait
from migration import SCHEMAS, history, is_migrated, migration_lock, revisions

# Longer than a container that is replaced has to end, and than the heartbeat of one that was killed stays fresh.
END_LIMIT = 180
RUNNING = """
    SELECT string_agg(DISTINCT job_type, ', ' ORDER BY job_type) FROM job
    WHERE state = 'running' AND latest_heartbeat > now() - interval '30 seconds'
"""


def downgrade(versions: Mapping[str, str]) -> None:
    """Brings each schema to that of its version, once nothing of Airflow runs any more. What is done is not done again."""
    targets = older_targets(versions)
    wait("the end of Airflow's processes", running, END_LIMIT)
    with migration_lock():
        for table, revision in targets.items():
            if revisions()[table] != revision:
                print(f"Taking {table} back to {revision}.", flush=True)
                take_back(table, revision)
    print(f"The metadata database has the schema of {describe(versions)}: deploy that version now.", flush=True)


def older_targets(versions: Mapping[str, str]) -> dict[str, str]:
    """The revision to go back to, by table; ends the process where none is an older one, or the database is older still."""
    targets = {table: target(table, versions[schema.setting]) for table, schema in SCHEMAS.items() if schema.setting in versions}
    refuse_unless_older(targets, versions)
    return targets


def target(table: str, version: str) -> str:
    """The revision that a version has."""
    from airflow.cli.commands.db_command import _get_version_revision

    revision = _get_version_revision(version, heads(table))
    if revision is None:
        raise SystemExit(f"The database cannot go back to {SCHEMAS[table].distribution} {version}: it is too old.")
    return revision


def refuse_unless_older(targets: Mapping[str, str], versions: Mapping[str, str]) -> None:
    is_migrated()
    current = revisions()
    if all(revision == history(table)[0] for table, revision in targets.items()):
        images = describe({schema.setting: schema.version for schema in SCHEMAS.values()})
        raise SystemExit(
            f"{describe(versions)} needs no other schema than these images, of {images}: there is nothing to take back. "
            "Remove the setting airflow:downgrade and deploy the former version."
        )
    for table, revision in targets.items():
        known = history(table)
        if table not in current or known.index(revision) < known.index(current[table]):
            raise SystemExit(
                f"The database is older already than {describe(versions)}: {table} is at {current.get(table)}. "
                "Remove the setting airflow:downgrade and deploy that version, which migrates it."
            )


def running() -> str | None:
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(RUNNING)
            names = cursor.fetchone()[0]
            return f"these still run: {names}" if names else None
    finally:
        connection.close()


def describe(versions: Mapping[str, str]) -> str:
    return " and ".join(
        f"{schema.distribution} {versions[schema.setting]}" for schema in SCHEMAS.values() if schema.setting in versions
    )


def heads(table: str) -> dict[str, str]:
    """The last revision of each version that has brought one."""
    if table == "alembic_version":
        from airflow.utils.db import _REVISION_HEADS_MAP

        return _REVISION_HEADS_MAP
    from airflow.providers.fab.auth_manager.models.db import FABDBManager

    return FABDBManager.revision_heads_map


def take_back(table: str, revision: str) -> None:
    """As `airflow db downgrade` and `airflow fab-db downgrade` do."""
    from airflow.utils.db import downgrade
    from airflow.utils.providers_configuration_loader import providers_configuration_loaded
    from airflow.utils.session import create_session

    if table == "alembic_version":
        providers_configuration_loaded(downgrade)(to_revision=revision)
        return
    from airflow.providers.fab.auth_manager.models.db import FABDBManager

    with create_session() as session:
        FABDBManager(session).downgrade(to_revision=revision)
