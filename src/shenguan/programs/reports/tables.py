"""Tables and charts of papers; every cell with a number carries its query."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from shenguan.base.papers.charts import Series, chart
from shenguan.base.papers.model import Block, Column, Line, Picture, Span, Table, Tone
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.printing import EXCELLENT, MET, UNMET, scaled
from shenguan.programs.reports.contents import FLOW, GROUPS, LISTS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.judging import Judged, judged
from shenguan.programs.reports.traced import say

_PAST = {
    "better": "较上年向好",
    "worse": "较上年走弱",
    "level": "基本持平",
    "few": "件数过少",
    "none": "无可比数",
    "plain": "只列升降",
}
_SHORT_LISTS = ("overdue", "due_soon", "due_near", "paused_long", "stuck")
_LONG = ("long_pending_12", "long_pending_18", "long_pending_24", "long_pending_36")


def heading(text: str, width: float = 1.0) -> Column:
    """Return a column of numbers or short words."""
    return Column(say(text), width, "center")


def first(text: str, width: float = 2.2) -> Column:
    """Return the column that names the row."""
    return Column(say(text), width)


def flow_table(edition: Edition) -> Table:
    """收结存 of the period, where it isn't the year itself, and of the year so far."""
    asked = [(edition.year, "printed", "本年累计"), (edition.year, "yoy_growth", "累计同比")]
    if not edition.of_year:
        forms = {"printed": "本期", "mom_growth": "环比", "yoy_growth": "同比"}
        asked = [*((edition.span, form, head) for form, head in forms.items()), *asked]
    rows = tuple(
        (
            say(edition.name(code)),
            *(say(edition.value(code, span, form)) for span, form, _ in asked),
        )
        for code in FLOW
    )
    columns = (first("项目", 1.6), *(heading(head) for *_, head in asked))
    return Table(columns, rows, say("表：收结存情况"))


def flow_chart(edition: Edition, months: int = 13) -> list[Block]:
    """收结存 by month as a chart, with its data in a table below."""
    spans = edition.months_back(months)
    names = {"filed_cases": "新收", "closed_cases": "已结", "pending_at_end": "未结"}
    edition.book.prime(tuple(names), f"{spans[0]}..{spans[-1]}", edition.where, "month")
    labels = [edition.tell("period", period=span, form="short") for span in spans]
    series = [
        Series(name, _numbers(edition, code, spans), bars=code != "pending_at_end")
        for code, name in names.items()
    ]
    picture = chart([label.text for label in labels], series, caption=say("图：各月收结存"))
    columns = (heading("月份", 1.1), *(Column(say(label), 1.0, "center") for label in labels))
    rows = tuple(
        (say(name), *(say(edition.value(code, span, "numerator")) for span in spans))
        for code, name in names.items()
    )
    return [picture, Table(columns, rows)]


def rate_chart(edition: Edition, codes: Sequence[str], caption: str, quarters: int = 8) -> Picture:
    """Return up to four indicators by quarter as lines; quarters without a value leave a gap."""
    last = edition.period.last_month // 3
    spans = [Period.months(at * 3, at * 3 + 2).text for at in range(last - quarters + 1, last + 1)]
    whole = f"{spans[0].partition('..')[0]}..{spans[-1].rpartition('..')[2]}"
    edition.book.prime(tuple(codes), whole, edition.where, "quarter")
    labels = [edition.tell("period", period=span, form="short").text for span in spans]
    series = [Series(edition.name(code).text, _numbers(edition, code, spans)) for code in codes[:4]]
    return chart(labels, series, caption=say(caption))


def _numbers(edition: Edition, code: str, spans: Sequence[str]) -> tuple[float | None, ...]:
    found = []
    for span in spans:
        row = edition.book.row(code, span, edition.where)
        usable = row is not None and row.figure.value is not None
        found.append(
            float(scaled(row.figure, row.indicator.unit)) if usable and row is not None else None
        )
    return tuple(found)


def indicator_tables(edition: Edition) -> list[Block]:
    """The chosen indicators by 质量 效率 效果, against interval and own past."""
    every = judged(edition.book, edition.codes, edition.year, edition.where)
    made: list[Block] = []
    for group in GROUPS:
        chosen = [one for one in every if one.row.indicator.group == group]
        plain = [one for one in chosen if not one.row.indicator.statistic]
        if plain:
            rows = tuple(_indicator_row(edition, one) for one in plain)
            made.append(Table(_indicator_columns(edition), rows, say(f"表：{group}指标")))
    return made


def _indicator_columns(edition: Edition) -> tuple[Column, ...]:
    return (
        first("指标", 2.5),
        heading("分子/分母", 1.75),
        heading("本年累计", 1.4),
        heading("上年同期", 1.4),
        heading("同比", 1.0),
        *([] if edition.of_year else [heading("本期", 1.4)]),
        heading("参考区间", 1.2),
        heading("对照", 1.5),
    )


def _indicator_row(edition: Edition, one: Judged) -> tuple[Line, ...]:
    code = one.code
    forms = ("parts", "marked", "yoy_before", "yoy_signed")
    cells = [say(edition.value(code, edition.year, form)) for form in forms]
    if not edition.of_year:
        cells.append(say(edition.value(code, edition.span, "marked")))
    interval = say(edition.value(code, edition.year, "interval"))
    return (say(edition.name(code)), *cells, interval, say(*verdict(one)))


