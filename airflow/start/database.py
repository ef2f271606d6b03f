"""The metadata database, reached without importing Airflow, which takes seconds and a hundred megabytes."""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2

sys.path.append(str(Path(__file__).parents[1] / "config"))
from database_passwords import with_any_password  # noqa: E402

WAIT_LIMIT = 180
# What the server refuses is seldom mended by waiting: only while a password changes or a database is restored.
REFUSAL_LIMIT = 30
RETRY_AFTER = 2
REPEAT_AFTER = 30

UNREACHABLE = {
    r"No route to host|Network is unreachable|timeout expired": (
        "the private network is not there yet, as in a container's first minutes. If this stays, see that the container "
        "and the database are in the same private network"
    ),
    r"Connection refused|starting up|shutting down|server closed the connection": (
        "the server is there but does not take connections, as while it starts. If this stays, see the state of the "
        "database instance in Scaleway's console"
    ),
    r"too many clients|remaining connection slots": (
        "every connection of the database is taken. If this stays, choose a larger airflow:database.nodeType"
    ),
}
REFUSED = {
    r"password authentication failed": (
        "user or password is not what the database has, as after a change by hand. Set the password in Scaleway's console "
        "to the one in the state (`pulumi stack export --show-secrets`), or rotate it with airflow:rotation.databasePassword"
    ),
    r'database ".*" does not exist|permission denied for database': (
        "the database, or the user's privilege on it, is gone. docs/restore.md says how to bring both back"
    ),
    r"certificate verify failed|does not match host name|certificate file .* does not exist": (
        "the server does not show the certificate that it had at the last deployment. If it was renewed, run "
        "`pulumi up --refresh`; if nobody renewed it, another server answers at this address"
    ),
}


def configure() -> None:
    """Puts the server's certificate where the address expects it, and lets asynchronous code use the same address."""
    url = address()
    certificate = os.environ.get("AIRFLOW_DATABASE_CERTIFICATE")
    for path in parse_qs(urlsplit(url).query).get("sslrootcert", []):
        if certificate:
            Path(path).write_text(certificate)
    # Airflow would choose asyncpg, which does not know the settings of TLS by these names.
    os.environ.setdefault("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC", with_driver("postgresql+psycopg", url))


def connect():
    """A new connection to the database that Airflow is configured with."""
    return with_any_password(connect_with)


def connect_with(password: str):
    """A new connection with this password, whichever is configured."""
    return psycopg2.connect(with_driver("postgresql", address()), password=password, connect_timeout=5)


def address() -> str:
    url = os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
    if not url:
        sys.exit("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN is not set: give it the address of the metadata database.")
    return url


def with_driver(driver: str, url: str) -> str:
    return re.sub(r"^postgres(ql)?(\+\w+)?:", f"{driver}:", url)


def wait_for_database() -> None:
    """Returns once the database answers; ends the process with the last reason when it does not in time."""
    configure()
    wait("the metadata database", lambda: connect().close(), WAIT_LIMIT)


def wait(what: str, problem: Callable[[], str | None], limit: int) -> None:
    """Returns once there is no problem; says what it waits for, and ends the process when that takes too long."""
    begun = time.monotonic()
    said, said_at = None, begun
    while reason := _reason(problem):
        now = time.monotonic()
        allowed = min(limit, REFUSAL_LIMIT) if _advice(REFUSED, reason) else limit
        if now - begun > allowed:
            sys.exit(f"Gave up waiting for {what} after {allowed} s: {explained(reason)}")
        if reason != said or now - said_at > REPEAT_AFTER:
            print(f"Waiting for {what}, at most {allowed} s: {explained(reason)}", flush=True)
            said, said_at = reason, now
        time.sleep(RETRY_AFTER)


def _reason(problem: Callable[[], str | None]) -> str | None:
    try:
        return problem()
    except psycopg2.Error as error:
        return " ".join(str(error).split())


def explained(reason: str) -> str:
    """What the client library says, and what that means here."""
    advice = _advice(REFUSED, reason) or _advice(UNREACHABLE, reason)
    return f"{reason} ({advice}.)" if advice else reason


def _advice(known: dict[str, str], reason: str) -> str | None:
    return next((advice for pattern, advice in known.items() if re.search(pattern, reason)), None)
