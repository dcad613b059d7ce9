"""Who is who: a case is its court and its normalised number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from shenguan.base.ops.bulk import inserting
from shenguan.base.org.models import Court
from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.spine.cases.models import Case

CHUNK = 500
_YEAR = re.compile(r"^（(\d{4})）")


class Key(NamedTuple):
    """What tells two cases apart."""

    court_id: int
    number_key: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A case as a source names it: its court, its number as printed, the normalised number."""

    court_id: int
    number: str
    number_key: str
    number_kind: str = Case.NumberKind.OFFICIAL

    @property
    def key(self) -> Key:
        """Return court and normalised number."""
        return Key(self.court_id, self.number_key)

    @classmethod
    def of(cls, court: Court, number: str) -> Identity:
        """Read a number; one that isn't a 案号 is kept as it stands, with blanks taken out."""
        try:
            parsed = parse(number)
        except CaseNumberError:
            return cls(court.pk, number.strip(), plain_key(number), Case.NumberKind.OTHER)
        old = parsed.style == "old"
        kind = Case.NumberKind.OLD if old else Case.NumberKind.OFFICIAL
        return cls(court.pk, number.strip(), parsed.text, kind)

    @property
    def year(self) -> int | None:
        """Return the year that a 案号 begins with."""
        return year_of(self.number_key)


def plain_key(number: str) -> str:
    """Return the key of a number that isn't a 案号: the same without white space."""
    return "".join(number.split())


def number_key(number: str) -> str:
    """Return the key of any number, as `Identity.of` makes it."""
    try:
        return parse(number).text
    except CaseNumberError:
        return plain_key(number)


def year_of(key: str) -> int | None:
    """Return the year of a normalised 案号, None for another registry's id."""
    found = _YEAR.match(key)
    return int(found[1]) if found else None


def identify(rows: Iterable[Identity]) -> dict[Key, Case]:
    """Find or make the cases of these identities; a new one stays invisible until an event lands."""
    wanted = {row.key: row for row in rows}
    found: dict[Key, Case] = {}
    for chunk in _chunks(list(wanted.values())):
        with transaction.atomic():
            found |= _find(chunk)
            missing = [row for row in chunk if row.key not in found]
            if missing:
                inserting([_new(row) for row in missing], ignore_conflicts=True).run()
                found |= _find(missing)
    return found


def _find(rows: Sequence[Identity]) -> dict[Key, Case]:
    cases = Case.objects.filter(
        number_key__in={row.number_key for row in rows}, court_id__in={row.court_id for row in rows}
    )
    keys = {row.key for row in rows}
    found = {Key(case.court_id, case.number_key): case for case in cases}
    return {key: case for key, case in found.items() if key in keys}


def _new(row: Identity) -> Case:
    return Case(
        court_id=row.court_id,
        number=row.number,
        number_key=row.number_key,
        number_kind=row.number_kind,
        year=row.year,
    )


def _chunks(rows: Sequence[Identity]) -> Iterator[Sequence[Identity]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
