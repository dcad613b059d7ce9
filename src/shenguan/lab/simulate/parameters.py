"""What the invented city is made of: shares, lengths and rates, each near a published figure.

Sources stand in `calibration.csv`; where two published figures contradict each other, different demo
courts follow different ones (`PROFILES`). Durations are days from filing to closing before pauses;
`median` and `spread` (σ of the logarithm) describe a lognormal. Shares are 0–1 and sum to 1 in a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shenguan.lab.simulate.tracks import (
    HOURLY,
    INQUIRY,
    RULING_REVIEW,
    TRACKS,
    Pause,
    Shares,
    Track,
)

__all__ = ["HOURLY", "INQUIRY", "RULING_REVIEW", "TRACKS", "Pause", "Shares", "Track"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How one court works, in the terms courts publish; `pace` scales its trial durations."""

    name: str
    pace: float = 1.0
    small: float = 0.24
    ordinary: float = 0.22
    mediated: float = 0.27
    appealed: float = 0.113
    upset: float = 0.016
    late: float = 0.025
    calm: bool = False
    """Every type is appealed at `appealed`, criminal and administrative cases too."""
    pace_of: Mapping[str, float] = field(default_factory=dict)
    swift_crime: float = 0.2296
    ordinary_crime: float = 0.32
    small_sales: float | None = None


ZHENGZHOU = Profile(
    "郑州基层型",
    pace=0.80,
    small=0.4662,
    ordinary=0.0401,
    upset=0.015,
    late=0.0249,
)
WEIDONG = Profile("卫东型", pace=0.46, small=0.2425, ordinary=0.1068, late=0.0287)
JIYUAN = Profile(
    "济源型",
    pace=0.80,
    small=0.40,
    ordinary=0.08,
    pace_of={"买卖合同纠纷": 0.62},
    small_sales=0.4015,
)
NATIONAL = Profile("全国平均型", pace=1.05, ordinary_crime=0.46, pace_of={"刑初": 2.0})
WANGQING = Profile("汪清型", pace=1.05, upset=0.0215, ordinary_crime=0.46, pace_of={"刑初": 2.0})
DONGGUAN = Profile("东莞型", pace=0.85, small=0.38, ordinary=0.10, appealed=0.169, late=0.006)
SUINING = Profile(
    "睢宁型",
    pace=0.32,
    small=0.35,
    ordinary=0.10,
    appealed=0.0451,
    upset=0.0059,
    late=0.0184,
    calm=True,
)
INTERMEDIATE = Profile("郑州中院型", late=0.0102)

PROFILES = (
    INTERMEDIATE,
    ZHENGZHOU,
    ZHENGZHOU,
    WEIDONG,
    JIYUAN,
    NATIONAL,
    WANGQING,
    NATIONAL,
    DONGGUAN,
    SUINING,
)
"""By court; a city of more courts starts again at the first basic one."""


BASIC_TYPES: Shares = {
    "民初": 0.628,
    "刑初": 0.085,
    "行初": 0.016,
    "行审": 0.024,
    "民特": 0.028,
    "民督": 0.006,
    "民保令": 0.003,
    "诉前调书": 0.03,
    "执": 0.09,
    "执异": 0.018,
    "执保": 0.032,
    "财保": 0.04,
}
"""First cases of the basic courts; appeals, retrials and enforcement of what was decided follow."""

INTERMEDIATE_TYPES: Shares = {
    "刑更": 0.70,
    "财保": 0.06,
    "民特": 0.06,
    "执复": 0.05,
    "执异": 0.02,
    "破申": 0.023,
    "民初": 0.017,
    "行初": 0.02,
    "刑初": 0.012,
    "刑申": 0.01,
    "委赔": 0.008,
    "民申": 0.01,
    "执": 0.05,
}
INTERMEDIATE_SHARE = 0.17
"""Of all first cases of the city."""

COURT_WEIGHTS = (1.35, 0.8, 1.05, 1.0, 1.0, 0.9, 0.85, 1.1, 0.8)
FINANCE_COURT = 2
"""Position of the court to which the city's financial cases go (集中管辖)."""

