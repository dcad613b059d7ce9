"""The top cases of a case: found from its pleadings and cause, kept until either or the index changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Court
from shenguan.core.similar.authority import Standpoint
from shenguan.core.similar.model import Entry, Filters, Question
from shenguan.programs.similar.models import Pleading, Push
from shenguan.programs.similar.reading import canonical_number
from shenguan.programs.similar.schema import draw
from shenguan.programs.similar.search import Hit, to_json
from shenguan.programs.similar.shelf import Shelf, shelf
from shenguan.programs.similar.standing import standpoint
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

TOP = 10
_SHAPE = 2  # of the rows kept; another shape is found anew
_EXCERPT = 160
A_NIGHT = 2_000
"""Cases searched for in one night; the rest are found when their page is opened."""


def pleaded(pleadings: Iterable[Pleading]) -> str:
    """What is pleaded now: of each kind of document the last one."""
    latest = {each.document: each for each in pleadings}
    return "\n".join(each.text for each in sorted(latest.values(), key=lambda p: p.pk))


def question_of(case: Case, text: str, on: Shelf, *, filters: Filters | None = None) -> Question:
    """The question a case asks: pleadings where there are any, else its cause; never its own answer."""
    number = canonical_number(case.number)
    own = frozenset(
        each.id for each in on.search.index.numbered(number) if each.court in ("", case.court.name)
    )
    return on.search.ask(text or case.cause, causes=causes_of(case), without=own, filters=filters)


def causes_of(case: Case) -> list[str]:
    """The causes of a case by name."""
    return [each for each in case.cause.replace("、", ",").split(",") if each.strip()]


def basis_of(case: Case, text: str, on: Shelf) -> str:
    """A digest of all that the answer hangs on."""
    return hashlib.sha256(
        f"{_SHAPE}\n{case.cause}\n{text}\n{on.stamp}".encode("utf-8", "replace")
    ).hexdigest()


def find(question: Question, case: Case, on: Shelf, *, now: datetime, order: str) -> list[Hit]:
    """The hits of a question as seen from the court of a case."""
    at = seen_from(case.court, day_of(now))
    return on.search.run(question, limit=TOP, at=at, order=order)


def pushed(case: Case, *, now: datetime) -> Push | None:
    """What is pushed to a case, found anew where it is out of date; None without an index or cause."""
    on = shelf()
    if on is None:
        return None
    text = pleaded(Pleading.objects.filter(case=case))
    if not text and not case.cause:
        return None
    basis = basis_of(case, text, on)
    known = Push.objects.filter(case=case).first()
    if known is not None and known.basis == basis:
        return known
    question = question_of(case, text, on)
    hits = [hit_row(each) for each in find(question, case, on, now=now, order="相似度")]
    made, _new = Push.objects.update_or_create(
        case=case, defaults={"basis": basis, "hits": hits, "made_at": now}
    )
    return made


def push_night(_on: Any, now: datetime) -> None:
    """Find the top cases of pending cases whose pleadings have changed or that have none yet."""
    if shelf() is None:
        return
    pending = Case.objects.filter(visible=True, closed_on=None).exclude(cause="")
    new = pending.filter(similar_push=None).order_by("-filed_on", "-pk")
    changed = pending.filter(pleadings__isnull=False, similar_push__isnull=False).distinct()
    ids = list(changed.order_by("pk").values_list("pk", flat=True)[:A_NIGHT])
    ids += list(new.values_list("pk", flat=True)[: A_NIGHT - len(ids)])
    for pk in ids:
        pushed(Case.objects.select_related("court__parent").get(pk=pk), now=now)


def seen_from(court: Court, today: date) -> Standpoint:
    """The court of a case with the one above it as the registry knows them, else by the court table."""
    at = standpoint(load().codes, court.name, today)
    above = (court.parent.name,) if court.parent else at.superiors
    return replace(at, superiors=above)


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit as a page shows it: plain values, an excerpt with what is shared marked."""
    entry, why = hit.ranked.entry, hit.reasons
    row = to_json(hit)
    spans = [span for element in why.elements for span in element.spans]
    words = [each for each in why.words if len(each.word) > 1]
    spans += [span for word in words for span in word.spans]
    row |= {
        "draw": draw(entry.id),
        "words": [each.word for each in words],
        "elements": [each.name for each in why.elements],
        "shared_causes": list(why.causes),
        "shared_statutes": list(why.statutes),
        "excerpt": excerpt(entry.facts, spans),
    }
    del row["reasons"]
    return row


def excerpt(text: str, spans: Sequence[tuple[int, int]], length: int = _EXCERPT) -> list[list[Any]]:
    """The stretch of a text with the most marks, in pieces: [text, is it marked?]."""
    if not text:
        return []
    marks = sorted(spans)
    start = max((begin for begin, _ in marks), key=lambda at: _weight(marks, at, length), default=0)
    start = max(0, min(start - 10, len(text) - length))
    return pieces(text, marks, start, start + length)


def _weight(marks: Sequence[tuple[int, int]], start: int, length: int) -> int:
    return sum(end - begin for begin, end in marks if start <= begin < start + length)


def pieces(
    text: str, spans: Iterable[tuple[int, int]], start: int = 0, end: int | None = None
) -> list[list[Any]]:
    """A stretch of a text cut into marked and unmarked pieces; overlapping marks become one."""
    end = len(text) if end is None else min(end, len(text))
    found: list[list[Any]] = []
    at = start
    for first, last in sorted(spans):
        begin, stop = max(first, at), min(last, end)
        if begin >= stop:
            continue
        if begin > at:
            found.append([text[at:begin], False])
        found.append([text[begin:stop], True])
        at = stop
    if at < end:
        found.append([text[at:end], False])
    return found


def hidden(entries: Iterable[tuple[str, str]], clearance: int) -> set[tuple[str, str]]:
    """Those (court, number) that are cases of this registry above the clearance of who asks."""
    wanted = {(court, number) for court, number in entries if number}
    rows = Case.objects.filter(
        number_key__in={number for _, number in wanted}, confidentiality__gt=clearance
    ).values_list("court__name", "number_key")
    secret = set(rows)
    return {each for each in wanted if each in secret or ("", each[1]) in secret}


def key_of(entry: Entry) -> tuple[str, str]:
    """Court and number of an entry, as `hidden` takes them."""
    return entry.court, entry.number
