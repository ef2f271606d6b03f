import subprocess
import sys
from pathlib import Path

ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
import airflow.__main__
import database, migration, preloaded
preloaded.forget_own_modules()
for name in ("database", "migration", "preloaded"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        print("forgot", name)
import dill
"""


def test_modules_of_dags_are_not_mistaken_for_those_that_start_airflow():
    start = str(Path(__file__).parents[1])
    output = subprocess.run([sys.executable, "-P", "-c", ALONE, start], capture_output=True, text=True, check=True).stdout
    assert [line for line in output.splitlines() if line.startswith("forgot")] == ["forgot database", "forgot migration", "forgot preloaded"]
