"""The query page, a found judgment, and the page of similar and related cases of one case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.ops import clock
from shenguan.core.similar.elements import found_in
from shenguan.core.similar.model import Entry, Question, cite_key
from shenguan.core.similar.outcome import read_outcome
from shenguan.core.similar.words import places
from shenguan.programs.similar.casefile import standing_of
from shenguan.programs.similar.forms import (
    CLASSES,
    LEVELS,
    read_filters,
    read_order,
    read_text,
)
from shenguan.programs.similar.index import COMMON
from shenguan.programs.similar.kin import related
from shenguan.programs.similar.models import Pleading
from shenguan.programs.similar.pages import (
    case_for,
    on_bench,
    only_for_those_who_see_cases,
    show,
    works_on,
)
from shenguan.programs.similar.push import (
    hidden,
    hit_row,
    key_of,
    pieces,
    pleaded,
    pushed,
    question_of,
    seen_from,
)
from shenguan.programs.similar.schema import draw
from shenguan.programs.similar.search import AUTHORITY, LIKENESS
from shenguan.programs.similar.shelf import Shelf, shelf
from shenguan.spine.cases.asking import person_of, scope_of, today
from shenguan.spine.cases.models import Case

LIMIT = 20
_SHOWN = 2_000  # asked words that are marked in a judgment


@require_http_methods(["GET", "HEAD", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    """Ask for similar cases by a text or by a case; the text is posted, never in the address."""
    only_for_those_who_see_cases(request)
    on = shelf()
    posted = request.POST if request.method == "POST" else request.GET
    case = _asked_case(request, posted.get("case") or "")
    text = read_text(request.POST)
    if case is not None and not text:
        text = pleaded(Pleading.objects.filter(case=case))
    hits: list[dict[str, Any]] | None = None
    order = read_order(posted)
    if on is not None and (request.method == "POST" or case is not None):
        hits = _search(request, on, case, text, order)
    return show(
        request,
        "query",
        page="similar",
        case=case,
        text=text,
        hits=hits,
        size=on.size if on else 0,
        order=order,
        orders=(LIKENESS, AUTHORITY),
        levels=LEVELS,
        classes=CLASSES,
        given=posted,
        may_record=case is not None and works_on(request, case),
    )


def _asked_case(request: HttpRequest, given: str) -> Case | None:
    if not (given.isascii() and given.isdigit() and len(given) < 18):
        return None
    return case_for(request, int(given))


def _search(
    request: HttpRequest, on: Shelf, case: Case | None, text: str, order: str
) -> list[dict[str, Any]]:
    filters = read_filters(request.POST, on.search.reader)
    if case is not None:
        question = question_of(case, text, on, filters=filters)
        at = seen_from(case.court, today())
    else:
        causes = [each for each in (request.POST.get("cause") or "")[:200].split("、") if each]
        question = on.search.ask(text, causes=causes, filters=filters)
        at = seen_from(person_of(request).court, today())
    found = on.search.run(question, limit=LIMIT, at=at, order=order)
    secret = hidden((key_of(h.ranked.entry) for h in found), scope_of(request).clearance)
    return [hit_row(h) for h in found if key_of(h.ranked.entry) not in secret]


@require_safe
def judgment(request: HttpRequest, number: int) -> HttpResponse:
    """Show a judgment of the index; with a case, what it shares with that case is marked."""
    only_for_those_who_see_cases(request)
    on = shelf()
    found = on.search.index.drawn(number) if on else []
    secret = hidden(map(key_of, found), scope_of(request).clearance)
    entry = next((each for each in found if key_of(each) not in secret), None)
    if on is None or entry is None:
        raise Http404
    case = _asked_case(request, request.GET.get("case") or "")
    question = None
    if case is not None:
        question = question_of(case, pleaded(Pleading.objects.filter(case=case)), on)
    return show(
        request,
        "judgment",
        page="similar",
        case=case,
        entry=entry,
        facts=pieces(entry.facts, _shared(question, entry, on) if question else ()),
        decided=read_outcome(entry.ruling),
        chain=_chain(entry, on, scope_of(request).clearance),
    )


def _shared(question: Question, entry: Entry, on: Shelf) -> list[tuple[int, int]]:
    elements = found_in(question.text, on.search.rules.elements)
    spans = [span for each in elements for span in each.places(entry.facts)]
    long = {word for word in question.words[:_SHOWN] if len(word) > 1}
    most = COMMON * len(on.search.index)
    held = on.search.index.frequencies(long)
    asked = frozenset(word for word in long if held[word] <= most)  # what all have tells nothing
    return spans + [span for held in places(entry.facts, asked).values() for span in held]


def _chain(entry: Entry, on: Shelf, clearance: int) -> list[tuple[str, int, Entry]]:
    """Decisions below and above in the index: what it is to this one, address, entry."""
    index = on.search.index
    below = [
        each
        for key in entry.cites
        for each in index.numbered(key.rpartition(" ")[2])
        if cite_key(each.court, each.number) == key
    ]
    above = index.citing(entry.key) if entry.key else []
    secret = hidden(map(key_of, (*below, *above)), clearance)
    named = [("原审裁判", each) for each in below] + [("以本裁判为原审", each) for each in above]
    return [(name, draw(e.id), e) for name, e in named if key_of(e) not in secret]


@require_safe
def of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what is pushed to a case, its related cases, and where its duty to search stands.

    `part`: the first two alone, for the panel on the page of the case.
    """
    case = case_for(request, case_id)
    scope = scope_of(request)
    push = pushed(case, now=clock.now())
    rows = push.hits if push else []
    secret = hidden(((row["court"], row["number"]) for row in rows), scope.clearance)
    part = request.GET.get("part") == "1"
    shown = [row for row in rows if (row["court"], row["number"]) not in secret]
    kin = related(scope, case)
    return show(
        request,
        "part" if part else "case",
        page="cases",
        case=case,
        push=push,
        hits=shown[:5] if part else shown,
        kin=kin[:5] if part else kin,
        more_kin=max(0, len(kin) - 5),
        has_index=push is not None or shelf() is not None,
        pleadings=Pleading.objects.filter(case=case),
        standing=standing_of(case, today()),
        works=works_on(request, case),
        bench=on_bench(request, case),
    )
