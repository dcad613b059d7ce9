"""Names of keys: courts, divisions and people from the registry, codes from the code tables, in 机构序."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from shenguan.base.org.models import Court, Person, Unit
from shenguan.core.indicator.facttable import CodeTables
from shenguan.core.indicator.grain import DIMENSIONS

NOBODY = {"division": "(未登记部门)", "team": "(未编入团队)", "judge": "(未登记承办人)"}
_UPPER = {"city": Court.Level.INTERMEDIATE, "province": Court.Level.HIGH}
UPPER_LABELS = {"city": "市级辖区", "province": "省级辖区"}


class Labels:
    """Looks names up once a kind; ids the registry doesn't know are shown as numbers."""

    def __init__(self, codes: CodeTables) -> None:
        self.codes = codes

    @cached_property
    def _courts(self) -> Mapping[int, Court]:
        return {court.pk: court for court in Court.objects.order_by("order", "code")}

    @cached_property
    def _order(self) -> Mapping[int, int]:
        return {pk: place for place, pk in enumerate(self._courts)}

    @cached_property
    def _units(self) -> Mapping[int, str]:
        return dict(Unit.objects.order_by().values_list("pk", "name"))

    @cached_property
    def _people(self) -> Mapping[int, str]:
        return dict(Person.objects.order_by().values_list("pk", "name"))

    def name(self, dimension: str, key: int) -> str:
        """Return what people read for a key."""
        if dimension in {"court", *_UPPER}:
            return self._courts[key].name if key in self._courts else f"法院{key}"
        if key == 0 and dimension in NOBODY:
            return NOBODY[dimension]
        if dimension in {"division", "team"}:
            return self._units.get(key, f"部门{key}")
        if dimension == "judge":
            return self._people.get(key, f"人员{key}")
        table = DIMENSIONS[dimension].code_table
        return (
            (self.codes.name(table, key) or f"{DIMENSIONS[dimension].label}未登记")
            if table
            else str(key)
        )

    def order(self, dimension: str, key: int) -> tuple[int, str]:
        """Return a sort key: 机构序 for courts, never size."""
        if dimension in {"court", *_UPPER}:
            return self._order.get(key, len(self._order)), str(key)
        return key, ""

    def above(self, level: str, court: int) -> int:
        """Return the court of a level (`city`, `province`) over a court; itself where there is none."""
        at: int | None = court
        while at is not None and at in self._courts:
            found = self._courts[at]
            if found.level == _UPPER[level]:
                return found.pk
            at = found.parent_id
        return court

    def below(self, court: int) -> tuple[int, ...]:
        """Return a court and every court below it."""
        return (court, *(one for over in self._children.get(court, ()) for one in self.below(over)))

    @cached_property
    def _children(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for court in self._courts.values():
            if court.parent_id:
                found.setdefault(court.parent_id, []).append(court.pk)
        return found

    def over(self, court: int) -> list[int]:
        """Return a court and every court above it."""
        found: list[int] = []
        at: int | None = court
        while at is not None and at not in found:
            found.append(at)
            at = self._courts[at].parent_id if at in self._courts else None
        return found

    def courts_named(self, names: Iterable[str]) -> list[int]:
        """Return ids of courts by name or code; raises `LookupError` for an unknown one."""
        by_name = {court.name: pk for pk, court in self._courts.items()}
        by_name |= {court.code: pk for pk, court in self._courts.items()}
        unknown = [name for name in names if name not in by_name]
        if unknown:
            raise LookupError(f"没有法院“{'、'.join(unknown)}”")
        return [by_name[name] for name in names]
