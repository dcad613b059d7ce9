"""People, units and accounts, as the two administrators see them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts import keeping
from shenguan.base.accounts.access import Access
from shenguan.base.accounts.models import Account
from shenguan.base.ops import clock
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Court, Person, Unit
from shenguan.programs.administration import enrolling, roster, staffing
from shenguan.programs.administration.reach import GRANTS, KEEPS, courts_of, who_may
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_number

PAGE = 50
AT_A_TIME = 10
"""Accounts opened in one request: about a second and a half."""
LARGEST = 10 * 1024 * 1024  # bytes; a roster of ten thousand people has some 700 kB
REFUSED = (staffing.StaffRefused, keeping.AccountRefused)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who works in the courts within reach, with posts and account."""
    who, on = who_may(request, KEEPS, GRANTS), clock.day_of(clock.now())
    courts = courts_of(who, KEEPS, GRANTS, on=on)
    find = request.GET.get("find", "").strip()
    found = staffing.people_of(courts, on, find=find)
    context = {
        "page": "administration-people",
        "rows": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "find": find,
        "courts": courts,
        "keeps": KEEPS in who.acts,
        "now": clock.now(),
    }
    return render(request, "administration/people.html", context)


@require_POST
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person and open their page."""
    who, now = who_may(request, KEEPS), clock.now()
    court = _court(request, who)
    try:
        person = staffing.add_person(
            court=court,
            name=request.POST.get("name", ""),
            staff_number=request.POST.get("staff_number", ""),
            actor=str(who.account.person),
            now=now,
        )
    except staffing.StaffRefused as refused:
        messages.error(request, str(refused))
        return redirect("administration:people")
    return redirect("administration:person", person.pk)


@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: posts past and present, the account and what may be done with it."""
    who = who_may(request, KEEPS, GRANTS)
    return render(request, "administration/person.html", _person_page(who, pk))


@never_cache
@require_POST
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account, give a one-time password (shown this once), unlock, stop or reopen."""
    who, now = who_may(request, KEEPS), clock.now()
    person = _within(who, pk)
    actor, password, act = str(who.account.person), "", request.POST.get("act", "")
    try:
        if act == "issue":
            username = request.POST.get("username", "")
            password = keeping.issue(person=person, username=username, actor=actor, now=now)
        else:
            acts = {
                "unlock": keeping.unlock,
                "stop": keeping.stop,
                "reopen": keeping.reopen,
                "factor": keeping.drop_second_factor,
            }
            if act not in acts:
                raise Http404("没有这样的操作")
            held = get_object_or_404(
                Account.objects.select_related("user", "person__court"), person=person
            )
            if act == "stop" and held.pk == who.account.pk:
                raise keeping.AccountRefused(_("不能停用自己的账号"))
            acts[act](held, actor=actor, now=now)
            messages.success(request, _("已办理"))
    except keeping.AccountRefused as refused:
        messages.error(request, str(refused))
    if not password:
        return redirect("administration:person", pk)
    return render(
        request, "administration/person.html", {**_person_page(who, pk), "password": password}
    )


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """List the units of the courts within reach; add one."""
    who, now = who_may(request, KEEPS, GRANTS), clock.now()
    on = clock.day_of(now)
    if request.method == "POST":
        who_may(request, KEEPS)
        try:
            staffing.add_unit(
                court=_court(request, who),
                name=request.POST.get("name", ""),
                kind=request.POST.get("kind", ""),
                since=day_given(request, "since"),
                actor=str(who.account.person),
                now=now,
            )
        except staffing.StaffRefused as refused:
            messages.error(request, str(refused))
        return redirect("administration:units")
    courts = courts_of(who, KEEPS, GRANTS, on=on)
    context = {
        "page": "administration-units",
        "rows": Unit.objects.filter(court__in=courts).select_related("court", "parent"),
        "courts": courts,
        "kinds": Unit.Kind.values,
        "keeps": KEEPS in who.acts,
        "today": on,
    }
    return render(request, "administration/units.html", context)


@require_POST
def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """End a unit."""
    who, now = who_may(request, KEEPS), clock.now()
    courts = courts_of(who, KEEPS, on=clock.day_of(now))
    unit = get_object_or_404(Unit.objects.select_related("court"), pk=pk, court__in=courts)
    try:
        until = day_given(request, "until") or clock.day_of(now)
        staffing.close_unit(unit, until=until, actor=str(who.account.person), now=now)
    except staffing.StaffRefused as refused:
        messages.error(request, str(refused))
    return redirect("administration:units")


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Take a roster in and tell what came of it; the page then opens the new accounts in turns."""
    who, now = who_may(request, KEEPS), clock.now()
    context: dict[str, object] = {"page": "administration-roster", "headings": roster.HEADINGS}
    given = request.FILES.get("file")
    if request.method == "POST":
        try:
            if given is None or not given.size or given.size > LARGEST:
                raise roster.RosterError(_("请选择一个不超过10MB的xlsx文件"))
            with TemporaryDirectory() as folder:
                path = Path(folder) / (Path(given.name or "").name or "roster.xlsx")
                path.write_bytes(given.read())
                read = roster.read(path)
        except roster.RosterError as problem:
            messages.error(request, str(problem))
        else:
            on = clock.day_of(now)
            done = enrolling.enrol(
                read,
                courts=_own_first(who, on),
                whole="whole" in request.POST,
                actor=str(who.account.person),
                on=on,
                now=now,
            )
            waiting = [f"{one.person.pk} {one.username}" for one in done.opening]
            context |= {"done": done, "waiting": waiting, "total": len(waiting)}
    return render(request, "administration/roster.html", context)


