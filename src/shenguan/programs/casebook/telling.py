"""What happened in a case, in words: every event, those taken back shown as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shenguan.base.org.scope import Scope
from shenguan.core.casefold import REGISTRATION_KINDS, LoggedEvent, live
from shenguan.rulebook import Rulebook, load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Event
from shenguan.spine.cases.selectors import case_ids, without_inner

_QUIET = frozenset({"assumed", "extras", "flags", "digest", "batch", "events"})
_MOST = 120
_NAMING = ("role", "name", "case", "verdict", "followed")
DOCUMENTS = frozenset({"文书登记", "签发"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the timeline shows it. `standing` False: taken back, by the event `undone_by`."""

    position: int
    on: date | None
    kind: str
    detail: str
    registration: bool
    recorded_at: datetime
    actor: str
    source: str
    standing: bool
    undone_by: int | None
    assumed: bool
    payload: Mapping[str, Any]


def timeline(scope: Scope, case_id: int) -> list[Told]:
    """Return every landed event of a case by day, voided ones too; empty outside the scope."""
    if not case_ids(scope, [case_id]):
        return []
    events = list(log.landed().filter(case_id=case_id).order_by("position"))
    events = without_inner(scope, case_id, events)
    standing = {event.position for event in live(_logged(event) for event in events)}
    undone = {event.voids_id: event.position for event in events if event.voids_id}
    book = load()
    told = [
        _told(event, book, event.position in standing, undone.get(event.position))
        for event in events
    ]
    return sorted(told, key=lambda t: (t.on or t.recorded_at.date(), t.position))


def _logged(event: Event) -> LoggedEvent:
    return LoggedEvent(
        event.position,
        event.kind,
        event.occurred_on,
        event.payload,
        event.voids_id,
        event.occurred_at,
    )


def _told(event: Event, book: Rulebook, standing: bool, undone_by: int | None) -> Told:
    return Told(
        position=event.position,
        on=event.occurred_on,
        kind=event.kind,
        detail=in_words(event.kind, event.payload, book),
        registration=event.kind in REGISTRATION_KINDS,
        recorded_at=event.recorded_at,
        actor=event.actor,
        source=event.source,
        standing=standing,
        undone_by=undone_by,
        assumed=bool(event.payload.get("assumed")),
        payload=event.payload,
    )


def in_words(kind: str, payload: Mapping[str, Any], book: Rulebook) -> str:
    """Return what an event carries as one phrase, fields by their official names."""
    return "；".join(
        f"{label(kind, key, book)}：{text}"
        for key, value in payload.items()
        if key not in _QUIET and (text := _text(key, value))
    )


def label(kind: str, key: str, book: Rulebook) -> str:
    """Return the Chinese name of a payload field: of the kind's form, else of the case table."""
    form = book.forms.get(kind)
    for field in form.fields if form else ():
        if field.key == key:
            return field.label
    return _LABELS.get(key) or book.intake.name_of(key)


_LABELS = {
    "due": "届满日",
    "start": "起算日",
    "tag": "标签",
    "reason": "理由",
    "disposition": "结案方式",
    "undertaker": "承办人",
    "division": "承办部门",
    "team": "审判团队",
    "approver": "审批人",
    "months": "月数",
    "days": "天数",
    "kind": "种类",
    "document": "文书",
    "party": "当事人",
    "way": "方式",
    "place": "地点",
    "members": "成员",
    "old": "原",
    "new": "新",
    "from": "由",
    "to": "至",
    "court": "法院",
    "agreed": "各方同意",
    "hearing_on": "开庭日期",
    "type": "类型",
    "judged_on": "裁判日期",
    "file": "文件",
    "paper": "文书",
    "in_court": "当庭",
    "marks": "情节",
    "fields": "审判领域",
    "confidentiality": "敏感程度",
    "against": "上诉对象",
    "result": "结果",
    "appellant": "上诉人",
    "searcher": "检索人",
    "sources": "检索平台",
    "method": "检索方法",
    "query": "检索词",
    "issues": "争议焦点",
    "findings": "检索结果",
    "none_found": "已检索、无类案",
    "serves": "用于案件数",
    "series": "系列案",
    "cases": "案件",
    "side": "提交方",
    "case": "案例",
    "entry": "入库编号",
    "link": "链接",
    "answers": "回应事件",
    "text": "内容",
    "length": "字数",
}


def _text(key: str, value: Any) -> str:
    if value is None or value is False or value in ("", []):
        return ""  # what isn't so needs no words
    if value is True:
        return "是"
    if key == "amount":
        return f"{value / 100:,.2f}元"
    if isinstance(value, list):
        return _shortened("、".join(_items(value)))
    if isinstance(value, Mapping):
        return _shortened("、".join(f"{k} {v}" for k, v in value.items()))
    return _shortened(str(value))


def _items(values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield " ".join(str(value[k]) for k in _NAMING if value.get(k))
        else:
            yield str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}……"
