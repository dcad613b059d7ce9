"""Every kind of subject on the inbox ladder leads to the page where it is dealt with."""

from __future__ import annotations

import pytest
from django.urls import resolve

from shenguan.base.inbox.addresses import page_of

NUMBERED = (
    *("appraisal", "case", "correction", "feedback", "handover", "instruction", "letter", "mark", "matter"),
    *("meeting-task", "plan", "request", "review", "reviewissue", "reviewitem", "reviewsheet"),
)  # fmt: skip


@pytest.mark.parametrize("prefix", NUMBERED)
def test_a_matter_leads_to_its_page(prefix):
    address = page_of(f"{prefix}:7")
    assert "7" in address
    assert resolve(address.partition("#")[0])


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        (
            "indicator:closing_rate:3:2026-10民事",
            "/indicators/closing_rate/?period=2026-10&court=3",
        ),
        ("judge:9 2026-10", "/indicators/closed_cases/numerator/?period=2026-10&judge=9"),
        ("court:3 2026-10", "/indicators/closed_cases/numerator/?period=2026-10&court=3"),
    ],
)
def test_what_a_month_brings_leads_to_its_figure(subject, address):
    assert page_of(subject) == address


def test_an_unknown_subject_leads_nowhere():
    assert page_of("weather:7") == page_of("case:x") == ""
