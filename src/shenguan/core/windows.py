"""Too early, in time, too late: what a request's dates say against its windows. Flags, never bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

APPLIED_LATE = "申请迟于规定提前期"
DECIDED_LATE = "审批迟于规定提前期"
SAME_DAY = "当日申请当日办结"
AFTER_DUE = "届满后审批"


@dataclass(frozen=True, slots=True)
class Windows:
    """A due date and how many days before it to apply and to decide; None where nothing is said."""

    due: date | None
    apply_before: int | None = None
    decide_before: int | None = None

    @property
    def apply_by(self) -> date | None:
        """The last day to apply in time."""
        return self._before(self.apply_before)

    @property
    def decide_by(self) -> date | None:
        """The last day to decide in time."""
        return self._before(self.decide_before)

    def _before(self, days: int | None) -> date | None:
        return self.due - timedelta(days=days) if self.due and days is not None else None

    def on_applying(self, on: date) -> list[str]:
        """Return the flags of a request made on a day."""
        return [APPLIED_LATE] if self.apply_by and on > self.apply_by else []

    def on_deciding(self, applied_on: date, on: date) -> list[str]:
        """Return the flags of a final decision on a day."""
        flags = []
        if self.decide_by and on > self.decide_by:
            flags.append(DECIDED_LATE)
        if self.due and (self.apply_before or self.decide_before):
            if on == applied_on:
                flags.append(SAME_DAY)
            if on > self.due:
                flags.append(AFTER_DUE)
        return flags
