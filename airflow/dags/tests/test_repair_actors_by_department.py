import pytest
from actors import warehouse
from repair_actors_by_department import CHECKS, failures


def actor(siret: str, postcode: str, service: str) -> dict[str, str]:
    return {"name": f"Actor {siret}", "siret": siret, "postcode": postcode, "service": service}


def test_actors_are_counted_by_department():
    actors = [actor("1", "29200", "repair"), actor("2", "29870", "reuse"), actor("3", "97400", "repair")]
    assert warehouse.build(actors) == [
        {"department": "29", "actors": 2, "repairers": 1},
        {"department": "974", "actors": 1, "repairers": 1},
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_good_rows_pass(check):
    assert failures(check, [{"department": "29", "actors": 2, "repairers": 1}]) == []


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        ("unique_department", [{"department": "29", "actors": 1, "repairers": 0}] * 2),
        ("at_least_one_actor", [{"department": "29", "actors": 0, "repairers": 0}]),
        ("no_more_repairers_than_actors", [{"department": "29", "actors": 1, "repairers": 2}]),
    ],
)
def test_bad_rows_are_found(check, rows):
    assert failures(check, rows) == rows
