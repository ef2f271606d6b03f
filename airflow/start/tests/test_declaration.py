import pytest
from declaration import MARK, Step, is_marked, marked, plan, unmarked

warehouse = {"host": "db", "password": "hush", "description": marked("the warehouse")}


def by_hand(**fields):
    return {"host": "elsewhere", "description": "mine", **fields}


@pytest.mark.parametrize(
    ("case", "declared", "existing", "expected"),
    [
        ("nothing is declared, nothing is there", {}, {}, []),
        ("what is missing is created", {"a": warehouse}, {}, [Step("create", "a")]),
        ("what is equal is not written", {"a": warehouse}, {"a": dict(warehouse)}, []),
        (
            "what was changed by hand, or is declared otherwise, is set",
            {"a": warehouse},
            {"a": {**warehouse, "host": "other", "password": None}},
            [Step("change", "a", ("host", "password"))],
        ),
        (
            "what was made by hand is taken over once it is declared",
            {"a": warehouse},
            {"a": by_hand()},
            [Step("adopt", "a", ("host", "password", "description"))],
        ),
        (
            "what could not be read is set",
            {"a": warehouse},
            {"a": {"description": warehouse["description"]}},
            [Step("change", "a", ("host", "password"))],
        ),
        ("what is no longer declared is deleted", {}, {"a": warehouse}, [Step("delete", "a")]),
        ("what is neither declared nor marked is left alone", {}, {"a": by_hand()}, []),
        ("a description that only mentions the mark is no mark", {}, {"a": by_hand(description=f"{MARK}?")}, []),
        ("no description is no mark", {}, {"a": by_hand(description=None)}, []),
    ],
)
def test_plan(case, declared, existing, expected):
    assert plan(declared, existing) == expected, case


def test_what_is_kept_only_loses_its_mark():
    pools = {"default_pool": {"slots": 8, "description": MARK}, "dbt": {"slots": 4, "description": MARK}}
    steps = plan({}, pools, {"default_pool"})
    assert steps == [Step("release", "default_pool"), Step("delete", "dbt")]


@pytest.mark.parametrize("description", [None, "", "the warehouse"])
def test_a_mark_comes_off_again(description):
    assert is_marked(marked(description))
    assert unmarked(marked(description)) == (description or "")


def test_what_is_said_names_the_object_and_no_value():
    steps = plan({"a": warehouse, "b": warehouse}, {"a": by_hand(password="secret"), "c": warehouse})
    said = [step.sentence("connection") for step in steps]
    assert said == [
        "Took over the connection a, which was there before; what differed: host, password, description.",
        "Created the connection b.",
        "Deleted the connection c, which is no longer declared.",
    ]
