"""Finding first-instance cases that look like one dispute filed more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from shenguan.base.org.scope import Scope
from shenguan.spine.cases.models import Case, Party
from shenguan.spine.cases.selectors import visible_cases

WINDOW = timedelta(days=365)


def repeated(scope: Scope) -> Iterator[list[Case]]:
    """Yield groups of ≥ 2 first-instance cases of one court, cause and set of parties within a year.

    A series (one plaintiff, many defendants) isn't a group: all parties must be the same.
    """
    cases = (
        visible_cases(scope)
        .filter(instance="一审", filed_on__isnull=False)
        .exclude(cause="")
        .select_related("court")
    )
    names: dict[int, set[str]] = defaultdict(set)
    for case_id, name in Party.objects.filter(case__in=cases).values_list("case_id", "name"):
        names[case_id].add(name)
    groups: dict[tuple[int, str, frozenset[str]], list[Case]] = defaultdict(list)
    for case in cases.order_by("filed_on", "number_key"):
        parties = frozenset(names[case.pk])
        if len(parties) > 1:
            groups[(case.court_id, case.cause, parties)].append(case)
    for group in groups.values():
        yield from _within_window(group)


def _within_window(group: list[Case]) -> Iterator[list[Case]]:
    run: list[Case] = []
    for case in group:
        assert case.filed_on is not None
        if run and run[-1].filed_on and case.filed_on - run[-1].filed_on > WINDOW:
            if len(run) > 1:
                yield run
            run = []
        run.append(case)
    if len(run) > 1:
        yield run
