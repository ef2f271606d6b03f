"""Airflow imported once for all processes of a container: each import takes seconds and a hundred megabytes."""

import gc
import multiprocessing
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def preload(commands: list[str], modules: tuple[str, ...] = ()) -> None:
    """Imports these commands of Airflow, and modules; processes that are forked afterwards have them."""
    for module in ("airflow.__main__", *map(module_of, commands), *modules):
        import_module(module)
    keep_descriptions_of_s3()
    # What is never collected is not written to either, so its memory stays shared.
    gc.collect()
    gc.freeze()


def keep_descriptions_of_s3() -> None:
    """Without this, each upload of a log reads boto3's descriptions of S3 anew, into 12 MiB and with 0.1 s of a CPU."""
    from botocore.loaders import JSONFileLoader, Loader

    reader = JSONFileLoader()
    reader.load_file = cache(reader.load_file)
    Loader.FILE_LOADER_CLASS = staticmethod(lambda: reader)
    for name in ("service-2", "endpoint-rule-set-1"):
        Loader().load_service_model("s3", name)
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        Loader().load_data(name)


def module_of(command: str) -> str:
    return f"airflow.cli.commands.{command.replace('-', '_')}_command"


def run_airflow(*arguments: str) -> None:
    """Makes this process what `airflow` with these arguments is."""
    from airflow.__main__ import main
    from setproctitle import setproctitle

    forget_own_modules()
    # The scheduler obeys SIGTERM only in a process of this name.
    multiprocessing.current_process().name = "MainProcess"
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
