"""Figures of 阅核 and 四类案件: counted over the cases in scope, in the order of the institutions, never ranked.

Rates are given as whole parts; below the rulebook's small number they are named and not computed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Case as CaseWhen
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When

from shenguan.base.org.scope import Scope
from shenguan.programs.supervision import selectors
from shenguan.programs.supervision.models import Act, Mark, Opinion, Referral
from shenguan.rulebook import load
from shenguan.spine.cases.casescope import cases_in
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event

LITIGATION = "诉讼"
LEVELS = ("院领导", "庭领导", "未注明")
_CHANGED = ("改判", "发回", "撤销", "指令")


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `few` where the whole is too small to speak of a rate."""

    part: int
    whole: int
    few: bool

    @property
    def percent(self) -> str:
        """The rate in percent, or why there is none."""
        if not self.whole:
            return "—"
        return "件数过少" if self.few else f"{100 * self.part / self.whole:.2f}%"


def share(part: int, whole: int) -> Share:
    """Return a share, marked as few below the rulebook's small number."""
    return Share(part, whole, whole < int(load().supervision.lists["small_number"]))


@dataclass(slots=True)
class Row:
    """One division's figures."""

    court_id: int
    court: str
    unit_id: int | None
    unit: str
    closed: int = 0
    examined: int = 0
    levels: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> Share:
        """阅核率: read and closed among closed."""
        return share(self.examined, self.closed)

    def level_share(self, level: str) -> Share:
        """Return the share of a level among what was read."""
        return share(self.levels[level], self.examined)

    @property
    def level_counts(self) -> list[int]:
        """The counts in the order of `LEVELS`."""
        return [self.levels[level] for level in LEVELS]

    @property
    def leaders(self) -> Share:
        """The share of 院领导."""
        return self.level_share("院领导")


@dataclass(frozen=True, slots=True)
class Compared:
    """Read against not read: how many went on to an appeal, and were changed there."""

    name: str
    key: str
    closed: int
    appealed: Share
    changed: Share


@dataclass(frozen=True, slots=True)
class Readings:
    """What the readings themselves say."""

    opinions: Mapping[str, int]
    waited_mean: float | None
    waited_median: float | None
    reconsidered: Share
    referred: Share
    adopted: Share


def closed_cases(scope: Scope, period: Period) -> QuerySet[Case]:
    """Return the suits closed in a period."""
    return cases_in(scope, LITIGATION).filter(
        closed_on__gte=period.first, closed_on__lte=period.last
    )


def examined() -> Exists:
    """Return the condition of cases of which a document was read before signing."""
    return Exists(_examinations().filter(case=OuterRef("pk")))


def by_division(scope: Scope, period: Period) -> list[Row]:
    """Return one row a division, in the order of the institutions."""
    rows: dict[tuple[int, int | None], Row] = {}
    counted = (
        closed_cases(scope, period)
        .annotate(examined=examined())
        .values("court", "court__name", "division", "division__name", "examined")
        .annotate(n=Count("pk"))
        .order_by("court__order", "court", "division__order", "division")
    )
    for one in counted:
        key = (one["court"], one["division"])
        row = rows.setdefault(
            key, Row(key[0], one["court__name"], key[1], one["division__name"] or "未登记部门")
        )
        row.closed += one["n"]
        row.examined += one["n"] if one["examined"] else 0
    for (court, unit, _case), level in _levels(scope, period).items():
        rows[court, unit].levels[level] += 1
    return list(rows.values())


def total(rows: Iterable[Row]) -> Row:
    """Return the sum of rows."""
    whole = Row(0, "合计", None, "")
    for row in rows:
        whole.closed += row.closed
        whole.examined += row.examined
        whole.levels.update(row.levels)
    return whole


def cases_of_level(scope: Scope, period: Period, level: str) -> list[int]:
    """Return the ids of the cases that a level read."""
    return [case for (_c, _u, case), found in _levels(scope, period).items() if found == level]


def _levels(scope: Scope, period: Period) -> dict[tuple[int, int | None, int], str]:
    """Return the highest level that read each case, as its last event of reading says."""
    cases = closed_cases(scope, period).filter(examined())
    rows = _examinations().filter(case__in=cases.values("pk")).order_by("position")
    found: dict[tuple[int, int | None, int], str] = {}
    for court, unit, case, payload in rows.values_list(
        "case__court", "case__division", "case", "payload"
    ):
        said = str(payload.get("level") or "")
        level = "院领导" if said == "院长" else said if said in LEVELS else "未注明"
        found[court or 0, unit, case or 0] = level
    return found


