"""Addresses of what the monthly warnings are about: an indicator that left its interval, a burst of closings."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def indicator(key: str) -> str:
    """Return the page of an indicator of a court and month, from `code:court:2026-10` with any line behind."""
    code, court, month = key.split(":")
    where = urlencode({"period": month[:7], "court": court})
    return f"{reverse('healthcheck:indicator', args=[code])}?{where}"


def closings(level: str, key: str) -> str:
    """Return the list of what a court, division or judge closed in a month, from `12 2026-10`."""
    number, _, month = key.partition(" ")
    where = urlencode({"period": month, level: number})
    return f"{reverse('healthcheck:cases', args=['closed_cases', 'numerator'])}?{where}"
