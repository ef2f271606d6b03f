"""Prints, as JSON, every setting that the Airflow of this image knows or once knew.

Reads Airflow's own description of its settings, its list of changes, and its source: some settings are read without
being described, and some are read as a number or a boolean though described as text. Runs inside the image.
"""

import ast
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import airflow
from airflow._shared.configuration.parser import _build_kwarg_env_prefix
from airflow.cli.commands.config_command import CONFIGS_CHANGES
from airflow.configuration import conf, retrieve_configuration_description
from airflow.providers_manager import ProvidersManager

Option = tuple[str, str]

# Their sections are chosen at run time: airflow.utils.process_utils.resolve_mp_start_method.
READ_UNDER_COMPUTED_NAMES = [
    (component, option)
    for component in ("scheduler", "dag_processor", "triggerer")
    for option in ("mp_start_method", "mp_forkserver_preload")
]
TYPES = ("boolean", "integer", "float")
READERS = {"get", "get_mandatory_value", "has_option", "getimport", "getjson", "getlist", "getenum", "getenumlist"}
TYPED_READERS = {
    "getboolean": "boolean",
    "getint": "integer",
    "getfloat": "float",
    "gettimedelta": "integer",
    "_config_bool_factory": "boolean",
    "_config_int_factory": "integer",
}


def settings(reads: dict[Option, str | None], open_sections: set[str]) -> dict:
    known = known_options(reads)
    changes = changed_options(known)
    prefixes = [_build_kwarg_env_prefix(*option) for option in kwargs_options()]
    return {
        "airflow": version("apache-airflow"),
        "providers": {name: info.version for name, info in ProvidersManager().providers.items()},
        "openPrefixes": sorted(prefixes + [conf._env_var_name(section, "") for section in open_sections]),
        "sections": by_section(known),
        "renamed": by_section({old: facts for old, facts in changes.items() if "to" in facts}),
        "removed": by_section({old: facts["advice"] for old, facts in changes.items() if "advice" in facts}),
    }


def known_options(reads: dict[Option, str | None]) -> dict[Option, dict]:
    """The options of this image: those that are described and those that are only read."""
    described = {
        (section, option): facts
        for section, content in retrieve_configuration_description().items()
        for option, facts in content["options"].items()
    }
    undescribed = {*reads, *READ_UNDER_COMPUTED_NAMES} - {*described, *conf.inversed_deprecated_options}
    known = {option: facts_of(option, facts, reads.get(option)) for option, facts in described.items()}
    return known | {option: facts_of(option, {}, reads.get(option)) for option in undescribed}


def facts_of(option: Option, described: dict, read_as: str | None) -> dict:
    kind = read_as or described.get("type")
    facts = {
        "type": kind if kind in TYPES else None,
        "mayBeEmpty": kind in TYPES and described.get("default") == "",
        "choices": conf.enums_options.get(option),
        "sensitive": option in conf.sensitive_config_values,
        "deprecated": deprecation(described),
        "refused": refused_values(option),
    }
    return {name: value for name, value in facts.items() if value}


def deprecation(described: dict) -> dict | None:
    if not described.get("version_deprecated"):
        return None
    # What to do instead is in the last paragraph of the reason.
    advice = described["deprecation_reason"].strip().rpartition("\n\n")[2]
    return {"since": described["version_deprecated"], "advice": one_line(advice)}


def refused_values(option: Option) -> dict[str, str]:
    """The values that Airflow's list of changes calls invalid, with what it suggests."""
    changes = [change for change in CONFIGS_CHANGES if tuple(change.config) == option]
    values = [(change.is_invalid_if or change.remove_if_equals, change.suggestion) for change in changes]
    return {str(value): one_line(suggestion) for value, suggestion in values if value is not None}


def changed_options(known: dict[Option, dict]) -> dict[Option, dict]:
    """What was renamed or removed, seen from the old name."""
    renamed = {tuple(c.config): tuple(c.renamed_to) for c in CONFIGS_CHANGES if c.renamed_to}
    renamed |= conf.inversed_deprecated_options
    removed = {tuple(c.config): c.suggestion for c in CONFIGS_CHANGES if not c.renamed_to and c.was_removed}
    changes = {}
    for old in {*renamed, *removed} - {*known}:
        new = final_name(old, renamed)
        if new in known:
            facts = {"to": new, "since": since(old), "stillRead": is_read_for(old, new)}
            changes[old] = {name: value for name, value in facts.items() if value}
        else:
            changes[old] = {"advice": one_line(removed.get(new) or removed.get(old) or "")}
    return changes


def final_name(option: Option, renamed: dict[Option, Option]) -> Option:
    return final_name(renamed[option], renamed) if option in renamed else option


def since(old: Option) -> str | None:
    """The version that renamed it, where Airflow says so."""
    new = conf.inversed_deprecated_options.get(old)
    return conf.deprecated_options[new][2] if new else None


def is_read_for(old: Option, new: Option) -> bool:
    """Whether Airflow, asked for the new option, answers what is set under the old name."""
    with environment(conf._env_var_name(*old), "a value"), environment(conf._env_var_name(*new), None):
        return conf.get(*new, fallback=None) == "a value"


@contextmanager
def environment(name: str, value: str | None):
    before = os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value
    yield
    os.environ.pop(name, None)
    if before is not None:
        os.environ[name] = before


def kwargs_options() -> list[Option]:
    """Options whose entries can be set one by one."""
    return [("secrets", "backend_kwargs"), ("workers", "secrets_backend_kwargs")]


def by_section(options: dict[Option, dict | str]) -> dict[str, dict]:
    sections = defaultdict(dict)
    for (section, option), facts in options.items():
        sections[section][option] = facts
    return sections


def one_line(text: str) -> str:
    return " ".join(text.split())


def find_reads() -> tuple[dict[tuple[str, str], str | None], set[str]]:
    """The options that are read by name, with their type where all reads agree, and the sections read as a whole."""
    types, sections = defaultdict(set), set()
    for call in calls():
        names = [literal(argument) for argument in arguments(call)]
        reader = name_of(call.func)
        if reader == "getsection" and names and names[0]:
            sections.add(names[0].lower())
        elif reader in READERS | TYPED_READERS.keys() and len(names) > 1 and names[0] and names[1]:
            option = (names[0].lower(), names[1].lower())
            if reader != "has_option":
                types[option].add(TYPED_READERS.get(reader))
    return {option: found.pop() if len(found) == 1 else None for option, found in types.items()}, sections


def calls() -> Iterator[ast.Call]:
    """Every call of a reader of Airflow's configuration."""
    for file in Path(airflow.__path__[0]).rglob("*.py"):
        source = file.read_text()
        if "conf" not in source:
            continue
        tree = list(ast.walk(ast.parse(source)))
        names = {name for node in tree if isinstance(node, ast.ImportFrom) for name in imported_conf(node)}
        for node in tree:
            if isinstance(node, ast.Call) and reads_configuration(node.func, names):
                yield node


def imported_conf(node: ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        if alias.name == "conf":
            yield alias.asname or alias.name


def reads_configuration(function: ast.expr, names: set[str]) -> bool:
    if isinstance(function, ast.Name):
        return function.id in TYPED_READERS
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in names


def arguments(call: ast.Call) -> list[ast.expr]:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    return [*call.args, *(named[name] for name in ("section", "key") if name in named)]


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr


if __name__ == "__main__":
    print(json.dumps(settings(*find_reads())))
