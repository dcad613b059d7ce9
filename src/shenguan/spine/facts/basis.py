"""What the facts rest on besides the log: rulebook and code tables, what courts have chosen, who leads them.

When the rulebook changes, rows of any case may change and the archive is made anew; what one court has
chosen moves the cases of that court and those below it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from django.db.models import Q

from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Appointment
from shenguan.rulebook import DATA, Rulebook
from shenguan.spine.cases.models import Case
from shenguan.spine.facts.archive import Basis
from shenguan.spine.timelimits.histories import DELEGATION, SETTING_KEYS
from shenguan.spine.timelimits.services import ACCEPT_SETTING

DERIVATION = 2
"""Raise when the derivation itself changes what a row says."""

_READ = (
    *("facts.yaml", "events.yaml", "tags.yaml", "codes/*", "calendars/*", "timelimits/*"),
    *("codes/**/*.csv",),
)
LEADERS = "领导职务"
_OF_ONE_CLASS = {"审限.criminal_month_end": "刑事"}
"""Settings that only cases of one class read."""


def basis(rulebook: Rulebook, on: date) -> Basis:
    """Return digests of everything outside the log that a fact row depends on, on a day."""
    digest = hashlib.sha256(f"{DERIVATION}".encode())
    for folder in filter(None, (DATA, rulebook.overlay)):
        for path in _files(folder):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    courts: dict[str, dict[str, str]] = defaultdict(dict)
    for court_id, key, said in (*_chosen(rulebook, on), *_leaders(rulebook)):
        courts[str(court_id)][key] = hashlib.sha256(said.encode()).hexdigest()[:8]
    return Basis(digest.hexdigest()[:16], dict(courts))


def cases_moved(before: Basis, now: Basis, rulebook: Rulebook) -> set[int]:
    """Return the cases whose rows may differ because their court has chosen, or is led, otherwise."""
    found: set[int] = set()
    for court in before.courts.keys() | now.courts.keys():
        old, new = before.courts.get(court, {}), now.courts.get(court, {})
        for key in {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}:
            rows = Case.objects.filter(_readers(key, rulebook), court=int(court), visible=True)
            found |= set(rows.order_by().values_list("pk", flat=True))
    return found


def _readers(key: str, rulebook: Rulebook) -> Q:
    if key not in _OF_ONE_CLASS:
        return Q()
    types = rulebook.codes.case_types.items()
    return Q(case_type__in=[c for c, kind in types if kind.case_class == _OF_ONE_CLASS[key]])


def _chosen(rulebook: Rulebook, on: date) -> Iterator[tuple[int, str, str]]:
    """Yield (court, setting, what it comes to) of each setting that a row depends on."""
    choices = Choices()
    if choices.empty:
        return
    keys = [*(f"审限.{name}" for name in SETTING_KEYS), DELEGATION, ACCEPT_SETTING]
    keys += sorted(set(_thresholds(rulebook)))
    courts = Case.objects.filter(visible=True).order_by().values_list("court_id", flat=True)
    for court_id in sorted(courts.distinct()):
        for key in keys:
            if told := list(choices.over(court_id, key, on)):
                yield court_id, key, repr(told)


def _thresholds(rulebook: Rulebook) -> Iterator[str]:
    """Yield the settings that the rules of 审判领域 read."""
    for rule in rulebook.tags.rules.values():
        for group in rule.groups if rule.dimension == "领域" else ():
            yield from (c["setting"] for c in group.values() if isinstance(c, Mapping))


def _leaders(rulebook: Rulebook) -> Iterator[tuple[int, str, str]]:
    posts = sorted(rulebook.fact_words.lists[LEADERS])
    held: dict[int, list[object]] = defaultdict(list)
    rows = Appointment.objects.filter(post__in=posts).order_by("pk")
    for court_id, *row in rows.values_list("court_id", "person__name", "valid_from", "valid_to"):
        held[court_id].append(row)
    yield from ((court_id, LEADERS, repr(told)) for court_id, told in held.items())


def _files(folder: Path) -> list[Path]:
    found = {path for pattern in _READ for path in folder.glob(pattern) if path.is_file()}
    return sorted(found)
