"""Finding the links: in the registry as it stands, around some cases, or as they were known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from shenguan.core.facts.refiling import WITHIN, Suit, party_mark, refilings
from shenguan.core.facts.words import Words
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.models import Case, Party
from shenguan.spine.facts.links import Links

WITHDRAWN = "撤诉"
CHUNK = 5000
_SUIT = ("pk", "court_id", "cause")


def all_links(rulebook: Rulebook) -> Links:
    """Return every link of the registry."""
    linked = Case.objects.filter(visible=True, prior__isnull=False)
    by_number = dict(linked.values_list("pk", "prior_id").iterator(chunk_size=CHUNK))
    withdrawn, filed = _suits(rulebook)
    return Links(by_number, _refilings(withdrawn, filed))


def links_around(case_ids: Collection[int], rulebook: Rulebook) -> tuple[Links, set[int]]:
    """Return the links of the disputes these cases belong to, and all cases of those disputes."""
    members, frontier = set(case_ids), set(case_ids)
    by_number: dict[int, int] = {}
    refiled: dict[int, int] = {}
    while frontier:
        found = _numbered(frontier)
        again = _refiled_around(frontier, rulebook)
        by_number |= found
        refiled |= again
        reached = {case_id for pair in (*found.items(), *again.items()) for case_id in pair}
        frontier = reached - members
        members |= frontier
    return Links(by_number, refiled), members


def _numbered(case_ids: Iterable[int]) -> dict[int, int]:
    """Return the links by number that touch these cases."""
    found: dict[int, int] = {}
    for chunk in pieces(case_ids):
        touching = Q(pk__in=chunk, prior__isnull=False) | Q(prior__in=chunk)
        pairs = Case.objects.filter(touching, visible=True).values_list("pk", "prior_id")
        found.update((pk, prior) for pk, prior in pairs if prior is not None)
    return found


def _suits(rulebook: Rulebook) -> tuple[QuerySet[Case], QuerySet[Case]]:
    """Return the withdrawn first-instance cases, and those that may be one of them filed again."""
    first = [code for code, kind in rulebook.codes.case_types.items() if kind.instance == "一审"]
    suits = Case.objects.filter(visible=True, case_type__in=first).order_by("pk")
    spellings = withdrawn_spellings(rulebook.fact_words)
    withdrawn = suits.filter(closed_on__isnull=False, disposition__in=spellings)
    return withdrawn, suits.filter(filed_on__isnull=False, prior=None)


def withdrawn_spellings(words: Words) -> list[str]:
    """Return the dispositions on record that mean a withdrawn suit."""
    on_record = Case.objects.order_by().values_list("disposition", flat=True).distinct()
    return [text for text in on_record if words.listed(WITHDRAWN, words.name("结案方式", text))]


def _refilings(withdrawn: QuerySet[Case], filed: QuerySet[Case]) -> dict[int, int]:
    gone = list(_read(withdrawn.values_list(*_SUIT, "closed_on").iterator(CHUNK)))
    if not gone:
        return {}
    alike = {suit[1:3] for suit in gone}
    since = min(suit.on for suit in gone)
    rows = filed.filter(filed_on__gte=since).values_list(*_SUIT, "filed_on")
    return refilings(gone, _read(rows.iterator(CHUNK), alike))


def _refiled_around(case_ids: Collection[int], rulebook: Rulebook) -> dict[int, int]:
    """Return the refilings that touch these cases, found among cases with a party of the same name.

    A window of twice the sixty days on either side holds whatever competes for the same pair.
    """
    withdrawn, filed = _suits(rulebook)
    found: dict[int, int] = {}
    for chunk in pieces(case_ids):
        one_of = Q(pk__in=chunk)
        touched = list(withdrawn.filter(one_of).values_list("court_id", "closed_on"))
        touched += list(filed.filter(one_of).values_list("court_id", "filed_on"))
        if not touched:
            continue
        courts, days = {court for court, _on in touched}, [on for _court, on in touched if on]
        names = Party.objects.filter(case__in=chunk).values("name")
        sharing = Q(court__in=courts, parties__name__in=names)
        window = (min(days) - 2 * WITHIN - _DAY, max(days) + 2 * WITHIN + _DAY)
        gone = withdrawn.filter(sharing, closed_on__range=window).distinct()
        again = filed.filter(sharing, filed_on__range=window).distinct()
        wanted = set(chunk)
        pairs = _refilings(gone, again)
        found |= {new: old for new, old in pairs.items() if new in wanted or old in wanted}
    return found


_DAY = timedelta(days=1)


def _read(
    rows: Iterable[tuple[int, int, str, date | None]],
    alike: Collection[tuple[int, str]] | None = None,
) -> Iterator[Suit]:
    """Yield suits with their parties; only those of a court and cause of interest, if given."""
    wanted = (row for row in rows if alike is None or (row[1], row[2]) in alike)
    while chunk := list(islice(wanted, CHUNK)):
        marks = party_marks([row[0] for row in chunk])
        for case_id, court_id, cause, on in chunk:
            assert on is not None
            yield Suit(case_id, court_id, cause, marks.get(case_id, 0), on)


def party_marks(case_ids: Sequence[int]) -> Mapping[int, int]:
    """Return by case what its parties' names come to."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Party.objects.filter(case__in=case_ids).order_by().values_list("case_id", "name")
    for case_id, name in rows:
        names[case_id].append(name)
    return {case_id: party_mark(found) for case_id, found in names.items()}


def pieces(case_ids: Iterable[int], size: int = CHUNK) -> Iterator[list[int]]:
    """Yield the ids in order, `size` at a time."""
    ordered = sorted(case_ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
