"""Editing the narrative: words are free, numbers stay bound to their queries.

In the edit box a bound number stands as `[[12:45件]]`, 12 being its place among the numbers of the paper. It
may be moved, left out or taken from elsewhere in the paper, but not changed; any other number is refused,
in digits or in Chinese with a unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.base.papers.model import Block, Line, Paper, Paragraph, Span, plain
from shenguan.base.papers.stored import line_from_json, line_to_json, paper_from_json
from shenguan.programs.reports.annex import spans_of
from shenguan.programs.reports.models import Report, SentenceEdit
from shenguan.programs.reports.traced import say

MARK = "※"
MOST_LETTERS = 1500
_BOUND = re.compile(r"\[\[(\d+):([^\[\]]*)\]\]")
_DIGIT = re.compile(r"[0-9０-９]")
_NUMERALS = "零〇一二三四五六七八九十百千万亿两几数"
_UNITS = "件|名|人次|人|起|宗|项|个百分点|个月|万元|亿元|元|倍|成|天|日|年|次|家"
_SPELT = re.compile(
    rf"(?<!第)[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?[余多]?(?:{_UNITS})(?!性)|百分之[{_NUMERALS}]|千分之[{_NUMERALS}]"
    r"|翻番|翻倍|过半|近半|一半|半数|大半"
)


class EditError(ValueError):
    """A sentence that can't be kept; the message says what in it and why (Chinese)."""


def bound(paper: Paper) -> list[Span]:
    """Return the bound numbers of a paper in order; a number's place is its index."""
    return list(spans_of(paper))


def is_editable(block: Block) -> bool:
    """Whether a block is narrative: a sentence, not a heading, table or note."""
    return isinstance(block, Paragraph) and block.style in {"body", "plain"}


def box_text(line: Line, spans: Sequence[Span]) -> str:
    """Return a line as it stands in the edit box."""
    places = {id(span): at for at, span in enumerate(spans)}
    return "".join(
        span.text if span.source is None else f"[[{_place(span, spans, places)}:{span.text}]]"
        for span in line
    )


def _place(span: Span, spans: Sequence[Span], places: Mapping[int, int]) -> int:
    found = places.get(id(span))
    if found is not None:
        return found
    return next(
        at for at, one in enumerate(spans) if (one.text, one.source) == (span.text, span.source)
    )


def read_box(text: str, spans: Sequence[Span]) -> Line:
    """Return the line of an edit box; raises `EditError` for a number without a query or a changed one."""
    text = " ".join(text.split())
    if not text:
        raise EditError("句子是空的；不要这一句，请写明“（略）”")
    if len(text) > MOST_LETTERS:
        raise EditError(f"一段最多{MOST_LETTERS}字")
    made: list[Span] = []
    at = 0
    for match in _BOUND.finditer(text):
        made += _free(text[at : match.start()])
        made.append(_bound_span(match, spans))
        at = match.end()
    made += _free(text[at:])
    return tuple(made)


def _bound_span(match: re.Match[str], spans: Sequence[Span]) -> Span:
    place, printed = int(match.group(1)), match.group(2)
    if place >= len(spans):
        raise EditError(f"材料中没有编号为{place}的数字")
    if spans[place].text != printed:
        raise EditError(
            f"编号{place}的数字是“{spans[place].text}”，不能改为“{printed}”；数字须由取数产生"
        )
    return replace(spans[place], tone="", bold=False)


def _free(text: str) -> list[Span]:
    if not text:
        return []
    if "[[" in text or "]]" in text:
        raise EditError(f"“{text.strip()[:20]}”中的方括号不成对，数字须写作 [[编号:数字]]")
    found = _SPELT.search(text)
    if _DIGIT.search(text):
        raise EditError(f"“{text.strip()}”中有没有出处的数字；请从本材料的数字中选用")
    if found:
        raise EditError(f"“{found.group()}”是没有出处的数量；请从本材料的数字中选用")
    return [Span(text)]


def edit(
    *, report: Report, block: int, text: str, actor: Person, now: datetime
) -> SentenceEdit | None:
    """Keep a changed sentence with who changed it; None when nothing changed. Raises `EditError`."""
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if not held.is_open:
            raise EditError("只有草稿可以修改；已发布的材料不能改")
        original, current = paper_from_json(held.paper or {}), edited(held)
        if not 0 <= block < len(current.blocks) or not is_editable(current.blocks[block]):
            raise EditError("这一段不能修改")
        before = current.blocks[block]
        assert isinstance(before, Paragraph)
        line = read_box(text, bound(original))
        if (plain(line), _sources(line)) == (plain(before.line), _sources(before.line)):
            return None
        made = SentenceEdit.objects.create(
            report=held, block=block, before=line_to_json(before.line), after=line_to_json(line),
            person=actor, made_at=now,
        )  # fmt: skip
        audit.append(
            chain=held.court.code, actor=str(actor), action="修改报告文字", subject=held.title,
            detail={"block": block, "after": plain(line)}, now=now,
        )  # fmt: skip
    return made


def _sources(line: Line) -> list[object]:
    return [span.source for span in line if span.source is not None]


def last_edits(report: Report) -> dict[int, SentenceEdit]:
    """Return the edit that stands for each changed block."""
    return {one.block: one for one in report.edits.select_related("person").order_by("pk")}


def edited(report: Report, edits: Mapping[int, SentenceEdit] | None = None) -> Paper:
    """Return the paper with its changed sentences, unmarked."""
    paper = paper_from_json(report.paper or {})
    found = last_edits(report) if edits is None else edits
    blocks = [
        replace(block, line=line_from_json(found[at].after))
        if at in found and isinstance(block, Paragraph)
        else block
        for at, block in enumerate(paper.blocks)
    ]
    return replace(paper, blocks=tuple(blocks))


def final(report: Report) -> Paper:
    """Return the paper as it goes out: numbered, changed sentences marked with who changed them."""
    edits = last_edits(report)
    paper = edited(report, edits)
    blocks = [
        replace(block, line=(Span(MARK), *block.line))
        if at in edits and isinstance(block, Paragraph)
        else block
        for at, block in enumerate(paper.blocks)
    ]
    if edits:
        blocks.append(Paragraph(_who(edits), "note"))
    number = report.number
    shown = say(_stated("文号", number)) if number else ()
    return replace(paper, blocks=tuple(blocks), number=shown)


def _who(edits: Mapping[int, SentenceEdit]) -> Line:
    people: dict[str, datetime] = {}
    for one in edits.values():
        people[str(one.person)] = max(one.made_at, people.get(str(one.person), one.made_at))
    parts: list[Span] = [Span(f"标“{MARK}”的语句经人工修改，其中的数字仍由取数产生。修改人：")]
    for at, (name, moment) in enumerate(people.items()):
        parts += [Span("、")] if at else []
        parts.append(_stated("修改人和时间", f"{name}（{localtime(moment):%Y-%m-%d %H:%M}）"))
    return say(*parts, "。")


def _stated(what: str, text: str) -> Span:
    return Span(text, {"ask": "stated", "what": what, "text": text})
