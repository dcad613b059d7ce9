"""The yearly notices as files: their examples hold, their sources are named, overlays replace."""

from pathlib import Path

import pytest
import yaml

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import calendar

FILES = sorted((DATA / "calendars").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_of_the_notice_hold(path):
    entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    for example in entry["examples"]:
        worked = load().calendar.is_workday(example["day"])
        assert ("工作日" if worked else "休息日") == example["expect"], example["say"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_notice_names_its_source(path):
    entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert entry["year"] == int(path.stem)
    assert all("gov.cn" in law["source"] for law in entry["law"])


def test_an_overlay_year_is_added(tmp_path: Path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    notice = "year: 2027\nlaw: [{source: x}]\nholidays: {元旦: [2027-01-01]}\nmakeup: {}\n"
    (folder / "2027.yaml").write_text(notice, encoding="utf-8")
    assert sorted(calendar.load(DATA, tmp_path).years) == list(range(2019, 2028))


def test_an_unreadable_notice_names_its_file(tmp_path: Path):
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "2027.yaml").write_text("year: 2027\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"calendars/2027\.yaml"):
        calendar.load(DATA, tmp_path)
