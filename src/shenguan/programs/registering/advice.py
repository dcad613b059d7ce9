"""What other programs have to say before an event is recorded: joined in the settings, never imported.

`EVENT_ADVISERS` names functions `(scope, case_ids, kind, occurred_on, payload, today)` that return, by
case, Chinese sentences with their articles. Advice never refuses; the person confirms or thinks again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from shenguan.base.org.scope import Scope

Adviser = Callable[
    [Scope, Sequence[int], str, date, Mapping[str, Any], date], Mapping[int, Sequence[str]]
]


def advise(
    scope: Scope,
    case_ids: Sequence[int],
    kind: str,
    occurred_on: date,
    payload: Mapping[str, Any],
    today: date,
) -> dict[int, list[str]]:
    """Return what is to be thought of, by case."""
    found: dict[int, list[str]] = defaultdict(list)
    for adviser in _advisers():
        for case_id, said in adviser(scope, case_ids, kind, occurred_on, payload, today).items():
            found[case_id].extend(said)
    return found


@cache
def _advisers() -> tuple[Adviser, ...]:
    return tuple(import_string(name) for name in getattr(settings, "EVENT_ADVISERS", ()))
