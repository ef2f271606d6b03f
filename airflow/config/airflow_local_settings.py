"""Airflow imports this in each of its processes, before it reaches the metadata database."""

from database_passwords import newest_password, with_any_password
from sqlalchemy import event
from sqlalchemy.engine import Engine

__all__: list[str] = []


@event.listens_for(Engine, "do_connect")
def enter(dialect, _record, arguments, parameters):
    """Connections that would use the newest password use the one that the server knows."""
    if parameters.get("password") != newest_password():
        return None
    return with_any_password(
        lambda password: dialect.connect(*arguments, **{**parameters, "password": password})
    )
