"""What the log says of the duty to search: records, submitted cases, and what is still owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from shenguan.core.similar.duty import (
    DutyRules,
    Finding,
    Library,
    SearchRecord,
    Situation,
    lacking,
    signed_without_search,
)

SEARCHED, SIGNED, SUBMITTED, ANSWERED = "类案检索", "签发", "提交类案", "回应类案"
PLEADED, SERIES = "诉辩登记", "系列案"


class Happened(Protocol):
    """An event of the log, as far as the duty needs it."""

    @property
    def kind(self) -> str: ...  # noqa: D102

    @property
    def occurred_on(self) -> date | None: ...  # noqa: D102

    @property
    def position(self) -> int: ...  # noqa: D102

    @property
    def payload(self) -> Any: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case that a party relies on, and how the court has answered it."""

    position: int
    on: date | None
    given: Mapping[str, Any]
    answer: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one case stands: why it must be searched, its records, what parties submitted."""

    duties: Sequence[Situation | Library]
    records: Sequence[tuple[int, SearchRecord, Mapping[str, Any]]]
    submitted: Sequence[Submitted]
    signed_on: date | None

    @property
    def done(self) -> bool:
        """Whether a complete record stands."""
        return any(not lacking(record) for _, record, _ in self.records)

    @property
    def unsearched(self) -> bool:
        """未检索先签发."""
        first = next((r for _, r, _ in self.records if not lacking(r)), None)
        return signed_without_search(record=first, signed_on=self.signed_on)

    @property
    def special(self) -> list[Situation]:
        """The situations of art 2 that hold, the library rule apart."""
        return [each for each in self.duties if isinstance(each, Situation)]

    @property
    def unanswered(self) -> list[Submitted]:
        """What parties submitted and the court hasn't answered."""
        return [each for each in self.submitted if each.answer is None]


def standing(
    events: Iterable[Happened], tags: Iterable[str], rules: DutyRules, today: date
) -> Standing:
    """Read the standing of a case from its events in order."""
    held = list(events)
    kinds = {each.kind for each in held}
    signed = (each.occurred_on for each in held if each.kind == SIGNED and each.occurred_on)
    return Standing(
        duties=rules.duties(events=kinds, tags=set(tags), today=today),
        records=[
            (each.position, record_of(each), each.payload)
            for each in held
            if each.kind == SEARCHED and each.occurred_on
        ],
        submitted=_submitted(held),
        signed_on=min(signed, default=None),
    )


def record_of(event: Happened) -> SearchRecord:
    """The search record an event holds; what an imported one lacks stays empty."""
    held = event.payload
    findings = held.get("findings") or ()
    return SearchRecord(
        searched_on=event.occurred_on or date.min,
        searcher=str(held.get("searcher") or ""),
        sources=tuple(held.get("sources") or ()),
        query=str(held.get("query") or ""),
        findings=tuple(
            Finding(
                *(str(each.get(key) or "") for key in ("case", "verdict", "reason", "followed"))
            )
            for each in findings
            if isinstance(each, Mapping)
        ),
        none_found=bool(held.get("none_found")),
    )


def _submitted(events: Sequence[Happened]) -> list[Submitted]:
    answers = {e.payload.get("answers"): e.payload for e in events if e.kind == ANSWERED}
    return [
        Submitted(e.position, e.occurred_on, e.payload, answers.get(e.position))
        for e in events
        if e.kind == SUBMITTED
    ]