@never_cache
@require_POST
def open_accounts(request: HttpRequest) -> HttpResponse:
    """Open the next accounts of a roster; their one-time passwords are shown this once.

    Hashing a password takes long on purpose: a few at a time, so that no request waits for hundreds.
    """
    who, waiting = who_may(request, KEEPS), request.POST.get("accounts", "").splitlines()
    opened, refusals = [], []
    for line in waiting[:AT_A_TIME]:
        pk, _blank, username = line.partition(" ")
        person = _within(who, whole_number(pk) or 0)
        try:
            password = keeping.issue(
                person=person, username=username, actor=str(who.account.person), now=clock.now()
            )
        except keeping.AccountRefused as refused:
            refusals.append((person, username, refused))
        else:
            opened.append((person, username, password))
    left = waiting[AT_A_TIME:]
    total = max(whole_number(request.POST.get("total", "")) or 0, len(waiting))
    context = {
        "page": "administration-roster",
        "headings": roster.HEADINGS,
        "opened": opened,
        "refusals": refusals,
        "waiting": left,
        "total": total,
        "so_far": total - len(left),
        "first": total == len(waiting),
    }
    part = "accounts" if request.htmx else "roster"  # type: ignore[attr-defined]
    return render(request, f"administration/{part}.html", context)


def _own_first(who: Access, on: date) -> list[Court]:
    own = who.account.person.court_id
    return sorted(courts_of(who, KEEPS, on=on), key=lambda court: court.pk != own)


def _person_page(who: Access, pk: int) -> dict[str, object]:
    now = clock.now()
    on = clock.day_of(now)
    person = _within(who, pk)
    table = {post.name: post for post in load().posts}
    held = person.appointments.select_related("court", "unit", "serves").order_by(
        "-valid_from", "-pk"
    )
    return {
        "page": "administration-people",
        "person": person,
        "held": [
            (one, table.get(one.post), one.valid_to is None or one.valid_to > on) for one in held
        ],
        "account": Account.objects.select_related("user").filter(person=person).first(),
        "keeps": KEEPS in who.acts,
        "grants": GRANTS in who.acts,
        "posts": table.values(),
        "units": Unit.objects.filter(in_force(on), court=person.court),
        "colleagues": Person.objects.filter(court=person.court)
        .exclude(pk=pk)
        .order_by("name")[:500],
        "now": now,
        "today": on,
    }


def _within(who: Access, pk: int) -> Person:
    courts = courts_of(who, KEEPS, GRANTS, on=clock.day_of(clock.now()))
    return get_object_or_404(Person.objects.select_related("court"), pk=pk, court__in=courts)


def _court(request: HttpRequest, who: Access) -> Court:
    pk, on = request.POST.get("court", ""), clock.day_of(clock.now())
    return get_object_or_404(courts_of(who, KEEPS, on=on), pk=whole_number(pk) or 0)


def day_given(request: HttpRequest, name: str) -> date | None:
    """Return the day a form gives, None where it is blank; raises `StaffRefused`."""
    text = request.POST.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise staffing.StaffRefused(_("日期不可读：%s") % text) from None
