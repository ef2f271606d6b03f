import pytest
from actors import rules

GOOD = {"name": "Repair Café", "siret": "73282932000074", "postcode": "2A004", "service": "repair"}


def test_a_valid_actor_has_no_problem():
    assert rules.problems(GOOD) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [({"siret": "73282932000075"}, "SIRET"), ({"siret": ""}, "SIRET"), ({"postcode": "2C004"}, "postcode")],
)
def test_an_invalid_actor_is_refused_with_the_reason(change, problem):
    assert rules.problems({**GOOD, **change}) == [problem]


def test_spaces_do_not_matter():
    assert rules.normalise({**GOOD, "name": " Repair Café ", "siret": "732 829 320 00074"}) == GOOD


def test_the_first_of_two_actors_with_one_siret_stays():
    other = {**GOOD, "siret": "55208131766522"}
    assert rules.without_duplicates([GOOD, other, {**GOOD, "name": "Copy"}]) == [GOOD, other]


def test_the_source_has_five_actors_to_publish():
    actors = rules.without_duplicates([rules.normalise(actor) for actor in rules.read_source()])
    assert len([actor for actor in actors if not rules.problems(actor)]) == 5