CIVIL_CAUSES: Shares = {
    "民间借贷纠纷": 0.15,
    "买卖合同纠纷": 0.13,
    "离婚纠纷": 0.10,
    "物业服务合同纠纷": 0.09,
    "机动车交通事故责任纠纷": 0.09,
    "金融借款合同纠纷": 0.07,
    "信用卡纠纷": 0.04,
    "劳动争议": 0.045,
    "追索劳动报酬纠纷": 0.03,
    "建设工程施工合同纠纷": 0.035,
    "房屋租赁合同纠纷": 0.03,
    "服务合同纠纷": 0.03,
    "承揽合同纠纷": 0.025,
    "追偿权纠纷": 0.025,
    "生命权、身体权、健康权纠纷": 0.025,
    "抚养费纠纷": 0.015,
    "变更抚养关系纠纷": 0.01,
    "法定继承纠纷": 0.015,
    "商品房预售合同纠纷": 0.02,
    "侵害商标权纠纷": 0.012,
    "股东知情权纠纷": 0.005,
    "案外人执行异议之诉": 0.005,
    "环境污染责任纠纷": 0.003,
}
FAMILY_CAUSES = frozenset({"离婚纠纷", "抚养费纠纷", "变更抚养关系纠纷", "法定继承纠纷"})
FAMILY_JUDGED = 0.2918
FINANCE_CAUSES = frozenset({"金融借款合同纠纷", "信用卡纠纷"})
SERIES_CAUSES = frozenset(
    {"物业服务合同纠纷", "信用卡纠纷", "商品房预售合同纠纷", "侵害商标权纠纷"}
)
COMPANY_PLAINTIFF = SERIES_CAUSES | FINANCE_CAUSES | {"买卖合同纠纷", "承揽合同纠纷", "追偿权纠纷"}
LABOUR_CAUSES = frozenset({"劳动争议", "追索劳动报酬纠纷"})
FIELDS: Mapping[str, str] = {
    "侵害商标权纠纷": "知产",
    "环境污染责任纠纷": "环资",
    "污染环境罪": "环资",
    "金融借款合同纠纷": "金融",
    "信用卡纠纷": "金融",
    "抚养费纠纷": "未成年",
    "变更抚养关系纠纷": "未成年",
    "申请破产清算": "破产",
}

CRIMINAL_CAUSES: Shares = {
    "危险驾驶罪": 0.27,
    "盗窃罪": 0.20,
    "诈骗罪": 0.10,
    "故意伤害罪": 0.09,
    "帮助信息网络犯罪活动罪": 0.09,
    "交通肇事罪": 0.06,
    "寻衅滋事罪": 0.05,
    "开设赌场罪": 0.05,
    "走私、贩卖、运输、制造毒品罪": 0.04,
    "合同诈骗罪": 0.02,
    "职务侵占罪": 0.015,
    "污染环境罪": 0.01,
    "受贿罪": 0.005,
}
ADMINISTRATIVE_CAUSES: Shares = {
    "行政处罚": 0.28,
    "行政征收或者征用": 0.15,
    "行政登记": 0.13,
    "行政确认": 0.12,
    "政府信息公开": 0.10,
    "行政强制执行": 0.08,
    "行政复议": 0.08,
    "行政协议": 0.06,
}
OTHER_CAUSES: Mapping[str, Shares] = {
    "民特": {
        "申请司法确认调解协议": 0.75,
        "申请实现担保物权": 0.1,
        "申请宣告自然人无民事行为能力": 0.15,
    },
    "民督": {"申请支付令": 1.0},
    "民保令": {"申请人身安全保护令": 1.0},
    "财保": {"申请诉前财产保全": 1.0},
    "破申": {"申请破产清算": 1.0},
    "破": {"申请破产清算": 1.0},
}
INTERMEDIATE_SPECIAL: Shares = {"申请撤销仲裁裁决": 1.0}

MONTH_WEIGHTS = (1.05, 0.72, 1.14, 1.08, 1.04, 1.10, 1.06, 1.04, 1.05, 0.95, 1.02, 0.75)
"""Filing by month: the Spring Festival and the gates half shut at the year's end."""
RUSH = {1: 0.95, 2: 0.90, 3: 0.65, 4: 0.20}
"""Share of what would close in January to April that is closed before the year's end instead."""

CRIMINAL_APPEALED = 0.108
ADMINISTRATIVE_APPEALED = 0.51
LOST_APPEALS = 0.015
"""Appeals of which the upper court never made a case: what the first check-up looks for."""
MEDIATED_FIRST = 0.22
MEDIATED_FIRST_DAYS = 13.9
CONVERTED = {"普通程序": 0.35, "简易程序": 0.04}
"""Of the civil cases that end in this procedure, those that began in a lighter one."""
CONVERTED_CRIME = 0.10
"""Of the ordinary criminal first-instance cases, those that began as 简易."""
ENFORCED_SHARE = 0.33
REVIVED_SHARE = 0.12
OBJECTED_SHARE = 0.012
RETRIAL_SHARE = 0.004
REFILED_SHARE = 0.05
STUCK_SHARE = 0.005
"""Cases suspended and never taken up again within sight."""
LYING_SHARE = 0.3
"""Of those, the ones that nobody even suspended."""
OVERRUN_DAYS = 28
"""Mean days by which a late case is late."""
REASSIGNED = 0.03
SECOND_HEARING = 0.12
BACKLOG_DAYS = 400
"""How long before the first day the city begins to work, so that it opens with cases pending."""
CASES_PER_JUDGE_YEAR = 242
UNDOCUMENTED = 0.006
"""Closings without a decision in the file."""
MISREAD = 0.010
"""Decisions that differ from the register in cause, date, outcome or judge."""
UNLIKE_DUE = 0.03
"""Cases whose own system shows another due date than the law gives."""
