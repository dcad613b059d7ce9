"""院庭长监管履职台账: what each leader has done as a leader, made from what the system has on record.

Nothing is typed in: decisions, warnings, 督办单, instructions, events of supervision, the audit trail. Events and
audit rows carry the name of who acted; two people of one name in a court would share them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from shenguan.base.approvals.models import Decision
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Answer, Order
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.programs.desk.models import Instruction
from shenguan.rulebook import load
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Event
from shenguan.spine.cases.selectors import inner_cases, visible_cases

LEADING = (
    "院长",
    "分管副院长",
    "审委会专职委员",
    "庭长",
    "副庭长",
    "人民法庭庭长",
    "执行局局长",
    "团队负责人",
)
CATEGORIES = ("审批", "阅核与监督", "会议", "批示交办", "督办销号", "预警处理", "其他留痕")
_MEETINGS = ("专业法官会议", "审委会", "法官会议")
_ELSEWHERE = (
    "审批",
    "答复预警",
    "暂缓提醒",
    "认定数据",
    "销号",
    "批示",
    "登录",
    "退出",
    "记录事件",
)
"""Acts in the audit that another category counts already, or that are no act of supervision."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: when, of what category, what, on what."""

    at: datetime
    category: str
    what: str
    subject: str = ""


@dataclass(slots=True)
class Leader:
    """One leader with what was done, newest first."""

    person_id: int
    name: str
    post: str
    unit: str
    court_id: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often in each category."""
        counted = Counter(entry.category for entry in self.entries)
        return [(name, counted[name]) for name in CATEGORIES]


def leaders(scope: Scope, court: Court, on: date) -> list[Leader]:
    """Return the leaders of one court that the scope shows, in 机构序; each once, by the highest post."""
    rows = Appointment.objects.filter(in_force(on), court=court, post__in=LEADING)
    if scope.court_ids is not None and court.pk not in scope.court_ids:
        rows = rows.filter(Q(unit__in=scope.unit_ids) | Q(person__in=scope.person_ids))
    found: dict[int, Leader] = {}
    ordered = rows.select_related("person", "unit").order_by("unit__order", "unit_id", "pk")
    for row in sorted(ordered, key=lambda row: LEADING.index(row.post)):
        unit = row.unit.name if row.unit else ""
        found.setdefault(
            row.person_id, Leader(row.person_id, row.person.name, row.post, unit, court.pk)
        )
    return list(found.values())


def ledger(scope: Scope, court: Court, period: Period, on: date) -> list[Leader]:
    """Return every leader's entries of a period."""
    people = leaders(scope, court, on)
    by_id = {one.person_id: one for one in people}
    by_name = {one.name: one for one in people}
    span = (
        datetime.combine(period.start, time(), COURT_ZONE),
        datetime.combine(period.end + timedelta(days=1), time(), COURT_ZONE),
    )
    for source in (_decisions, _answers, _instructions):
        for person_id, entry in source(list(by_id), span):
            by_id[person_id].entries.append(entry)
    for person_id, entry in _orders(list(by_id), period):
        by_id[person_id].entries.append(entry)
    for name, entry in (*_events(scope, list(by_name), span), *_audit(court, list(by_name), span)):
        by_name[name].entries.append(entry)
    for one in people:
        one.entries.sort(key=lambda entry: entry.at, reverse=True)
    return people


Span = tuple[datetime, datetime]
Done = Iterator[tuple[int, Entry]]


def _decisions(people: Sequence[int], span: Span) -> Done:
    rows = Decision.objects.filter(
        person__in=people, at__gte=span[0], at__lt=span[1], step__isnull=False
    )
    # What a reader said is of the inner record; that they read is an event.
    rows = rows.exclude(request__mode="review")
    for row in rows.select_related("request"):
        asked = row.request
        said = f"{asked.name}：{row.get_outcome_display()}"
        yield row.person_id or 0, Entry(row.at, "审批", said, asked.subject_name)


def _answers(people: Sequence[int], span: Span) -> Done:
    rows = Answer.objects.filter(made_at__gte=span[0], made_at__lt=span[1])
    for row in rows.filter(person__in=people).select_related("watch"):
        yield row.person_id, Entry(row.made_at, "预警处理", f"答复：{row.choice}", row.watch.say)
    for row in Answer.objects.filter(
        decided_by__in=people, decided_at__gte=span[0], decided_at__lt=span[1]
    ).select_related("watch"):
        said = "认定数据有误" if row.upheld else "认定数据无误"
        assert row.decided_at is not None
        yield row.decided_by_id or 0, Entry(row.decided_at, "预警处理", said, row.watch.say)


def _instructions(people: Sequence[int], span: Span) -> Done:
    rows = Instruction.objects.filter(giver__in=people, given_at__gte=span[0], given_at__lt=span[1])
    for row in rows:
        yield (
            row.giver_id,
            Entry(row.given_at, "批示交办", f"{row.number}（{row.state_word}）", row.text),
        )


def _orders(people: Sequence[int], period: Period) -> Done:
    rows = Order.objects.filter(closed_by__in=people, closed_on__range=(period.start, period.end))
    for row in rows.select_related("court"):
        assert row.closed_on is not None
        at = datetime.combine(row.closed_on, time(), COURT_ZONE)
        yield row.closed_by_id or 0, Entry(at, "督办销号", row.number, row.say)


def _events(scope: Scope, names: Sequence[str], span: Span) -> Iterable[tuple[str, Entry]]:
    """Yield the events of supervision and meetings that these leaders put on record."""
    first = position_at(span[0])
    kinds = load().events.in_category("监督") | load().events.in_category("会议")
    shown = visible_cases(scope).filter(pk=OuterRef("case"))
    inner = Q(Exists(inner_cases(scope).filter(pk=OuterRef("case"))))
    whole = [kind.name for kind in load().events if kind.inner == "whole"]
    rows = Event.objects.filter(
        LANDED, Exists(shown), inner | ~Q(kind__in=whole), position__gte=first, kind__in=kinds,
        actor__in=names,
        recorded_at__gte=span[0], recorded_at__lt=span[1],
    )  # fmt: skip
    for row in rows.select_related("case"):
        is_meeting = any(word in row.kind for word in _MEETINGS)
        category = "会议" if is_meeting else "阅核与监督"
        number = row.case.number if row.case else ""
        yield row.actor, Entry(row.recorded_at, category, row.kind, number)


def position_at(moment: datetime) -> int:
    """Return the place in the log from which events were recorded at or after a moment, by halving the log."""
    low, high = (
        0,
        (Event.objects.order_by("-position").values_list("position", flat=True).first() or 0) + 1,
    )
    while low < high:
        middle = (low + high) // 2
        row = (
            Event.objects.filter(position__gte=middle)
            .order_by("position")
            .values_list("recorded_at")
            .first()
        )
        if row is not None and row[0] < moment:
            low = middle + 1
        else:
            high = middle
    return low


def _audit(court: Court, names: Sequence[str], span: Span) -> Iterable[tuple[str, Entry]]:
    rows = AuditRow.objects.filter(
        chain=court.code, actor__in=names, at__gte=span[0], at__lt=span[1]
    )
    for row in rows:
        if not row.action.startswith(_ELSEWHERE):
            yield row.actor, Entry(row.at, "其他留痕", row.action)


def summed(people: Sequence[Leader]) -> Mapping[str, int]:
    """Return the sum of each category."""
    total: Counter[str] = Counter()
    for one in people:
        total.update(dict(one.counts))
    return {name: total[name] for name in CATEGORIES}
