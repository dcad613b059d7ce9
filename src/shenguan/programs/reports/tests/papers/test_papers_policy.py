"""What papers may say of whom: no ranking, no judges, statistics plain, small and empty bases said."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from shenguan.base.papers.model import Table, plain
from shenguan.core.indicator.figure import EMPTY, FEW, OK, Figure
from shenguan.core.indicator.model import Indicator, Reference, Version
from shenguan.core.indicator.period import Period
from shenguan.programs.reports import annex, followup, narrative, tables, wording
from shenguan.programs.reports.consultation.pack import pack
from shenguan.programs.reports.contents import STATISTICS
from shenguan.programs.reports.edition import PaperError
from shenguan.programs.reports.judging import judge
from shenguan.programs.reports.letters.letter import letter
from shenguan.programs.reports.monthly.bulletin import bulletin
from shenguan.programs.reports.tests.papers.city import JUDGES, edition
from shenguan.spine.indicators.values import ValueRow

VERSION = Version("local", date(2008, 1, 1))
RATE = Indicator("rate", "某率", "某率", "ratio", "percent", "效率", "higher", (VERSION,), ())


def row(
    now: tuple[int, int],
    before: tuple[int, int],
    *,
    indicator=RATE,
    version=VERSION,
    states=(OK, OK),
):
    figures = [Figure(*pair, state) for pair, state in zip((now, before), states, strict=True)]
    return ValueRow(
        indicator, version, Period.parse("2026"), {}, {}, figures[0], {"yoy": figures[1]}
    )


def with_interval(low: float | None, high: float | None) -> Version:
    return replace(VERSION, reference=(Reference(low=low, high=high),))


def texts(paper) -> list[str]:
    """Every text of a paper, by line."""
    return [plain(one) for block in paper.blocks for one in annex._lines(block)]


def test_a_bulletin_names_no_judge_and_asks_nothing_by_judge(world):
    paper = bulletin(edition(world.home, world.upper, "2026-10"))
    whole = "".join(texts(paper))
    assert not any(judge in whole for judge in JUDGES)
    for span in annex.spans_of(paper):
        source = span.source or {}
        assert source["ask"] != "warning"
        assert source.get("by") != "judge"
        assert "judge" not in source.get("where", {})


def test_courts_stand_in_the_order_of_the_institution(world):
    table = tables.unit_table(edition(world.home, world.upper, "2026-10"))
    assert [plain(cells[0]) for cells in table.rows] == ["示范市中级人民法院", "示范市甲区人民法院"]


def test_divisions_of_one_court_stand_side_by_side_without_totals_of_rank(world):
    table = tables.unit_table(edition(world.home, world.lower, "2026-10"))
    assert [plain(cells[0]) for cells in table.rows] == ["民事审判第一庭", "民事审判第二庭"]
    assert not any("排名" in plain(column.heading) for column in table.columns)


def test_statistics_carry_no_colour_and_no_judgement(world):
    table = tables.statistics_table(edition(world.home, world.upper, "2026-10"), STATISTICS)
    spans = [span for cells in table.rows for cell in cells for span in cell]
    assert {span.tone for span in spans} == {""}
    assert not any(word in span.text for span in spans for word in ("向好", "走弱", "达标"))


def test_without_an_interval_only_the_own_past_counts(world):
    said = "".join(
        plain(p.line) for p in narrative.standing(edition(world.home, world.upper, "2026-10"))
    )
    assert "尚未设置参考区间" in said
    assert "未达到参考区间" not in said


def test_causes_of_a_change_add_up(world):
    one = edition(world.home, world.upper, "2026-10")
    change = one.book.row("appeal_rate", one.year, one.where)
    parts = one.book.effects("appeal_rate", one.year, one.where, "cause")
    before, now = change.compared["yoy"].exact, change.figure.exact
    assert before is not None
    assert now == before + sum(part.total for part in parts)


@pytest.mark.parametrize(
    ("direction", "now", "past", "weak"),
    [
        ("higher", (80, 100), "worse", True),
        ("higher", (100, 100), "better", False),
        ("higher", (905, 1000), "level", False),
        ("lower", (80, 100), "better", False),
        ("lower", (95, 100), "worse", True),
        ("none", (80, 100), "plain", False),
        ("interval", (80, 100), "plain", False),
    ],
)
def test_better_and_worse_follow_the_direction(direction, now, past, weak):
    found = judge(row(now, (90, 100), indicator=replace(RATE, direction=direction)))
    assert (found.past, found.weak) == (past, weak)


def test_an_interval_decides_before_the_own_past():
    version = with_interval(75, 95)
    inside = judge(row((80, 100), (90, 100), version=version))
    outside = judge(row((70, 100), (60, 100), version=version))
    assert (inside.interval, inside.past, inside.weak) == ("达标", "worse", False)
    assert (outside.interval, outside.past, outside.weak) == ("未达标", "better", True)


def test_an_indicator_by_interval_is_judged_by_its_distance_once_one_is_set():
    indicator = replace(RATE, direction="interval")
    found = judge(row((70, 100), (60, 100), indicator=indicator, version=with_interval(75, 95)))
    assert (found.interval, found.past) == ("未达标", "better")


def test_few_cases_and_empty_bases_are_said_and_not_judged():
    few = judge(row((1, 3), (90, 100), states=(FEW, OK)))
    empty = judge(row((0, 0), (90, 100), states=(EMPTY, OK)))
    assert (few.past, few.weak) == ("few", False)
    assert (empty.past, empty.weak) == ("none", False)
    assert wording.marked(few.row) == "33.33%＊"
    assert wording.marked(empty.row) == "—"
    assert wording.change_words(empty.row, "yoy") == "无可比数"


def test_statistics_are_never_judged():
    found = judge(row((10, 100), (90, 100), indicator=replace(RATE, statistic=True)))
    assert (found.past, found.interval, found.weak) == ("plain", "", False)


def test_changes_are_computed_before_rounding():
    found = row((333, 1000), (3333, 10000))
    assert wording.change_words(found, "yoy") == "下降0.03个百分点"
    assert wording.change_signed(found, "yoy") == "-0.03"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(45, 45, "持平"), (52, 45, "上升15.56%"), (0, 45, "下降100.00%"), (5, 0, "基数为零")],
)
def test_growth_of_counts(now, before, words):
    count = replace(RATE, kind="count", unit="cases")
    assert wording.growth_words(row((now, 1), (before, 1), indicator=count), "yoy") == words


def test_effects_in_words():
    assert wording.pull_words(Fraction(83, 10000), "percent", "ratio") == "拉高0.83个百分点"
    assert wording.pull_words(Fraction(-83, 10000), "percent", "ratio") == "拉低0.83个百分点"
    assert wording.pull_words(Fraction(1, 100000), "percent", "ratio") == "没有影响"
    assert wording.effect_signed(Fraction(7), "cases", "count") == "+7"


def test_tables_of_indicators_say_each_verdict_in_words(world):
    made = tables.indicator_tables(edition(world.home, world.upper, "2026-10"))
    assert made
    for table in made:
        assert isinstance(table, Table)
        assert all(plain(cells[-1]) for cells in table.rows)


def test_last_meetings_decisions_come_back_with_their_state_on_the_day(world):
    (_, table) = followup.standing(edition(world.home, world.upper, "2026-10"))
    rows = [[plain(cell) for cell in row] for row in table.rows]
    assert rows[0][1:] == ["逐案核查超审限案件", "庭长甲", "2026-11-15", "办理中", "已核查3件"]
    assert rows[1][4] == "待办理（逾期16日）"


def test_a_decision_closed_before_the_period_comes_back_no_more(world):
    one = edition(world.home, world.upper, "2026-10")
    assert len(one.book.tasks([world.upper.pk], date(2026, 10, 1), date(2026, 10, 31))) == 2
    assert one.book.tasks([world.upper.pk], date(2026, 8, 1), date(2026, 8, 31)) == []


def test_courts_stand_in_another_order_only_with_a_written_basis(world):
    plain_one = edition(world.home, world.upper, "2026-10")
    without = replace(plain_one, ordered_by="filed_cases")
    table = tables.unit_table(without)
    assert plain(table.rows[0][0]) == "示范市中级人民法院"
    with_basis = replace(without, basis="示高法〔2026〕1号")
    table = tables.unit_table(with_basis)
    assert [plain(cells[0]) for cells in table.rows] == ["示范市甲区人民法院", "示范市中级人民法院"]
    assert "依据：示高法〔2026〕1号" in plain(table.caption)


def test_divisions_never_stand_by_a_figure_whatever_the_basis(world):
    one = replace(
        edition(world.home, world.lower, "2026-10"),
        ordered_by="closed_cases",
        basis="示高法〔2026〕1号",
    )
    assert not one.is_ordered
    assert "机构序" in plain(tables.unit_table(one).caption)


def test_a_consultation_pack_splits_every_abnormal_figure_by_division(world):
    paper = pack(edition(world.home, world.lower, "2026Q3"))
    captions = [plain(b.caption) for b in paper.blocks if isinstance(b, Table)]
    assert any(caption.endswith("升降因素（机构序）") for caption in captions)
    assert not any(judge in text for text in texts(paper) for judge in JUDGES)


def test_a_letter_speaks_of_weak_figures_and_of_no_other_court(world):
    paper = letter(edition(world.home, world.lower, "2026-10"), world.upper, date(2026, 11, 30))
    whole = "".join(texts(paper))
    assert "于2026年11月30日前书面反馈" in whole
    assert "示范市中级人民法院" not in whole


def test_a_letter_about_nothing_is_refused(world):
    one = edition(world.home, world.lower, "2026-10", ("filed_cases",))
    with pytest.raises(PaperError, match="没有需要反馈的指标"):
        letter(one, world.upper, date(2026, 11, 30))
