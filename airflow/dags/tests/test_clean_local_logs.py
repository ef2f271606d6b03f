import os
import time

from clean_local_logs import delete_older_than

DAY = 24 * 3600


def test_only_old_logs_are_deleted(tmp_path):
    (tmp_path / "run").mkdir()
    ages = {"run/old.log": 31, "run/new.log": 29, "old.txt": 31}
    for name, days in ages.items():
        file = tmp_path / name
        file.touch()
        os.utime(file, (time.time(), time.time() - days * DAY))
    assert delete_older_than(tmp_path, days=30) == 1
    assert sorted(file.name for file in tmp_path.rglob("*.*")) == ["new.log", "old.txt"]
