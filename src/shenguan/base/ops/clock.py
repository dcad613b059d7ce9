"""The one place that reads the clock.

Commands, pages and jobs ask here and pass the answer down; nothing below knows what time it is.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

COURT_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware, in the courts' zone."""
    return datetime.now(COURT_ZONE)


def day_of(moment: datetime) -> date:
    """Return the Asia/Shanghai day on which the aware `moment` falls."""
    return moment.astimezone(COURT_ZONE).date()
