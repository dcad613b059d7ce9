from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period as CorePeriod
from shenguan.core.indicator.terms import Ref
from shenguan.rulebook import load
from shenguan.spine.indicators.figures import (
    MEASURES,
    Period,
    as_dicts,
    check_identity,
    figure_cases,
    figures,
)
from shenguan.spine.indicators.plan import moment_of
from shenguan.spine.indicators.registry import counted
from shenguan.spine.indicators.tests.city import ask, caught_up, fill, pairs
from shenguan.spine.tests.registry import add_case, demo_court

pytestmark = pytest.mark.django_db

ALL = Scope.everything("测试")
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


def closed(day: str) -> dict:
    return {day: ("报结", {"disposition": "判决"})}


def total(**keywords):
    (row,) = figures(ALL, period=JUNE, **keywords)
    return row


def test_a_case_filed_before_and_closed_in_the_period_is_old_stock_and_closed():
    add_case("（2026）示0101民初1号", {"2026-05-31": "立案"} | closed("2026-06-30"), **ORDINARY)
    row = total()
    assert (row.opening, row.filed, row.closed, row.pending) == (1, 0, 1, 0)
    assert row.mean_days == 30


@pytest.mark.parametrize(
    ("filed", "end", "expected"),
    [
        ("2026-05-31", None, (1, 0, 0, 1)),
        ("2026-06-01", None, (0, 1, 0, 1)),
        ("2026-06-30", None, (0, 1, 0, 1)),
        ("2026-07-01", None, (0, 0, 0, 0)),
        ("2026-05-01", "2026-05-31", (0, 0, 0, 0)),
        ("2026-05-01", "2026-06-01", (1, 0, 1, 0)),
        ("2026-06-30", "2026-07-01", (0, 1, 0, 1)),
    ],
)
def test_days_at_the_edges_of_the_period(filed, end, expected):
    add_case("（2026）示0101民初1号", {filed: "立案"} | (closed(end) if end else {}), **ORDINARY)
    row = total()
    assert (row.opening, row.filed, row.closed, row.pending) == expected
    assert not check_identity([row])


def test_in_time_is_judged_by_the_legal_end_not_the_reported_day():
    # 6 months from 2025-12-15 end on 2026-06-15; announced that day, reported a week later
    events = {"2025-12-15": "立案", "2026-06-15": "宣判"} | closed("2026-06-22")
    add_case("（2025）示0101民初1号", events, **ORDINARY)
    row = total()
    assert (row.timely_closed, row.timely_base, row.timely_rate) == (1, 1, 1.0)


def test_one_day_late_is_late():
    events = {"2025-12-15": "立案", "2026-06-16": "宣判"} | closed("2026-06-22")
    add_case("（2025）示0101民初1号", events, **ORDINARY)
    assert total().timely_rate == 0.0


def test_a_rate_on_nothing_is_empty_not_zero():
    assert total().timely_rate is None
    assert total().mean_days is None


def test_pretrial_mediation_stays_out_of_the_default_scope():
    add_case("（2026）示0101诉前调确1号", {"2026-06-05": "立案"}, case_type="诉前调确")
    assert total().filed == 0
    assert total(case_scope="全部含诉前调解").filed == 1


def test_groups_stand_in_institutional_order_and_add_up():
    second = demo_court("示0102", "示范市乙区人民法院")
    for serial in range(1, 4):
        add_case(f"（2026）示0102民初{serial}号", {"2026-06-02": "立案"}, court=second, **ORDINARY)
    add_case("（2026）示0101民初1号", {"2026-06-02": "立案"}, **ORDINARY)
    for by in ("court", "division", "judge"):
        rows = figures(ALL, period=JUNE, by=by)
        assert sum(row.filed for row in rows) == total().filed == 4
    names = [row.group for row in figures(ALL, period=JUNE, by="court")]
    assert names == ["示范市甲区人民法院", "示范市乙区人民法院"]


