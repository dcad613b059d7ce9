"""The search of the registry: asked by POST, because party names must never stand in an address.

What was asked waits in the session under a drawn token; the answer's address holds the token alone, so that
it can be opened again, paged and gone back to by this person, and says nothing to anyone else.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.programs.casebook import drawing
from shenguan.programs.casebook.finding.asked import MOST_LETTERS
from shenguan.programs.casebook.finding.search import MOST, Found, search
from shenguan.spine.cases.asking import scope_of, today

KEPT = 20
_KEY = "searches"


@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """Take a question (POST), show what it found (`?s=` token), or find a 案号 (`?q=`)."""
    if request.method == "POST":
        token = _keep(request, request.POST.get("q", "")[:MOST_LETTERS])
        return redirect(f"{reverse('casebook:search')}?{urlencode({'s': token})}")
    text, hint = _asked(request)
    found = search(scope_of(request), text, today()) if text else None
    only = _only(found)
    if only is not None:
        return redirect("casebook:case", only)
    context = {
        "page": "search", "text": text, "found": found, "hint": hint, "most": MOST,
        "rows": drawing.hit_rows(found.hits) if found else "",
    }  # fmt: skip
    return render(request, "casebook/search.html", context)


def _keep(request: HttpRequest, text: str) -> str:
    """Put a question into the session; the oldest of many falls out."""
    kept = dict(request.session.get(_KEY, {}))
    token = secrets.token_urlsafe(9)
    kept[token] = text
    request.session[_KEY] = dict(list(kept.items())[-KEPT:])
    return token


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Return the question and a remark on it; an address may hold a 案号 and nothing else."""
    token, text = request.GET.get("s", ""), request.GET.get("q", "").strip()
    if token:
        kept = str(request.session.get(_KEY, {}).get(token, ""))
        return kept, "" if kept else "这次检索已经过期，请重新输入"
    if not text:
        return "", ""
    try:
        return parse(text).text, ""
    except CaseNumberError:
        return "", "网址中只能带案号；姓名等请在上方检索框中输入，不进入网址"


def _only(found: Found | None) -> int | None:
    """Return the one case that a whole number means."""
    if found is None or not found.question.key or len(found.hits) != 1:
        return None
    return found.hits[0].row.case.pk
