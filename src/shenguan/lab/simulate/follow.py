"""What a closing sets in motion: appeals, remands, retrials, enforcement, the same suit once more."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.lab.simulate.cases import Filing, swap_roles
from shenguan.lab.simulate.city import HIGH_COURT
from shenguan.lab.simulate.dice import Quota
from shenguan.lab.simulate.draft import Draft
from shenguan.lab.simulate.parameters import (
    ADMINISTRATIVE_APPEALED,
    CRIMINAL_APPEALED,
    ENFORCED_SHARE,
    LOST_APPEALS,
    OBJECTED_SHARE,
    REFILED_SHARE,
    RETRIAL_SHARE,
    REVIVED_SHARE,
)
from shenguan.lab.simulate.writer import Writer

APPEALABLE = frozenset({"判决", "驳回起诉"})
FIRST = ("民初", "刑初", "行初")
REVIEWS = ("民终", "刑终", "行终")
UPPER = 0
RATES = {"刑初": CRIMINAL_APPEALED, "行初": ADMINISTRATIVE_APPEALED}
ROLES = {
    **dict.fromkeys(("民终", "行终", "民辖终"), ("上诉人", "被上诉人")),
    **dict.fromkeys(("执", "执恢", "执异", "执复"), ("申请执行人", "被执行人")),
    **dict.fromkeys(("民申", "民再"), ("再审申请人", "被申请人")),
    **dict.fromkeys(("民初", "行初"), ("原告", "被告")),
}


class Follower:
    """Knows the rates at which cases lead to cases."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._dice, self._days = writer.dice, writer.days
        self._appeals: dict[tuple[str, str], Quota] = {}

    def follow(self, draft: Draft) -> list[Filing]:
        """Return the filings that come of this case; its own events of appeal are added to it."""
        found = list(self._objection(draft))
        if not draft.closes:
            return found
        type_code = draft.filing.type_code
        if type_code in FIRST:
            found += self._first_instance(draft)
        elif type_code in REVIEWS:
            found += self._reviewed(draft)
        elif type_code in ("执", "执恢", "执异"):
            found += self._enforcement(draft)
        elif type_code == "民申" and draft.choice.outcome in ("提审", "指令再审"):
            found.append(self._next(draft, "民再", (8, 20), why="再审"))
        elif type_code == "破申" and draft.choice.outcome == "裁定受理":
            found.append(self._next(draft, "破", (1, 3), why="受理"))
        return found

    def _first_instance(self, draft: Draft) -> Iterator[Filing]:
        self._writer.chooser.decided(draft.court.index, draft.filing.type_code)
        if self._appeals_now(draft):
            appeal = self._appeal(draft)
            if appeal is not None:
                yield appeal
            return
        if draft.effective > draft.served:
            draft.add(draft.effective + 1, "文书生效")
        yield from self._after_effect(draft)
        if draft.choice.outcome == "准许撤诉" and self._dice.even_chance(REFILED_SHARE, "再诉"):
            yield self._next(
                draft, draft.filing.type_code, (10, 70), why="再诉", court=draft.court.index
            )

    def _after_effect(self, draft: Draft) -> Iterator[Filing]:
        """Enforcement and, rarely, an application for retrial of a decision that binds."""
        dice = self._dice
        if draft.filing.type_code[0] != "民":
            return
        if draft.choice.outcome in ("判决", "调解", "维持", "改判") and dice.even_chance(
            ENFORCED_SHARE, "申请执行"
        ):
            court = draft.filing.origin if draft.filing.origin >= 0 else draft.court.index
            yield self._next(draft, "执", (20, 160), why="申请执行", court=court)
        elif draft.choice.outcome == "判决" and draft.court.index and dice.chance(RETRIAL_SHARE):
            draft.add(draft.effective + 30, "申诉申请再审", {"applicant": "被告"})
            yield self._next(draft, "民申", (35, 120), why="申请再审", court=UPPER)

    def _appeals_now(self, draft: Draft) -> bool:
        profile, type_code = draft.court.profile, draft.filing.type_code
        rate = None if profile.calm else RATES.get(type_code)
        key = (profile.name if rate is None or not draft.court.index else "", type_code)
        if key not in self._appeals:
            self._appeals[key] = Quota(profile.appealed if rate is None else rate)
        quota = self._appeals[key]
        quota.saw()
        outcome, procedure = draft.choice.outcome, draft.choice.track.procedure
        if outcome not in APPEALABLE or procedure == "小额诉讼程序":
            return False
        return quota.grants(self._dice.u())

    def _appeal(self, draft: Draft) -> Filing | None:
        dice, days, type_code = self._dice, self._days, draft.filing.type_code
        criminal = type_code == "刑初"
        day = days.previous(draft.served + dice.between(4, 10 if criminal else 15))
        draft.add(day, "上诉", {"appellant": "被告人" if criminal else "被告"})
        draft.facts["appealed"] = True
        passed = days.next(day + (dice.between(2, 5) if criminal else dice.between(10, 25)))
        draft.add(passed, "上诉材料移送")
        sent = days.next(passed + dice.between(1, 6))
        above = "示范市中级人民法院" if draft.court.index else HIGH_COURT
        draft.add(sent, "移送二审法院", {"court": above})
        if draft.court.index == UPPER:
            return None
        if dice.even_chance(LOST_APPEALS, "未立案"):
            draft.facts["appeal_lost"] = True
            return None
        against = "裁定" if draft.choice.outcome == "驳回起诉" else "判决"
        filed = days.next(sent + dice.between(2, 6))
        draft.add(filed, "二审立案", {"court": above})
        return self._filing(
            draft, type_code[0] + "终", filed, why="上诉", court=UPPER, against=against
        )

    def _reviewed(self, draft: Draft) -> Iterator[Filing]:
        origin = draft.filing.origin
        if draft.choice.outcome == "发回重审" and origin >= 0:
            first = draft.filing.type_code[0] + "初"
            yield self._next(draft, first, (5, 20), why="发回", court=origin)
        else:
            yield from self._after_effect(draft)

    def _objection(self, draft: Draft) -> Iterator[Filing]:
        """A quarter of the rulings on jurisdiction go up."""
        if draft.filing.type_code != "民初" or draft.court.index == UPPER:
            return
        for interval in draft.plan.intervals:
            if interval.pause.start == "管辖权异议" and self._dice.even_chance(0.25, "辖终"):
                day = self._days.next(interval.start + 8)
                yield self._filing(draft, "民辖终", day, why="上诉", court=UPPER, against="裁定")

    def _enforcement(self, draft: Draft) -> Iterator[Filing]:
        dice, type_code = self._dice, draft.filing.type_code
        if type_code == "执异":
            if draft.court.index and dice.even_chance(0.15, "执复"):
                yield self._next(draft, "执复", (15, 30), why="复议", court=UPPER)
            return
        if draft.choice.outcome == "终结本次执行程序" and dice.even_chance(REVIVED_SHARE, "恢复"):
            filing = self._next(draft, "执恢", (60, 500), why="恢复")
            draft.add(filing.day, "恢复执行")
            yield filing
        if dice.even_chance(OBJECTED_SHARE, "异议"):
            day = self._days.next((draft.filing.day + draft.plan.close) // 2)
            yield self._filing(draft, "执异", day, why="异议", court=draft.court.index)

    def _next(
        self,
        draft: Draft,
        type_code: str,
        wait: tuple[int, int],
        *,
        why: str,
        court: int | None = None,
    ) -> Filing:
        base = max(draft.effective, draft.reported, draft.served)
        day = self._days.next(base + self._dice.between(*wait))
        place = draft.court.index if court is None else court
        return self._filing(draft, type_code, day, why=why, court=place)

    def _filing(
        self, draft: Draft, type_code: str, day: int, *, why: str, court: int, against: str = ""
    ) -> Filing:
        before = draft.filing
        again = why == "再诉"
        return Filing(
            day=day,
            court=court,
            type_code=type_code,
            cause=before.cause,
            parties=before.parties if again else _parties(draft, type_code),
            amount=before.amount,
            prior_number="" if again else draft.number,
            prior_court="" if again else draft.court.name,
            origin=draft.court.index
            if type_code in (*REVIEWS, "民辖终", "民申")
            else before.origin,
            why=why,
            against=against,
        )


def _parties(draft: Draft, type_code: str) -> tuple[dict[str, str], ...]:
    """Return the parties in the roles of the next case, the one who moves first first."""
    parties = [dict(party) for party in draft.filing.parties]
    if type_code == "刑终":
        return tuple(_renamed(party, "被告人", "上诉人") for party in parties)
    if type_code == "刑初":
        return tuple(_renamed(party, "上诉人", "被告人") for party in parties)
    roles = ROLES.get(type_code)
    if roles is None:
        return tuple(parties)
    turned = type_code in ("民终", "行终", "民辖终") or draft.filing.type_code in REVIEWS
    return swap_roles(reversed(parties) if turned else parties, *roles)


def _renamed(party: dict[str, str], old: str, new: str) -> dict[str, str]:
    return {**party, "role": new} if party["role"] == old else party
