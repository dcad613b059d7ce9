"""While a large file goes in, a page's write waits a moment and no longer; on a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


def measured(home, rows):
    """Run the bench in a process of its own on a file database; returns {name: value}."""
    command = ["bench", "import", "--n", str(rows), "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-c", "from shenguan.cli import main; main()", *command],
        env={**os.environ, "SHENGUAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return {line["name"]: line["ours"] for line in lines}


def test_a_page_writes_within_two_seconds_during_an_import(tmp_path):
    assert measured(tmp_path, 600)["导入:页面写入最长等待"] <= 2.0


@pytest.mark.drill
def test_20000_rows_go_in_within_a_minute_and_pages_wait_two_seconds_at_most(tmp_path):
    found = measured(tmp_path, 20_000)
    assert found["导入:首次(历时)"] <= 60
    assert found["导入:页面写入最长等待"] <= 2.0
