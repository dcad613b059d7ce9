"""What happens in a case, step by step, in the words of the event table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from shenguan.lab.simulate import recorded
from shenguan.lab.simulate.cases import SimEvent
from shenguan.lab.simulate.draft import Draft, Step
from shenguan.lab.simulate.parameters import (
    FIELDS,
    HOURLY,
    MEDIATED_FIRST,
    MEDIATED_FIRST_DAYS,
    MISREAD,
    REASSIGNED,
    SECOND_HEARING,
    UNDOCUMENTED,
)

FILED_AT, SERVED_AT, SERVED_EARLY = time(10, 0), time(16, 0), time(9, 0)
REASONS = ("案情复杂,证据尚待补充", "当事人人数众多,送达困难", "等待关联案件审理结果")
TAGS = ("重大敏感", "群体性", "涉民生", "商业模式", "涉重大项目")
FOUR_KINDS = (
    "重大、疑难、复杂、敏感",
    "涉及群体性纠纷或者引发社会广泛关注",
    "与类案裁判可能发生冲突",
    "有关单位或者个人反映法官有违法审判行为",
)
ENFORCEMENT = {"执行完毕": "执行完毕", "终结本次执行程序": "终结本次执行"}
RULINGS = frozenset({"准许撤诉", "按撤诉处理", "驳回起诉", "准许撤回上诉", "准许撤回起诉"})
ADMINISTRATIVE_CLOSING = frozenset({"执", "执恢", "执保", "诉前调书"})
"""Types that end with a report, not with a decision served."""


def tell(draft: Draft) -> None:
    """Write the whole life of the case into the draft, its future included."""
    file(draft)
    assign(draft)
    recorded.first_due(draft)
    convert(draft)
    pause(draft)
    extend(draft)
    if draft.closes:
        hear(draft)
        close(draft)
    mark(draft)


def finished(to_date: Callable[[int], date], step: Step) -> SimEvent:
    """Return the step with its day as a date."""
    return SimEvent(to_date(step.day), step.kind, step.payload, step.undated, step.at)


def file(draft: Draft) -> None:
    """收件, 诉前调解, 立案 and what the register says at first sight."""
    filing, dice, days = draft.filing, draft.dice, draft.days
    day = filing.day
    if filing.type_code in ("民初", "行初", "民特") and filing.why == "新收":
        received = days.previous(day - dice.between(0, 6))
        if filing.type_code == "民初" and dice.even_chance(MEDIATED_FIRST, "诉前"):
            _mediate_first(draft, received)
        draft.add(received, "收件")
    if filing.type_code == "刑初":
        prosecuted = days.previous(day - 1)
        draft.facts["prosecuted_on"] = days.date(prosecuted)
    draft.note(day, "登记", _registration(draft))
    if filing.type_code in HOURLY:
        draft.add_at(day, FILED_AT, "立案")
    else:
        draft.add(day, "立案")


def _mediate_first(draft: Draft, received: int) -> None:
    length = max(1, round(draft.dice.days(MEDIATED_FIRST_DAYS * 0.88, 0.5, "诉前长")))
    begun = draft.days.previous(received - length)
    draft.add(begun, "诉前调解", {"mediator": "特邀调解组织"})
    draft.add(begun + length, "诉前调解结束", {"result": "未达成协议"})


def _registration(draft: Draft) -> dict[str, Any]:
    filing, choice = draft.filing, draft.choice
    payload: dict[str, Any] = {
        "case_type": filing.type_code,
        "instance": choice.track.instance,
        "cause": filing.cause,
        "procedure": choice.began_in or choice.track.procedure,
        "parties": [dict(party) for party in filing.parties],
    }
    if filing.amount is not None:
        payload["amount"] = filing.amount
    if filing.prior_number:
        payload |= {"prior_number": filing.prior_number, "prior_court": filing.prior_court}
    if filing.against:
        payload["against"] = filing.against
    if draft.marks:
        payload["marks"] = list(draft.marks)
    if filing.type_code in ("刑初", "刑终"):
        payload["detained"] = draft.dice.chance(0.55)
    elif filing.type_code == "民初" and draft.dice.chance(0.003):
        payload["foreign_related"] = True
    extras = dict(filing.extras)
    if filing.cause in FIELDS:
        payload["fields"] = [FIELDS[filing.cause]]
    if "prosecuted_on" in draft.facts:
        extras["起诉日期"] = draft.facts["prosecuted_on"].isoformat()
    if extras:
        payload["extras"] = extras
    return payload


def assign(draft: Draft) -> None:
    """分案, the panel, and now and then another judge."""
    dice, days, filing = draft.dice, draft.days, draft.filing
    day = days.next(filing.day + dice.between(0, 3))
    day = min(day, draft.plan.close)
    draft.add(day, "分案", {"undertaker": draft.judge, "division": draft.division})
    if dice.even_chance(draft.choice.track.panel, "合议", draft.choice.track.procedure):
        draft.panel_formed = True
        seat = days.next(day + dice.between(1, 3))
        if seat < draft.plan.close:
            draft.add(seat, "组成合议庭", {"members": _panel(draft)})
    length = draft.plan.close - day
    if length > 25 and len(draft.peers) > 1 and dice.even_chance(REASSIGNED, "换人"):
        successor = draft.peers[(draft.peers.index(draft.judge) + 1) % len(draft.peers)]
        change = days.next(day + dice.between(8, min(length // 2 + 8, 120)))
        payload = {
            "undertaker": successor,
            "division": draft.division,
            "reason": "原承办人工作调动",
        }
        if change < draft.plan.close:
            draft.add(change, "变更承办人", payload)
            draft.judge = successor


def _panel(draft: Draft) -> list[dict[str, str]]:
    others = [judge for judge in draft.peers if judge != draft.judge]
    seats = [{"role": "审判长", "name": draft.judge}]
    if len(others) > 1:
        return seats + [{"role": "审判员", "name": judge} for judge in others[:2]]
    return seats + [{"role": "人民陪审员", "name": f"陪审员{mark}某"} for mark in "天地"]


def convert(draft: Draft) -> None:
    """Conversion to the procedure the case ends in, before its first limit runs out."""
    began, plan = draft.choice.began_in, draft.plan
    if not began:
        return
    to = draft.choice.track.procedure
    span = plan.close - plan.filed
    at = plan.restart or plan.filed + min(max(8, span // 3), 50)
    if draft.choice.track.type_code == "民初":
        at = draft.days.previous(at)
    draft.converted = max(at, plan.filed + 1)
    if draft.converted < plan.close:
        payload = {"from": began, "reason": "案情较复杂,不宜继续适用原程序"}
        draft.add(draft.converted, "转为" + to, payload)
        recorded.due_again(draft, draft.converted)


def pause(draft: Draft) -> None:
    """The intervals that don't count; a criminal case sent back to investigation starts anew."""
    plan = draft.plan
    if plan.restart and not draft.choice.began_in:
        draft.add(draft.days.previous(plan.restart - 25), "补充侦查")
        draft.add(plan.restart, "补充侦查结束")
    for interval in plan.intervals:
        payload: dict[str, Any] = {"kind": interval.pause.kind} if interval.pause.kind else {}
        if interval.pause.start == "调解开始":
            payload = {"agreed": True}
        draft.add(interval.start, interval.pause.start, payload)
        if interval.end <= plan.close:
            draft.add(interval.end, interval.pause.end, payload if "kind" in payload else {})
            recorded.due_again(draft, interval.end)


