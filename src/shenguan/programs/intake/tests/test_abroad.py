"""Registers of other countries and courts entered by hand: headings, days, courts."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.org.services import add_court
from shenguan.programs.intake.courts import known_courts
from shenguan.programs.intake.identity import CourtFinder
from shenguan.programs.intake.layout import find_layout
from shenguan.programs.intake.rows import Row, TableReader
from shenguan.programs.intake.sheets import Line, Sheet
from shenguan.programs.intake.values import UnreadableError, read_date
from shenguan.rulebook import load

WORDS = load().intake


def rows_of(*cells: tuple[str, ...]) -> list[Row]:
    sheet = Sheet("", [Line(number, line) for number, line in enumerate(cells, 1)])
    layout = find_layout(sheet, WORDS)
    assert layout is not None
    reader = TableReader(layout, WORDS, CourtFinder(load().codes))
    return [row for row in reader.read(sheet) if isinstance(row, Row)]


def test_a_register_with_english_headings_is_understood():
    (row,) = rows_of(
        ("Case ID", "COURT", "Filing date", "Date closed", "Judge"),
        ("P-1/2021", "Općinski sud u Splitu", "2021-01-11", "2021-09-30", "Babić M."),
    )
    assert (row.identity.number.text, row.identity.court.name) == (
        "P-1/2021",
        "Općinski sud u Splitu",
    )
    assert row.values["filed_on"] == date(2021, 1, 11)
    assert (row.values["closed_on"], row.values["undertaker"]) == (date(2021, 9, 30), "Babić M.")


def test_a_column_of_case_numbers_is_found_whatever_its_heading():
    first, second = rows_of(
        ("某法院收案一览", "", ""),
        ("案件标识", "受理日", "法官"),
        ("（2026）京0101民初1号", "2026-01-05", "甲某"),
        ("（2026）京0101民初2号", "2026-01-06", "甲某"),
    )
    assert [row.identity.number.text[-6:] for row in (first, second)] == ["01民初1号", "01民初2号"]
    assert first.values["filed_on"] == date(2026, 1, 5)


def test_a_list_that_merely_counts_its_lines_by_id_is_no_case_table():
    sheet = Sheet("", [Line(1, ("ID", "姓名")), Line(2, ("1", "甲某"))])
    assert find_layout(sheet, WORDS) is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("30.9.2021.", date(2021, 9, 30)),
        ("11. 01. 2021.", date(2021, 1, 11)),
        ("25/12/2021", date(2021, 12, 25)),
        ("12/25/2021 10:30", date(2021, 12, 25)),
        ("3 February 2021", date(2021, 2, 3)),
        ("Feb 3, 2021", date(2021, 2, 3)),
        ("03-Feb-2021", date(2021, 2, 3)),
    ],
)
def test_days_as_other_countries_write_them(printed, day):
    assert read_date(printed) == day


def test_a_slashed_day_that_can_mean_two_days_is_not_guessed():
    with pytest.raises(UnreadableError, match="次序不明"):
        read_date("11/02/2021")


def test_another_row_of_the_table_tells_the_day_from_the_month():
    first, _second = rows_of(
        ("Case ID", "Court", "Filing date"),
        ("A 1", "King's Bench Division", "11/02/2021"),
        ("A 2", "King's Bench Division", "25/12/2021"),
    )
    assert first.values["filed_on"] == date(2021, 2, 11)


def test_the_field_of_a_case_is_read_from_its_column():
    (row,) = rows_of(("案号", "审判领域"), ("（2026）京0101民初1号", "知识产权、金融"))
    assert row.values["fields"] == ["知产", "金融"]


@pytest.mark.django_db
def test_a_court_entered_by_hand_is_met_by_code_and_by_name():
    add_court(code="示0101", name="示范市甲区人民法院", level="基层")
    finder = CourtFinder(known_courts(load().codes))
    named = finder.identify("（2026）示0101民初1号", "示范市甲区人民法院")
    unnamed = finder.identify("（2026）示0101民初1号", "")
    assert named.court.code == unnamed.court.code == "示0101"
    assert not named.flags
