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

ANOTHER_SESSION = """
import sys
sys.path.insert(0, sys.argv[1])
import preloaded
preloaded.keep_descriptions_of_s3()
import json
from boto3.session import Session
json.loads = sys.exit
Session("-", "-", region_name="fr-par").client("s3")
print("read nothing")
"""

A_DAG = """
import sys
sys.path.insert(0, sys.argv[1])
import preloaded, scheduler
preloaded.preload(["scheduler"], scheduler.USED_BY_DAGS)
before = set(sys.modules)
from airflow.sdk import DAG, task
with DAG("preloaded"):
    @task
    def nothing():
        pass
    nothing()
print(sorted(set(sys.modules) - before))
"""


def run(script: str) -> list[str]:
    start = str(Path(__file__).parents[1])
    return subprocess.run([sys.executable, "-P", "-c", script, start], capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_second_session_reads_no_description_of_s3():
    assert run(ANOTHER_SESSION) == ["read nothing"]


def test_a_dag_imports_nothing_anew():
    assert run(A_DAG) == ["[]"]


def test_modules_of_dags_are_not_mistaken_for_those_that_start_airflow():
    assert [line for line in run(ALONE) if line.startswith("forgot")] == ["forgot database", "forgot migration", "forgot preloaded"]
