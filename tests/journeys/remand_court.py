"""Puts two small courts with a case sent back beside a city, for the journey of its feedback."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.small_court import DIVISION, add_basic_court, add_case, add_people, begin

POSTS = {"judge": ("法官", DIVISION), "chief": ("庭长", DIVISION), "office": ("审管办主任", "")}


def main() -> None:
    now, today = begin()
    from shenguan.base.org.models import Court
    from shenguan.base.org.services import add_court
    from shenguan.programs.appeals import finding

    upper = add_court(code="示96", name="示范发回中级人民法院", level=Court.Level.INTERMEDIATE)
    lower = add_basic_court("示9601", "示范重审人民法院", parent=upper)
    first, second = f"（{today.year}）示9601民初1号", f"（{today.year}）示96民终1号"
    about = {"procedure": "普通程序", "cause": "买卖合同纠纷"}
    at_first = about | {"case_type": "民初", "instance": "一审"}
    below = {"prior_number": first, "prior_court": lower.name}
    on_appeal = about | below | {"case_type": "民终", "instance": "二审"}
    for court, number, kind, days_ago, what in (
        (lower, first, "判决", 90, at_first),
        (upper, second, "发回重审", 1, on_appeal),
    ):
        filed = today - timedelta(days=days_ago + 60)
        whose = f"法官{court.code}"
        add_case(
            court, number, now=now, filed=filed, undertaker=whose, about=what, closed=(60, kind)
        )
    for court, side in ((upper, "up"), (lower, "low")):
        people = {
            f"{side}-{who}": (f"{post}{court.code}", post, division)
            for who, (post, division) in POSTS.items()
        }
        add_people(court, people)
    finding.run(today, now)


if __name__ == "__main__":
    main()
