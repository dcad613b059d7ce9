"""Learning from the log what each court's data hold: what they never hold is no one's omission."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.db.models import Max, Min, Q
from django.db.models.fields.json import KT

from shenguan.base.inbox.models import Run
from shenguan.core.warning.view import feeds_of
from shenguan.rulebook import Rulebook
from shenguan.spine.cases import log
from shenguan.spine.warnings.models import CaseCheck, Feed
from shenguan.spine.warnings.night import JOB, Night
from shenguan.spine.warnings.reading import Seen

Key = tuple[str, str]


@cache
def of_interest(rulebook: Rulebook) -> frozenset[Key]:
    """Return the kinds of event (and documents) that a rule or node depends on."""
    found: set[Key] = {(kind, "") for rule in rulebook.warnings for kind in rule.needs}
    for node in rulebook.nodes:
        if node.done is not None:
            documents = node.done.kinds or {""}
            found |= {(kind, document) for kind in node.done.events for document in documents}
    return frozenset(found)


def seed(night: Night, *, store: bool) -> None:
    """Learn from the whole log at once: for a first run, or (not stored) to list at any date."""
    wanted = of_interest(night.rulebook)
    rows = (
        log.landed()
        .filter(kind__in={kind for kind, _document in wanted}, case__isnull=False)
        .filter(occurred_on__lte=night.on)
        .annotate(document=KT("payload__document"), sort=KT("payload__kind"))
        .order_by()
        .values_list("case__court_id", "kind", "document", "sort")
        .annotate(since=Min("occurred_on"))
    )
    fresh: dict[tuple[int, str, str], date] = {}
    for court, kind, document, sort, since in rows:
        for key in {(kind, ""), (kind, document or sort or "")} & wanted:
            place = (court, *key)
            fresh[place] = min(since, fresh.get(place, since))
    for (court, kind, document), since in fresh.items():
        night.feeds.setdefault(court, {})[kind, document] = since
    if store and fresh:
        _store(fresh)


def learn(night: Night, cases: Iterable[Seen]) -> None:
    """Note what these cases show their courts to feed; cases open there are looked at again."""
    wanted = of_interest(night.rulebook)
    fresh: dict[tuple[int, str, str], date] = {}
    for seen in cases:
        feed = night.feeds.setdefault(seen.court_id, {})
        for key, since in feeds_of(seen.events).items():
            if key in wanted and (key not in feed or since < feed[key]):
                feed[key] = since
                fresh[seen.court_id, *key] = since
    if fresh:
        _store(fresh)
        _look_again({court for court, _kind, _document in fresh}, night.on)


def note(court_id: int, kind: str, since: date) -> None:
    """Note that a program of ours feeds a kind of event itself, without waiting for the night."""
    known = Feed.objects.filter(court=court_id, kind=kind, document="").first()
    if known is None or since < known.since:
        _store({(court_id, kind, ""): since})
        last = Run.objects.filter(job=JOB).aggregate(on=Max("on"))["on"] or since
        _look_again({court_id}, max(since, last))  # the next night, never one that has passed


def _store(fresh: dict[tuple[int, str, str], date]) -> None:
    rows = [
        Feed(court_id=court, kind=kind, document=document, since=since)
        for (court, kind, document), since in fresh.items()
    ]
    Feed.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["court", "kind", "document"],
        update_fields=["since"],
    )


def _look_again(courts: set[int], on: date) -> None:
    tomorrow = on + timedelta(days=1)
    waiting = Q(next_on__isnull=True) | Q(next_on__gt=tomorrow)
    CaseCheck.objects.filter(waiting, case__court__in=courts, case__closed_on__isnull=True).update(
        next_on=tomorrow
    )
