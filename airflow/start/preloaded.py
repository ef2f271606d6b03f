"""Airflow imported once for all processes of a container: each import takes seconds and a hundred megabytes."""

import gc
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def preload(commands: list[str]) -> None:
    """Imports these commands of Airflow; processes that are forked afterwards have them."""
    for module in ("airflow.__main__", *map(module_of, commands)):
        import_module(module)
    # What is never collected is not written to either, so its memory stays shared.
    gc.collect()
    gc.freeze()


def module_of(command: str) -> str:
    return f"airflow.cli.commands.{command.replace('-', '_')}_command"


def run_airflow(*arguments: str) -> None:
    """Makes this process what `airflow` with these arguments is."""
    from airflow.__main__ import main
    from setproctitle import setproctitle

    forget_own_modules()
    sys.argv = ["airflow", *arguments]
    setproctitle(" ".join(sys.argv))
    main()


def forget_own_modules() -> None:
    """Takes the modules of this folder out of the way: those of the DAGs may have the same names."""
    sys.modules["__main__"] = sys.modules["airflow.__main__"]
    sys.path[:] = [path for path in sys.path if Path(path) != HERE]
    for name, module in [*sys.modules.items()]:
        if HERE in Path(getattr(module, "__file__", None) or "").parents:
            del sys.modules[name]
