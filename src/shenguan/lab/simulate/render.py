"""A closed case as its judgment would read, in the set form of 法〔2016〕221号; every word invented.

A few differ from the register on purpose; `Paper.differs` says in what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.lab.simulate.cases import SimCase
from shenguan.lab.simulate.dice import Dice

RENDERED = frozenset({"民初", "刑初"})
DIFFERENCES = ("案由", "结案方式", "承办人", "结案日期")
DIGITS = "〇一二三四五六七八九"
OTHER_CAUSE = {"民初": "不当得利纠纷", "刑初": "故意毁坏财物罪"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One judgment: text, the case it belongs to, and the field in which it differs from the register."""

    number: str
    court: str
    text: str
    differs: str = ""


def renders(case: SimCase) -> bool:
    """Whether a judgment can be written: closed by one, announced, with a judge."""
    return (
        case.type_code in RENDERED
        and case.disposition == "判决"
        and case.legal_end_on is not None
        and bool(case.cause)
        and "fault" not in case.facts
        and any(event.kind == "开庭" for event in case.events)
    )


def paper(case: SimCase, dice: Dice, differing: bool) -> Paper:
    """Return the judgment of a case; with `differing`, one that says something else than the register."""
    differs = DIFFERENCES[dice.between(0, 3)] if differing else ""
    if differs == "结案方式" and case.type_code == "刑初":
        differs = "案由"
    cause = OTHER_CAUSE[case.type_code] if differs == "案由" else case.cause
    judge = "法官某某" if differs == "承办人" else _judge(case)
    day = case.legal_end_on or case.filed_on
    if differs == "结案日期":
        day += timedelta(days=40)
    write = _criminal if case.type_code == "刑初" else _civil
    text = write(case, cause, judge, day, dropped=differs == "结案方式")
    return Paper(case.number, case.court_name, text, differs)


def _judge(case: SimCase) -> str:
    names = [
        e.payload.get("undertaker", "") for e in case.events if e.kind in ("分案", "变更承办人")
    ]
    return names[-1] if names else ""


def _parties(case: SimCase, role: str) -> list[str]:
    return [p["name"] for p in case.registration["parties"] if p["role"] == role]


def _hearing(case: SimCase) -> date:
    return max(event.known_on for event in case.events if event.kind == "开庭")


def _civil(case: SimCase, cause: str, judge: str, day: date, *, dropped: bool) -> str:
    plaintiff, defendants = _parties(case, "原告")[0], _parties(case, "被告")
    yuan = (case.registration.get("amount") or 0) // 100
    kind = "裁 定" if dropped else "判 决"
    body = [
        case.court_name,
        f"民 事 {kind} 书",
        case.number,
        f"原告：{plaintiff}，住示范市。",
        *(f"被告：{name}，住示范市。" for name in defendants),
        f"原告{plaintiff}与被告{'、'.join(defendants)}{cause}一案，本院于{chinese(case.filed_on)}立案后，"
        f"依法适用{_procedure(case)}，于{chinese(_hearing(case))}公开开庭进行了审理。本案现已审理终结。",
        f"{plaintiff}向本院提出诉讼请求：判令被告支付{yuan}元。事实和理由：双方因{cause}发生争议，协商未果。",
        "被告未作答辩。",
        "本院经审理认定事实如下：双方存在争议所涉之法律关系，上述事实有双方陈述、书证等证据证实。",
    ]
    if dropped:
        body += [
            "本院认为，原告的起诉不符合法律规定的起诉条件。依照《中华人民共和国民事诉讼法》"
            "第一百二十二条、第一百五十七条第一款第三项规定，裁定如下：",
            f"驳回原告{plaintiff}的起诉。",
            "如不服本裁定，可以在裁定书送达之日起十日内，向本院递交上诉状，上诉于示范市中级人民法院。",
        ]
    else:
        body += [
            "本院认为，依法成立的合同，对当事人具有法律约束力。依照《中华人民共和国民法典》第五百零九条第一款、"
            "《中华人民共和国民事诉讼法》第六十七条第一款规定，判决如下：",
            f"一、被告{'、'.join(defendants)}于本判决发生法律效力之日起十日内支付原告{plaintiff}{yuan}元；",
            f"二、驳回原告{plaintiff}的其他诉讼请求。",
            f"案件受理费{max(50, yuan // 50)}元，由被告负担。",
            "如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数"
            "提出副本，上诉于示范市中级人民法院。",
        ]
    return "\n".join([*body, *_tail(judge, day)])


def _criminal(case: SimCase, cause: str, judge: str, day: date, *, dropped: bool) -> str:
    prosecutor, accused = _parties(case, "公诉机关")[0], _parties(case, "被告人")
    prosecuted: date = case.facts["prosecuted_on"]
    names = "、".join(accused)
    body = [
        case.court_name,
        "刑 事 判 决 书",
        case.number,
        f"公诉机关：{prosecutor}。",
        *(f"被告人{name}，男，住示范市。" for name in accused),
        f"{prosecutor}指控被告人{names}犯{cause}，于{chinese(prosecuted)}向本院提起公诉。"
        f"本院于{chinese(case.filed_on)}立案，依法适用{_procedure(case)}，"
        f"于{chinese(_hearing(case))}公开开庭审理了本案。现已审理终结。",
        f"{prosecutor}指控，被告人{names}实施了起诉书所列行为，应当以{cause}追究其刑事责任。",
        "经审理查明，指控的事实清楚，有物证、证人证言、被告人供述等证据证实。",
        f"本院认为，被告人{names}的行为已构成{cause}。依照《中华人民共和国刑法》第六十七条第三款、"
        "第五十二条之规定，判决如下：",
        *(f"被告人{name}犯{cause}，判处有期徒刑八个月，并处罚金人民币三千元。" for name in accused),
        "如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向示范市中级人民法院提出上诉。",
    ]
    return "\n".join([*body, *_tail(judge, day)])


def _procedure(case: SimCase) -> str:
    return case.procedure or "普通程序"


def _tail(judge: str, day: date) -> list[str]:
    return [f"审 判 员  {judge}", chinese_numerals(day), "书 记 员  钱某某"]


def chinese(day: date) -> str:
    """Write a day as the course of the case does: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_numerals(day: date) -> str:
    """Write a day as the foot of a judgment does: 二〇二六年三月五日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(n: int) -> str:
    tens, ones = divmod(n, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
