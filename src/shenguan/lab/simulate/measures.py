"""The figures a published one is set beside: each a pair of predicates, or a value, over the cases.

A measure is named in `calibration.csv` as `kind.what.whose`; `whose` narrows it to courts of one profile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf, sqrt

from shenguan.lab.simulate.parameters import FAMILY_CAUSES
from shenguan.lab.simulate.seen import Seen

Test = Callable[[Seen], bool]
FIRST = frozenset({"民初", "刑初", "行初"})
TRIED = FIRST | frozenset(
    {
        "民终",
        "刑终",
        "行终",
        "民辖终",
        "民申",
        "民再",
        "民特",
        "刑更",
        "刑申",
        "行审",
        "委赔",
        "民督",
    }
)
NATIONAL = frozenset({"全国平均型", "汪清型"})
WITHDRAWN = frozenset({"调解", "准许撤诉", "按撤诉处理"})
UPSET = frozenset({"改判", "发回重审"})
FULL_YEARS = (2024, 2025)
LOAD_YEAR = 2025


@dataclass(slots=True)
class Share:
    """Cases that `hit` ÷ cases of the `base`; a hit needn't be of the base (二审收案 ÷ 一审结案)."""

    base: Test
    hit: Test
    flip: bool = False
    _base: int = 0
    _hits: int = 0

    def see(self, case: Seen) -> None:
        """Count one case."""
        self._base += self.base(case)
        self._hits += self.hit(case)

    def result(self) -> tuple[float | None, int]:
        """Return the share in per cent and the size of the base."""
        if not self._base:
            return None, 0
        share = 100 * self._hits / self._base
        return (100 - share if self.flip else share), self._base

    def noise(self) -> float:
        """Return twice the sampling error of the share, in points."""
        share = min(max(self._hits / self._base, 0.005), 0.995)
        return 200 * sqrt(share * (1 - share) / self._base)


@dataclass(slots=True)
class Days:
    """Mean or median of a whole number of days over the cases of the `base`."""

    base: Test
    value: Callable[[Seen], int]
    median: bool = False
    _counts: Counter[int] = field(default_factory=Counter)

    def see(self, case: Seen) -> None:
        """Count one case."""
        if self.base(case):
            self._counts[self.value(case)] += 1

    def result(self) -> tuple[float | None, int]:
        """Return the days and the number of cases."""
        n = sum(self._counts.values())
        if not n:
            return None, 0
        if self.median:
            return self._middle(n), n
        return sum(days * count for days, count in self._counts.items()) / n, n

    def noise(self) -> float:
        """Return twice the sampling error of the mean (of the median: a quarter more), in days."""
        mean, n = self.result()
        if mean is None or n < 2:
            return inf
        squares = sum(count * (days - mean) ** 2 for days, count in self._counts.items())
        return 2 * sqrt(squares / (n - 1) / n) * (1.25 if self.median else 1)

    def _middle(self, n: int) -> float:
        passed = 0
        for days in sorted(self._counts):
            passed += self._counts[days]
            if passed * 2 >= n:
                return float(days)
        return 0.0


Measure = Share | Days


def measure(name: str, last: date) -> Measure | None:
    """Return a fresh measure of that name, None for the ones of staffing (see the report)."""
    kind, what, whose, *more = (*name.split("."), "", "")
    if what in _SPECIAL:
        return _SPECIAL[what](whose, more[0], last)
    if kind == "days" and what in _DAYS:
        base, value = _DAYS[what]
        return Days(_in(base, whose), value)
    if kind == "share" and what in _SHARES:
        base, hit, flip = _SHARES[what]
        base = _in(base, whose)
        return Share(base, hit if what in _APART else _both(base, hit), flip)
    return None


def _of_type(type_code: str, whose: str, _last: date) -> Days:
    types = ("执", "执恢") if type_code == "执" else (type_code,)
    if whose:
        return Days(
            lambda c: bool(c.closed) and c.type_code in types and c.profile in NATIONAL,
            lambda c: c.days,
        )
    return Days(lambda c: bool(c.closed) and c.type_code in types, lambda c: c.days)


