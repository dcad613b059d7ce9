"""Puts a small court with two pending loan cases beside a city, for the journey of a search for similar cases.

Prints the cases' ids.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from tests.journeys.small_court import CIVIL, add_basic_court, add_case, add_people, begin

PEOPLE = {"search-judge": ("法官检索", "法官", "民事审判第一庭")}


def main() -> None:
    now, today = begin()
    filed = today - timedelta(days=40)
    court = add_basic_court("示0193", "示范市检索人民法院")
    loan = CIVIL | {"cause": "民间借贷纠纷"}
    for serial in (1, 2):
        number = f"（{filed.year}）示0193民初{serial}号"
        pk = add_case(court, number, now=now, filed=filed, undertaker="法官检索", about=loan)
        sys.stdout.write(f"{pk} ")
    add_people(court, PEOPLE)


if __name__ == "__main__":
    main()