def extend(draft: Draft) -> None:
    """延长审限: asked for and granted in good time, mostly."""
    extension = draft.plan.extension
    if extension is None:
        return
    reason = REASONS[draft.dice.between(0, 2)]
    asked = {"months": extension.months, "approver": extension.approver, "reason": reason}
    draft.add(extension.applied, "延长审限申请", asked)
    granted = dict(asked)
    if draft.dice.chance(0.93):
        granted["paper"] = "延长审限审批表"
    draft.add(extension.decided, "延长审限批准", granted)
    recorded.due_again(draft, extension.decided)


def hear(draft: Draft) -> None:
    """排期 and 开庭, between two pauses or after the last one."""
    track, plan, dice, days = draft.choice.track, draft.plan, draft.dice, draft.days
    share = track.hearing
    if draft.filing.type_code == "刑终":
        share = 1.0 if any(i.pause.start == "检察院阅卷" for i in plan.intervals) else 0.0
    if draft.choice.outcome in ("准许撤诉", "按撤诉处理", "驳回起诉"):
        share *= 0.45
    if not dice.chance(share):
        return
    free_from = max([i.end for i in plan.intervals], default=plan.filed)
    room = plan.close - max(free_from, plan.filed + (plan.close - plan.filed) // 2)
    held = days.previous(plan.close - dice.between(0, max(0, min(room - 1, 25))))
    if held < plan.filed:
        return
    day = min(days.previous(held - dice.between(3, 12)), held)
    draft.add(max(day, plan.filed), "排期", {"hearing_on": days.date(held).isoformat()})
    draft.add(held, "开庭", {"place": f"第{dice.between(1, 9)}法庭"})
    draft.facts["heard"] = True
    if plan.close - held > 6 and dice.chance(SECOND_HEARING):
        again = days.previous(held + dice.between(4, plan.close - held))
        if held < again <= plan.close:
            draft.add(again, "开庭", {"place": f"第{dice.between(1, 9)}法庭"})
    if draft.panel_formed:
        draft.add(min(days.next(held + dice.between(0, 4)), plan.close), "合议")


def close(draft: Draft) -> None:
    """The decision and its service, or the report where there is nothing to serve; then the archive."""
    plan, dice, days = draft.plan, draft.dice, draft.days
    type_code, outcome = draft.filing.type_code, draft.choice.outcome
    if type_code in ADMINISTRATIVE_CLOSING:
        if outcome in ENFORCEMENT:
            draft.add(plan.close, ENFORCEMENT[outcome])
        draft.reported = draft.effective = draft.served = plan.close
    else:
        _decide(draft)
    draft.add(draft.reported, "报结", {"disposition": outcome})
    draft.add(days.next(draft.reported + _until_archived(dice.between(35, 95))), "归档")


def _until_archived(drawn: int) -> int:
    """Most files are archived within the 30 days allowed, one in seven later."""
    late = drawn - 86
    return 35 + late * 7 if late > 0 else 4 + (drawn - 35) // 2


def _decide(draft: Draft) -> None:
    plan, dice, days = draft.plan, draft.dice, draft.days
    judged = draft.choice.outcome not in RULINGS and draft.choice.outcome != "调解"
    announced = judged and draft.choice.track.announces
    documented = not dice.chance(UNDOCUMENTED)
    if documented:
        signed = max(days.previous(plan.close - dice.between(0, 2)), plan.filed)
        draft.add(signed, "签发", {"document": _document(draft)})
    if announced:
        draft.add(plan.close, "宣判", {"in_court": dice.chance(0.3)})
        draft.served = days.next(plan.close + dice.between(0, 6))
    else:
        draft.served = plan.close
    _serve(draft)
    delay = dice.between(0, 2) if dice.chance(0.97) else dice.between(20, 45)
    draft.reported = days.next(max(plan.close, plan.close + delay))
    draft.effective = draft.served + _appeal_days(draft)
    if documented:
        _register_document(draft)
        if judged and dice.chance(0.45):
            draft.add(
                days.next(draft.effective + dice.between(1, 7)), "文书上网", {"published": True}
            )


def _serve(draft: Draft) -> None:
    electronic = draft.dice.chance(0.55)
    payload = {"document": _document(draft), "way": "电子" if electronic else "直接"}
    if draft.filing.type_code in HOURLY:
        within = draft.served - draft.filing.day < 2
        draft.add_at(draft.served, SERVED_AT if within else SERVED_EARLY, "送达", payload)
    else:
        draft.add(draft.served, "送达", payload)
    if electronic:
        draft.add(draft.served, "电子送达", {"document": _document(draft)})


def _appeal_days(draft: Draft) -> int:
    """Days until an unchallenged first-instance decision takes effect."""
    if draft.choice.track.instance != "一审" or draft.choice.outcome == "调解":
        return 0
    if draft.choice.track.procedure == "小额诉讼程序":
        return 0
    return 10 if draft.filing.type_code == "刑初" or draft.choice.outcome in RULINGS else 15


def _document(draft: Draft) -> str:
    outcome = draft.choice.outcome
    if outcome == "调解":
        return "调解书"
    ruled = outcome in RULINGS or not (
        outcome in ("判决", "维持", "改判") or draft.choice.track.announces
    )
    return "裁定书" if ruled else "判决书"


def _register_document(draft: Draft) -> None:
    """What a reader finds in the decision; one in a hundred differs from the register."""
    dice, plan = draft.dice, draft.plan
    payload: dict[str, Any] = {
        "type": _document(draft),
        "judged_on": draft.days.date(plan.close).isoformat(),
        "filed_on": draft.days.date(plan.filed).isoformat(),
        "cause": draft.filing.cause,
        "disposition": draft.choice.outcome,
        "undertaker": draft.judge,
    }
    if dice.chance(MISREAD):
        where = ("cause", "disposition", "judged_on", "undertaker")[dice.between(0, 3)]
        other = draft.days.date(plan.close + 30).isoformat()
        payload[where] = {
            "cause": "其他案由",
            "disposition": "驳回起诉",
            "judged_on": other,
            "undertaker": draft.peers[draft.peers.index(draft.judge) - 1] + "某",
        }[where]
        draft.facts["document_differs"] = where
    draft.add(plan.close, "文书登记", payload)


def mark(draft: Draft) -> None:
    """Tags suggested and confirmed, the four kinds, examination before signing, petitions."""
    dice, filing = draft.dice, draft.filing
    if filing.type_code not in ("民初", "刑初", "行初", "民终", "刑终", "行终"):
        return
    day = draft.days.next(filing.day + dice.between(0, 4))
    if dice.chance(0.03):
        tag = TAGS[dice.between(0, len(TAGS) - 1)]
        draft.note(day, "标签建议", {"tag": tag, "reason": "按规则建议"})
        if dice.chance(0.7):
            draft.note(draft.days.next(day + 1), "标签确认", {"tag": tag})
    if dice.chance(0.015):
        draft.add(day, "四类标注", {"kinds": [FOUR_KINDS[dice.between(0, 3)]]})
    if draft.closes and draft.panel_formed and dice.chance(0.05):
        examined = max(draft.days.previous(draft.plan.close - 3), filing.day)
        draft.add(examined, "阅核", {"opinion": "同意合议庭意见"})
    if dice.chance(0.004):
        draft.add(draft.days.next(filing.day + dice.between(20, 90)), "信访", {"kind": "来访"})
