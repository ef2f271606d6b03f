"""The first user of a new Airflow, who can create the others."""

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
from werkzeug.security import check_password_hash


def ensure_admin(username: str, password: str) -> None:
    """Makes sure that this user exists, is an active administrator and has this password."""
    with get_application_builder() as builder:
        users = builder.sm
        admin = users.find_role("Admin")
        user = users.find_user(username)
        if user is None:
            created = users.add_user(username, username, "", f"{username}@localhost", admin, password)
            if not created:
                raise SystemExit(f"The administrator {username} could not be created; see the errors above.")
            print(f"Created the administrator {username}.", flush=True)
            return
        if not check_password_hash(user.password, password):
            users.reset_password(user.id, password)
            print(f"Changed the password of {username} to the configured one.", flush=True)
        if not user.active or admin not in user.roles:
            user.active = True
            user.roles = [*user.roles, admin]
            users.update_user(user)
            print(f"Made {username} an active administrator again.", flush=True)
