"""升降因素分析: a change of a figure split into the contributions of its groups, adding up exactly.

For R = Σ n_g ÷ Σ d_g with shares w_g = d_g ÷ Σ d and rates r_g = n_g ÷ d_g, the change is
Σ w̄_g·Δr_g (within: the group's own rate) + Σ (r̄_g − R̄)·Δw_g (mix: more or fewer cases of the group), bars being
means of both periods. It is exact because Δ(w·r) = w̄·Δr + r̄·Δw and the shares sum to 1 both times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Pair = tuple[int, int]
"""(numerator, denominator) of a group."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one group adds to the change: `within + mix = total`, exact fractions in the figure's own scale."""

    key: tuple[int, ...]
    within: Fraction
    mix: Fraction
    before: Pair
    after: Pair

    @property
    def total(self) -> Fraction:
        """Both effects."""
        return self.within + self.mix


def contributions(
    before: Mapping[tuple[int, ...], Pair], after: Mapping[tuple[int, ...], Pair]
) -> list[Contribution]:
    """Return one contribution a group; they sum to the change of the whole. Largest effect first.

    Raises `ZeroDivisionError` where a whole has an empty base: there is no change then.
    """
    keys = sorted({*before, *after})
    pairs = {key: (before.get(key, (0, 0)), after.get(key, (0, 0))) for key in keys}
    whole = [_sum([pair[at] for pair in pairs.values()]) for at in (0, 1)]
    mean = (Fraction(*whole[0]) + Fraction(*whole[1])) / 2
    found = [_contribution(key, *pairs[key], whole, mean) for key in keys]
    return sorted(found, key=lambda c: (-abs(c.total), c.key))


def _sum(pairs: list[Pair]) -> Pair:
    return sum(n for n, _ in pairs), sum(d for _, d in pairs)


def _contribution(
    key: tuple[int, ...], before: Pair, after: Pair, whole: list[Pair], mean: Fraction
) -> Contribution:
    shares = [
        Fraction(pair[1], total[1]) for pair, total in zip((before, after), whole, strict=True)
    ]
    step = shares[1] - shares[0]
    rates = [_rate(before, after), _rate(after, before)]
    if rates[0] is None or rates[1] is None:
        parts = [Fraction(p[0], t[1]) for p, t in zip((before, after), whole, strict=True)]
        return Contribution(key, parts[1] - parts[0], -mean * step, before, after)
    within = (shares[0] + shares[1]) / 2 * (rates[1] - rates[0])
    mix = ((rates[0] + rates[1]) / 2 - mean) * step
    return Contribution(key, within, mix, before, after)


def _rate(pair: Pair, other: Pair) -> Fraction | None:
    """The group's rate; where it has no base, the other period's, so that its coming or going is all mix.

    None where the numerator has no base of its own (appeals of one period over closings of another).
    """
    if pair[1]:
        return Fraction(*pair)
    if pair[0] or not other[1]:
        return None
    return Fraction(*other)


def plain_contributions(
    before: Mapping[tuple[int, ...], int], after: Mapping[tuple[int, ...], int]
) -> list[Contribution]:
    """Return the groups' shares in the change of a count, sum or stock."""
    found = [
        Contribution(
            key,
            Fraction(after.get(key, 0) - before.get(key, 0)),
            Fraction(0),
            (before.get(key, 0), 1),
            (after.get(key, 0), 1),
        )
        for key in sorted({*before, *after})
    ]
    return sorted(found, key=lambda c: (-abs(c.total), c.key))
