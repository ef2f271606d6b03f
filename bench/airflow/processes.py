"""Prints how much anonymous memory each Airflow process of this container has with its children, in bytes, as JSON.

Pages that processes share count for each in equal parts, so the sum is what the container has.
"""

import json
import os
import re
from collections import Counter
from pathlib import Path

AIRFLOW = re.compile(r"airflow[ \0](scheduler|dag.processor|triggerer|api.server)")


def name_of(pid: str) -> str:
    """Of the Airflow process that this is or descends from."""
    if pid == "0":
        return "start and health"
    process = Path("/proc", pid)
    command = AIRFLOW.search((process / "cmdline").read_text())
    if command:
        return command[1].replace("_", "-")
    parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    return name_of(parent)


def anonymous(pid: str) -> int:
    (kilobytes,) = re.findall(r"^Pss_Anon: +(\d+)", Path("/proc", pid, "smaps_rollup").read_text(), re.M)
    return int(kilobytes) * 1024


def main() -> None:
    sums: Counter[str] = Counter()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if pid == str(os.getpid()):
            continue
        try:
            sums[name_of(pid)] += anonymous(pid)
        except (FileNotFoundError, ProcessLookupError):
            pass  # It has ended.
    print(json.dumps(sums))


main()
