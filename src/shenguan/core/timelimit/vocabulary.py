"""The closed word lists of the clock: event names, approvers, procedures and marks.

Names arrive in many spellings; each list maps every accepted spelling to the one used inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ALIASES: Final[Mapping[str, str]] = {
    "送鉴定": "委托鉴定",
    "管辖异议": "管辖权异议",
    "和解开始": "庭外和解开始",
    "中止": "中止审理",
    "延长审限不批准": "不予批准延长",
    "移送上级": "移送二审法院",
    "续封": "续行保全",
    "续冻": "续行保全",
    "解封": "解除保全",
    "解除查封": "解除保全",
    "解除冻结": "解除保全",
}

# Both ends of every suspension: what begins it → what ends it.
PAIRS: Final[Mapping[str, str]] = {
    "委托鉴定": "鉴定结束",
    "公告开始": "公告结束",
    "管辖权异议": "管辖异议结束",
    "审计评估开始": "审计评估结束",
    "庭外和解开始": "和解结束",
    "调解开始": "调解结束",
    "中止审理": "恢复审理",
    "补充侦查": "补充侦查结束",
    "检察院阅卷": "阅卷结束",
    "另行委托辩护人": "另行委托结束",
    "其他扣除开始": "其他扣除结束",
    "执行和解": "和解终止",
    "暂缓执行": "暂缓结束",
    "评估拍卖开始": "评估拍卖结束",
    # 刑事延期审理 ends with the next hearing; any other adjournment has no effect on the clock.
    "延期开庭": "开庭",
}

APPLY, APPROVE, REFUSE = "延长审限申请", "延长审限批准", "不予批准延长"
TO_ORDINARY, TO_SUMMARY = "转为普通程序", "转为简易程序"
COUNTER_APPLICATION = "申诉申请再审"
FILED, FILED_ABOVE, RECEIVED = "立案", "二审立案", "收件"

_OTHER_EVENTS: Final = (
    "收件 立案 分案 变更承办人 组成合议庭 变更合议庭 排期 合议 提交审委会 签发 宣判 送达 公告送达 报结 撤销报结 结案",
    "文书生效 上诉 上诉材料移送 移送二审法院 二审立案 卷宗退回 移送管辖 归档 终结本次执行 恢复执行 执行完毕",
    "信访 申诉申请再审 诉前调解 诉前调解结束 司法确认 司法建议 评查结论 阅核 四类标注 电子送达 文书上网 满意度",
    "送达未果 回避决定",
    "阅核提交 阅核意见 阅核回应 建议复议 合议庭复议 提请专业法官会议 专业法官会议 报请审委会 审委会决定 签署 撤回阅核",
    "四类不予标注 四类撤销标注 四类监管措施 四类措施回复 评查抽取 评查评分 评查答复 评查整改 评查验收",
    "发改反馈 发改答复 发改认定 判中咨询 鉴定经办 评查复评 会议回复",
    "强制措施 解除强制措施 保全措施 续行保全 解除保全",
    "登记 登记变更 届满日登记 采用本系统审限 标签建议 标签确认 标签取消 案号变更 文书登记 批示交办 批示办结",
    "提交专业法官会议 诉辩登记 类案检索 提交类案 回应类案 系列案",
)
KNOWN_EVENTS: Final = frozenset(
    {name for line in _OTHER_EVENTS for name in line.split()}
    | PAIRS.keys()
    | set(PAIRS.values())
    | {APPLY, APPROVE, REFUSE, TO_ORDINARY, TO_SUMMARY}
)

PRESIDENT, COURT_ABOVE = "本院院长", "上一级人民法院"
HIGH_COURT, SUPREME_COURT = "高级人民法院", "最高人民法院"
VICE_PRESIDENT, COURT_ITSELF = "分管院领导", "本院裁定"

_APPROVER_SPELLINGS: Final = {
    PRESIDENT: "本院院长 院长 法院院长 本院院长批准 院长批准",
    COURT_ABOVE: "上一级人民法院 上一级法院 上级人民法院 上级法院 上一级",
    HIGH_COURT: "高级人民法院 高级法院 高院 省高院 省高级法院 省高级人民法院 省级高级人民法院 "
    "层报高级人民法院备案 高级人民法院备案",
    SUPREME_COURT: "最高人民法院 最高法院 最高法 最高院",
    VICE_PRESIDENT: "分管院领导 分管副院长 副院长 本院副院长 院长授权分管院领导 主管副院长 院领导",
    COURT_ITSELF: "本院裁定 人民法院裁定 本院",
}
APPROVERS: Final[Mapping[str, str]] = {
    spelling: name for name, line in _APPROVER_SPELLINGS.items() for spelling in line.split()
}

ORDINARY, SUMMARY, SMALL, FAST = "普通程序", "简易程序", "小额诉讼程序", "速裁程序"
AS_FIRST, AS_SECOND, SPECIAL = "一审程序", "二审程序", "特别程序"

_PROCEDURE_SPELLINGS: Final = {
    ORDINARY: "普通程序 普通 第一审普通程序 一审普通程序 一审公诉普通程序 简易转普通 小额转普通 速裁转普通 "
    "普通程序独任审理 普通程序(独任) 独任普通程序",
    SUMMARY: "简易程序 简易 民事简易程序 刑事简易程序 行政简易程序 小额转简易 速裁转简易 普通转简易",
    SMALL: "小额诉讼程序 小额诉讼 小额程序 小额 小额速裁",
    FAST: "速裁程序 速裁 刑事速裁程序 刑事速裁",
    AS_FIRST: "一审程序 第一审程序 按一审程序 按第一审程序 再审(按一审程序) 一审",
    AS_SECOND: "二审程序 第二审程序 按二审程序 按第二审程序 再审(按二审程序) 二审 提审",
    SPECIAL: "特别程序 民事特别程序",
}
PROCEDURES: Final[Mapping[str, str]] = {
    spelling: name for name, line in _PROCEDURE_SPELLINGS.items() for spelling in line.split()
}

OVER_THREE_YEARS, OVER_ONE_YEAR = "可能判三年以上", "可能判一年以上"
_MARK_SPELLINGS: Final = {
    OVER_THREE_YEARS: "可能判三年以上 可能判处三年以上 可能判处三年以上有期徒刑 可能判处有期徒刑超过三年 "
    "可能判处超过三年有期徒刑 可能判超过三年",
    OVER_ONE_YEAR: "可能判一年以上 可能判处一年以上 可能判处一年以上有期徒刑 可能判处有期徒刑超过一年 "
    "可能判处超过一年有期徒刑 可能判超过一年",
    "自诉": "自诉 自诉案件 刑事自诉",
    "司法确认": "司法确认 调解协议司法确认 确认调解协议",
    "选民资格": "选民资格 选民资格案件",
    "情况紧急": "情况紧急 紧急",
    "按一审程序": "按一审程序 按第一审程序",
    "按二审程序": "按二审程序 按第二审程序",
}
MARKS: Final[Mapping[str, str]] = {
    spelling: name for name, line in _MARK_SPELLINGS.items() for spelling in line.split()
}
# Procedures that say more than a procedure: what else they tell of the case.
# (procedure, marks, against, detained)
_Hint = tuple[str | None, str, str | None, bool]
HINTS: Final[Mapping[str, _Hint]] = {
    "自诉(未羁押)": (ORDINARY, "自诉", None, False),
    "自诉(被告人羁押)": (ORDINARY, "自诉", None, True),
    "二审(对判决)": (AS_SECOND, "", "判决", False),
    "二审(对裁定)": (AS_SECOND, "", "裁定", False),
    "船舶碰撞/共同海损一审": (ORDINARY, "船舶碰撞", None, False),
    "执行异议之诉": (ORDINARY, "执行异议之诉", None, False),
    "选民资格": (SPECIAL, "选民资格", None, False),
    "司法确认": (SPECIAL, "司法确认", None, False),
    "第三人撤销之诉立案审查": (None, "立案审查", None, False),
    "再审检察建议审查": (None, "再审检察建议", None, False),
    "诉讼保全(一般)": (None, "诉讼保全", None, False),
    "诉讼保全(紧急)": (None, "诉讼保全 情况紧急", None, False),
    "解除保全": (None, "解除保全", None, False),
    "死刑复核/死缓核准": (None, "死刑复核", None, False),
    "死刑复核": (None, "死刑复核", None, False),
    "法定刑以下判处刑罚复核": (None, "法定刑以下", None, False),
    "最高法受理的上诉抗诉": (None, "最高法受理", None, False),
    "国有土地房屋征收补偿非诉审查": (None, "征收补偿", None, False),
    "非诉执行实施": (None, "非诉执行", None, False),
    "刑事裁判涉财产部分执行": (None, "刑事涉财产", None, False),
    "委托执行受托法院": (None, "委托执行", None, False),
    "限制出境复议": (None, "限制出境", None, False),
    "债权人申请是否受理": (None, "债权人申请", None, False),
    "其他申请是否受理": (None, "其他申请", None, False),
    "通知已知债权人并公告": (None, "通知债权人", None, False),
    "债权申报期": (None, "债权申报", None, False),
    "重整计划草案提交": (None, "重整计划", None, False),
}
# A choice of the court that selects a rule as a mark of the case would.
CONFIRMATION_15_DAYS = "司法确认十五日"


def canonical(event: str) -> str:
    """Return the canonical name of an event; unknown names come back as they are."""
    return ALIASES.get(event, event)
