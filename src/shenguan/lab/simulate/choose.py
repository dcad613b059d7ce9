"""What a case turns out to be: its track, whether it began in a lighter procedure, how it ends."""

from __future__ import annotations

from dataclasses import dataclass

from shenguan.lab.simulate.cases import Filing
from shenguan.lab.simulate.city import SimCourt
from shenguan.lab.simulate.dice import Dice, Quota
from shenguan.lab.simulate.parameters import (
    CONVERTED,
    CONVERTED_CRIME,
    FAMILY_CAUSES,
    FAMILY_JUDGED,
    RULING_REVIEW,
    TRACKS,
    Profile,
    Shares,
    Track,
)

FAMILY_OUTCOMES: Shares = {
    "判决": FAMILY_JUDGED,
    "调解": 0.42,
    "准许撤诉": 0.25,
    "按撤诉处理": 0.0382,
    "驳回起诉": 0.002,
}
UPSET = {"改判": 0.67, "发回重审": 0.33}
HEAVIER_THAN = {
    "普通程序": ("简易程序", "小额诉讼程序"),
    "简易程序": ("小额诉讼程序", "小额诉讼程序"),
}


@dataclass(slots=True)
class Choice:
    """The track of a case, where it began and how it ends."""

    track: Track
    outcome: str
    began_in: str = ""
    """The procedure at filing, where it was a lighter one."""


class Chooser:
    """Draws tracks and outcomes, evenly per court profile."""

    def __init__(self, dice: Dice, city: list[SimCourt]) -> None:
        self._dice, self._city = dice, city
        self._upsets: dict[tuple[str, str], Quota] = {}
        self._tables: dict[tuple[str, str], Shares] = {}

    def choose(self, filing: Filing) -> Choice:
        """Return how this case will go."""
        profile = self._city[filing.court].profile
        procedure = self._procedure(filing, profile)
        track = TRACKS[filing.type_code, procedure]
        if filing.type_code == "民终" and filing.against == "裁定":
            track = RULING_REVIEW
        return Choice(track, self._outcome(filing, track, profile), self._began(filing, procedure))

    def decided(self, court: int, type_code: str) -> None:
        """Count a closing at first instance: the base of the share changed or sent back."""
        self._quota(court, type_code).saw()

    def _procedure(self, filing: Filing, profile: Profile) -> str:
        if filing.type_code == "民初":
            return self._civil_procedure(filing, profile)
        if filing.type_code == "刑初":
            if filing.court == 0 or filing.why == "发回":
                return "普通程序"
            return self._dice.pick(self._table(profile, "刑初"), "刑程序", profile.name)
        if filing.type_code == "行初":
            light = filing.court and self._dice.even_chance(0.15, "行程序")
            return "简易程序" if light else "普通程序"
        return next(key[1] for key in TRACKS if key[0] == filing.type_code)

    def _civil_procedure(self, filing: Filing, profile: Profile) -> str:
        if filing.court == 0 or filing.why == "发回":
            return "普通程序"
        if profile.small_sales is not None and filing.cause == "买卖合同纠纷":
            return self._dice.pick(self._table(profile, "买卖"), "买卖程序", profile.name)
        return self._dice.pick(self._table(profile, "民初"), "民程序", profile.name)

    def _table(self, profile: Profile, what: str) -> Shares:
        table = self._tables.get((profile.name, what))
        if table is None:
            table = self._tables[profile.name, what] = _shares(profile, what)
        return table

    def _began(self, filing: Filing, procedure: str) -> str:
        dice = self._dice
        if not filing.court or filing.why == "发回":
            return ""
        if filing.type_code == "民初" and procedure in HEAVIER_THAN:
            converted = dice.even_chance(CONVERTED[procedure], "转", procedure)
            return HEAVIER_THAN[procedure][dice.chance(0.15)] if converted else ""
        if filing.type_code == "刑初" and procedure == "普通程序":
            return "简易程序" if dice.even_chance(CONVERTED_CRIME, "刑转") else ""
        return ""

    def _outcome(self, filing: Filing, track: Track, profile: Profile) -> str:
        if filing.origin >= 0 and filing.type_code in ("民终", "刑终", "行终"):
            if self._quota(filing.origin, filing.type_code[0] + "初").grants(self._dice.u()):
                return self._dice.pick(UPSET, "改发")
            return self._dice.pick(self._table(profile, track.type_code), "维持", track.type_code)
        if filing.type_code == "民初":
            if filing.cause in FAMILY_CAUSES:
                return self._dice.pick(FAMILY_OUTCOMES, "家事", profile.name)
            return self._dice.pick(track.outcomes, "民果", profile.name)
        return self._dice.pick(track.outcomes, "果", track.type_code)

    def _quota(self, court: int, type_code: str) -> Quota:
        profile = self._city[court].profile
        key = (profile.name, type_code)
        if key not in self._upsets:
            self._upsets[key] = Quota(profile.upset)
        return self._upsets[key]


def _shares(profile: Profile, what: str) -> Shares:
    if what == "民初":
        rest = 1 - profile.small - profile.ordinary
        return {"小额诉讼程序": profile.small, "简易程序": rest, "普通程序": profile.ordinary}
    if what == "买卖":
        small = profile.small_sales or 0.0
        return {"小额诉讼程序": small, "简易程序": 0.92 - small, "普通程序": 0.08}
    if what == "刑初":
        rest = 1 - profile.swift_crime - profile.ordinary_crime
        return {
            "速裁程序": profile.swift_crime,
            "简易程序": rest,
            "普通程序": profile.ordinary_crime,
        }
    outcomes = TRACKS[what, "普通程序"].outcomes
    return {name: share for name, share in outcomes.items() if name not in UPSET}
