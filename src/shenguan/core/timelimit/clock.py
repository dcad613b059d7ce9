"""The clock of one case: events in date order, each acting on the due date in force that day."""

from __future__ import annotations

from datetime import date, timedelta

from shenguan.core.calendar import Calendar, CalendarNotPublished
from shenguan.core.timelimit import flags, say
from shenguan.core.timelimit.model import CaseHistory, Interval, Settings, Step, TimelineEvent
from shenguan.core.timelimit.months import term_end
from shenguan.core.timelimit.rule import Exclusion, Rule, Rules

DAY = timedelta(days=1)


class Suspension:
    """One recorded suspension while it is open; `counted` once it has stopped the clock."""

    __slots__ = (
        "begin",
        "begin_name",
        "counted",
        "counting_from",
        "exclusion",
        "kind",
        "over",
        "slot",
    )

    def __init__(self, event: TimelineEvent, exclusion: Exclusion | None) -> None:
        self.begin = event.on
        self.begin_name = event.event
        self.kind = event.kind
        self.exclusion = exclusion
        self.counted = False
        self.over = False
        self.counting_from = event.on
        self.slot = -1


class Clock:
    """State of the walk. `limit` is the term's end without exclusions, `due` with them."""

    __slots__ = (
        "applied_on",
        "calendar",
        "days",
        "excluded",
        "filed_on",
        "flags",
        "heard",
        "history",
        "intervals",
        "limit",
        "local",
        "months",
        "open",
        "pause_from",
        "pauses",
        "pending",
        "reading",
        "rule",
        "rules",
        "settings",
        "start",
        "steps",
        "used",
    )

    def __init__(
        self,
        history: CaseHistory,
        rules: Rules,
        calendar: Calendar | None,
        settings: Settings,
        rule: Rule,
        start: date,
    ) -> None:
        self.history = history
        self.rules = rules
        self.calendar = calendar
        self.settings = settings
        self.local = False
        self.flags: list[str] = []
        self.steps: list[Step] | None = None
        self.intervals: list[Interval] = []
        self.open: dict[str, list[Suspension]] = {}
        self.pending: list[tuple[date, bool, Suspension]] = []
        self.heard = False
        self.pauses = 0
        self.pause_from = start
        self.applied_on: date | None = None
        self.filed_on = start
        self.reset(rule, start)

    def reset(self, rule: Rule, start: date, *, keep_excluded: bool = False) -> None:
        """Begin the term of `rule` from `start`; extensions lapse with the procedure they were for."""
        self.rule = rule
        self.start = start
        self.months = rule.months
        self.days = rule.days
        self.reading = self.settings.criminal_month_end if rule.case_class == "刑事" else None
        self.used: dict[int, int] = {}
        if not keep_excluded:
            self.excluded = 0
            self.pause_from = start
        self.set_term(rule.months, rule.days)

    def set_term(self, months: int, days: int) -> None:
        """Make the term so long, counted from the start (no month-end drift)."""
        self.months = months
        self.days = days
        self.limit = self.term(months, days)

    def term(self, months: int, days: int) -> date:
        """Return the last day of such a term from the clock's start."""
        end = term_end(self.start, months, days, self.reading)
        return end - DAY if self.settings.start_counts else end

    @property
    def due(self) -> date:
        """The due date if every open suspension ended where it has been walked to."""
        due = self.limit + timedelta(days=self.excluded) if self.excluded else self.limit
        return self.rolled(due) if self.settings.roll_over else due

    def due_on(self, day: date) -> date:
        """The due date in force on `day`, open suspensions counted up to it."""
        running = max((day - self.pause_from).days, 0) if self.pauses else 0
        due = self.limit + timedelta(days=self.excluded + running)
        return self.rolled(due) if self.settings.roll_over else due

    def rolled(self, due: date) -> date:
        """Roll a due date to the next workday, never for a detained defendant (刑诉法第105条)."""
        if self.history.detained:
            return due
        try:
            if self.calendar is None:
                raise CalendarNotPublished(due.year)
            return self.calendar.roll(due)
        except CalendarNotPublished:
            self.flag(flags.CALENDAR_UNPUBLISHED)
            return due

    def expired(self, day: date) -> bool:
        """Whether the due date in force lies before `day`; never while the clock stands still."""
        return not self.pauses and day > self.due

    def flag(self, name: str) -> None:
        """Put a flag on the answer, once."""
        if name not in self.flags:
            self.flags.append(name)

    def tell(self, sentence: str, law: str, day: date) -> None:
        """Add a step to the derivation; callers only build the sentence when `steps` is wanted."""
        if self.steps is not None:
            self.steps.append(Step(sentence, law, self.due_on(day)))

    def law_of(self, suspension: Suspension) -> str:
        """The article behind a suspension, or the limit's own where the law names none."""
        return suspension.exclusion.law if suspension.exclusion else self.rule.law

    # -- suspensions ------------------------------------------------------------------------

    def enter(self, suspension: Suspension, day: date) -> None:
        """Let a permitted suspension stop the clock from `day`, unless the term is over."""
        if self.pauses == 0:
            if day > self.due:
                self.flag(flags.EXCLUSION_LATE)
                self.recorded(suspension, None)
                if self.steps is not None:
                    self.tell(say.late(suspension, day), self.law_of(suspension), day)
                return
            self.pause_from = day if day > self.start else self.start
        self.pauses += 1
        suspension.counted = True
        suspension.counting_from = day
        self.recorded(suspension, None)
        self._schedule_cap(suspension, day)

    def _schedule_cap(self, suspension: Suspension, day: date) -> None:
        exclusion = suspension.exclusion
        if exclusion is None or not (exclusion.cap_months or exclusion.cap_days):
            return
        if exclusion.capped_kinds and suspension.kind not in exclusion.capped_kinds:
            return
        end = term_end(day, exclusion.cap_months, exclusion.cap_days, None)
        self.pending.append((end, False, suspension))

    def leave(self, suspension: Suspension, day: date) -> None:
        """End a suspension on `day` (not excluded itself); its days count once with any other."""
        if suspension.over:
            return
        suspension.over = True
        before = self.excluded
        if suspension.counted:
            self.recorded(suspension, day)
            self.pauses -= 1
            if self.pauses == 0 and day > self.pause_from:
                self.excluded += (day - self.pause_from).days
        if suspension.counted and suspension.exclusion and suspension.exclusion.restarts:
            self.restart(self.rule, day, say.restarted(suspension, day), suspension.exclusion.law)
        elif suspension.counted and self.steps is not None:
            sentence = say.excluded(suspension, day, self.excluded - before, self.pauses)
            self.tell(sentence, self.law_of(suspension), day)

    def recorded(self, suspension: Suspension, end: date | None) -> None:
        """Keep the interval for whoever asks for `intervals`."""
        if self.steps is None:
            return
        exclusion = suspension.exclusion
        interval = Interval(
            exclusion.reason if exclusion else suspension.begin_name,
            suspension.counting_from,
            end,
            suspension.counted,
            bool(exclusion and exclusion.local),
        )
        if suspension.slot < 0:
            suspension.slot = len(self.intervals)
            self.intervals.append(interval)
        else:
            self.intervals[suspension.slot] = interval

    def flush(self, day: date) -> None:
        """Do what falls due by itself up to `day`: caps reached, mediation beyond its free days."""
        while self.pending:
            first = min(self.pending, key=lambda item: item[0])
            if first[0] > day:
                return
            self.pending.remove(first)
            on, begins, suspension = first
            if suspension.over:
                continue
            if begins:
                self.enter(suspension, on)
            else:
                self.flag(flags.EXCLUSION_CAPPED)
                self.leave(suspension, on)

    def restart(self, rule: Rule, day: date, sentence: str, law: str) -> None:
        """Start the term of `rule` anew on `day`; what was excluded before belongs to the old term."""
        self.reset(rule, day)
        self.tell(sentence, law, day)
