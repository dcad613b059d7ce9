"""What one look at the warnings needs: the day, what was known, and everything read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property

from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court, Person, Unit
from shenguan.core.ladder import SUPERVISE, URGE, answer_by, plus_workdays
from shenguan.core.timelimit import Node
from shenguan.core.warning.kinds import KINDS
from shenguan.core.warning.rule import Standing, WarningRule
from shenguan.core.warning.view import Tools
from shenguan.rulebook import Rulebook, load
from shenguan.spine.warnings.models import Feed as FeedRow

JOB = "预警"
"""What the heartbeat calls the nightly run of the warnings."""

SETTING = "预警."
"""Court setting `预警.<rule id>`: what the court changes about a rule, see `WarningRule.chosen`."""

Feeds = dict[int, dict[tuple[str, str], date]]


@cache
def _nodes_by_type(_rulebook: Rulebook) -> dict[str, tuple[Node, ...]]:
    """Where the kinds remember which nodes a rule watches, as long as no court changes the rules."""
    return {}


class Registry:
    """What changes so seldom that all moments of one run may share it, read when first asked for.

    `within`: only these courts are asked about, by someone who waits for the answer.
    """

    def __init__(self, within: Collection[int] | None = None) -> None:
        self._of_courts: dict[str, Collection[int]] = (
            {} if within is None else {"court__in": within}
        )
        self.rulebook: Rulebook = load()
        self.choices = Choices()
        self._roster: tuple[date, Roster] | None = None
        self._tools: dict[int, Tools] = {}

    def roster(self, on: date) -> Roster:
        """Who holds which post on a day; the last day asked for is remembered."""
        if self._roster is None or self._roster[0] != on:
            self._roster = (on, Roster(on, self._of_courts.get("court__in")))
        return self._roster[1]

    def tools(self, court_id: int) -> Tools:
        """What the kinds need beside a case of a court; its feed is the very one that learns."""
        if court_id not in self._tools:
            book, feed = self.rulebook, self.feeds.setdefault(court_id, {})
            known = _nodes_by_type(book) if self.choices.empty else {}
            self._tools[court_id] = Tools(book.calendar, book.nodes, book.timelimits, feed, known)
        return self._tools[court_id]

    @cached_property
    def courts(self) -> dict[int, Court]:
        """All courts by id."""
        return {court.pk: court for court in Court.objects.order_by()}

    @cached_property
    def feeds(self) -> Feeds:
        """What each court's data hold, and since when."""
        found: Feeds = {}
        for court, kind, document, since in FeedRow.objects.filter(**self._of_courts).values_list(
            "court_id", "kind", "document", "since"
        ):
            found.setdefault(court, {})[kind, document] = since
        return found

    @cached_property
    def people(self) -> dict[tuple[int, str], int]:
        """People by court and name; of several of one name the one entered first."""
        rows = (
            Person.objects.filter(**self._of_courts)
            .order_by("-pk")
            .values_list("court_id", "name", "pk")
        )
        return {(court, name): pk for court, name, pk in rows}

    @cached_property
    def units(self) -> dict[tuple[int, str], int]:
        """Units by court and name; of several of one name the one entered first."""
        rows = (
            Unit.objects.filter(**self._of_courts)
            .order_by("-pk")
            .values_list("court_id", "name", "pk")
        )
        return {(court, name): pk for court, name, pk in rows}

    @cached_property
    def names(self) -> dict[int, str]:
        """Names of people by id."""
        return dict(Person.objects.values_list("pk", "name"))


@dataclass
class Night:
    """One look, for the day `on`, with the log as known at `known_at` (None: all of it)."""

    on: date
    known_at: datetime | None = None
    registry: Registry = field(default_factory=Registry)
    _rules: dict[int, tuple[WarningRule, ...]] = field(default_factory=dict)
    _case_rules: dict[int, tuple[WarningRule, ...]] = field(default_factory=dict)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook in force."""
        return self.registry.rulebook

    @property
    def choices(self) -> Choices:
        """The courts' settings."""
        return self.registry.choices

    @property
    def courts(self) -> dict[int, Court]:
        """All courts by id."""
        return self.registry.courts

    @property
    def feeds(self) -> Feeds:
        """What each court's data hold, and since when."""
        return self.registry.feeds

    @property
    def roster(self) -> Roster:
        """Who holds which post on the day."""
        return self.registry.roster(self.on)

    def rules(self, court_id: int) -> tuple[WarningRule, ...]:
        """Return every rule as the court has chosen it by the day, switched-off ones left out."""
        if court_id not in self._rules:
            self._rules[court_id] = chosen(self.rulebook.warnings, court_id, self.on, self.choices)
        return self._rules[court_id]

    def case_rules(self, court_id: int) -> tuple[WarningRule, ...]:
        """Return the rules about single cases."""
        if court_id not in self._case_rules:
            rules = tuple(rule for rule in self.rules(court_id) if rule.kind in KINDS)
            self._case_rules[court_id] = rules
        return self._case_rules[court_id]

    def tools(self, court_id: int) -> Tools:
        """Return what the kinds need beside a case of a court."""
        return self.registry.tools(court_id)

    def place(self, court_id: int, division: str, undertaker: str) -> Place:
        """Return where a case belongs, from the names its log holds."""
        unit = self.registry.units.get((court_id, division))
        return Place(court_id, unit, self.registry.people.get((court_id, undertaker)))

    def told(self, standing: Standing, place: Place) -> tuple[list[int], list[int]]:
        """Return whom a warning goes to and who gets a copy."""
        recipients = standing.rule.recipients(standing.level)
        to = self.roster.people(recipients.to, place) or self.roster.instead(place)
        return to, self.roster.people(recipients.copy, place)

    def names(self, people: Iterable[int]) -> tuple[str, ...]:
        """Return the names of people."""
        return tuple(self.registry.names.get(pk, "") for pk in people)

    def answer_by(self, standing: Standing) -> date | None:
        """Return by when a 催办 of the day must be answered."""
        if standing.level != URGE:
            return None
        return answer_by(standing.rule.ladder, self.on, self.rulebook.calendar)

    def order_due(self, standing: Standing) -> date | None:
        """Return by when a 督办单 of the day must be settled."""
        if standing.level != SUPERVISE:
            return None
        return plus_workdays(self.on, standing.rule.supervise_workdays, self.rulebook.calendar)


def chosen(
    rules: Iterable[WarningRule], court_id: int, on: date, choices: Choices
) -> tuple[WarningRule, ...]:
    """Return the rules as a court has chosen them by a day, switched-off ones left out."""
    if not choices.empty:
        rules = (
            rule.chosen(value)
            if (value := choices.value(court_id, f"{SETTING}{rule.id}", on))
            else rule
            for rule in rules
        )
    return tuple(rule for rule in rules if not rule.off)
