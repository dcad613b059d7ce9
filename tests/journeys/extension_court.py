"""Puts a small court with one running case beside a city, for the journey of an extension.

Prints the case's id. The case is filed so that today is in time to apply.
With a case number it prints instead who did what to that case, from the audit chain.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from tests.journeys.small_court import DIVISION, add_basic_court, add_case, add_people, begin

PEOPLE = {
    "sail-judge": ("法官试航", "法官", DIVISION),
    "sail-chief": ("庭长试航", "庭长", DIVISION),
    "sail-president": ("院长试航", "院长", ""),
}


def main() -> None:
    now, today = begin()
    if len(sys.argv) > 1:
        print_audit(sys.argv[1])
        return
    filed = today - timedelta(days=150)
    court = add_basic_court("示0198", "示范市试航人民法院")
    number = f"（{filed.year}）示0198民初1号"
    case = add_case(court, number, now=now, filed=filed, undertaker="法官试航")
    add_people(court, PEOPLE)
    sys.stdout.write(f"{case}\n")


def print_audit(number: str) -> None:
    from shenguan.base.audit.models import AuditRow

    for row in AuditRow.objects.filter(subject=number).order_by("number"):
        sys.stdout.write(f"{row.actor}\t{row.action}\n")


if __name__ == "__main__":
    main()
