"""The metadata database, reached without importing Airflow, which takes seconds and a hundred megabytes."""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

sys.path.append(str(Path(__file__).parents[1] / "config"))
from database_passwords import with_any_password  # noqa: E402

WAIT_LIMIT = 180
# A refused login is seldom mended by waiting: only while a password changes.
LOGIN_LIMIT = 30
RETRY_AFTER = 2
REPEAT_AFTER = 30


def connect():
    """A new connection to the database that Airflow is configured with."""
    return with_any_password(connect_with)


def connect_with(password: str):
    """A new connection with this password, whichever is configured."""
    url = os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
    if not url:
        sys.exit("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN is not set: give it the address of the metadata database.")
    address = re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", url)
    return psycopg2.connect(address, password=password, connect_timeout=5)


def wait_for_database() -> None:
    """Returns once the database answers; ends the process with the last reason when it does not in time."""
    wait("the metadata database", lambda: connect().close(), WAIT_LIMIT)


def wait(what: str, problem: Callable[[], str | None], limit: int) -> None:
    """Returns once there is no problem; says what it waits for, and ends the process when that takes too long."""
    begun = time.monotonic()
    said, said_at = None, begun
    while reason := _reason(problem):
        now = time.monotonic()
        allowed = min(limit, LOGIN_LIMIT) if "authentication failed" in reason else limit
        if now - begun > allowed:
            sys.exit(f"Gave up waiting for {what} after {allowed} s: {reason}")
        if reason != said or now - said_at > REPEAT_AFTER:
            print(f"Waiting for {what}, at most {allowed} s: {reason}", flush=True)
            said, said_at = reason, now
        time.sleep(RETRY_AFTER)


def _reason(problem: Callable[[], str | None]) -> str | None:
    try:
        return problem()
    except psycopg2.Error as error:
        return " ".join(str(error).split())
