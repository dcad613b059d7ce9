"""Every mark a computation may put on its answer: a closed list with what each one means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NO_TYPE_RULE: Final = "案件类型无审限规则"
NO_PROCEDURE: Final = "未载明适用程序"
NO_PROCEDURE_RULE: Final = "适用程序无审限规则"
NO_CONDITION: Final = "未载明选用规则的情形"
BEFORE_TEXT: Final = "早于所存最早条文"
AFTER_TEXT: Final = "规则已失效"
NOT_STARTED: Final = "尚未起算"
UNVERIFIED: Final = "规则待核实"
AGAINST_ASSUMED: Final = "未载明上诉对象"
FOREIGN_APPLIES: Final = "涉外案件适用该期限"
NO_OWN_LIMIT: Final = "法律未规定审限"
MINIMUM_ONLY: Final = "法律只规定最短期间"
NO_ELECTION_DAY: Final = "选举日未登记"
UNKNOWN_EVENT: Final = "未识别事件"
NO_TIME_OF_DAY: Final = "缺少时刻"

NO_APPLICATION: Final = "未见延长申请"
APPLIED_LATE: Final = "申请延长迟于规定提前期"
DECIDED_LATE: Final = "批准延长迟于规定提前期"
NO_GROUND: Final = "未载明延长事由"
NO_PAPER: Final = "未附延长审批文书"
NO_APPROVER: Final = "未载明审批主体"
APPROVER_OPEN: Final = "审批主体未明"
APPROVER_DELEGATED: Final = "院长授权分管院领导审批"
APPROVER_WRONG: Final = "审批主体不符"
TOO_OFTEN: Final = "超过延长次数"
TOO_LATE: Final = "届满后批准延长"
TOO_LONG: Final = "延长超过法定上限"
LENGTH_OPEN: Final = "法律未规定延长期限"
NO_LENGTH: Final = "未载明延长期限"
NOT_EXTENDABLE: Final = "该程序不得延长"
REFUSED: Final = "不予批准延长"

NOT_EXCLUDED: Final = "该事由不予扣除"
NOT_AGREED: Final = "调解未经当事人同意"
EXCLUSION_LATE: Final = "届满后开始的期间不予扣除"
EXCLUSION_CAPPED: Final = "扣除超过法定上限"
STILL_OPEN: Final = "扣除期间尚未结束"
LOCAL_OPEN: Final = "其他扣除尚未结束"
END_WITHOUT_BEGIN: Final = "期间缺少开始"

CONVERTED_LATE: Final = "届满后转换程序"
RESTARTED_LATE: Final = "届满后不重新计算"
CONVERSION_BARRED: Final = "程序转换不当"

REPORTED_ONLY: Final = "仅有报结日期"
CALENDAR_UNPUBLISHED: Final = "日历未公布"

MEANINGS: Final[Mapping[str, str]] = {
    NO_TYPE_RULE: "规则库没有这一案件类型的审限，不套用相近类型",
    NO_PROCEDURE: "该类型的审限随适用程序而定，登记中没有适用程序",
    NO_PROCEDURE_RULE: "该类型没有这一适用程序的审限",
    NO_CONDITION: "该类型有几种审限，登记中没有据以选用的情形（标注）",
    BEFORE_TEXT: "起算日早于规则库所存该规则最早条文的施行日",
    AFTER_TEXT: "起算日晚于该规则的失效日",
    NOT_STARTED: "起算事件晚于计算日",
    UNVERIFIED: "规则为推定或旧文本，须经审管办核实",
    AGAINST_ASSUMED: "未载明对判决还是裁定上诉，按对判决上诉计算",
    FOREIGN_APPLIES: "民诉法第287条只排除第152、183条，该期限对涉外案件仍适用",
    NO_OWN_LIMIT: "法律对该类案件未规定审限",
    MINIMUM_ONLY: "法律只规定不少于的期间，不是办结期限",
    NO_ELECTION_DAY: "选民资格案件须在选举日前审结，选举日未登记",
    UNKNOWN_EVENT: "有不在事件表中的事件，计算时略去",
    NO_TIME_OF_DAY: "以小时计的期限缺少起算时刻，按日计算",
    NO_APPLICATION: "有批准延长而无申请记录，仍计入",
    APPLIED_LATE: "申请晚于届满前规定的日数，仍计入",
    DECIDED_LATE: "批准晚于届满前规定的日数，仍计入",
    NO_GROUND: "批准延长未载明事由，仍计入",
    NO_PAPER: "批准延长未附审批文书，仍计入",
    NO_APPROVER: "批准延长未载明审批主体，仍计入",
    APPROVER_OPEN: "法条未写明该次延长的审批主体，任何主体均计入",
    APPROVER_DELEGATED: "按本院设置，院长授权期内由分管院领导审批，视为院长审批",
    APPROVER_WRONG: "所载审批主体无权批准该次延长，不计入",
    TOO_OFTEN: "该审批主体可批准的次数已用完，不计入",
    TOO_LATE: "批准之日审限已届满，不计入",
    TOO_LONG: "批准的期限超过规则允许，只计到上限",
    LENGTH_OPEN: "法条未写明可延长多久，按批准的期限计入",
    NO_LENGTH: "未载明延长多久；法条定有长度的按法条，未定的不计入",
    NOT_EXTENDABLE: "该程序没有延长的规定，不计入",
    REFUSED: "申请延长未获批准",
    NOT_EXCLUDED: "该类案件的审限不因这一事由扣除",
    NOT_AGREED: "民事调解期间只有当事人同意延长的部分才扣除",
    EXCLUSION_LATE: "期间开始时审限已届满，不予扣除",
    EXCLUSION_CAPPED: "该事由的扣除有法定上限，超过部分不扣除",
    STILL_OPEN: "扣除或中止至计算日尚未结束，届满日待定",
    LOCAL_OPEN: "地方规定的扣除至计算日尚未结束，含地方扣除的届满日待定",
    END_WITHOUT_BEGIN: "有期间的结束而无开始，略去",
    CONVERTED_LATE: "转换程序时审限已届满，不因转换而补救",
    RESTARTED_LATE: "对方当事人申请再审时审查期限已届满，不重新计算",
    CONVERSION_BARRED: "该案不得转为这一程序，或没有相应规则，略去",
    REPORTED_ONLY: "没有宣判、送达，只有报结日期，以其为结案日",
    CALENDAR_UNPUBLISHED: "顺延需要的年份尚未公布节假日安排，给出未顺延的日期",
}
