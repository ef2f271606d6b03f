"""The API server builds the API for tasks at the first request to it, and answers nobody for the seconds that takes."""

import os
import threading
from contextlib import suppress
from urllib.request import urlopen

LIMIT = 60


def have_it_built() -> None:
    """In the background, so that it is there for the first task."""
    if address := os.environ.get("AIRFLOW__CORE__EXECUTION_API_SERVER_URL"):
        threading.Thread(target=ask, args=(address,), daemon=True).start()


def ask(address: str) -> None:
    with suppress(OSError):
        urlopen(f"{address.rstrip('/')}/health", timeout=LIMIT).close()