def test_every_number_is_as_long_as_its_list():
    add_case("（2026）示0101民初1号", {"2026-06-02": "立案"} | closed("2026-06-20"), **ORDINARY)
    add_case("（2026）示0101民初2号", {"2026-06-03": "立案"}, undertaker="法官甲二", **ORDINARY)
    add_case("（2025）示0101民初3号", {"2025-06-03": "立案"} | closed("2026-06-30"), **ORDINARY)
    for by in (None, "court", "division", "judge"):
        for row in figures(ALL, period=JUNE, by=by):
            for measure in set(MEASURES) - {"undated"}:
                listed = figure_cases(ALL, measure=measure, period=JUNE, key=row.key)
                assert listed.count() == getattr(row, measure), (by, row.group, measure)


def test_an_outsider_sees_nothing():
    add_case("（2026）示0101民初1号", {"2026-06-02": "立案"}, **ORDINARY)
    (row,) = figures(Scope.nothing("路人"), period=JUNE)
    assert row.filed == 0
    assert not figure_cases(Scope.nothing("路人"), measure="filed", period=JUNE)


def test_a_court_seen_in_figures_alone_is_counted_but_leads_to_no_list():
    below = demo_court("示0102", "示范市乙区人民法院")
    add_case("（2026）示0101民初1号", {"2026-06-02": "立案"}, **ORDINARY)
    add_case("（2026）示0102民初1号", {"2026-06-02": "立案"}, court=below, **ORDINARY)
    president = Scope(
        "院长",
        court_ids=frozenset({demo_court().pk}),
        figure_court_ids=frozenset({below.pk}),
    )
    own, lower = figures(president, period=JUNE, by="court")
    assert (own.filed, lower.filed) == (1, 1)
    assert own.key
    assert not lower.key
    assert figure_cases(president, measure="filed", period=JUNE).count() == 1
    lead = f"court:{below.pk}:{below.pk}"
    assert not figure_cases(president, measure="filed", period=JUNE, key=lead)


def test_the_columns_printed_are_those_of_the_contract():
    (row,) = as_dicts(figures(ALL, period=JUNE))
    expected = "group opening filed closed pending timely_closed timely_base timely_rate"
    assert list(row) == [*expected.split(), "mean_days", "median_days"]


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="晚于截止日"):
        Period(date(2026, 6, 2), date(2026, 6, 1))


def test_an_unknown_measure_or_group_is_refused():
    with pytest.raises(ValueError, match="没有名为"):
        figure_cases(ALL, measure="rank", period=JUNE)
    with pytest.raises(ValueError, match="无法识别"):
        figure_cases(ALL, measure="filed", period=JUNE, key="court:1 or 1=1")


def test_the_registry_and_the_cube_count_by_the_same_atoms(tmp_path):
    """The view over the registry's rows gives what the same atoms give over the facts."""
    fill()
    home = caught_up(tmp_path)
    beside = {
        "opening": "pending_at_start",
        "filed": "filed_cases",
        "closed": "closed_cases",
        "pending": "pending_at_end",
    }
    for months in ("2026-01", "2026-03..2026-05", "2026", "2025", "2025-02-03..2026-04-01"):
        period = CorePeriod.parse(months)
        for row in figures(ALL, period=period, by="court"):
            for name, code in beside.items():
                found = pairs(ask(home, code, "court", period=period))
                assert found.get(row.group, (0, 1))[0] == getattr(row, name), (months, name)
            timely = pairs(ask(home, "timely_closing_rate", "court", period=period))
            assert timely.get(row.group, (0, 0)) == (row.timely_closed, row.timely_base)


def test_a_definition_the_registry_has_no_rows_for_is_refused():
    library = load().library
    june = CorePeriod.parse("2026-06")
    for code in ("closed_extended", "pending_overdue"):
        with pytest.raises(IndicatorError, match="登记簿"):
            counted(library.atoms[code], moment_of(library, Ref(code, "end"), june))
