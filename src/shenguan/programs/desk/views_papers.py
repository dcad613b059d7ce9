"""Papers of leaders: the one page, the meeting list, the ledger of duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def onepage(request: HttpRequest) -> HttpResponse:
    """Show the one page."""
    raise NotImplementedError


meeting = duty_page = onepage