def verdict(one: Judged) -> tuple[Span, ...]:
    """Return the words for a judged figure: symbol, word and, beside them, colour."""
    tones: dict[str, Tone] = {EXCELLENT: "strong", MET: "", UNMET: "weak"}
    symbols = {EXCELLENT: "★", MET: "●", UNMET: "▼"}
    against: Tone = {"better": "strong", "worse": "weak"}.get(one.past, "")  # type: ignore[assignment]
    past = Span(_PAST[one.past], tone=against)
    if not one.interval:
        return (past,)
    return (
        Span(f"{symbols[one.interval]}{one.interval}", tone=tones[one.interval]),
        Span("；"),
        past,
    )


def statistics_table(edition: Edition, codes: Sequence[str]) -> Table:
    """统计项: values without interval, colour or a word on better or worse."""
    columns = (
        first("统计项", 2.4),
        heading("分子/分母", 1.3),
        *(heading(text, 1.4) for text in ("本年累计", "上年同期")),
        *([] if edition.of_year else [heading("本期", 1.4)]),
        heading("说明", 2.6),
    )
    year = [(edition.year, form) for form in ("parts", "printed", "yoy_before")]
    span = [] if edition.of_year else [(edition.span, "printed")]
    asked = [*year, *span, (edition.year, "note")]
    rows = tuple(
        (say(edition.name(code)), *(say(edition.value(code, at, form)) for at, form in asked))
        for code in codes
        if code in edition.book.library.indicators
    )
    return Table(columns, rows, say("表：统计项（不作考核指标，不设区间，不评强弱）"))


def list_table(edition: Edition) -> Table:
    """How many cases of each court or division stand on each list, in 机构序."""
    ids = (*_SHORT_LISTS, *_LONG)
    names = [edition.tell("list_name", list=list_id, on=edition.day) for list_id in ids]
    columns = (first("单位", 2.6), *(Column(say(name), 1.0, "center") for name in names))
    rows = [
        (edition.label(dimension, key), *_list_cells(edition, ids, {dimension: key}))
        for dimension, key in members(edition, ids)
    ]
    rows.append((say("合计"), *_list_cells(edition, ids, {})))
    return Table(columns, tuple(rows), say("表：审限和长期未结清单件数（机构序）"))


def _list_cells(edition: Edition, ids: Sequence[str], group: dict[str, int]) -> list[Line]:
    where = edition.within(group)
    return [
        say(edition.tell("list_count", list=one, on=edition.day, where=where, unit=""))
        for one in ids
    ]


def unit_table(edition: Edition) -> Table:
    """The courts, or the divisions of one court, side by side in 机构序: no ranking, no total place."""
    codes = ("pending_at_start", "filed_cases", "closed_cases", "pending_at_end")
    rates: tuple[str, ...] = ("timely_closing_rate", "median_gross_days", "over_12_months_rate")
    if edition.is_ordered and edition.ordered_by not in (*codes, *rates):
        rates = (*rates, edition.ordered_by)
    by = dimension_of(edition)
    edition.book.prime((*codes, *rates), edition.year, edition.where, by)
    columns = (
        first("单位", 2.6),
        *(Column(say(edition.name(code)), 1.1, "center") for code in codes),
        *(Column(say(edition.name(code)), 1.4, "center") for code in rates),
    )
    rows = tuple(
        (edition.label(by, key), *_unit_cells(edition, {by: key}, codes, rates))
        for _, key in _placed(edition)
    )
    return Table(columns, rows, _unit_caption(edition))


def _unit_caption(edition: Edition) -> Line:
    head = say("表：", unit_word(edition), "运行情况（本年累计，")
    if not edition.is_ordered:
        return say(*head, "机构序）")
    basis = edition.tell("stated", what="排序依据", text=edition.basis)
    return say(*head, "按", edition.name(edition.ordered_by), "排列；依据：", basis, "）")


def _placed(edition: Edition) -> list[tuple[str, int]]:
    """The members in 机构序; courts by a figure only where a written basis says so, equal ones in 机构序."""
    found = members(edition, ())
    if not edition.is_ordered:
        return found
    lower = edition.book.library.indicators[edition.ordered_by].direction == "lower"

    def place(member: tuple[str, int]) -> tuple[bool, Fraction]:
        row = edition.book.row(edition.ordered_by, edition.year, edition.within(dict([member])))
        value = row.figure.exact if row else None
        return (value is None, (value or Fraction(0)) * (1 if lower else -1))

    return sorted(found, key=place)


def _unit_cells(
    edition: Edition, group: dict[str, int], codes: Sequence[str], rates: Sequence[str]
) -> list[Line]:
    counts = [edition.value_of(code, edition.year, "numerator", group) for code in codes]
    return [
        say(told)
        for told in (*counts, *(edition.value_of(c, edition.year, "marked", group) for c in rates))
    ]


def unit_word(edition: Edition) -> str:
    """Return what stands side by side."""
    return "各法院" if edition.many else "各部门"


def dimension_of(edition: Edition) -> str:
    """Courts stand side by side above a basic court, divisions within one."""
    return "court" if edition.many else "division"


def members(edition: Edition, lists: Sequence[str]) -> list[tuple[str, int]]:
    """Return the courts, or the divisions that had cases this year or stand on a list, in 机构序."""
    if edition.many:
        return [("court", court.pk) for court in edition.courts]
    rows = edition.book.groups("handled_cases", edition.year, edition.where, "division")
    keys = {row.keys["division"] for row in rows}
    for one in lists or LISTS:
        for item in edition.book.items(one, edition.on, edition.where):
            keys.add(edition.book.place(item.case_id).division)
    return [("division", key) for key in edition.book.in_order("division", keys)]
