"""One event on many cases: what would be recorded and what not, then one act."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices, is_read_only
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.core.casefold import LoggedEvent, live
from shenguan.programs.registering.advice import advise
from shenguan.programs.registering.models import Act, Line
from shenguan.programs.registering.services import Entry, Refused
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.gatekeeping import GateClosed, check
from shenguan.spine.pipeline import NewEvent, record

MOST = 500
PORTION = 25
"""Cases in one transaction: short, so that nobody else waits."""

NOT_FOUND = "未找到该案号，或者不在您的查看范围"
TWICE = "与前面的案号重复"
_SEPARATORS = re.compile(r"[\n\r,，;；、\t]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One number as given; `reason` says why nothing will be recorded, "" where it will be."""

    given: str
    case: Case | None
    reason: str = ""
    notes: tuple[str, ...] = ()


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a pasted text, one a line or separated by commas."""
    return [word.strip() for word in _SEPARATORS.split(text) if word.strip()]


def preview(scope: Scope, numbers: Sequence[str], entry: Entry, today: date) -> list[Row]:
    """Return what would become of each number. Raises `Refused` for more than `MOST`."""
    if len(numbers) > MOST:
        raise Refused(f"一次最多办理{MOST}件，本次{len(numbers)}件")
    rows = _found(scope, numbers)
    cases = [row.case for row in rows if row.case]
    refused = _refusals(cases, entry, today)
    ready = [case.pk for case in cases if case.pk not in refused]
    notes = advise(scope, ready, entry.form.event, entry.on, entry.payload, today)
    return [_judged(row, refused, notes) for row in rows]


def carry_out(
    key: str,
    scope: Scope,
    numbers: Sequence[str],
    entry: Entry,
    *,
    person: Person,
    now: datetime,
) -> Act:
    """Record the event on every case that takes it; a case that doesn't stops no other.

    The same `key` sent again finishes what is left and records nothing twice.
    """
    act, _made = Act.objects.get_or_create(
        key=key,
        defaults={
            "kind": entry.form.event,
            "occurred_on": entry.on,
            "payload": dict(entry.payload),
            "person": person,
            "made_at": now,
        },
    )
    if act.person_id != person.pk:
        raise Refused("这一办理编号属于他人")
    if act.finished_at is None:
        entry = Entry(entry.form, act.occurred_on, act.payload)
        done = set(act.lines.values_list("seq", flat=True))
        rows = enumerate(preview(scope, numbers, entry, day_of(now)), 1)
        left = [(seq, row) for seq, row in rows if seq not in done]
        for start in range(0, len(left), PORTION):
            _carry_out_all(act, left[start : start + PORTION], entry, now)
        _finish(act, now)
    return act


def exceptions(lines: Iterable[Line]) -> list[Line]:
    """Return the lines on which nothing was recorded."""
    return [line for line in lines if line.position is None]


def _carry_out_all(act: Act, rows: Sequence[tuple[int, Row]], entry: Entry, now: datetime) -> None:
    """Record a portion in one transaction; where the log has moved since, case by case."""
    lines = [_line(act, seq, row) for seq, row in rows]
    ready = [line for line in lines if not line.reason]
    try:
        with transaction.atomic():
            _record(act, ready, entry, now)
            Line.objects.bulk_create(lines)
    except GateClosed:
        for line in lines:
            _carry_out_one(act, line, entry, now)


def _carry_out_one(act: Act, line: Line, entry: Entry, now: datetime) -> None:
    try:
        with transaction.atomic():
            if not line.reason:
                _record(act, [line], entry, now)
            line.save()
    except GateClosed as closed:
        line.position, line.reason = None, _why(closed)
        line.save()


def _record(act: Act, lines: Sequence[Line], entry: Entry, now: datetime) -> None:
    source = f"批量登记第{act.pk}号"
    events = [
        NewEvent(line.case_id or 0, entry.form.event, entry.on, entry.payload, source=source)
        for line in lines
    ]
    positions = record(events, actor=str(act.person), now=now) if events else []
    for line, position in zip(lines, positions, strict=True):
        line.position = position


def _line(act: Act, seq: int, row: Row) -> Line:
    reason = row.reason or ("" if row.case else NOT_FOUND)
    notes = list(row.notes)
    return Line(act=act, seq=seq, given=row.given[:120], case=row.case, reason=reason, notes=notes)


def _finish(act: Act, now: datetime) -> None:
    with transaction.atomic():
        if Act.objects.filter(pk=act.pk, finished_at=None).update(finished_at=now) != 1:
            return
        act.finished_at = now
        done = act.lines.exclude(position=None).count()
        audit.append(
            chain=act.person.court.code,
            actor=str(act.person),
            action="批量登记",
            subject=f"第{act.pk}号 {act.kind}",
            detail={"done": done, "left": act.lines.count() - done},
            now=now,
        )


def _found(scope: Scope, numbers: Sequence[str]) -> list[Row]:
    keys = [number_key(number) for number in numbers]
    held: dict[str, list[Case]] = defaultdict(list)
    cases = visible_cases(scope).filter(number_key__in=set(keys)).select_related("division")
    for case in cases:
        held[case.number_key].append(case)
    seen: Counter[str] = Counter()
    rows = []
    for number, key in zip(numbers, keys, strict=True):
        seen[key] += 1
        found = held[key]
        if seen[key] > 1:
            rows.append(Row(number, None, TWICE))
        elif len(found) == 1:
            rows.append(Row(number, found[0]))
        else:
            reason = f"该案号对应{len(found)}件案件，请逐件登记" if found else NOT_FOUND
            rows.append(Row(number, None, reason))
    return rows


def _refusals(cases: Sequence[Case], entry: Entry, today: date) -> dict[int, str]:
    """Return by case why the event can't be recorded now: mode of the court, twins, gates."""
    choices, found = Choices(), dict[int, str]()
    logs = {history.case_id: live(history.events) for history in log.read([c.pk for c in cases])}
    for case in cases:
        read_only = is_read_only(case.court_id, today, choices)
        if entry.form.held_by_source and read_only:
            found[case.pk] = "本院为只读接入模式，由本院办案系统登记后接入"
        elif any(_is_twin(event, entry) for event in logs[case.pk]):
            found[case.pk] = f"{entry.on}已有内容相同的“{entry.form.event}”"
        elif closed := _gate(case, entry, today):
            found[case.pk] = closed
    return found


def _is_twin(event: LoggedEvent, entry: Entry) -> bool:
    same = event.kind == entry.form.event and event.occurred_on == entry.on
    return same and dict(event.payload) == dict(entry.payload)


def _gate(case: Case, entry: Entry, today: date) -> str:
    asked = Event(
        case=case, kind=entry.form.event, occurred_on=entry.on, payload=dict(entry.payload)
    )
    try:
        check([asked], load(), today)
    except GateClosed as closed:
        return _why(closed)
    return ""


def _why(closed: GateClosed) -> str:
    law = closed.gate.law
    return f"{closed.gate.say}{f'（{law}）' if law else ''}"


def _judged(row: Row, refused: dict[int, str], notes: dict[int, list[str]]) -> Row:
    if row.case is None:
        return row
    said = tuple(notes.get(row.case.pk, ()))
    return Row(row.given, row.case, refused.get(row.case.pk, ""), said)
