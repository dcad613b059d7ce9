"""What an address asks for, read with a word to the person where it can't be."""

from __future__ import annotations

from typing import overload

from django.contrib import messages
from django.http import HttpRequest

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period


@overload
def asked_period(request: HttpRequest, usual: Period) -> Period: ...
@overload
def asked_period(request: HttpRequest, usual: None) -> Period | None: ...
def asked_period(request: HttpRequest, usual: Period | None) -> Period | None:
    """Return the period the address names, the usual one (and say why) when it can't be read."""
    text = request.GET.get("period", "").strip()
    try:
        return Period.parse(text) if text else usual
    except IndicatorError as error:
        messages.error(request, str(error))
        return usual
