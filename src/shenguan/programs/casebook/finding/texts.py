"""Texts that programs hold of cases, for the search: judgments, pleadings.

`settings.CASE_TEXTS` names them: {what the page calls it: model with `case` and `text`}. Rows are only ever
added, so the last row seen tells what is new; a text that is gone is no longer shown, whatever the index has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Max, QuerySet


def newest() -> dict[str, int]:
    """Return the last row of each kind of text."""
    return {name: rows.aggregate(last=Max("pk"))["last"] or 0 for name, rows in _held()}


def cases_since(known: Mapping[str, int]) -> set[int]:
    """Return the cases with texts behind the rows known of each kind."""
    return {pk for rows in _since(known) for pk in rows.values_list("case_id", flat=True)}


def rows_since(known: Mapping[str, int]) -> int:
    """Return how many texts are behind the rows known of each kind."""
    return sum(rows.count() for rows in _since(known))


def of_cases(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the texts of these cases, each with what it is called."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, rows in _held():
        mine = rows.filter(case_id__in=ids).order_by("pk")
        for case_id, text in mine.values_list("case_id", "text").iterator(100):
            found[case_id].append((name, text))
    return found


def _since(known: Mapping[str, int]) -> Iterator[QuerySet[Any]]:
    return (rows.filter(pk__gt=known.get(name, 0)) for name, rows in _held())


def _held() -> Iterator[tuple[str, QuerySet[Any]]]:
    for name, label in settings.CASE_TEXTS.items():
        yield name, apps.get_model(label)._default_manager.all()
