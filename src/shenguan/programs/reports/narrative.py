"""The sentences of papers. Facts only: each sentence is words around told numbers; none is typed in."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Heading, Line, Paragraph, Span
from shenguan.programs.reports.contents import STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.judging import Judged, selected
from shenguan.programs.reports.tables import dimension_of
from shenguan.programs.reports.traced import join, say

DIMENSIONS = {"court": "法院", "division": "部门", "cause": "案由", "procedure": "程序"}
_MOST = 3
ORDINALS = "一二三四五六七八九十"


def intake(edition: Edition) -> list[Block]:
    """收结存 in two sentences: the year so far, then the period."""
    year = say(
        *_period(edition, edition.year), "，", edition.whole, "新收案件", *_grown(edition, "filed_cases", "year"),
        "；办结", *_grown(edition, "closed_cases", "year"),
        "；期末未结", *_grown(edition, "pending_at_end", "year"), "。",
    )  # fmt: skip
    month = say(
        "其中", *_period(edition, edition.span), "新收", *_grown(edition, "filed_cases", "span"),
        "；办结", *_grown(edition, "closed_cases", "span"), "。",
    )  # fmt: skip
    same = edition.year == edition.span
    return [Paragraph(year if same else (*year, *month))]


def _period(edition: Edition, period: str) -> Line:
    return say(edition.tell("period", period=period))


def _grown(edition: Edition, code: str, which: str) -> Line:
    """`45件，同比上升15.56%，环比下降25.00%`; 环比 only for a period that isn't the year so far."""
    period = edition.year if which == "year" else edition.span
    spans: list[str | Span] = [edition.value(code, period), "（同比"]
    spans.append(edition.value(code, period, "yoy_growth"))
    if which == "span":
        spans += ["，环比", edition.value(code, period, "mom_growth")]
    return say(*spans, "）")


def standing(edition: Edition) -> list[Block]:
    """How the indicators stand against intervals and own past."""
    made: list[Block] = []
    unset = _chosen(edition, "unset")
    if unset:
        made.append(Paragraph(say(
            "所列指标中，尚未设置参考区间的", _count(edition, "unset"),
            "，只与本院上年同期比较；以下为本年累计数。",
        )))  # fmt: skip
    for kind, words in (
        ("unmet", "未达到参考区间的"),
        ("excellent", "优于参考区间的"),
        ("strong", "较上年同期向好或优异的"),
        ("weak", "需要关注的"),
        ("risen", "未设区间、不评强弱，较上年同期上升的"),
        ("fallen", "未设区间、不评强弱，较上年同期下降的"),
    ):
        found = _chosen(edition, kind)
        if found:
            made.append(
                Paragraph(say(words, _count(edition, kind), "：", _named(edition, found), "。"))
            )
    if not _chosen(edition, "weak"):
        made.append(Paragraph(say("没有未达到区间或较上年同期走弱的指标。")))
    made += _no_comparison(edition)
    made += _guards(edition)
    return made


def _chosen(edition: Edition, kind: str) -> list[Judged]:
    return selected(edition.book, kind, edition.codes, edition.year, edition.where)


def _count(edition: Edition, kind: str) -> Span:
    return edition.tell(
        "selected", kind=kind, codes=list(edition.codes), period=edition.year, where=edition.where
    )


def _named(edition: Edition, found: list[Judged]) -> Line:
    return join([
        say(
            edition.name(one.code), "（", edition.value(one.code, edition.year), "，同比",
            edition.value(one.code, edition.year, "yoy_words"), "）",
        )
        for one in found
    ])  # fmt: skip


def _no_comparison(edition: Edition) -> list[Block]:
    """Say which figures rest on too few cases or on none."""
    made: list[Block] = []
    for kind, words in (
        ("few", "两期中有一期件数过少、不作强弱比较的"),
        ("none", "分母为零或上年同期无数、无法比较的"),
    ):
        found = _chosen(edition, kind)
        if found:
            names = join([say(edition.name(one.code)) for one in found])
            made.append(Paragraph(say(words, _count(edition, kind), "：", names, "。")))
    return made


