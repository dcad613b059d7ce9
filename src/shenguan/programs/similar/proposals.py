"""系列案 proposed as groups: found at night among pending cases with pleadings, confirmed by who has them."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.core.similar.series import Filed
from shenguan.programs.similar.kin import litigants_of, parties_of, texts_of
from shenguan.programs.similar.series import Series, detect
from shenguan.programs.similar.shelf import folder
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

MOST = 10_000
"""Pending cases compared in one night, the latest first."""
_FILE = "series.json"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases that may form a series, as far as one sees them, with what they share."""

    cases: Sequence[Case]
    because: Sequence[str]
    least: float
    most: float


def propose(_on: date, _now: datetime) -> int:
    """Group the pending cases anew where pleadings came or cases went; return how many groups."""
    pending = Case.objects.filter(visible=True, closed_on=None, pleadings__isnull=False)
    basis = list(
        pending.aggregate(last=Max("pleadings"), cases=Count("pk", distinct=True)).values()
    )
    kept = _kept()
    if kept.get("basis") != basis:
        groups = detect(_filed(pending)) if basis[1] else []
        kept = {"basis": basis, "groups": [_told(each) for each in groups]}
        _keep(kept)
    return len(kept["groups"])


def _filed(pending: QuerySet[Case]) -> dict[str, Filed]:
    cases = list(pending.select_related("court").distinct().order_by("-filed_on", "-pk")[:MOST])
    texts, parties = texts_of(cases), parties_of(cases)
    return {
        str(case.pk): Filed(
            str(case.pk),
            texts[case.pk],
            case.court.name,
            case.cause,
            litigants_of(parties.get(case.pk, ())),
        )
        for case in cases
    }


def _told(group: Series) -> dict[str, object]:
    alike = [pair.likeness for pair in group.pairs]
    return {
        "cases": [int(each) for each in group.cases],
        "because": sorted({pair.because for pair in group.pairs}),
        "least": min(alike),
        "most": max(alike),
    }


def proposed(scope: Scope) -> list[Proposal]:
    """The groups of last night with the cases that the scope shows, two at least; the largest first."""
    groups = _kept()["groups"]
    ids = {pk for each in groups for pk in each["cases"]}
    seen = visible_cases(scope).filter(pk__in=ids, closed_on=None)
    cases = {case.pk: case for case in seen.select_related("court", "undertaker")}
    found = [
        Proposal(
            [cases[pk] for pk in each["cases"] if pk in cases],
            each["because"],
            each["least"],
            each["most"],
        )
        for each in groups
    ]
    return [each for each in found if len(each.cases) > 1]


def _kept() -> dict[str, list]:  # type: ignore[type-arg]
    try:
        return json.loads((folder() / _FILE).read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except (OSError, ValueError):
        return {"groups": []}


def _keep(kept: dict[str, list]) -> None:  # type: ignore[type-arg]
    folder().mkdir(parents=True, exist_ok=True)
    part = folder() / f"{_FILE}.part"
    part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    os.replace(part, folder() / _FILE)
