"""一案一策 of the demo city: some entries filled in, some with progress, some left as the ladder opened them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.org.models import Person
from shenguan.spine.warnings import ledger
from shenguan.spine.warnings.models import Plan, Progress
from shenguan.spine.warnings.night import Night

CAUSES = (
    (Plan.Cause.APPRAISAL, "与鉴定机构约定出具时间，逾期依法更换", "约谈鉴定机构"),
    (
        Plan.Cause.RELATED_CASE,
        "跟踪关联案件进度，能先行判决的部分先行判决",
        "向关联案件承办人了解进度",
    ),
    (Plan.Cause.SERVICE, "集中送达，穷尽直接、邮寄、电子方式后公告", "核查被告电子送达地址"),
    (Plan.Cause.SUSPENSION_OVER, "核查中止事由，事由消除即恢复审理", "函询事由是否消除"),
    (Plan.Cause.REMANDED, "由包案领导主持专业法官会议统一争点", "召开专业法官会议"),
)
STEPS = (
    "已发函催办，对方承诺本月内答复。",
    "已约谈，确定下一次开庭时间。",
    "关联案件已宣判，恢复审理。",
)


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Fill in three of four entries and note progress on every other one; the rest wait."""
    if Progress.objects.exists():
        return "一案一策：已有，不再生成"
    drawn, roster, filled = random.Random(f"plans-{seed}"), Roster(on), 0  # nosec B311
    plans = list(Plan.objects.filter(closed_on=None).select_related("case").order_by("pk"))
    for number, plan in enumerate(plans):
        place = Place(plan.case.court_id, plan.case.division_id, plan.case.undertaker_id)
        led = roster.people(["分管副院长", "院长"], place)
        if number % 4 == 3 or plan.owner is None or not led:
            continue
        cause, text, step = drawn.choice(CAUSES)
        leader = Person.objects.get(pk=led[0])
        ledger.set_plan(
            plan=plan, cause=cause, text=text, owner=plan.owner, leader=leader, next_step=step,
            next_on=on + timedelta(days=drawn.randrange(-3, 25)), on=on,
        )  # fmt: skip
        filled += 1
        if number % 2:
            said = drawn.choice(STEPS)
            ledger.report_progress(plan=plan, text=said, on=on, actor=plan.owner, now=now)
    ledger.check_plans(Night(on), now=now)
    return f"一案一策：{len(plans)}件，已填{filled}件"
