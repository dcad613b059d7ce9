"""A court's own choices: what may be chosen, what holds, since when and on what basis."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.accounts.access import Access
from shenguan.base.ops import clock
from shenguan.base.org.choices import setting
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Court, Unit
from shenguan.programs.administration import choosing, values
from shenguan.programs.administration.reach import SETS, courts_of, who_may
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.programs.administration.views_people import day_given
from shenguan.rulebook import load
from shenguan.rulebook.loaders.choices import Choice


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """List everything the court may choose, group by group."""
    who, on = who_may(request, SETS), clock.day_of(clock.now())
    court = _court(request, who)
    rows = list(choosing.standing(court, on))
    context = {
        "page": "administration-choices",
        "court": court,
        "courts": courts_of(who, SETS, on=on),
        "groups": [
            (name, list(part)) for name, part in groupby(rows, lambda one: one.choice.group)
        ],
        "chosen": sum(1 for one in rows if one.row),
    }
    return render(request, "administration/choices.html", context)


@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest, key: str) -> HttpResponse:
    """Show one choice with its law and history; choose anew."""
    who, now = who_may(request, SETS), clock.now()
    court, found = _court(request, who), load().choices.get(key)
    if found is None:
        raise Http404("没有这样的设置项")
    standing = setting(court, key, clock.day_of(now), found.default)
    given, refusal = values.as_given(found, standing), ""
    if request.method == "POST":
        given = request.POST.dict()
        try:
            choosing.choose(
                found,
                values.parse(found, given, _known(found, court)),
                court=court,
                valid_from=day_given(request, "valid_from"),
                basis=request.POST.get("basis", ""),
                actor=str(who.account.person),
                now=now,
            )
        except (values.ValueRefused, StaffRefused) as refused:
            refusal = str(refused)
        else:
            moves = _("已设置；届满日正在按新的设置重新计算") if found.moves else _("已设置")
            messages.success(request, moves)
            return redirect(f"{request.path}?court={court.code}")
    past = [(row, values.said(found, row.value)) for row in choosing.history(court, key)]
    context = {
        "page": "administration-choices",
        "court": court,
        "choice": found,
        "usual": values.said(found, found.default),
        "standing": values.said(found, standing),
        "given": given,
        "items": [(key, name, given.get(f"each-{key}", "")) for key, name in found.options.items()],
        "refusal": refusal,
        "past": past,
        "today_text": clock.day_of(now).isoformat(),
    }
    status = 400 if refusal else 200
    return render(request, "administration/choice.html", context, status=status)


def _court(request: HttpRequest, who: Access) -> Court:
    courts = courts_of(who, SETS, on=clock.day_of(clock.now()))
    code = request.GET.get("court") or who.account.person.court.code
    found = courts.filter(code=code).first()
    if found is None:
        raise Http404("不是本人管理的法院")
    return found


def _known(choice: Choice, court: Court) -> set[str]:
    if choice.kind == "codes":
        return set(load().library.indicators)
    on = clock.day_of(clock.now())
    units = Unit.objects.filter(in_force(on), court=court)
    return set(units.values_list("name", flat=True)) if choice.kind == "names" else set()
