"""Deletes old log files from the scheduler's own disk: with remote logging, the bucket keeps them."""

import time
from datetime import datetime
from pathlib import Path

from airflow.sdk import Param, dag, task
from airflow.sdk.configuration import conf


def delete_older_than(folder: Path, days: int) -> int:
    """How many log files were deleted."""
    limit = time.time() - days * 24 * 3600
    old = [file for file in folder.rglob("*.log") if file.stat().st_mtime < limit]
    for file in old:
        file.unlink()
    return len(old)


@dag(
    schedule="@weekly",
    start_date=datetime(2026, 1, 1),
    params={"keep_days": Param(30, type="integer", minimum=1)},
    tags=["maintenance"],
    doc_md=__doc__,
)
def clean_local_logs():
    @task
    def delete(params: dict | None = None) -> None:
        folder = Path(conf.get("logging", "base_log_folder"))
        print(f"Deleted {delete_older_than(folder, params['keep_days'])} log files from {folder}")

    delete()


clean_local_logs()
