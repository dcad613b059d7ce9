"""抽查: a draw in which every case's chance is exactly its stratum's rate, and that anyone can repeat.

Method "系统抽样-1" (systematic sampling with unequal probabilities, Madow 1949). Every case has an inclusion
probability p; cases stand in one line, each as wide as its p; one random start in [0, 1) is laid down and
every full step from it falls on a drawn case. So P(case is drawn) = p for each case, whatever the others,
and every stretch of the line holds floor or ceiling of its summed p. There is no quota to fill and
no cap to stop at: those two are what make a naive draw's chances differ from the rate it states.

Without a minimum per judge the line runs stratum by stratum: a stratum is the cell of the plan's keys and
p its rate. With a minimum m the line runs judge by judge, cell by cell within, and a stratum is the cell
of one judge. Where a judge's summed rates fall short of t = min(m, cases of the judge), every p of this
judge becomes rate + (1 - rate) × (t - sum)/(cases - sum), which sums to t; no p ever falls below its rate.

Randomness is SHA-256 of seed and case key, so that an auditor can repeat the draw in any language:
the order within a stratum is that of sha256("seed|次序|key"), the start is sha256("seed|起点") / 2^256.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm

METHOD = "系统抽样-1"
_BITS = 256


@dataclass(frozen=True, slots=True)
class Unit:
    """One case of the frame: its key (the number), the cell of the plan's strata, its judge."""

    key: str
    cell: str
    judge: str


@dataclass(frozen=True, slots=True)
class Design:
    """Rates of the cells (those not named have `rate`), each in [0, 1], and the minimum per judge."""

    rate: Fraction
    minimum: int = 0
    rates: Mapping[str, Fraction] | None = None

    def rate_of(self, cell: str) -> Fraction:
        """Return the planned rate of a cell."""
        return (self.rates or {}).get(cell, self.rate)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Cases that share one chance: `judge` is "" where no minimum per judge is asked."""

    cell: str
    judge: str
    size: int
    rate: Fraction

    @property
    def expected(self) -> Fraction:
        """The mean number of drawn cases over all draws."""
        return self.size * self.rate

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and most cases any draw takes of it: floor and ceiling of the mean."""
        return floor(self.expected), ceil(self.expected)


class Frame:
    """The list to draw from, prepared once: strata, chances, the line. Raises `ValueError` for a bad list."""

    def __init__(self, units: Iterable[Unit], design: Design) -> None:
        self.units = sorted(units, key=lambda unit: unit.key)
        self.design = design
        _check(self.units, design)
        self._members = _grouped(self.units, by_judge=design.minimum > 0)
        self._rates = _rates(self._members, design)

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        """Every stratum in the order of its names."""
        return tuple(
            Stratum(cell, judge, len(members), self._rates[judge, cell])
            for (judge, cell), members in sorted(self._members.items())
        )

    @cached_property
    def expected(self) -> Fraction:
        """The mean number of cases a draw takes in all."""
        return sum((stratum.expected for stratum in self.strata), Fraction())

    def chance(self, unit: Unit) -> Fraction:
        """Return a case's inclusion probability: the rate of its stratum."""
        judge = unit.judge if self.design.minimum else ""
        return self._rates[judge, unit.cell]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the list and the design: a list changed by one word has another."""
        listed = [[unit.key, unit.cell, unit.judge] for unit in self.units]
        rates = sorted((cell, str(rate)) for cell, rate in (self.design.rates or {}).items())
        whole = [METHOD, str(self.design.rate), self.design.minimum, rates, listed]
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def draw(self, seed: str) -> tuple[str, ...]:
        """Return the keys drawn with a seed, in the order of the list; the same seed gives the same."""
        scale = self._scale
        at = (int.from_bytes(_hashed(seed, "起点"), "big") * scale) >> _BITS
        drawn: set[str] = set()
        passed, groups = 0, _shuffled_groups(seed, self._members)
        for judge, cell in groups:
            width = self._widths[judge, cell]
            members = self._members[judge, cell]
            hits = _hits(at, passed, width, len(members), scale)
            if hits:
                members = sorted(members, key=lambda unit: _hashed(seed, "次序", unit.key))
                drawn.update(members[place].key for place in hits)
            passed += width * len(members)
        return tuple(sorted(drawn))

    @cached_property
    def _scale(self) -> int:
        return lcm(*(rate.denominator for rate in self._rates.values()), 1) << 64

    @cached_property
    def _widths(self) -> dict[tuple[str, str], int]:
        return {name: int(rate * self._scale) for name, rate in self._rates.items()}


def digest_of(keys: Sequence[str]) -> str:
    """Return the SHA-256 of a result, to be read aloud and compared."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Trial:
    """What trial draws took of one stratum or judge: least, mean, most."""

    name: str
    size: int
    least: int
    mean: Fraction
    most: int


