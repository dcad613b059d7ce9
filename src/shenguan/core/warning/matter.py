"""A matter: one thing in a case that a ladder watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shenguan.core.ladder import Span


@dataclass(frozen=True, slots=True)
class Matter:
    """What a rule found: the span its ladder runs on and the words its sentence needs."""

    span: Span
    key: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


def sentence(
    say: Mapping[str, str], matter: Matter, today: date, words: Mapping[str, object]
) -> str:
    """Return the sentence of a matter on a day.

    Words at hand: {due} {left} {over} where there is a due day, {start} {days} where there is a
    start, and those of rule and matter. `due`, `over` and `since` are chosen by the day.
    """
    span = matter.span
    given: dict[str, object] = {**words, **matter.words}
    if span.due is not None:
        given |= {"due": span.due, "left": (span.due - today).days, "over": (today - span.due).days}
    if span.start is not None:
        given |= {"start": span.start, "days": (today - span.start).days}
    return _template(say, span.due, today).format_map(given)


def _template(say: Mapping[str, str], due: date | None, today: date) -> str:
    if due is None:
        return say["since"]
    if today == due and "today" in say:
        return say["today"]
    return say["over"] if today > due and "over" in say else say["due"]
