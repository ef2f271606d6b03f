"""Gives an Airflow 2 a history: 20 runs of 50 tasks of a DAG that the new one has too, connections, variables, results."""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.models import Connection, TaskInstance, Variable, XCom
from airflow.operators.empty import EmptyOperator
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunType
from sqlalchemy import text

FIRST = datetime(2026, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)

with DAG("ingest_repair_actors", schedule="@daily", start_date=FIRST) as dag:
    for number in range(50):
        EmptyOperator(task_id=f"load_{number}")
dag.sync_to_db()

for day in range(20):
    date = FIRST + day * DAY
    run = dag.create_dagrun(
        run_type=DagRunType.SCHEDULED,
        execution_date=date,
        state=DagRunState.SUCCESS,
        data_interval=(date, date + DAY),
        start_date=date + DAY,
        external_trigger=False,
    )
    XCom.set(key="return_value", value=day, task_id="load_0", dag_id=dag.dag_id, run_id=run.run_id)

with create_session() as session:
    session.query(TaskInstance).update(
        {"state": TaskInstanceState.SUCCESS, "try_number": 1, "start_date": FIRST, "end_date": FIRST + DAY}
    )
    for number in range(10):
        session.add(
            Connection(
                conn_id=f"former_{number}", conn_type="postgres", host="db", password=f"s3cret {number}", extra='{"a": "é"}'
            )
        )
    session.flush()
    # As an Airflow without a Fernet key keeps it.
    session.execute(
        text("UPDATE connection SET password = 'in clear', is_encrypted = false WHERE conn_id = 'former_9'")
    )
Variable.set("former_variable", "its välue")