def first_judgments(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return the judgments of first instance among cases."""
    return cases.filter(instance="一审", disposition__contains="判决")


def appealed() -> Q:
    """Return the condition of cases against which an appeal was brought."""
    appeals = Event.objects.filter(LANDED, kind="上诉", case=OuterRef("pk"), voided_by=None)
    return Q(Exists(appeals)) | Q(Exists(_later()))


def changed() -> Q:
    """Return the condition of cases whose judgment was changed or sent back on appeal."""
    words = Q()
    for word in _CHANGED:
        words |= Q(disposition__contains=word)
    return Q(Exists(_later().filter(words)))


def _later() -> QuerySet[Case]:
    return Case.objects.filter(prior=OuterRef("pk"), instance="二审", visible=True)


def compared(scope: Scope, period: Period) -> list[Compared]:
    """Return what became of the first-instance cases read and of those not read."""
    first = first_judgments(closed_cases(scope, period))
    yes = Value(True)
    rows = first.annotate(
        examined=examined(),
        appealed=CaseWhen(When(appealed(), then=yes), default=Value(False)),
        changed=CaseWhen(When(changed(), then=yes), default=Value(False)),
    )
    counted: dict[tuple[bool, str], int] = defaultdict(int)
    for one in rows.values("examined", "appealed", "changed").annotate(n=Count("pk")).order_by():
        counted[one["examined"], "closed"] += one["n"]
        for what in ("appealed", "changed"):
            counted[one["examined"], what] += one["n"] if one[what] else 0
    return [
        Compared(
            name,
            key,
            counted[was, "closed"],
            share(counted[was, "appealed"], counted[was, "closed"]),
            share(counted[was, "changed"], counted[was, "appealed"]),
        )
        for name, key, was in (("经阅核", "read", True), ("未经阅核", "unread", False))
    ]


def readings(scope: Scope, period: Period) -> Readings:
    """Return how long readings took and what was said, over the cases in scope."""
    seen = selectors.on_cases(scope)
    opinions = Opinion.objects.filter(
        review__in=seen.values("pk"),
        decision__at__date__gte=period.first,
        decision__at__date__lte=period.last,
    )
    rows = list(opinions.values_list("review", "kind", "waited"))
    book = load().supervision.opinions
    kinds = Counter(kind for _review, kind, _waited in rows)
    waited = [days for _review, _kind, days in rows]
    referrals = Referral.objects.filter(opinion__in=opinions.values("pk"), kind="复议")
    results = list(referrals.values_list("result", flat=True))
    meetings = {r for r, kind, _w in rows if book[kind].referral not in {"", "复议"}}
    answers = Counter(
        opinions.exclude(remarks__answer="").values_list("remarks__answer", flat=True)
    )
    answered = answers["采纳"] + answers["不采纳"]
    return Readings(
        opinions={entry.name: kinds[code] for code, entry in book.items()},
        waited_mean=sum(waited) / len(waited) if waited else None,
        waited_median=median(waited) if waited else None,
        reconsidered=share(sum(result != "维持原意见" for result in results), len(results)),
        referred=share(len(meetings), len({review for review, *_rest in rows})),
        adopted=share(answers["采纳"], answered),
    )


@dataclass(frozen=True, slots=True)
class Marking:
    """What became of the marks made in a period."""

    made: int
    proposed: int
    confirmed: int
    accuracy: Share
    by_hand: Share
    supervised: Share
    days_to_measure: float | None
    measures: Mapping[tuple[str, str], int]
    kinds: Mapping[tuple[int, str], int]


def marking(scope: Scope, period: Period) -> Marking:
    """Return how well cases were found, and whether marked ones were supervised."""
    made = selectors.marks(scope).filter(made_on__gte=period.first, made_on__lte=period.last)
    rows = list(made.values_list("pk", "source", "state", "kinds", "decided_on"))
    decided = [r for r in rows if r[2] != Mark.State.PROPOSED]
    standing = [r for r in rows if r[2] in {Mark.State.CONFIRMED, Mark.State.REMOVED}]
    by_rule = [r for r in decided if r[1] == Mark.Source.RULE]
    acts = Act.objects.filter(mark__in=[r[0] for r in standing]).order_by("on", "pk")
    first: dict[int, date] = {}
    measures: Counter[str] = Counter()
    for mark, measure, on in acts.values_list("mark", "measure", "on"):
        first.setdefault(mark, on)
        measures[measure] += 1
    waited = [(first[r[0]] - r[4]).days for r in standing if r[0] in first and r[4]]
    book = load().supervision
    kinds = Counter(kind for r in standing for kind in r[3])
    return Marking(
        made=len(rows),
        proposed=len(rows) - len(decided),
        confirmed=len(standing),
        accuracy=share(sum(r[2] != Mark.State.REJECTED for r in by_rule), len(by_rule)),
        by_hand=share(sum(r[1] == Mark.Source.PERSON for r in standing), len(standing)),
        supervised=share(len(first), len(standing)),
        days_to_measure=sum(waited) / len(waited) if waited else None,
        measures={(code, entry.name): measures[code] for code, entry in book.measures.items()},
        kinds={(number, name): kinds[number] for number, name in book.kinds.items()},
    )


def _examinations() -> QuerySet[Event]:
    return Event.objects.filter(LANDED, kind="阅核", voided_by=None)
