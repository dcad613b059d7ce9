"""One line from a city's cases to its first figures, on the command line alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.journeys.conftest import shenguan

PERIOD = ["--from", "2025-01-01", "--to", "2025-12-31"]
ADDITIVE = ("opening", "filed", "closed", "pending", "timely_closed", "timely_base")


def figures(home: Path, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        shenguan(home, "figures", *PERIOD, *arguments, "--format", "json")
    )
    return rows


def test_figures_of_a_year_balance(city_home):
    (row,) = figures(city_home)
    assert row["filed"] > 0
    assert row["opening"] + row["filed"] - row["closed"] == row["pending"]
    assert row["timely_closed"] <= row["timely_base"] <= row["closed"]
    assert 0 <= row["timely_rate"] <= 1


def test_the_courts_add_up_to_the_city(city_home):
    (whole,) = figures(city_home)
    courts = figures(city_home, "--by", "court")
    assert len(courts) > 1
    assert {key: sum(court[key] for court in courts) for key in ADDITIVE} == {
        key: whole[key] for key in ADDITIVE
    }


def test_an_empty_home_gives_empty_figures_and_no_rate(tmp_path):
    (row,) = figures(tmp_path / "new")
    assert (row["filed"], row["timely_rate"]) == (0, None)


def test_a_restored_home_gives_the_same_figures(city_home, tmp_path):
    archive, back = tmp_path / "city.tar.gz", tmp_path / "back"
    shenguan(city_home, "backup", "--out", str(archive))
    shenguan(back, "restore", str(archive))
    assert figures(back, "--by", "court") == figures(city_home, "--by", "court")


def test_today_lists_what_needs_attention(city_home):
    assert "审限" in shenguan(city_home, "today", "--on", "2025-11-20")
