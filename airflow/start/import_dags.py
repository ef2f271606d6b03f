"""Imports every DAG file as the dag-processor would, before that does."""

import os
import sys

from database import connect
from preloaded import forget_own_modules


def import_dags() -> None:
    """Ends the process when a DAG file fails that is not known to fail.

    Those that the running version cannot import either are no reason: a container that is started again, when something
    outside has broken a DAG, must not take the others down.
    """
    known = known_import_errors()
    new = {file: trace for (bundle, file), trace in import_errors().items() if (bundle, file) not in known}
    for file, trace in new.items():
        print(f"{file}:\n{trace.strip()}")
    if new:
        print(f"DAG files that cannot be imported: {', '.join(new)}.", flush=True)
        sys.exit(1)


def known_import_errors() -> list[tuple[str, str]]:
    """The bundle and name of each file that the running version cannot import."""
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT bundle_name, filename FROM import_error")
            return cursor.fetchall()
    finally:
        connection.close()


def import_errors() -> dict[tuple[str, str], str]:
    """The traces of files that cannot be imported, by bundle and file."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import BundleDagBag

    forget_own_modules()
    # As in the dag-processor, variables and connections come from the database too.
    os.environ["_AIRFLOW_PROCESS_CONTEXT"] = "server"
    errors = {}
    for bundle in DagBundlesManager().get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        errors |= {(bundle.name, file): trace for file, trace in bag.import_errors.items()}
    return errors
