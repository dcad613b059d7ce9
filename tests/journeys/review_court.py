"""Puts a small court with one closed case beside a city, for the journey of a review.

Prints the days between which the case was closed.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from tests.journeys.small_court import DIVISION, add_basic_court, add_case, add_people, begin

PEOPLE = {
    "review-judge": ("法官评航", "法官", DIVISION),
    "review-reviewer": ("评查员评航", "审监庭法官", "审判监督庭"),
    "review-member": ("专委评航", "审委会专职委员", ""),
    "review-office": ("审管评航", "审管办主任", ""),
}


def main() -> None:
    now, today = begin()
    filed = today - timedelta(days=90)
    court = add_basic_court("示0197", "示范市评航人民法院")
    number = f"（{filed.year}）示0197民初1号"
    add_case(court, number, now=now, filed=filed, undertaker="法官评航", closed=(60, "判决"))
    add_people(court, PEOPLE)
    closed = filed + timedelta(days=60)
    sys.stdout.write(f"{filed} {closed + timedelta(days=1)}\n")


if __name__ == "__main__":
    main()
