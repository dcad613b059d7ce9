"""Indicators that leave the interval a court has filled in: told to its office, never for a statistic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shenguan import rulebook
from shenguan.base.inbox.models import Notice, Order, Watch
from shenguan.base.org.models import Appointment, Person
from shenguan.core.indicator.model import Reference
from shenguan.programs.attention.intervals import assessed, check_intervals, interval_words
from shenguan.spine.indicators.tests.city import caught_up, courts, fill
from shenguan.spine.warnings.tests.build import at

pytestmark = pytest.mark.django_db
OWN = """
own_rate:
  name: 本院审限内结案率
  meaning: 本院自定
  class: 效率
  kind: ratio
  unit: percent
  direction: interval
  lines: [民事]
  minimum: 1
  statistic: {statistic}
  versions:
    - regime: 本院
      valid_from: 2020-01-01
      numerator: closed_in_time
      denominator: closed_with_due
      say: {{numerator: 审限内结案数, denominator: 有审限的结案数, rule: 本院口径}}
      official: {{source: 本院规定, status: local}}
      reference: [{reference}]
"""


@pytest.fixture
def fill_in(tmp_path: Path, settings) -> Iterator:
    """Two courts with figures up to June; what they fill in stands in an overlay."""
    settings.HOME = tmp_path / "home"
    one, _other = courts()
    office = Person.objects.create(court=one, name="审管甲一")
    Appointment.objects.create(person=office, court=one, post="审管办主任")
    folder = tmp_path / "overlay" / "indicators"
    folder.mkdir(parents=True)

    def put(reference: str = "", statistic: str = "false") -> None:
        text = OWN.format(statistic=statistic, reference=reference)
        (folder / "own.yaml").write_text(text, encoding="utf-8")
        rulebook.stand_on(lambda: folder.parent)
        fill()
        caught_up(settings.HOME)

    yield put
    rulebook.stand_on(None)


def checked(day: str) -> set[tuple[str, str]]:
    check_intervals(date.fromisoformat(day), at(day))
    return set(Watch.objects.exclude(level="").values_list("court__name", "level"))


def test_only_the_court_outside_is_warned_and_only_its_office_is_told(fill_in):
    fill_in("{low: 90}")
    assert checked("2026-07-01") == {("示范市甲区人民法院", "提示")}
    watch = Watch.objects.get(kind="left_interval")
    assert "6月止本年本院审限内结案率66.67%，不在本院所填区间90%以上之内" in watch.say
    assert list(Notice.objects.values_list("person__name", flat=True)) == ["审管甲一"]


def test_an_urging_left_unanswered_becomes_a_numbered_order_and_an_answered_one_does_not(fill_in):
    fill_in("{low: 90}")
    assert {level for _court, level in checked("2026-07-16")} == {"催办"}
    watch = Watch.objects.get(level="催办")
    assert {level for _court, level in checked(str(watch.answer_by))} == {"催办"}
    assert {level for _court, level in checked("2026-07-31")} == {"督办"}
    assert Order.objects.get().watch == watch


def test_an_interval_of_one_line_is_held_against_that_line(fill_in):
    fill_in("{line: 民事, low: 90}")
    checked("2026-07-01")
    assert "本年民事本院审限内结案率" in Watch.objects.get(level="提示").say


def test_within_the_interval_nothing_stands_and_a_new_month_ends_the_old_one(fill_in):
    fill_in("{low: 90}")
    checked("2026-05-01")
    assert checked("2026-07-01") == {("示范市甲区人民法院", "提示")}
    assert Watch.objects.filter(level="").count() == 1
    before = Watch.objects.count()
    assert checked("2026-07-01") == {("示范市甲区人民法院", "提示")}
    assert Watch.objects.count() == before


@pytest.mark.parametrize(
    ("reference", "statistic"), [("", "false"), ("{line: 民事}", "false"), ("", "true")]
)
def test_without_an_interval_and_for_a_statistic_nothing_is_said(fill_in, reference, statistic):
    fill_in(reference, statistic)
    assert checked("2026-07-01") == set()


def test_the_nation_s_library_fills_no_interval_in():
    assert assessed(rulebook.load().library, date(2026, 6, 30)) == {}


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(90, None, "90%以上"), (None, 5.5, "5.5%以下"), (60, 90, "60%—90%"), (None, None, "")],
)
def test_an_interval_is_read_out(low, high, said):
    assert interval_words(Reference(low=low, high=high), "percent") == said
