"""JSON in and out (contracts.md §2): faulty fields raise with a Chinese message naming them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from shenguan.core.timelimit import vocabulary
from shenguan.core.timelimit.model import (
    CaseHistory,
    Due,
    Settings,
    TimeLimitError,
    TimelineEvent,
)


def history_from_json(record: Mapping[str, Any], today: date | None = None) -> CaseHistory:
    """Read one input record; `today` stands in for a missing `as_of`.

    Raises TimeLimitError naming the field and the value that can't be read.
    """
    if not isinstance(record, Mapping):
        raise TimeLimitError("每行应为一个 JSON 对象")
    if record.get("id") is None:
        raise TimeLimitError("缺少字段 id")
    as_of = _date(record.get("as_of"), "as_of") or today
    if as_of is None:
        raise TimeLimitError("缺少字段 as_of")
    procedure, marks, against, detained = _hinted(_text(record.get("procedure"), "procedure"))
    return CaseHistory(
        id=str(record["id"]),
        case_type=_case_type(record),
        procedure=procedure,
        events=_events(record.get("events")),
        as_of=as_of,
        against=_against(record.get("against")) or against,
        foreign_related=_flag(record.get("foreign_related"), "foreign_related"),
        detained=_flag(record.get("detained"), "detained") or detained,
        rule=_text(record.get("rule"), "rule"),
        marks=_marks(record.get("marks")).union(marks),
        court_level=_text(record.get("court_level"), "court_level"),
        election_on=_date(record.get("election_on"), "election_on"),
    )


def due_to_json(due: Due) -> dict[str, Any]:
    """Return the output record; `due_at` is added for limits in hours."""
    found = {
        "id": due.id,
        "due": _iso(due.due),
        "due_local": _iso(due.due_local),
        "state": due.state,
        "days_left": due.days_left,
        "excluded_days": due.excluded_days,
        "in_time": due.in_time,
        "flags": list(due.flags),
        "steps": [{"say": step.say, "law": step.law, "on": _iso(step.on)} for step in due.steps],
    }
    if due.due_at is not None:
        found["due_at"] = due.due_at.isoformat(timespec="minutes")
    return found


def settings_from_json(record: Mapping[str, Any]) -> Settings:
    """Read a court's settings; unknown names raise TimeLimitError."""
    if not isinstance(record, Mapping):
        raise TimeLimitError("设置应为名称与值的对照")
    known = set(Settings.__dataclass_fields__)
    for name in record:
        if name not in known:
            raise TimeLimitError(f"设置“{name}”不存在，可用：{'、'.join(sorted(known))}")
    values = dict(record)
    values["local_reasons"] = tuple(record.get("local_reasons") or ())
    values["delegation"] = tuple(_period(item) for item in record.get("delegation") or ())
    for name in ("start_counts", "roll_over", "confirmation_15_days"):
        if name in values:
            values[name] = _flag(values[name], name)
    return Settings(**values)


def _period(item: Mapping[str, Any]) -> tuple[date, date | None]:
    begin = _date(item.get("from"), "delegation.from")
    if begin is None:
        raise TimeLimitError("设置 delegation 缺少 from")
    return begin, _date(item.get("to"), "delegation.to")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _case_type(record: Mapping[str, Any]) -> str:
    case_type = _text(record.get("case_type"), "case_type")
    if case_type is None and record.get("rule") is None:
        raise TimeLimitError("缺少字段 case_type")
    return case_type or ""


def _hinted(text: str | None) -> tuple[str | None, tuple[str, ...], str | None, bool]:
    """A procedure's canonical name and what else its wording tells of the case."""
    if text is None:
        return None, (), None, False
    plain = text.replace("（", "(").replace("）", ")")
    hint = vocabulary.HINTS.get(plain)
    if hint is None:
        return vocabulary.PROCEDURES.get(plain, text), (), None, False
    procedure, marks, against, detained = hint
    return procedure, tuple(marks.split()), against, detained