def simulate(frame: Frame, draws: int = 200) -> tuple[list[Trial], list[Trial]]:
    """Return what `draws` trial draws took by cell and by judge.

    Trial seeds are "模拟-1" and on, never a seed of a real draw: trying out says nothing of its result.
    """
    of = {unit.key: unit for unit in frame.units}
    cells: dict[str, list[int]] = defaultdict(list)
    judges: dict[str, list[int]] = defaultdict(list)
    sizes = (Counter(u.cell for u in frame.units), Counter(u.judge for u in frame.units))
    for number in range(1, draws + 1):
        drawn = [of[key] for key in frame.draw(f"模拟-{number}")]
        for taken, found, size in (
            (Counter(u.cell for u in drawn), cells, sizes[0]),
            (Counter(u.judge for u in drawn), judges, sizes[1]),
        ):
            for name in size:
                found[name].append(taken[name])
    return _trials(cells, sizes[0]), _trials(judges, sizes[1])


def _trials(found: Mapping[str, list[int]], sizes: Mapping[str, int]) -> list[Trial]:
    return [
        Trial(name, sizes[name], min(taken), Fraction(sum(taken), len(taken)), max(taken))
        for name, taken in sorted(found.items())
    ]


def naive_draw(units: Iterable[Unit], rate: Fraction, cap: int, seed: str) -> tuple[str, ...]:
    """Return the draw that many offices make by hand, for comparison only: shuffle, take, stop at a cap.

    Cases are gone through in random order until round(rate × list) are taken, skipping judges who already
    have `cap`: cases of judges with many closings are drawn less often than the stated rate, others more.
    """
    listed = list(units)
    wanted, taken = round(rate * len(listed)), Counter[str]()
    drawn: list[str] = []
    for unit in sorted(listed, key=lambda unit: _hashed(seed, "随手", unit.key)):
        if len(drawn) < wanted and taken[unit.judge] < cap:
            taken[unit.judge] += 1
            drawn.append(unit.key)
    return tuple(sorted(drawn))


def spread(keys: Iterable[str], people: Mapping[str, Sequence[str]], seed: str) -> dict[str, str]:
    """Give each key one of its possible people, the least burdened first, ties by hash of the seed.

    `people` says who may take each key; a key without anyone is left out. Repeatable like the draw.
    """
    load = Counter[str]()
    given: dict[str, str] = {}
    for key in sorted(keys, key=lambda key: (len(people[key]), _hashed(seed, "分派", key))):
        able = people[key]
        if able:
            chosen = min(able, key=lambda one: (load[one], _hashed(seed, key, one)))
            load[chosen] += 1
            given[key] = chosen
    return given


def share(keys: Iterable[str], rate: Fraction, seed: str) -> tuple[str, ...]:
    """Return a share of keys, each with chance `rate`, e.g. for a second, blind review."""
    return Frame([Unit(key, "", "") for key in keys], Design(rate)).draw(f"{seed}|复评")


def _check(units: Sequence[Unit], design: Design) -> None:
    twice = [key for key, times in Counter(unit.key for unit in units).items() if times > 1]
    if twice:
        raise ValueError(f"抽样名单：{twice[0]}重复")
    rates = [design.rate, *(design.rates or {}).values()]
    if any(not 0 <= rate <= 1 for rate in rates):
        raise ValueError("抽样方案：比例应在0到100%之间")
    if design.minimum < 0:
        raise ValueError("抽样方案：每名法官最少件数不能是负数")


def _grouped(units: Sequence[Unit], *, by_judge: bool) -> dict[tuple[str, str], list[Unit]]:
    found: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.judge if by_judge else "", unit.cell].append(unit)
    return dict(found)


def _rates(
    members: Mapping[tuple[str, str], Sequence[Unit]], design: Design
) -> dict[tuple[str, str], Fraction]:
    rates = {(judge, cell): design.rate_of(cell) for judge, cell in members}
    if not design.minimum:
        return rates
    sizes, sums = Counter[str](), defaultdict[str, Fraction](Fraction)
    for (judge, cell), units in members.items():
        sizes[judge] += len(units)
        sums[judge] += len(units) * rates[judge, cell]
    return {
        (judge, cell): _raised(rate, sizes[judge], sums[judge], design.minimum)
        for (judge, cell), rate in rates.items()
    }


def _raised(rate: Fraction, size: int, expected: Fraction, minimum: int) -> Fraction:
    target = min(minimum, size)
    if expected >= target:
        return rate
    return rate + (1 - rate) * (target - expected) / (size - expected)


def _shuffled_groups(
    seed: str, members: Mapping[tuple[str, str], Sequence[Unit]]
) -> list[tuple[str, str]]:
    """Judges (or cells) in an order of the seed: neighbours on the line must not always be the same."""
    return sorted(
        members, key=lambda name: (_hashed(seed, "队列", name[0]), _hashed(seed, "分层", *name))
    )


def _hits(at: int, passed: int, width: int, count: int, scale: int) -> list[int]:
    """Return the places of a stretch of `count` equal cells on which a full step from `at` falls."""
    if not width:
        return []
    first = -((at - passed) // scale)
    found = []
    step = max(first, 0)
    while (point := at + step * scale - passed) < width * count:
        if point >= 0:
            found.append(point // width)
        step += 1
    return found


def _hashed(*parts: str) -> bytes:
    return hashlib.sha256("|".join(parts).encode()).digest()
