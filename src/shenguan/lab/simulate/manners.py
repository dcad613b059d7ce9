"""How courts go about things: filing online, serving, sitting, publishing, paying out, answering.

Written onto a case after its course is settled, from dice of its own: no length, outcome or appeal
moves with what is drawn here. Shares stand in `manners_shares`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from shenguan.lab.simulate import manners_shares as shares
from shenguan.lab.simulate.cases import Filing, SimCase, SimEvent
from shenguan.lab.simulate.days import Days
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.draft import Draft, Step

Payload = dict[str, Any]
PAPERS = {"民初": "起诉状副本", "行初": "起诉状副本", "刑初": "起诉书副本"}
APPEAL = "上诉状副本"
COURSE_PAPERS = frozenset({*PAPERS.values(), APPEAL})
"""Their service ends nothing, unlike that of a decision."""
LITIGATED = frozenset({"民初", "刑初", "行初", "民终", "刑终", "行终"})
ENFORCING = frozenset({"执", "执恢"})
_PERFORMABLE = frozenset({"判决", "调解"})
_UPSET = frozenset({"改判", "发回重审"})
_NOBODY = "无财产可供执行"


class Payment(NamedTuple):
    """What enforcement brought: how, how much (分), and whether there was anything to take."""

    performance: str = ""
    recovered: int | None = None
    assets: bool = False


class Manners:
    """Dresses drafts, in the order they were written."""

    def __init__(self, dice: Dice, days: Days) -> None:
        self._dice, self._days = dice, days

    def dress(self, draft: Draft, followers: Sequence[Filing]) -> None:
        """Complete the payloads of a written case and add what happened beside its course.

        `followers` are the filings that came of it: who pays of his own accord isn't enforced upon.
        """
        _Dressing(self._dice, self._days, draft, followers).dress()

    def send_back(self, below: SimCase, above: Draft, last: int) -> None:
        """Return the file to the court below once the appeal has closed, unless that lies ahead."""
        day = self._days.next(max(above.reported, above.served) + self._dice.between(5, 25))
        if above.closes and day <= last:
            below.events.append(SimEvent(self._days.date(day), "卷宗退回", {}))
            below.events.sort(key=lambda event: event.known_on)


class _Dressing:
    def __init__(self, dice: Dice, days: Days, draft: Draft, followers: Sequence[Filing]) -> None:
        self.dice, self.days, self.draft = dice, days, draft
        self.followers = followers
        self.type_code = draft.filing.type_code
        self.outcome = draft.choice.outcome
        self.paid = self._payment() if self.type_code in ENFORCING else Payment()

    def dress(self) -> None:
        draft = self.draft
        draft.events = [self._completed(step) for step in draft.events]
        self._mediated_before()
        self._serve_papers()
        self._adjourn()
        self._examine()
        self._beside()
        if draft.closes:
            self._report_too_soon()
            self._publish()
            self._perform()
            self._suggest()

    def _chance(self, share: float, what: str) -> bool:
        return self.dice.even_chance(share, what, self.type_code)

    def _completed(self, step: Step) -> Step:
        write = _WRITERS.get(step.kind)
        more = write(self, step) if write else None
        return step._replace(payload={**step.payload, **more}) if more else step

    def _day_of(self, kind: str) -> int | None:
        return next((step.day for step in self.draft.events if step.kind == kind), None)

    # what an event says

    def filing(self, _step: Step) -> Payload:
        share = shares.FILED_ONLINE.get(self.type_code)
        return {"online": self._chance(share, "网立")} if share else {}

    def registration(self, step: Step) -> Payload:
        extras: Payload = {}
        if self.type_code in ENFORCING:
            extras["有财产"] = self.paid.assets
        ordinary = step.payload.get("procedure") == "普通程序"
        if self.type_code == "民初" and ordinary and not self.draft.panel_formed:
            extras["审判组织"] = "独任"  # 民诉法 第40条第2款
        return {"extras": {**step.payload.get("extras", {}), **extras}} if extras else {}

    def panel(self, _step: Step) -> Payload:
        """Lay assessors sit at first instance only (人民陪审员法 第15条)."""
        draft = self.draft
        lay = draft.choice.track.instance == "一审" and self._chance(shares.ASSESSORS, "陪审")
        others = [("人民陪审员", f"陪审员{mark}某") for mark in "天地"]
        if not lay:
            others = [("审判员", name) for name in self._colleagues(2)]
        seats = [("审判长", draft.judge), *others]
        return {"members": [{"role": role, "name": name} for role, name in seats]}

    def _colleagues(self, wanted: int) -> list[str]:
        """Judges of the same division, of the rest of the court where there are too few."""
        court = self.draft.court
        around = [judge for division in court.divisions.values() for judge in division.judges]
        found = dict.fromkeys([*self.draft.peers, *around])
        found.pop(self.draft.judge, None)
        return list(found)[:wanted]

    def hearing(self, _step: Step) -> Payload:
        family = any(word in self.draft.filing.cause for word in shares.PRIVATE_CAUSES)
        closed = self._chance(shares.CLOSED_FAMILY if family else shares.CLOSED_SESSION, "不公开")
        said: Payload = {
            "closed": closed,
            "broadcast": not closed and self._chance(shares.BROADCAST, "直播"),
            "online": self._chance(shares.ONLINE_HEARING, "线上"),
        }
        if self.type_code in ("行初", "行终"):
            said["agency_head"] = self._chance(shares.AGENCY_HEAD, "出庭")
        return said

    def announcement(self, step: Step) -> Payload:
        """A 速裁 judgment is pronounced in court (刑诉法 第224条第2款)."""
        swift = self.draft.choice.track.procedure == "速裁程序"
        return {"in_court": swift or bool(step.payload.get("in_court"))}

    def report(self, _step: Step) -> Payload:
        said: Payload = {}
        if self.type_code in ("行初", "行终") and self.outcome == "判决":
            said["agency_lost"] = self._chance(shares.AGENCY_LOST, "败诉")
        if self.outcome in _UPSET and self.draft.choice.track.instance in ("二审", "再审"):
            said["new_evidence"] = self._chance(shares.NEW_EVIDENCE, "新证据")
        if self.outcome == "终结执行":
            said |= self.money("recovered")
        return said

    def money(self, key: str) -> Payload:
        said: Payload = {} if self.paid.recovered is None else {key: self.paid.recovered}
        return {**said, "performance": self.paid.performance} if self.paid.performance else said

    def enforced(self, _step: Step) -> Payload:
        return self.money("amount")

    def petition(self, _step: Step) -> Payload:
        return {"result": "办结"} if self._chance(shares.PETITION_SETTLED, "访结") else {}

    # enforcement

    def _payment(self) -> Payment:
        amount, chance = self.draft.filing.amount, self._chance
        if self.outcome == "执行完毕":
            return Payment(self.dice.pick(shares.PERFORMANCE, "履行"), amount, True)
        settled = self.outcome == "终结执行" and chance(shares.SETTLED_LONG, "长期履行")
        if not settled and self.outcome != "终结本次执行程序":
            return Payment(recovered=None if amount is None else 0)
        part = shares.PAID_SETTLED if settled else shares.PAID_TERMINATED
        if amount is not None:
            amount = round(amount * part * 2 * self.dice.even("到位", self.outcome)) // 100 * 100
        return Payment("执行和解" if settled else "", amount, settled or chance(0.03, _NOBODY))

    # what happened beside the course of the case

    def _mediated_before(self) -> None:
        """调解书 and 司法确认 come of mediation that succeeded before filing; failures often go unsaid."""
        draft, filed = self.draft, self.draft.filing.day
        # not drawn evenly: that would march in step with the lengths, also drawn once a mediation
        if self._day_of("诉前调解") is not None and not self.dice.chance(shares.FAILURE_NOTED):
            draft.events = [step for step in draft.events if not step.kind.startswith("诉前调解")]
        if self.type_code == "诉前调书" and draft.closes:
            draft.add(filed, "诉前调解", {"mediator": "特邀调解组织"})
            draft.add(draft.plan.close, "诉前调解结束", {"result": "达成协议"})
        if draft.filing.cause != "申请司法确认调解协议":
            return
        length = max(1, round(self.dice.days(shares.MEDIATION_MEDIAN, 0.5, "调解长")))
        ended = self.days.previous(filed - self.dice.between(1, 20))  # 民诉法 第205条: 30 days
        draft.add(self.days.previous(ended - length), "诉前调解", {"mediator": "人民调解委员会"})
        draft.add(ended, "诉前调解结束", {"result": "达成协议"})
        if draft.closes and self.outcome in ("裁定确认", "驳回申请"):
            confirmed = "确认有效" if self.outcome == "裁定确认" else "驳回申请"
            draft.add(draft.plan.close, "司法确认", {"result": confirmed})

    def _serve_papers(self) -> None:
        """The papers that open a case, mostly within five days (民诉法 第128条, 行诉法 第67条)."""
        document, heard = PAPERS.get(self.type_code), self._day_of("排期")
        if document is None:
            return
        day = self._day_of_papers()
        if day < min(self.draft.plan.close, heard or day + 1):
            self._serve(day, document)
        appealed = self._day_of("上诉")
        if appealed is not None and self.type_code != "刑初":  # 民诉法 第174条: five days
            self._serve(self.days.previous(appealed + self.dice.between(2, 5)), APPEAL)

    def _serve(self, day: int, document: str) -> None:
        electronic = self._chance(shares.PAPERS_ELECTRONIC, document)
        way = {"document": document, "way": "电子" if electronic else "邮寄"}
        self.draft.add(day, "送达", way)
        if electronic:
            self.draft.add(day, "电子送达", {"document": document})

    def _day_of_papers(self) -> int:
        filed = self.draft.filing.day
        assigned = self._day_of("分案") or filed
        if self._chance(shares.PAPERS_LATE, "迟送"):
            return self.days.next(max(assigned, filed + 6) + self.dice.between(0, 9))
        return max(assigned, self.days.previous(filed + self.dice.between(2, 5)))

    def _adjourn(self) -> None:
        """A first date that fell through; only civil, where it moves no clock."""
        set_on, held = self._day_of("排期"), self._day_of("开庭")
        if self.type_code != "民初" or set_on is None or held is None or held - set_on < 6:
            return
        if self._chance(shares.ADJOURNED, "延期"):
            payload = {"to": self.days.date(held).isoformat(), "reason": "当事人申请延期"}
            self.draft.add(self.days.next(set_on + 3), "延期开庭", payload)

    def _examine(self) -> None:
        """阅核 by 院庭长 before a decision is signed."""
        signed = self._day_of("签发")
        if signed is None or self.type_code not in LITIGATED or self._day_of("阅核"):
            return
        panel = self.draft.panel_formed
        if self._chance(shares.EXAMINED_PANEL if panel else shares.EXAMINED_ALONE, "阅核"):
            day = max(self.days.previous(signed - self.dice.between(0, 2)), self.draft.filing.day)
            self.draft.add(day, "阅核", {"opinion": "同意"})

    def _beside(self) -> None:
        share = shares.PETITIONS.get(self.type_code, 0.0)
        if share and self._chance(share, "信访"):
            day = self.days.next(self.draft.filing.day + self.dice.between(15, 80))
            kind = ("来信", "来访", "网上")[self.dice.between(0, 2)]
            self.draft.add(day, "信访", {"kind": kind, **self.petition(Step(day, "信访", {}))})

    def _report_too_soon(self) -> None:
        """Now and then a case is reported closed before it is, and the report taken back."""
        draft, days = self.draft, self.days
        close, filed = draft.plan.close, draft.filing.day
        if self.type_code != "民初" or not self._chance(shares.REPORTED_TOO_SOON, "误报"):
            return
        reported = days.previous(close - self.dice.between(7, 14))
        withdrawn = days.next(reported + self.dice.between(1, 3))
        if filed + 10 < reported and withdrawn < close:
            draft.add(reported, "报结", {"disposition": self.outcome})
            draft.add(withdrawn, "撤销报结", {"reason": "裁判文书尚未送达,误报结案"})

    def _publish(self) -> None:
        """Say of a part of the other judgments why they aren't published (法释〔2016〕19号 第4条)."""
        judged = self.outcome in ("判决", "维持", "改判") and self._day_of("签发") is not None
        if judged and self._day_of("文书上网") is None and self._chance(shares.WITHHELD, "不上网"):
            day = self.days.next(self.draft.effective + self.dice.between(1, 7))
            reason = shares.WITHHOLDING[self.dice.between(0, len(shares.WITHHOLDING) - 1)]
            self.draft.add(day, "文书上网", {"published": False, "reason": reason})

    def _perform(self) -> None:
        """Some pay unasked; the clerk ticks it in the register."""
        draft = self.draft
        if self.type_code != "民初" or self.outcome not in _PERFORMABLE or self._day_of("上诉"):
            return
        if any(filing.type_code == "执" for filing in self.followers):
            return
        if self._chance(shares.PERFORMED, "自动履行"):
            known = next(step.payload for step in draft.events if step.kind == "登记")
            day = max(draft.effective, draft.reported) + self.dice.between(5, 30)
            extras = {**known.get("extras", {}), "自动履行": True}
            draft.note(self.days.next(day), "登记变更", {"extras": extras})

    def _suggest(self) -> None:
        """司法建议 and, mostly, its answer within two months (法〔2012〕74号)."""
        share = shares.SUGGESTED.get(self.type_code, 0.0)
        if not share or self.outcome not in ("判决", "维持") or not self._chance(share, "建议"):
            return
        draft, days = self.draft, self.days
        sent = days.next(draft.reported + self.dice.between(1, 15))
        due = days.date(sent + 60).isoformat()
        draft.add(
            sent, "司法建议", {"addressee": shares.ADDRESSEES[self.type_code], "reply_due": due}
        )
        if self._chance(shares.ANSWERED, "反馈"):
            answered = days.next(sent + self.dice.between(15, 55))
            payload = {"stage": "反馈", "reply_on": days.date(answered).isoformat()}
            draft.add(answered, "司法建议", payload)


_WRITERS: Mapping[str, Callable[[_Dressing, Step], Payload]] = {
    "登记": _Dressing.registration,
    "立案": _Dressing.filing,
    "组成合议庭": _Dressing.panel,
    "开庭": _Dressing.hearing,
    "宣判": _Dressing.announcement,
    "报结": _Dressing.report,
    "执行完毕": _Dressing.enforced,
    "终结本次执行": _Dressing.enforced,
    "信访": _Dressing.petition,
}
