"""Writes one case: from what is filed and how it will go to the dated events of its life."""

from __future__ import annotations

from typing import Any

from shenguan.lab.simulate import steps
from shenguan.lab.simulate.cases import Filing, SimCase
from shenguan.lab.simulate.choose import Choice, Chooser
from shenguan.lab.simulate.city import SimCourt
from shenguan.lab.simulate.days import Days
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.draft import Draft
from shenguan.lab.simulate.parameters import INQUIRY, Profile, Track
from shenguan.lab.simulate.plan import Plan, Planner, Question

CRIME_LONGER = {"速裁程序": "可能判一年以上", "简易程序": "可能判三年以上"}
CRIME_LONGER_SHARE = 0.22
CONVERTED_CRIME_PACE = 1.2
"""Converted cases are the harder ones: they take longer even after their clock starts anew."""


class Writer:
    """Turns filings into cases, in the order they are filed."""

    def __init__(self, dice: Dice, days: Days, city: list[SimCourt], last: int) -> None:
        self.dice, self.days, self.city, self.last = dice, days, city, last
        self.chooser = Chooser(dice, city)
        self.planner = Planner(dice, days, last)
        self.written = 0
        self._numbers: dict[tuple[int, str, int], int] = {}

    def write(self, filing: Filing) -> Draft:
        """Return the case as drafted, its whole future included."""
        court = self.city[filing.court]
        choice = self.chooser.choose(filing)
        plan, marks = self._plan(filing, choice, court.profile)
        division = court.division_for(filing.type_code, filing.cause, self.dice.u())
        draft = Draft(
            filing=filing,
            choice=choice,
            plan=plan,
            court=court,
            number=self._number(court, filing),
            division=division.name,
            judge=division.deal(),
            peers=division.judges,
            marks=marks,
            dice=self.dice,
            days=self.days,
        )
        steps.tell(draft)
        self.written += 1
        return draft

    def _number(self, court: SimCourt, filing: Filing) -> str:
        year = self.days.date(filing.day).year
        key = (filing.court, filing.type_code, year)
        self._numbers[key] = serial = self._numbers.get(key, 0) + 1
        return f"（{year}）{court.code}{filing.type_code}{serial}号"

    def _plan(self, filing: Filing, choice: Choice, profile: Profile) -> tuple[Plan, list[str]]:
        track = choice.track
        pace = _pace(profile, track, filing.cause)
        key: tuple[str, ...] = (profile.name, track.type_code, track.procedure)
        if profile.small_sales is not None and filing.cause in profile.pace_of:
            key = (*key, filing.cause)
        if filing.against:
            key = (*key, filing.against)
        if track.type_code == "刑初":
            same = "" if pace == 1 else profile.name
            key = (same, track.type_code, track.procedure, choice.began_in)
            pace *= CONVERTED_CRIME_PACE if choice.began_in else 1
        ask = Question(filing.day, track, profile, pace, filing.cause, choice.outcome, key)
        marks: list[str] = []
        if track.type_code == "刑初":
            ask.longer = self._crime_length(ask, marks)
            ask.restart_after = self._restart(choice)
        return self.planner.plan(ask), marks

    def _crime_length(self, ask: Question, marks: list[str]) -> bool:
        """A graver case may take a month and a half, or fifteen days: 刑诉法 第220、225条."""
        mark = CRIME_LONGER.get(ask.track.procedure)
        if mark is None or not self.dice.even_chance(CRIME_LONGER_SHARE, "长", mark):
            return False
        marks.append(mark)
        return True

    def _restart(self, choice: Choice) -> int:
        if choice.began_in:
            return 6 + int(self.dice.even("转普", choice.began_in) * 10)
        if choice.track.procedure == "普通程序" and self.dice.even_chance(INQUIRY.share, "补侦"):
            return self.dice.between(20, 40) + self.dice.between(INQUIRY.shortest, INQUIRY.longest)
        return 0

    def finish(self, draft: Draft) -> SimCase:
        """Return the case as it stands on the last day: what comes later hasn't happened."""
        last = self.last
        events = sorted((e for e in draft.events if e[0] <= last), key=lambda e: e[0])
        date = self.days.date
        plan, filing = draft.plan, draft.filing
        closed = draft.reported <= last
        facts: dict[str, Any] = {"profile": draft.court.profile.name, "origin": filing.origin}
        facts.update(draft.facts)
        return SimCase(
            court=draft.court.index,
            court_code=draft.court.code,
            court_name=draft.court.name,
            number=draft.number,
            type_code=filing.type_code,
            procedure=draft.procedure_on(last),
            cause=filing.cause,
            filed_on=date(filing.day),
            events=[steps.finished(date, event) for event in events],
            closed_on=date(draft.reported) if closed else None,
            legal_end_on=date(plan.close) if closed else None,
            disposition=draft.choice.outcome if closed else "",
            due=date(plan.due) if plan.due is not None else None,
            facts=facts,
        )


def _pace(profile: Profile, track: Track, cause: str) -> float:
    specific = profile.pace_of.get(cause) or profile.pace_of.get(track.type_code)
    if specific is not None:
        return specific
    return profile.pace if track.type_code in ("民初", "行初", "民特") else 1.0
