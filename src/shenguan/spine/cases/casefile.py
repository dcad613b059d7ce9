"""One case opened by somebody: what several parts of its page need of it, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, Model, Q, QuerySet

from shenguan.base.org.choices import Choices, is_read_only
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.core.casefold import LoggedEvent, fold, live
from shenguan.spine.cases import log
from shenguan.spine.cases.bench import deciding
from shenguan.spine.cases.identities import Identity
from shenguan.spine.cases.models import Case, Event, Seat
from shenguan.spine.cases.selectors import without_inner
from shenguan.spine.cases.states import Folded


@dataclass(frozen=True)
class CaseFile:
    """A case and its reader of today; whoever opens the file has found the case through the scope.

    `acts` and `posts` (posts.yaml) are those of the `reader`, who is None for the command line.
    """

    scope: Scope
    case: Case
    on: date
    reader: Person | None = None
    acts: frozenset[str] = frozenset()
    posts: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Tell whether the reader, or a judge whom they serve, has the case in hand."""
        return self.case.undertaker_id in self.scope.person_ids

    @cached_property
    def choices(self) -> Choices:
        """Return what the courts have chosen."""
        return Choices()

    @cached_property
    def read_only(self) -> bool:
        """Tell whether the case's court takes everything from its own system."""
        return is_read_only(self.case.court_id, self.on, self.choices)

    def may_hold(self, model: type[Model]) -> bool:
        """Tell whether a table of `settings.CASE_TABLES` has rows of the case, whoever may see them.

        Most have none of most cases; one question to all spares asking each what of it the scope shows.
        """
        return self._held[model._meta.label]

    @cached_property
    def _held(self) -> dict[str, bool]:
        case, tables = self.case.pk, settings.CASE_TABLES
        asked = [Exists(_rows(label, names, case)) for label, names in tables.items()]
        (held,) = Case.objects.filter(pk=case).values_list(*asked)
        return dict(zip(tables, held, strict=True))

    @cached_property
    def seats(self) -> list[Seat]:
        """Return who sits in the case, each with the person."""
        return list(self.case.seats.select_related("person"))

    @cached_property
    def is_of_bench(self) -> bool:
        """Tell whether the reader in person decides the case."""
        me = self.scope.self_id
        return any(person.pk == me for person, _role in deciding(self.case, self.seats))

    @cached_property
    def _landed(self) -> list[Event]:
        return list(log.landed().filter(case=self.case.pk).order_by("position"))

    @cached_property
    def logged(self) -> list[LoggedEvent]:
        """Return the landed events in log order, the inner record's too: to reckon with, not to be shown."""
        return [log.as_logged(event) for event in self._landed]

    @cached_property
    def events(self) -> list[Event]:
        """Return the landed events that may be shown, in log order, those taken back too."""
        return without_inner(self.scope, self.case.pk, self._landed)

    @cached_property
    def standing(self) -> frozenset[int]:
        """Return the positions of the events that count."""
        return frozenset(event.position for event in live(self.logged))

    @property
    def history(self) -> list[Event]:
        """Return the events that count and may be shown, by day and place in the log."""
        return sorted((e for e in self.events if e.position in self.standing), key=log.by_day)

    @property
    def folded(self) -> Folded:
        """Return what the log says of the case."""
        case = self.case
        identity = Identity(case.court_id, case.number, case.number_key, case.number_kind)
        return Folded(
            case.pk, case.court, identity, tuple(self.logged), fold(self.logged), case.last_position
        )


def _rows(label: str, names: Iterable[str], case_id: int) -> QuerySet[Any]:
    """Return the rows of a table that name the case in one of these columns."""
    naming = reduce(or_, (Q((name, case_id)) for name in names))
    rows: QuerySet[Any] = apps.get_model(label)._default_manager.filter(naming)
    return rows.order_by()
