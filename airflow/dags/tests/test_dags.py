import pytest
from airflow.dag_processing.dagbag import DagBag


@pytest.fixture(scope="module")
def bag(dags_folder) -> DagBag:
    return DagBag(dags_folder)


def test_every_file_is_imported(bag):
    assert bag.import_errors == {}


def test_every_dag_is_there(bag):
    assert sorted(bag.dags) == [
        "clean_local_logs",
        "ingest_repair_actors",
        "repair_actors_by_department",
    ]


def test_each_id_is_used_by_one_file(bag):
    files = [dag.fileloc for dag in bag.dags.values()]
    assert len(set(files)) == len(files)


def test_no_dag_has_a_cycle(bag):
    for dag in bag.dags.values():
        dag.check_cycle()


def test_every_dag_says_what_it_does_and_is_tagged(bag):
    for dag in bag.dags.values():
        assert dag.doc_md and dag.tags, dag.dag_id
