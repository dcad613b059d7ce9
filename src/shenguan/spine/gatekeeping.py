"""Gates: the rulebook's word on whether the log allows an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, partial

from shenguan.base.org.choices import setting
from shenguan.core.casefold import LoggedEvent, live
from shenguan.rulebook import Rulebook
from shenguan.rulebook.loaders.gates import Asked, Below, Gate
from shenguan.spine.cases import log
from shenguan.spine.cases.bench import bench_of
from shenguan.spine.cases.models import Case, Event

NEVER_REFUSED = frozenset({"作废"})
SECRET = 2
"""敏感程度 from which a case is a state secret: no post has the clearance, nothing of it may be written."""

_STATED = frozenset({"登记", "登记变更"})
_OF_A_PLACEHOLDER = frozenset(
    {
        *("case_type", "instance", "procedure", "clock_start_on", "confidentiality"),
        *("start", "due", "months", "days", "old", "new"),
    }
)
"""What may be known of a state secret: which number, under which clock."""

SECRET_STAYS_OUT = Gate(
    id="secret-stays-out",
    kinds=frozenset(),
    conditions=(),
    say="涉密案件不进入本系统，至多占位：只可记案号和审限，不得记案由、当事人、承办人、办案过程和文书",
    law="保守国家秘密法第14条（2024年修订）",
)


class GateClosed(ValueError):  # noqa: N818 - it names the state of the case, not a bug
    """The log doesn't allow an event; the message names case, event and reason in Chinese."""

    def __init__(self, number: str, kind: str, gate: Gate) -> None:
        self.number, self.kind, self.gate = number, kind, gate
        super().__init__(f"{number}：{kind}未予记录——{gate.say}")


def check(rows: Sequence[Event], rulebook: Rulebook, today: date) -> None:
    """Raise `GateClosed` for the first event that a gate refuses.

    Events of one call see those before them; an event sees its case without what it voids.
    """
    _check_voids(rows)
    case_ids = list(dict.fromkeys(row.case_id for row in rows if row.case_id))
    logs = {entry.case_id: list(entry.events) for entry in log.read(case_ids)}
    future = log.head()
    for offset, row in enumerate(rows, 1):
        assert row.case_id is not None
        events = logs[row.case_id]
        asked = LoggedEvent(future + offset, row.kind, row.occurred_on, row.payload, row.voids_id)
        events.append(asked)
        if row.kind not in NEVER_REFUSED:
            before = [event for event in live(events) if event.position != asked.position]
            if not _may_be_known(asked, before, rulebook):
                raise GateClosed(_number(row), row.kind, SECRET_STAYS_OUT)
            _refuse(row, asked, before, rulebook, today)


def _may_be_known(asked: LoggedEvent, before: Sequence[LoggedEvent], rulebook: Rulebook) -> bool:
    """Tell whether an event says no more of a state secret than its number and its clock."""
    grades = (
        event.payload["confidentiality"] or 0
        for event in (asked, *reversed(before))
        if event.kind in _STATED and "confidentiality" in event.payload
    )
    if next(grades, 0) < SECRET:
        return True
    clocked = asked.kind in _STATED or rulebook.events[asked.kind].clock != "none"
    return clocked and {key for key, value in asked.payload.items() if value} <= _OF_A_PLACEHOLDER


def _number(row: Event) -> str:
    return Case.objects.get(pk=row.case_id or 0).number


def flags_of(events: Iterable[LoggedEvent], rulebook: Rulebook, today: date) -> list[str]:
    """Return the flags of gates that a case's events fail, whatever order they came in."""
    standing = live(events)
    gates = _flagging(rulebook)
    found: dict[str, None] = {}
    for event in standing:
        for gate in gates.get(event.kind, ()):
            others = [other for other in standing if other is not event]
            pair = rulebook.events[event.kind].pair
            if gate.flag not in found and not gate.passes(Asked(event, others, pair, today)):
                found[gate.flag] = None
    return list(found)


def _refuse(
    row: Event, asked: LoggedEvent, before: Sequence[LoggedEvent], rulebook: Rulebook, today: date
) -> None:
    question = Asked(
        asked, before, rulebook.events[row.kind].pair, today, partial(_below, row.case_id or 0)
    )
    for gate in rulebook.gates:
        if row.kind in gate.kinds and not gate.passes(question):
            case = Case.objects.select_related("court").get(pk=row.case_id or 0)
            if not gate.choice or setting(case.court, gate.choice, today, default=False):
                raise GateClosed(str(case), row.kind, gate)


def _below(case_id: int) -> list[Below]:
    """Return the cases that led to a case, the nearest first."""
    found: list[Below] = []
    seen, case = {case_id}, Case.objects.select_related("prior").get(pk=case_id).prior
    while case is not None and case.pk not in seen:
        seen.add(case.pk)
        names = frozenset(person.name for person, _role in bench_of(case))
        found.append(Below(case.disposition, case.case_class, names))
        case = case.prior
    return found


def _check_voids(rows: Sequence[Event]) -> None:
    """An event can only take back one of its own case."""
    wanted = {row.voids_id: row for row in rows if row.voids_id}
    cases = dict(Event.objects.filter(pk__in=wanted).values_list("pk", "case_id"))
    for position, row in wanted.items():
        if cases.get(position) != row.case_id:
            raise ValueError(f"要作废的事件{position}不在本案日志中")


@cache
def _flagging(rulebook: Rulebook) -> dict[str, list[Gate]]:
    gates: dict[str, list[Gate]] = defaultdict(list)
    for gate in rulebook.gates:
        for kind in gate.kinds if gate.flag else ():
            gates[kind].append(gate)
    return gates
