"""类案检索报告: the required parts of art 8, from the records on the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from shenguan.base.papers.model import (
    Block,
    Column,
    Heading,
    Paper,
    Paragraph,
    Table,
    line,
)
from shenguan.core.similar.duty import NONE_FOUND
from shenguan.programs.similar.duty import Standing
from shenguan.spine.cases.models import Case

_NUMERALS = "一二三四五六七八九十"
_NONE = "（未填写）"
_FOUND = (
    Column(line("序号"), 0.5, "center"),
    Column(line("案例（案号、入库编号、链接）"), 2.4),
    Column(line("是否类案"), 0.8),
    Column(line("比对理由"), 2.2),
    Column(line("是否参照、参考"), 1.0),
)


def search_report(case: Case, standing: Standing, parts: Sequence[str], on: date) -> Paper:
    """The report of all standing records of a case; `parts` are the headings that art 8 asks for."""
    blocks: list[Block] = [
        Paragraph(line("案号：", case.number, f"　案由：{case.cause or '—'}"), "plain")
    ]
    if standing.special:
        blocks.append(
            Paragraph(line("检索事由：", "；".join(s.name for s in standing.special)), "plain")
        )
    many = len(standing.records) > 1
    for number, (position, record, payload) in enumerate(standing.records, 1):
        if many:
            blocks.append(Heading(line(f"第{number}次检索（{record.searched_on}）")))
        blocks += _record(case, position, dict(payload), record.searched_on, parts, sub=many)
    if standing.submitted:
        blocks += _submitted(standing)
    return Paper(
        title=(line("类案检索报告"),),
        blocks=tuple(blocks),
        issued=line(case.court.name, f"　{on}"),
        mark="随案归档，仅供本案审理参考",
        sign=(line(case.court.name), line(str(on))),
    )


def _record(
    case: Case, position: int, held: dict[str, Any], on: date, parts: Sequence[str], *, sub: bool
) -> Iterator[Block]:
    told = _told(case, position, held, on)
    for number, part in enumerate(parts):
        yield Heading(line(f"{_NUMERALS[number]}、{part}"), 2 if sub else 1)
        yield from told.get(part, [Paragraph(line(_NONE))])


def _told(case: Case, position: int, held: dict[str, Any], on: date) -> dict[str, list[Block]]:
    """The text of each required part, keyed by its heading."""
    source = {"case": case.number, "event": position}
    findings = [dict(each) for each in held.get("findings") or ()]
    similar = [each for each in findings if each.get("verdict") == "类似"]

    def said(key: str, extra: str = "") -> list[Block]:
        value = held.get(key) or ""
        text = "、".join(value) if isinstance(value, list) else str(value)
        return [Paragraph(line((text or _NONE) + extra))]

    serves = int(str(held.get("serves") or 1))
    series = f"（本次检索同时用于系列案共{serves}件）" if serves > 1 else ""
    return {
        "检索主体": said("searcher", f"（{case.court.name}）{series}"),
        "检索时间": [Paragraph(line(str(on)))],
        "检索平台": said("sources"),
        "检索方法": [
            *said("method"),
            Paragraph(line("检索词：", str(held.get("query") or _NONE)), "item"),
        ],
        "检索结果": [_table(findings, source)]
        if findings
        else [Paragraph(line(NONE_FOUND + "。"))],
        "类案裁判要点": _points(similar),
        "待决案件争议焦点": said("issues"),
        "是否参照或者参考类案及理由": _followed(similar),
    }


def _table(findings: Sequence[dict[str, str]], source: dict[str, Any]) -> Table:
    rows = tuple(
        (
            line(str(n)),
            line("；".join(filter(None, (each.get("case"), _entry(each), each.get("link"))))),
            line(each.get("verdict", "")),
            line(each.get("reason", "")),
            line(each.get("followed", "") or "—"),
        )
        for n, each in enumerate(findings, 1)
    )
    return Table(_FOUND, rows, line(f"检索结果共{len(findings)}件"))


def _entry(finding: dict[str, str]) -> str:
    return f"入库编号{finding['entry']}" if finding.get("entry") else ""


def _points(similar: Sequence[dict[str, str]]) -> list[Block]:
    if not similar:
        return [Paragraph(line("没有类案。"))]
    return [
        Paragraph(line(f"{e.get('case')}：{e.get('points') or _NONE}"), "item") for e in similar
    ]


def _followed(similar: Sequence[dict[str, str]]) -> list[Block]:
    if not similar:
        return [Paragraph(line("没有类案，不涉及参照或者参考。"))]
    return [
        Paragraph(
            line(f"{e.get('case')}：{e.get('followed') or _NONE}。理由：{e.get('reason')}"), "item"
        )
        for e in similar
    ]


def _submitted(standing: Standing) -> Iterator[Block]:
    yield Heading(line("当事人提交的案例及回应"))
    for each in standing.submitted:
        given, answer = each.given, each.answer
        side, what = given.get("side") or "当事人", given.get("case") or given.get("entry")
        yield Paragraph(line(f"{side}提交{given.get('kind')}：{what}"))
        told = f"{answer.get('way')}：{answer.get('text')}" if answer else "尚未回应"
        yield Paragraph(line("回应：", told), "item")
