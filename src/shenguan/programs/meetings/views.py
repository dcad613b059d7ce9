"""Pages of 专业法官会议 and 审委会: the ledger, one meeting, and what is noted there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import paper_answer
from shenguan.programs.meetings import papers, selectors, services
from shenguan.programs.meetings.models import Matter, Meeting
from shenguan.programs.meetings.services import By, Call
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, whole_number, whole_numbers
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.cases.selectors import inner_cases, visible_cases
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (services.Refused, GateClosed)
MOST = 5000
_JUDGES = (
    "院长", "分管副院长", "审委会专职委员", "庭长", "副庭长", "人民法庭庭长", "执行局局长", "审判长",
    "法官", "执行法官", "审监庭法官",
)  # fmt: skip


def _by(asking: Asking) -> By:
    return By(asking.person, asking.acts, asking.scope, asking.now, asking.today)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the meetings; the matters as xlsx."""
    asking, body = Asking(request), request.GET.get("body", "")
    bodies = load().appeals.lists["bodies_of_meeting"]
    rows = selectors.meetings(asking.scope)
    counts = dict(rows.order_by().values_list("body").annotate(n=Count("pk")))
    body = body if body in bodies else ""
    if body:
        rows = rows.filter(body=body)
    if request.GET.get("format") == "xlsx":
        shown = selectors.matters(asking.scope).filter(meeting__in=rows.values("pk"))
        cells = [papers.cells(one) for one in shown.prefetch_related("voices")[:MOST]]
        return asking.handed_out("会议台账", papers.COLUMNS, cells)
    page = asking.page(rows.prefetch_related("attendances"))
    seen = _shown_matters(asking, [one.pk for one in page])
    context = {
        "page": "meetings-ledger", "rows": page, "body": body, "asked": {"query": f"body={body}"},
        "whole": sum(counts.values()),
        "bodies": [(entry, counts.get(code, 0)) for code, entry in bodies.items()],
        "listed": [(one, bodies[one.body].name, seen.get(one.pk, [])) for one in page],
        "may_call": services.may_call(_by(asking)),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _shown_matters(asking: Asking, ids: list[int]) -> dict[int, list[Matter]]:
    found: dict[int, list[Matter]] = {}
    for matter in selectors.matters(asking.scope).filter(meeting__in=ids).order_by("pk"):
        found.setdefault(matter.meeting_id, []).append(matter)
    return found


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one meeting with the matters that may be seen; its minutes with `format`."""
    asking = Asking(request)
    meeting = get_object_or_404(selectors.meetings(asking.scope), pk=pk)
    rows = selectors.matters(asking.scope).filter(meeting=meeting)
    matters = list(rows.prefetch_related("voices__person").order_by("pk"))
    for one in matters:
        note_reading(one.case, actor=asking.scope.actor, where="会议", now=asking.now)
    layout = request.GET.get("format", "")
    if layout in {"docx", "pdf"}:
        asking.note(f"会议纪要{meeting.number}", {"meeting": meeting.pk})
        return paper_answer(
            papers.minutes(meeting, matters), OFFICIAL, f"纪要{meeting.number}", layout
        )
    book, who = load().appeals, _by(asking)
    visible = visible_cases(asking.scope).filter(pk__in=[m.case_id for m in matters])
    body = services.body_of(meeting)
    context: dict[str, Any] = {
        "page": "meetings-ledger", "meeting": meeting, "body": body,
        "seats": meeting.attendances.select_related("person"),
        "least": services.least_present(meeting, meeting.held_on),
        "keeps": services.may_keep(meeting, who), "opened": set(visible.values_list("pk", flat=True)),
        "matters": [_matter(matter, who) for matter in matters],
        "grounds": book.offered("grounds_of_meeting", asking.today).values(),
        "sides": book.offered("sides", asking.today).values(),
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


@require_safe
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a matter to its meeting."""
    found = get_object_or_404(selectors.matters(Asking(request).scope), pk=pk)
    return redirect("meetings:meeting", found.meeting_id)


def _matter(matter: Matter, who: By) -> dict[str, Any]:
    book, voices = load().appeals, list(matter.voices.all())
    spoken = {voice.person_id for voice in voices}
    seats = matter.meeting.attendances.filter(present=True).select_related("person")
    return {
        "one": matter, "ground": book.name("grounds_of_meeting", matter.ground),
        "voices": [(voice, book.name("sides", voice.side)) for voice in voices],
        "silent": [seat.person for seat in seats if seat.person_id not in spoken],
        "spoken": [voice.person for voice in voices],
        "responses": services.responses(matter) if services.may_respond(matter, who) else (),
    }  # fmt: skip


def _colleagues(asking: Asking) -> list[tuple[Person, str]]:
    held = Appointment.objects.filter(
        in_force(asking.today), court=asking.person.court_id, post__in=_JUDGES
    )
    found: dict[Person, str] = {}
    for one in held.select_related("person", "unit"):
        found.setdefault(one.person, f"{one.post} {one.unit or ''}".strip())
    return sorted(found.items(), key=lambda pair: (_JUDGES.index(pair[1].split()[0]), pair[0].pk))


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    asking = Asking(request)
    who, post = _by(asking), request.POST
    if not services.may_call(who):
        raise Http404("会议由院庭长召集")
    if request.method == "POST":
        people = Person.objects.filter(court=asking.person.court_id)
        chosen = people.filter(pk__in=[pk for pk in post.getlist("members") if pk.isdigit()])
        size = asking.text("size", 4)
        given = Call(
            post.get("body", ""), asking.text("number", 40), asking.day("held_on") or asking.today,
            whole_number(size) or 0, _one(people, post.get("chair", ""), asking),
            _one(people, post.get("recorder", ""), asking), list(chosen),
        )  # fmt: skip
        try:
            return redirect("meetings:meeting", services.call(given, by=who).pk)
        except PROBLEMS as refused:
            messages.error(request, str(refused))
    context = {
        "page": "meetings-ledger",
        "bodies": load().appeals.offered("bodies_of_meeting", asking.today).values(),
        "colleagues": _colleagues(asking), "today": asking.today, "me": asking.person.pk,
        "staff": Person.objects.filter(
            pk__in=Appointment.objects.filter(in_force(asking.today), court=asking.person.court_id).values("person")
        ),
    }  # fmt: skip
    return render(request, "meetings/call.html", context)


def _one(people: Any, given: str, asking: Asking) -> Person:
    found = people.filter(pk=int(given)).first() if given.isascii() and given.isdigit() else None
    return found or asking.person


@require_POST
def put_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case on the agenda by its number."""

    def act(asking: Asking, meeting: Meeting) -> None:
        key = number_key(asking.text("number", 120))
        cases = inner_cases(asking.scope).filter(number_key=key, court=meeting.court_id)
        case = cases.select_related("court", "undertaker").first()
        if case is None:
            raise services.Refused("没有这个案号，或者不能看该案的副卷")
        services.put_on(
            meeting, case, asking.text("ground", 10), asking.text("question", 4000),
            asking.text("bench_opinion", 4000), by=_by(asking),
        )  # fmt: skip

    return _done(request, pk, act)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who came."""
    present = whole_numbers(request.POST.getlist("present"))
    return _done(request, pk, lambda asking, m: services.hold(m, present, by=_by(asking)))


def _done(request: HttpRequest, pk: int, act: Callable[[Asking, Meeting], object]) -> HttpResponse:
    asking = Asking(request)
    meeting = get_object_or_404(selectors.meetings(asking.scope), pk=pk)
    try:
        act(asking, meeting)
    except PROBLEMS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已登记")
    return redirect("meetings:meeting", meeting.pk)


def _of_matter(
    request: HttpRequest, pk: int, act: Callable[[Asking, Matter], object]
) -> HttpResponse:
    asking = Asking(request)
    matter = get_object_or_404(selectors.matters(asking.scope), pk=pk)
    return _done(request, matter.meeting_id, lambda a, _meeting: act(a, matter))


@require_POST
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one opinion."""

    def act(asking: Asking, matter: Matter) -> None:
        given = asking.text("person", 12)
        seats = matter.meeting.attendances.select_related("person")
        seat = seats.filter(person=whole_number(given) or 0).first()
        if seat is None:
            raise services.Refused("请选择发言人")
        services.speak(
            matter, seat.person, asking.text("side", 10), asking.text("text", 4000), by=_by(asking)
        )

    return _of_matter(request, pk, act)


@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Conclude a matter."""
    return _of_matter(
        request, pk, lambda a, m: services.conclude(m, a.text("text", 4000), by=_by(a))
    )


@require_POST
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a matter found no majority."""
    return _of_matter(
        request, pk, lambda a, m: services.carry_over(m, a.text("text", 4000), by=_by(a))
    )


@require_POST
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for the bench."""
    return _of_matter(
        request, pk,
        lambda a, m: services.respond(m, a.text("response", 6), a.text("text", 4000), by=_by(a)),
    )  # fmt: skip
