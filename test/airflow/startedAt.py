#!/usr/bin/env python
"""Stands in for `airflow`: says which process would start now, and on which schema."""

import sys
import time

sys.path.append("/opt/airflow/start")

from migration import is_migrated, revisions

print("STARTED", sys.argv[1], "on", is_migrated(), *revisions().values(), flush=True)
time.sleep(3600)