def _in(base: Test, whose: str) -> Test:
    return (lambda c: c.profile == whose and base(c)) if whose else base


def _both(base: Test, hit: Test) -> Test:
    return lambda c: base(c) and hit(c)


def _first(case: Seen) -> bool:
    return case.closed is not None and case.type_code in FIRST


def _closed(type_code: str) -> Test:
    return lambda c: c.closed is not None and c.type_code == type_code


def _trial(case: Seen) -> bool:
    """Trial cases: of the basic courts those at first instance, of the upper court all."""
    types = TRIED if case.profile == "郑州中院型" else FIRST
    return case.closed is not None and case.type_code in types


def _crime(procedure: str) -> Test:
    def base(case: Seen) -> bool:
        if case.type_code != "刑初" or case.outcome != "判决" or case.profile in NATIONAL:
            return False
        if case.profile == "郑州中院型":
            return False
        if procedure == "转普":
            return case.converted
        return case.procedure == procedure and not case.converted

    return base


def _upset(whose: str, _more: str, _last: date) -> Share:
    return Share(_in(_first, whose), lambda c: c.origin == whose and c.outcome in UPSET)


def _crime_median(procedure: str, _more: str, _last: date) -> Days:
    return Days(_crime(procedure), lambda c: c.prosecuted_days, median=True)


def _long_pending(_whose: str, _more: str, last: date) -> Share:
    year = last.year - 1
    limit = date(year, last.month, min(last.day, 28))
    return Share(lambda c: c.filed.year == year, lambda c: c.closed is None and c.filed <= limit)


def _sales(case: Seen) -> bool:
    return _first(case) and case.cause == "买卖合同纠纷" and case.type_code == "民初"


def _family(case: Seen) -> bool:
    return _first(case) and case.cause in FAMILY_CAUSES and case.outcome in WITHDRAWN | {"判决"}


def _judged(case: Seen) -> bool:
    return _first(case) and case.outcome == "判决" and _year(case) in FULL_YEARS


def _year(case: Seen) -> int:
    return case.closed.year if case.closed else 0


_DAYS: Mapping[str, tuple[Test, Callable[[Seen], int]]] = {
    "mean": (_trial, lambda c: c.days),
    "sales": (_sales, lambda c: c.days),
    "mediated_first": (lambda c: c.mediated_days >= 0, lambda c: c.mediated_days),
}
_SHARES: Mapping[str, tuple[Test, Test, bool]] = {
    "swift_crime": (
        lambda c: _closed("刑初")(c) and c.profile != "郑州中院型",
        lambda c: c.procedure == "速裁程序",
        False,
    ),
    "crime_accepted": (_closed("刑初"), lambda c: c.appealed, True),
    "crime_second_per_first": (_closed("刑初"), lambda c: c.type_code == "刑终", False),
    "admin_second_per_first": (
        lambda c: _closed("行初")(c) and c.profile != "郑州中院型",
        lambda c: c.type_code == "行终",
        False,
    ),
    "second_heard": (_closed("刑终"), lambda c: c.heard, False),
    "accepted": (_first, lambda c: c.appealed, True),
    "appealed": (_first, lambda c: c.appealed, False),
    "summary": (_closed("民初"), lambda c: c.procedure != "普通程序", False),
    "small": (_closed("民初"), lambda c: c.procedure == "小额诉讼程序", False),
    "small_sales": (_sales, lambda c: c.procedure == "小额诉讼程序", False),
    "timely": (lambda c: c.timely is not None, lambda c: bool(c.timely), False),
    "mediated": (_closed("民初"), lambda c: c.outcome == "调解", False),
    "family_judged": (_family, lambda c: c.outcome == "判决", False),
    "december": (_judged, lambda c: c.closed is not None and c.closed.month == 12, False),
}
_APART = frozenset({"crime_second_per_first", "admin_second_per_first"})
_SPECIAL: Mapping[str, Callable[[str, str, date], Measure]] = {
    "type": _of_type,
    "upset": _upset,
    "median_crime": _crime_median,
    "over_12_months": _long_pending,
}
