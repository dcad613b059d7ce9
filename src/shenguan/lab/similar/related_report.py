"""Pairwise recall and precision of 关联案件 over the synthetic dockets, errors shown.

Links that only may be (a name alone) are not counted as found: the page lists them as possible. Cases
that share a party and nothing else are measured apart: found where the number proves it, or shown at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from shenguan.core.similar import series
from shenguan.core.similar.model import cite_key
from shenguan.core.similar.related import Relatable, links, matters
from shenguan.core.similar.series import Filed, Litigant
from shenguan.lab.similar.related_truth import LEVELS, Printed, Truth, docket
from shenguan.programs.similar.reading import canonical_number


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield one record a noise level; `n`: disputes in each docket."""
    for level in LEVELS:
        yield measured(level, docket(level, disputes=n or 60))


def measured(level: int, truth: Truth) -> dict[str, Any]:
    """Found pairs against the true ones, with the wrong ones named."""
    shingles = {key: series.shingles(_masked(case)) for key, case in truth.cases.items()}
    found = links(
        {key: relatable(case) for key, case in truth.cases.items()},
        lambda one, two: series.likeness(shingles[one], shingles[two]),
    )
    sure = {pair for pair, link in found.items() if not link.link.possible}
    true, by_party = truth.pairs, truth.by_party
    return {
        "name": f"关联案件:噪声{level}",
        "recall": _share(sure & true, true),
        "precision": _share(sure & (true | by_party), sure),
        "party_proven": _share(sure & by_party, by_party),
        "party_shown": _share(found.keys() & by_party, by_party),
        "pairs": len(true),
        "by_party": len(by_party),
        "cases": len(truth.cases),
        "missed": sorted(true - sure)[:20],
        "wrong": sorted(sure - true - by_party)[:20],
    }


def _share(part: Set[tuple[str, str]], whole: Set[tuple[str, str]]) -> float:
    return round(len(part) / len(whole), 4) if whole else 1.0


def relatable(case: Printed) -> Relatable:
    """A printed case as the detector takes it."""
    prior = cite_key(case.prior[0], canonical_number(case.prior[1])) if case.prior else ""
    return Relatable(
        case.id,
        number=cite_key(case.court, canonical_number(case.number)),
        cites=frozenset({prior} if prior else ()),
        cause=case.cause,
        litigants=_litigants(case),
        matters=matters(case.text),
    )


def _litigants(case: Printed) -> tuple[Litigant, ...]:
    return tuple(Litigant(name, role, key) for role, name, key in case.parties)


def _masked(case: Printed) -> str:
    return series.masked(Filed(case.id, case.text, case.court, case.cause, _litigants(case)))
