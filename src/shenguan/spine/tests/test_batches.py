"""An import counts wholly or not at all, wherever it stops."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shenguan.base.org.scope import Scope
from shenguan.spine import pipeline
from shenguan.spine.cases import links, log
from shenguan.spine.cases.models import Batch, Case, Cursor, Event
from shenguan.spine.cases.selectors import history, visible_cases
from shenguan.spine.tests.factories import FILED, NOW, make_case, open_batch, put, tell
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
ROW = (("登记", FILED, {"case_type": "民初", "procedure": "普通程序"}), ("立案", FILED))


@pytest.fixture
def cases() -> list[Case]:
    first = make_case("（2026）示0101民初1号")
    return [first, *(make_case(f"（2026）示0101民初{n}号", first.court) for n in (2, 3))]


def fill(batch: Batch, cases: list[Case]) -> None:
    for case in cases:
        put(batch, case, *ROW)


def test_nothing_counts_before_the_batch_lands(cases: list[Case]):
    fill(open_batch(), cases)
    pipeline.refresh([case.pk for case in cases], now=NOW)
    assert visible_cases(ALL).count() == 0
    assert pipeline.catch_up(now=NOW) == 0


def test_after_landing_catching_up_brings_every_case(cases: list[Case]):
    batch = open_batch()
    fill(batch, cases)
    pipeline.land(batch, now=NOW)
    assert pipeline.catch_up(now=NOW) == 3
    assert visible_cases(ALL).count() == 3
    assert pipeline.catch_up(now=NOW) == 0
    assert batch.landed_position == log.head()


def test_an_import_that_stops_before_landing_leaves_nothing(cases: list[Case]):
    batch = open_batch()
    fill(batch, cases[:2])
    pipeline.abandon(batch)
    pipeline.catch_up(now=NOW)
    assert visible_cases(ALL).count() == 0
    with pytest.raises(ValueError, match="已不在进行中"):
        fill(batch, cases[2:])


def test_a_chunk_that_fails_half_way_leaves_none_of_its_events(cases: list[Case]):
    batch = open_batch()
    put(batch, cases[0], *ROW)
    with pytest.raises(ValueError, match="不在事件表中"):
        put(batch, cases[1], *ROW, ("不明事件", FILED))
    assert Event.objects.filter(batch=batch).count() == 2


def test_a_crash_in_the_middle_of_refreshing_is_mended_by_the_next_start(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch
):
    batch = open_batch()
    fill(batch, cases)
    pipeline.land(batch, now=NOW)
    monkeypatch.setattr(pipeline, "CHUNK", 1)
    seen: list[Any] = []

    def fail_second(folded: Any) -> None:
        seen.append(folded)
        if len(seen) == 2:
            raise OSError("断电")
        links.link_priors(folded)

    monkeypatch.setattr(pipeline, "link_priors", fail_second)
    with pytest.raises(OSError, match="断电"):
        pipeline.refresh([case.pk for case in cases], now=NOW)
    assert visible_cases(ALL).count() == 1
    assert pipeline.catch_up(now=NOW) == 2
    assert visible_cases(ALL).count() == Clock.objects.count() == 3


def test_landing_twice_changes_nothing(cases: list[Case]):
    batch = open_batch()
    fill(batch, cases)
    pipeline.land(batch, now=NOW)
    head = log.head()
    pipeline.land(batch, now=NOW)
    assert log.head() == head


def test_a_batch_that_lands_behind_the_cursor_is_not_skipped(cases: list[Case]):
    batch = open_batch()
    fill(batch, cases[:2])
    tell(cases[2], *ROW)
    pipeline.catch_up(now=NOW)
    assert Cursor.objects.get(name=pipeline.FOLD_CURSOR).position > 4
    pipeline.land(batch, now=NOW)
    assert pipeline.catch_up(now=NOW) == 2
    assert visible_cases(ALL).count() == 3


def test_progress_is_told_after_each_chunk(cases: list[Case], monkeypatch: pytest.MonkeyPatch):
    batch = open_batch()
    fill(batch, cases)
    pipeline.land(batch, now=NOW)
    monkeypatch.setattr(pipeline, "CHUNK", 2)
    told: list[tuple[int, int]] = []
    pipeline.catch_up(now=NOW, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]


def test_refreshing_again_changes_nothing(cases: list[Case]):
    batch = open_batch()
    fill(batch, cases)
    pipeline.land(batch, now=NOW)
    ids = [case.pk for case in cases]

    def rows() -> list[Any]:
        return [*Case.objects.order_by("pk").values(), *Clock.objects.order_by("case").values()]

    pipeline.refresh(ids, now=NOW)
    before = rows()
    pipeline.refresh(ids, now=NOW)
    assert rows() == before


def test_rebuilding_from_nothing_gives_what_grew_day_by_day(cases: list[Case]):
    for day, row in enumerate(
        [*ROW, ("开庭", date(2026, 2, 1)), ("报结", date(2026, 3, 1), {"disposition": "判决"})]
    ):
        tell(cases[day % 2], *ROW) if day < 2 else tell(cases[0], row)
    ids = [case.pk for case in cases]
    grown = list(Case.objects.filter(visible=True).order_by("pk").values())
    clocks = list(Clock.objects.order_by("case").values())
    Clock.objects.all().delete()
    Case.objects.update(visible=False, filed_on=None, closed_on=None, last_position=0)
    pipeline.refresh(ids, now=NOW)
    assert list(Case.objects.filter(visible=True).order_by("pk").values()) == grown
    assert list(Clock.objects.filter(case__visible=True).order_by("case").values()) == clocks


def test_an_import_goes_past_the_gates_and_its_case_is_flagged(cases: list[Case]):
    batch = open_batch()
    put(batch, cases[0], ROW[0], ("报结", date(2026, 3, 1), {"disposition": "判决"}))
    pipeline.land(batch, now=NOW)
    pipeline.catch_up(now=NOW)
    cases[0].refresh_from_db()
    assert cases[0].closed_on == date(2026, 3, 1)
    assert "未立案而报结" in cases[0].flags


def test_the_past_can_be_read_as_it_was_known(cases: list[Case]):
    batch = open_batch()
    put(batch, cases[0], *ROW)
    later = NOW.replace(day=20)
    pipeline.land(batch, now=later)
    pipeline.catch_up(now=later)
    assert history(ALL, cases[0].pk, known_at=NOW.replace(day=10)) == []
    assert len(history(ALL, cases[0].pk, known_at=later)) == 2


def test_a_case_that_moves_while_it_is_computed_is_computed_again(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch
):
    case = tell(cases[0], *ROW)
    prepare = pipeline._prepare
    hearing = date(2026, 3, 1)

    def overtaken(case_ids: Any, now: Any) -> Any:
        ready = prepare(case_ids, now)
        monkeypatch.setattr(pipeline, "_prepare", prepare)
        tell(case, ("开庭", hearing))
        return ready

    monkeypatch.setattr(pipeline, "_prepare", overtaken)
    pipeline.refresh([case.pk], now=NOW)
    case.refresh_from_db()
    assert case.last_event_on == hearing
