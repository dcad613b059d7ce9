"""Which tests go through the whole building, from event to page or paper: they are a stage of their own.

A unit test runs one part in some milliseconds. Those below build facts, cube and papers first; named here,
in one place, so that a new one of a part is quick unless somebody says otherwise.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
WHOLE = (
    "tests/",
    "src/shenguan/lab/",
    "src/shenguan/web/api/tests/",
    "src/shenguan/web/tests/",
    "src/shenguan/programs/attention/tests/test_intervals.py",
    "src/shenguan/programs/desk/tests/test_papers.py",
    "src/shenguan/programs/library/tests/test_load.py",
    "src/shenguan/programs/official/",
    "src/shenguan/programs/stages/",
    "src/shenguan/programs/healthcheck/",
    "src/shenguan/programs/reports/tests/papers/",
    "src/shenguan/rulebook/tests/test_library.py",
    "src/shenguan/spine/indicators/",
)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Let no test see what another one's registry answered: each has a registry of its own, under one name."""
    yield
    if freshness := sys.modules.get("shenguan.spine.indicators.freshness"):
        freshness.forget()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the places above."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix().startswith(WHOLE):
            item.add_marker("whole")
