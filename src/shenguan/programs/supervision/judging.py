"""Cases as the supervision criteria see them, and what the criteria say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.core.supervision.criteria import PROPOSAL, Supervised
from shenguan.programs.supervision.models import Mark
from shenguan.rulebook import load
from shenguan.rulebook.loaders.supervision import READERS, KindRule, ReadingRule
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event, Party

OFF_KINDS, OFF_READING = "四类案件.停用", "阅核.停用"
DETAINED_SINCE = "羁押日期"
"""Column of the source under which a detention's first day is kept."""
_ASKED = frozenset(
    {"信访", "评查结论", "提交审委会", "延长审限批准", "其他扣除开始", "开庭", "登记", "登记变更"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a case meets and what was found."""

    rule: KindRule
    found: str

    def kept(self) -> list[str | int | bool]:
        """Return the hit as kept with a mark; the last says that it rests on what the bench means to do."""
        inner = PROPOSAL in self.found
        return [self.rule.id, self.rule.name, self.rule.kind, self.found, inner]


class Judge:
    """Criteria applied to many cases of many courts, with each court's own thresholds."""

    def __init__(self, on: date, choices: Choices | None = None) -> None:
        self._on = on
        self._choices = choices or Choices()
        self._book = load().supervision

    def hits(self, case: Case, seen: Supervised) -> list[Hit]:
        """Return the criteria of 四类案件 that a case meets."""
        threshold, off = self._threshold(case.court_id), self._off(case.court_id, OFF_KINDS)
        rules = (rule for rule in self._book.criteria.values() if rule.id not in off)
        return [
            Hit(rule, found) for rule in rules if (found := rule.criterion.hit(seen, threshold))
        ]

    def reading(self, case: Case, seen: Supervised) -> list[tuple[ReadingRule, str]]:
        """Return the entries of the 阅核清单 that a document of a case falls under."""
        threshold, off = self._threshold(case.court_id), self._off(case.court_id, OFF_READING)
        return [
            (rule, found)
            for rule in self._book.reading.values()
            if rule.id not in off
            and (not seen.document or seen.document in rule.documents)
            and (found := rule.criterion.hit(seen, threshold))
        ]

    def _off(self, court_id: int, key: str) -> frozenset[str]:
        return frozenset(self._choices.value(court_id, key, self._on, ()) or ())

    def _threshold(self, court_id: int) -> Callable[[str, int], int]:
        def value(setting: str, default: int) -> int:
            return int(self._choices.value(court_id, setting, self._on, default))

        return value


def highest(rules: Iterable[ReadingRule]) -> str:
    """Return the highest level of reading among entries, the nearest where there are none."""
    return max((rule.reader for rule in rules), key=READERS.index, default=READERS[0])


def supervised(cases: Sequence[Case], on: date) -> dict[int, Supervised]:
    """Return these cases as the criteria see them on a day; `prior` should be fetched with them."""
    ids = [case.pk for case in cases]
    events: dict[int, list[tuple[str, date | None, dict[str, object]]]] = {pk: [] for pk in ids}
    marks: dict[int, list[str]] = {pk: [] for pk in ids}
    parties: dict[int, list[dict[str, str]]] = {pk: [] for pk in ids}
    rows = Event.objects.filter(LANDED, case__in=ids, kind__in=_ASKED, voided_by=None)
    for pk, kind, day, payload in rows.order_by("position").values_list(
        "case_id", "kind", "occurred_on", "payload"
    ):
        if kind in {"登记", "登记变更"}:
            marks[pk or 0] = list(payload.get("marks") or marks[pk or 0])
        else:
            events[pk or 0].append((kind, day, payload))
    for pk, role, name in Party.objects.filter(case__in=ids).values_list("case_id", "role", "name"):
        parties[pk].append({"role": role, "name": name})
    standing = set(
        Mark.objects.filter(case__in=ids, state=Mark.State.CONFIRMED).values_list(
            "case_id", flat=True
        )
    )
    return {
        case.pk: replace(
            _bare(case, on),
            events=tuple(events[case.pk]),
            marks=tuple(marks[case.pk]),
            parties=tuple(parties[case.pk]),
            four_kinds=case.pk in standing,
        )
        for case in cases
    }


def _bare(case: Case, on: date) -> Supervised:
    return Supervised(
        on=on,
        case_type=case.case_type,
        case_class=case.case_class,
        instance=case.instance,
        cause=case.cause,
        amount=case.amount,
        tags=case.tags,
        foreign_related=case.foreign_related,
        filed_on=case.filed_on,
        closed_on=case.closed_on,
        detained_since=_day(case.extras.get(DETAINED_SINCE)) if case.detained else None,
        prior_disposition=_prior(case),
    )


def _prior(case: Case) -> str:
    """Return how the case that led to this one ended, where it could have sent it back."""
    return case.prior.disposition if case.prior is not None and case.instance == "一审" else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