def _against(value: object) -> str | None:
    against = _text(value, "against")
    if against is None or against in ("判决", "裁定"):
        return against
    raise TimeLimitError(f"字段 against 的值“{against}”应为 判决 或 裁定")


def _marks(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(mark, str) for mark in value):
        raise TimeLimitError(f"字段 marks 的值“{value}”应为字符串数组")
    return frozenset(vocabulary.MARKS.get(mark.strip(), mark.strip()) for mark in value)


def _events(value: object) -> tuple[TimelineEvent, ...]:
    if not isinstance(value, list):
        raise TimeLimitError("缺少字段 events" if value is None else "字段 events 应为数组")
    return tuple(_event(item, number) for number, item in enumerate(value, 1))


def _event(item: object, number: int) -> TimelineEvent:
    place = f"第{number}个事件的 "
    if not isinstance(item, Mapping):
        raise TimeLimitError(f"第{number}个事件应为 JSON 对象")
    on, name = _date(item.get("on"), place + "on"), _text(item.get("event"), place + "event")
    if on is None or name is None:
        raise TimeLimitError(f"{place}{'on' if on is None else 'event'} 为空")
    if len(item) == 2:
        return TimelineEvent(on, vocabulary.ALIASES.get(name, name))
    months, days = _length(item, place)
    return TimelineEvent(
        on=on,
        event=vocabulary.ALIASES.get(name, name),
        at=_time(item.get("at"), place + "at"),
        months=months,
        days=days,
        approver=_text(item.get("approver"), place + "approver"),
        kind=_text(item.get("kind"), place + "kind"),
        agreed=_flag(item["agreed"], place + "agreed") if item.get("agreed") is not None else None,
        reason=_text(item.get("reason"), place + "reason"),
        paper=_text(item.get("paper"), place + "paper"),
        until=_date(item.get("to"), place + "to"),
    )


def _length(item: Mapping[str, Any], place: str) -> tuple[int | None, int | None]:
    """Half a month is fifteen days (刑诉解释第202条)."""
    months, days = _number(item, "months", place), _number(item, "days", place)
    if days is not None and days != int(days):
        raise TimeLimitError(f"字段 {place}days 的值“{days}”应为整数")
    whole = int(months) if months is not None else None
    spare = int(days) if days is not None else None
    if months is not None and months != whole:
        if months * 2 != int(months * 2):
            raise TimeLimitError(f"字段 {place}months 的值“{months}”应为整月或半月")
        spare = (spare or 0) + 15
    return whole, spare


def _number(item: Mapping[str, Any], name: str, place: str) -> float | None:
    value = item.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1200:
        raise TimeLimitError(f"字段 {place}{name} 的值“{value}”应为正数")
    return value


def _text(value: object, name: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TimeLimitError(f"字段 {name} 的值“{value}”应为字符串")
    return value.strip() or None


def _flag(value: object, name: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise TimeLimitError(f"字段 {name} 的值“{value}”应为 true 或 false")
    return value


def _date(value: object, name: str) -> date | None:
    """A day; of a moment its day. Years outside 1900–2200 are slips of the pen."""
    if value is None or value == "":
        return None
    day = value if isinstance(value, date) else _parsed(value)
    if day is None:
        raise TimeLimitError(f"字段 {name} 的值“{value}”不是日期（应如 2026-01-15）")
    if not 1900 <= day.year <= 2200:
        raise TimeLimitError(f"字段 {name} 的值“{value}”年份超出范围")
    return day.date() if isinstance(day, datetime) else day


def _parsed(value: object) -> date | None:
    if not isinstance(value, str) or len(value) < 10:
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


def _time(value: object, name: str) -> time | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            if len(value) > 10:
                return datetime.fromisoformat(value).time()
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise TimeLimitError(f"字段 {name} 的值“{value}”不是时刻（应如 10:30）")
