"""Atoms fit the kind: sums for sums, means and quantiles, stocks for stocks, flows for evenness."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Atom, Library
from shenguan.core.indicator.terms import Ref, refs_of


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield each atom that can't serve where it stands."""
    for code, indicator in library.indicators.items():
        for version in indicator.versions:
            place = f"指标 {code}（{version.regime}）"
            for ref in version.refs:
                if ref.code in library.atoms:
                    yield from _moment(place, ref, library.atoms[ref.code])
            if indicator.kind in {"sum", "mean", "stock"}:
                refs = refs_of(version.numerator)
                yield from _numerator(place, indicator.kind, _atoms(library, refs))
            if indicator.kind in {"quantile", "evenness"}:
                yield from _spread(place, indicator.kind, _atoms(library, (Ref(version.of),)))
            if indicator.kind == "quantile" and not 0 < version.q < 1000:
                yield f"{place}：q 是千分位，应在 1 到 999 之间"


def _atoms(library: Library, refs: tuple[Ref, ...]) -> list[Atom]:
    return [library.atoms[ref.code] for ref in refs if ref.code in library.atoms]


def _moment(place: str, ref: Ref, atom: Atom) -> Iterator[str]:
    if ref.moment in {"start", "end"} and not atom.stock:
        yield f"{place}：“{ref.code}@{ref.moment}”不是存量原子，没有期初期末"
    if ref.moment == "last_year" and not atom.month:
        yield f"{place}：“{ref.code}@last_year”只能用于按月归期的原子"


def _numerator(place: str, kind: str, atoms: list[Atom]) -> Iterator[str]:
    for atom in atoms:
        if kind == "stock" and not atom.stock:
            yield f"{place}：stock 的分子“{atom.code}”不是存量原子"
        if kind != "stock" and atom.value is None:
            yield f"{place}：{kind} 的分子“{atom.code}”没有 value"


def _spread(place: str, kind: str, atoms: list[Atom]) -> Iterator[str]:
    for atom in atoms:
        if not atom.month:
            yield f"{place}：{kind} 的“{atom.code}”要按月归期"
        if kind == "quantile" and atom.value is None:
            yield f"{place}：quantile 的“{atom.code}”没有 value"
