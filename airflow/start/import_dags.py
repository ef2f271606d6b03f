"""Imports every DAG file as the dag-processor would, and ends with 1 when one fails that is not known to fail.

Usage: python -P import_dags.py < KNOWN, where KNOWN is a JSON list of [bundle, file] that the running version cannot
import either: they are no reason, as a container that is started again, when something outside has broken a DAG, must
not take the others down. With -P, modules of DAGs are never mistaken for those beside this one.
"""

import json
import os
import sys

# As in the dag-processor, variables and connections come from the database too.
os.environ["_AIRFLOW_PROCESS_CONTEXT"] = "server"

from airflow.dag_processing.bundles.manager import DagBundlesManager  # noqa: E402
from airflow.dag_processing.dagbag import BundleDagBag  # noqa: E402


def import_errors() -> dict[tuple[str, str], str]:
    """The traces of files that cannot be imported, by bundle and file."""
    errors = {}
    for bundle in DagBundlesManager().get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        errors |= {(bundle.name, file): trace for file, trace in bag.import_errors.items()}
    return errors


if __name__ == "__main__":
    known = [tuple(entry) for entry in json.load(sys.stdin)]
    new = {file: trace for (bundle, file), trace in import_errors().items() if (bundle, file) not in known}
    for file, trace in new.items():
        print(f"{file}:\n{trace.strip()}")
    if new:
        print(f"DAG files that cannot be imported: {', '.join(new)}. Nothing is started.", flush=True)
        sys.exit(1)
