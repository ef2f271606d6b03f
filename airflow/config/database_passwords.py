"""The passwords with which the metadata database may be entered, while one replaces another."""

import json
import os
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urlsplit

Connection = TypeVar("Connection")
_taken: list[str] = []


def newest_password() -> str:
    """The password in the address that Airflow is configured with."""
    url = os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "")
    return unquote(urlsplit(url).password or "")


def is_refused(error: Exception) -> bool:
    """Whether this is how the server refuses a password; no driver gives the reason but in words."""
    return "password authentication failed" in str(error)


def with_any_password(connect: Callable[[str], Connection]) -> Connection:
    """What `connect` gives with the first password that the server takes: the one that it took last, or the newest."""
    former = json.loads(os.environ.get("FORMER_DATABASE_PASSWORDS", "[]"))
    *others, last = dict.fromkeys([*_taken, newest_password(), *former])
    for password in others:
        try:
            return _remember(password, connect(password))
        except Exception as error:
            if not is_refused(error):
                raise
    return _remember(last, connect(last))


def _remember(password: str, connection: Connection) -> Connection:
    _taken[:] = [password]
    return connection
