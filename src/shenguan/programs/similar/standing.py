"""From which court the authority order of art 4 is seen."""

from __future__ import annotations

from datetime import date

from shenguan.core.casenumber import Codes
from shenguan.core.similar.authority import Standpoint


def standpoint(codes: Codes, court: str, today: date) -> Standpoint:
    """The court, its superior (上一级人民法院) and its province by the court table."""
    named = codes.courts_named(court) if court else ()
    above = codes.court(named[0].parent_code) if named else None

    def province_of(name: str) -> str:
        found = codes.courts_named(name) if name else ()
        return found[0].province if found else ""

    return Standpoint(court, (above.name,) if above else (), province_of(court), today, province_of)
