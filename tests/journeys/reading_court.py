"""Puts a small court with one case ready for its judgment beside a city, for the journey of a reading.

Prints the case's id.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from tests.journeys.small_court import DIVISION, add_basic_court, add_case, add_people, begin

PEOPLE = {
    "read-judge": ("法官阅核", "法官", DIVISION),
    "read-chief": ("庭长阅核", "庭长", DIVISION),
    "read-office": ("审管办主任阅核", "审管办主任", ""),
}


def main() -> None:
    now, today = begin()
    filed = today - timedelta(days=60)
    court = add_basic_court("示0194", "示范市阅核人民法院")
    number = f"（{filed.year}）示0194民初1号"
    case = add_case(court, number, now=now, filed=filed, undertaker="法官阅核")
    add_people(court, PEOPLE)
    sys.stdout.write(f"{case}\n")


if __name__ == "__main__":
    main()
