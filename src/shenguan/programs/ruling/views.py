"""Pages of the rulebook: kinds, entries, one entry with its law and examples, and trying one's own."""

from __future__ import annotations

import yaml
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock, home
from shenguan.programs.ruling import reading, trying

ACT = "设置"
PAGE = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the kinds of rule, with how many stand on what ground."""
    rows = []
    for kind, name in reading.kinds().items():
        found = reading.read(kind, home.overlay())
        counts = dict.fromkeys(reading.STATUS.values(), 0)
        for one in found:
            if one.status:
                counts[one.status] += 1
        rows.append(
            {
                "kind": kind,
                "name": name,
                "total": len(found),
                "counts": counts.values(),
                "own": sum(one.own for one in found),
                "editable": kind in trying.EDITABLE,
            }
        )
    context = {"page": "rulebook", "rows": rows, "statuses": reading.STATUS.values()}
    return render(request, "ruling/index.html", context)


def _kind(kind: str) -> str:
    name = reading.kinds().get(kind)
    if name is None:
        raise Http404("没有这一类规则")
    return name


@require_safe
def entries(request: HttpRequest, kind: str) -> HttpResponse:
    """List the entries of a kind, narrowed by words in name, id or law."""
    name, words = _kind(kind), request.GET.get("q", "").strip()
    found = [
        one
        for one in reading.read(kind, home.overlay())
        if not words or any(words in text for text in (one.id, one.name, *one.law))
    ]
    context = {
        "page": "rulebook",
        "kind": kind,
        "name": name,
        "words": words,
        "rows": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "asked": {"query": f"q={words}"},
    }
    return render(request, "ruling/entries.html", context)


def _entry(kind: str, entry_id: str) -> reading.Entry:
    _kind(kind)
    for one in reading.read(kind, home.overlay()):
        if one.id == entry_id:
            return one
    raise Http404("没有这一条规则")


@require_safe
def entry(request: HttpRequest, kind: str, entry_id: str) -> HttpResponse:
    """Show one entry in words, with its law and its examples."""
    found = _entry(kind, entry_id)
    may_edit = ACT in access(request).acts and kind in trying.EDITABLE
    context = {"page": "rulebook", "kind": kind, "name": _kind(kind), "entry": found}
    return render(request, "ruling/entry.html", context | {"may_edit": may_edit})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, entry_id: str) -> HttpResponse:
    """Change an entry for one's own court: first tried on today's cases, then kept with its basis."""
    who = access(request)
    if ACT not in who.acts or kind not in trying.EDITABLE:
        raise Http404("没有设置的职责，或此类规则不由法院修改")
    found, now = _entry(kind, entry_id), clock.now()
    text = request.POST.get("text") or yaml.safe_dump(
        dict(found.raw), allow_unicode=True, sort_keys=False
    )
    context = {"page": "rulebook", "kind": kind, "name": _kind(kind), "entry": found, "text": text}
    if request.method == "POST":
        try:
            changed = trying.parse(text, entry_id)
            if request.POST.get("what") == "keep":
                trying.keep(
                    kind,
                    entry_id,
                    changed,
                    basis=request.POST.get("basis", ""),
                    court=who.account.person.court.code,
                    actor=str(who.account.person),
                    now=now,
                )
                messages.success(request, f"“{found.name}”已按本院规则执行，修改已留痕")
                return redirect("ruling:entry", kind, entry_id)
            trial = trying.try_out(who.scope, kind, entry_id, changed, clock.day_of(now))
            context["trial"] = trial
        except trying.EntryRefused as refused:
            context["problem"] = str(refused)
    status = 400 if context.get("problem") else 200
    return render(request, "ruling/edit.html", context, status=status)