def _guards(edition: Edition) -> list[Block]:
    """A rate near full is read together with its guards."""
    made: list[Block] = []
    for code in edition.codes:
        row = edition.book.row(code, edition.year, edition.where)
        if row is None or not row.guards:
            continue
        guards = [g for g in row.guards if edition.book.row(g, edition.year, edition.where)]
        said = join([say(edition.name(g), edition.value(g, edition.year)) for g in guards])
        made.append(Paragraph(say(
            edition.name(code), "为", edition.value(code, edition.year),
            "，接近百分之百，请与关联校验指标一并核对：", said, "。",
        )))  # fmt: skip
    return made


def causes(edition: Edition) -> list[Block]:
    """升降因素 of each weak indicator, by court or division, cause and procedure; never by judge."""
    weak = _chosen(edition, "weak")
    if not weak:
        return [Paragraph(say("本期没有需要分析变化原因的指标。"))]
    made: list[Block] = []
    for at, one in enumerate(weak[: len(ORDINALS)]):
        made.append(Heading(say(f"（{ORDINALS[at]}）", edition.name(one.code)), 2))
        made.append(Paragraph(change(edition, one)))
        said = [
            line
            for by in (dimension_of(edition), "cause", "procedure")
            if (line := moved_by(edition, one, by))
        ]
        made += [Paragraph(line) for line in said]
        if not said:
            made.append(Paragraph(say("该指标不是可加的比率，不作分组分解，案件见附件。")))
    return made


def change(edition: Edition, one: Judged) -> Line:
    """What the figure is, what it was a year before, where its interval lies."""
    code, year = one.code, edition.year
    parts: list[str | Span] = ["本年累计", edition.value(code, year)]
    if one.row.indicator.kind in {"ratio", "mean"}:
        parts += ["（", edition.value(code, year, "parts"), "）"]
    parts += [
        "，上年同期",
        edition.value(code, year, "yoy_before"),
        "，",
        edition.value(code, year, "yoy_words"),
    ]
    if one.interval:
        parts += ["；参考区间", edition.value(code, year, "interval"), "，", one.interval]
    return say(*parts, "。")


def moved_by(edition: Edition, one: Judged, by: str) -> Line | None:
    """The groups that moved the figure most, named in 机构序 or in the order of the codes."""
    effects = edition.book.effects(one.code, edition.year, edition.where, by)
    moved = sorted((e for e in effects if e.total), key=lambda e: -abs(e.total))[:_MOST]
    if len(effects) < 2 or not moved:
        return None
    keys = {effect.key for effect in moved}
    said = join(
        [_effect(edition, one, by, e.key[0]) for e in effects if e.key in keys], between="；"
    )
    return say(f"从{DIMENSIONS[by]}看，影响较大的是：", said, "。")


def _effect(edition: Edition, one: Judged, by: str, key: int) -> Line:
    def told(part: str) -> Span:
        return edition.tell(
            "effect",
            code=one.code,
            period=edition.year,
            where=edition.where,
            by=by,
            key=key,
            part=part,
        )

    name = edition.label(by, key)
    if one.row.indicator.kind not in {"ratio", "mean"}:
        return say(*name, told("total"))
    return say(*name, told("total"), "（自身水平", told("within"), "、案件结构", told("mix"), "）")


def lists(edition: Edition) -> list[Block]:
    """What stands on the lists on the day of the paper."""
    day = edition.tell("day", day=edition.day)
    short = [
        say(edition.tell("list_name", list=one, on=edition.day), edition.count(one))
        for one in ("overdue", "due_soon", "due_near", "paused_long", "stuck")
    ]
    tiers = [
        say(edition.tell("list_name", list=one, on=edition.day), edition.count(one))
        for one in ("long_pending_12", "long_pending_18", "long_pending_24", "long_pending_36")
    ]
    return [
        Paragraph(say("截至", day, "，", edition.whole, join(short), "。")),
        Paragraph(say("长期未结案件按所达到的最高档计，不重复：", join(tiers), "。案件见附件。")),
    ]


def statistics_note(edition: Edition) -> list[Block]:
    """统计项 stand apart."""
    names = [say(edition.name(c)) for c in STATISTICS if c in edition.book.library.indicators]
    return [Paragraph(say("以下为统计项，不作考核指标，不设区间，不评强弱：", join(names), "。"))]
