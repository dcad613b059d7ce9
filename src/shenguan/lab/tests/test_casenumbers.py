"""Case numbers of the shared judgments: how many resolve, and how surely by name."""

import os
from pathlib import Path

import pytest

from shenguan.lab.casenumbers import Figures, measure
from shenguan.rulebook import load

SHARED = Path(os.environ.get("SHENGUAN_SHARED") or Path(__file__).parents[5] / "shared")


@pytest.fixture(scope="module")
def figures() -> Figures:
    if not (SHARED / "data" / "judgments").is_dir():
        pytest.skip(f"没有共享裁判文书目录 {SHARED}，可用 SHENGUAN_SHARED 指定")
    return measure(SHARED, load().codes)


@pytest.mark.judgments
def test_numbers_since_2016_resolve_from_the_number_alone(figures):
    assert figures.modern > 9000
    assert figures.modern_resolved / figures.modern >= 0.99


@pytest.mark.judgments
def test_numbers_before_2016_are_read(figures):
    assert figures.old > 8000
    assert figures.old_parsed / figures.old >= 0.98


@pytest.mark.judgments
def test_numbers_before_2016_get_their_court_from_the_printed_name(figures):
    assert figures.head > 3000
    assert figures.head_court / figures.head >= 0.95
    assert figures.old_court / figures.old_parsed >= 0.95


@pytest.mark.judgments
def test_the_court_found_by_name_is_the_court_of_the_code(figures):
    assert figures.name_checked > 5000
    assert figures.name_agrees / figures.name_checked >= 0.99
