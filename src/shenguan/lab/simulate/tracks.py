"""The ways through a court: what each case type in each procedure takes, costs and ends in.

Read through `parameters`, which holds everything else. Limits are those of the procedure laws, written
again here on purpose: the simulator must not ask the engine it is there to test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval that doesn't count: its two event kinds, how often, how long (days)."""

    start: str
    end: str
    share: float
    shortest: int
    longest: int
    kind: str = ""
    causes: tuple[str, ...] = ()
    """Only cases of these causes, where given."""


@dataclass(frozen=True, slots=True)
class Track:
    """One way through a court: a case type in a procedure.

    `months`/`days` is the limit (both 0: none), `more` the months an extension adds and `approver` who
    grants it; `hearing` and `panel` are the shares with a hearing and with a 合议庭.
    """

    type_code: str
    procedure: str
    instance: str
    median: float
    spread: float
    months: int = 0
    days: int = 0
    more: int = 0
    approver: str = "本院院长"
    outcomes: Shares = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    hearing: float = 0.0
    panel: float = 0.0
    announces: bool = False
    """Whether a 判决 is announced (宣判) rather than only served."""


DAMAGE_CAUSES = (
    "机动车交通事故责任纠纷",
    "建设工程施工合同纠纷",
    "生命权、身体权、健康权纠纷",
    "商品房预售合同纠纷",
)
_APPRAISAL = Pause("委托鉴定", "鉴定结束", 0.30, 25, 75, "工程造价或伤残鉴定", DAMAGE_CAUSES)
_NOTICE = Pause("公告开始", "公告结束", 0.16, 30, 33, "公告送达起诉状副本")
_OBJECTION = Pause("管辖权异议", "管辖异议结束", 0.04, 12, 40)
_STAY = Pause("中止审理", "恢复审理", 0.012, 40, 160)
_TALKS = Pause("庭外和解开始", "和解结束", 0.03, 8, 30)
_MEDIATION = Pause("调解开始", "调解结束", 0.05, 20, 35)
_AUDIT = Pause("审计评估开始", "审计评估结束", 0.02, 25, 60, "资产评估")
_LOCAL = Pause("其他扣除开始", "其他扣除结束", 0.008, 10, 30, "请示上级")
_FILE = Pause("检察院阅卷", "阅卷结束", 0.247, 15, 30)
INQUIRY = Pause("补充侦查", "补充侦查结束", 0.03, 20, 30)
"""Not a pause: its end starts the clock anew (刑诉法 第208条第3款)."""
_PSYCHE = Pause("委托鉴定", "鉴定结束", 0.02, 25, 50, "精神病鉴定")
_SETTLED = Pause("执行和解", "和解终止", 0.04, 20, 90)
_AUCTION = Pause("评估拍卖开始", "评估拍卖结束", 0.07, 35, 90)
_DEFERRED = Pause("暂缓执行", "暂缓结束", 0.015, 20, 60)

_CIVIL = {"判决": 0.40, "调解": 0.273, "准许撤诉": 0.245, "按撤诉处理": 0.05, "驳回起诉": 0.032}
_REVIEWED = {"维持": 0.78, "改判": 0.08, "发回重审": 0.04, "调解": 0.04, "准许撤回上诉": 0.06}
_ENFORCED = {"执行完毕": 0.36, "终结本次执行程序": 0.40, "终结执行": 0.22, "驳回申请": 0.02}

TRACKS: Mapping[tuple[str, str], Track] = {
    (track.type_code, track.procedure): track
    for track in (
        Track(
            "民初",
            "小额诉讼程序",
            "一审",
            29,
            0.45,
            months=2,
            more=1,
            outcomes=_CIVIL,
            pauses=(_TALKS, _STAY),
            hearing=0.97,
        ),
        Track(
            "民初",
            "简易程序",
            "一审",
            50,
            0.45,
            months=3,
            more=1,
            outcomes=_CIVIL,
            pauses=(_APPRAISAL, _OBJECTION, _TALKS, _MEDIATION, _STAY, _LOCAL),
            hearing=0.97,
            announces=True,
        ),
        Track(
            "民初",
            "普通程序",
            "一审",
            102,
            0.42,
            months=6,
            more=6,
            outcomes=_CIVIL,
            pauses=(_APPRAISAL, _NOTICE, _OBJECTION, _TALKS, _STAY, _AUDIT, _LOCAL),
            hearing=0.98,
            panel=0.85,
            announces=True,
        ),
        Track(
            "民终",
            "普通程序",
            "二审",
            57,
            0.35,
            months=3,
            more=3,
            outcomes=_REVIEWED,
            pauses=(_STAY, _TALKS),
            hearing=0.35,
            panel=1,
        ),
        Track(
            "民辖终",
            "普通程序",
            "二审",
            11,
            0.4,
            days=30,
            outcomes={"维持": 0.93, "改判": 0.07},
            panel=1,
        ),
        Track(
            "民申",
            "",
            "再审审查",
            58,
            0.35,
            months=3,
            more=1,
            outcomes={
                "驳回再审申请": 0.87,
                "提审": 0.06,
                "指令再审": 0.05,
                "准许撤回再审申请": 0.02,
            },
            panel=1,
        ),
        Track(
            "民再",
            "普通程序",
            "再审",
            66,
            0.3,
            months=6,
            more=3,
            outcomes={"维持": 0.4, "改判": 0.45, "发回重审": 0.1, "调解": 0.05},
            hearing=0.9,
            panel=1,
            announces=True,
        ),
        Track(
            "民特",
            "特别程序",
            "特别程序",
            14,
            0.4,
            days=30,
            more=1,
            outcomes={"裁定确认": 0.6, "判决": 0.25, "驳回申请": 0.06, "准许撤回申请": 0.09},
        ),
        Track(
            "民督",
            "督促程序",
            "督促",
            9,
            0.3,
            days=15,
            outcomes={"发出支付令": 0.7, "终结督促程序": 0.3},
        ),
        Track("民保令", "", "审查", 1.2, 0.3, outcomes={"裁定准许": 0.8, "驳回申请": 0.2}),
        Track(
            "诉前调书",
            "诉前调解",
            "调解",
            12.2,
            0.5,
            outcomes={"调解": 1.0},
        ),
        Track(
            "刑初",
            "速裁程序",
            "一审",
            4.9,
            0.2,
            days=10,
            outcomes={"判决": 1.0},
            hearing=1,
            announces=True,
        ),
        Track(
            "刑初",
            "简易程序",
            "一审",
            12.5,
            0.45,
            days=20,
            outcomes={"判决": 0.995, "准许撤回起诉": 0.005},
            hearing=1,
            panel=0.2,
            announces=True,
        ),
        Track(
            "刑初",
            "普通程序",
            "一审",
            45,
            0.62,
            months=2,
            more=1,
            outcomes={"判决": 0.975, "准许撤回起诉": 0.02, "终止审理": 0.005},
            pauses=(_PSYCHE,),
            hearing=1,
            panel=0.97,
            announces=True,
        ),
        Track(
            "刑终",
            "普通程序",
            "二审",
            48,
            0.3,
            months=2,
            more=2,
            approver="高级人民法院",
            outcomes={"维持": 0.8, "改判": 0.09, "发回重审": 0.04, "准许撤回上诉": 0.07},
            pauses=(_FILE,),
            panel=1,
            announces=True,
        ),
        Track(
            "刑申",
            "",
            "再审审查",
            60,
            0.3,
            months=3,
            more=3,
            outcomes={"驳回申诉": 0.95, "决定再审": 0.05},
            panel=1,
        ),
        Track(
            "刑更",
            "",
            "审查",
            10,
            0.35,
            months=1,
            outcomes={"准予减刑": 0.86, "准予假释": 0.06, "不予减刑": 0.08},
            panel=1,
        ),
        Track(
            "行初",
            "普通程序",
            "一审",
            106,
            0.38,
            months=6,
            more=3,
            approver="高级人民法院",
            outcomes={"判决": 0.5, "驳回起诉": 0.2, "准许撤诉": 0.27, "调解": 0.03},
            pauses=(Pause("调解开始", "调解结束", 0.05, 10, 30), _STAY),
            hearing=0.9,
            panel=0.97,
            announces=True,
        ),
        Track(
            "行初",
            "简易程序",
            "一审",
            32,
            0.22,
            days=45,
            outcomes={"判决": 0.5, "准许撤诉": 0.5},
            hearing=0.9,
            announces=True,
        ),
        Track(
            "行终",
            "普通程序",
            "二审",
            74,
            0.25,
            months=3,
            more=3,
            approver="高级人民法院",
            outcomes={"维持": 0.86, "改判": 0.05, "发回重审": 0.02, "准许撤回上诉": 0.07},
            hearing=0.15,
            panel=1,
        ),
        Track(
            "行审",
            "",
            "审查",
            4.2,
            0.35,
            days=7,
            outcomes={"准予执行": 0.92, "不准予执行": 0.08},
        ),
        Track(
            "委赔",
            "",
            "审理",
            60,
            0.25,
            months=3,
            more=3,
            outcomes={"驳回申请": 0.7, "决定赔偿": 0.3},
            panel=1,
        ),
        Track(
            "执",
            "",
            "执行",
            67,
            0.45,
            months=6,
            more=3,
            outcomes=_ENFORCED,
            pauses=(_SETTLED, _AUCTION, _DEFERRED),
        ),
        Track(
            "执恢",
            "",
            "执行",
            70,
            0.5,
            months=6,
            more=3,
            outcomes={"执行完毕": 0.5, "终结本次执行程序": 0.4, "终结执行": 0.1},
            pauses=(_SETTLED, _AUCTION),
        ),
        Track(
            "执异",
            "",
            "审查",
            11,
            0.25,
            days=15,
            outcomes={"驳回异议": 0.75, "异议成立": 0.2, "准许撤回异议": 0.05},
            panel=1,
        ),
        Track(
            "执复",
            "",
            "复议",
            18,
            0.3,
            days=30,
            more=1,
            outcomes={"维持": 0.85, "改判": 0.1, "发回重审": 0.05},
            panel=1,
        ),
        Track("执保", "", "执行", 8, 0.4, outcomes={"保全完毕": 0.95, "终结执行": 0.05}),
        Track("财保", "", "审查", 1.1, 0.25, outcomes={"裁定准许": 0.95, "驳回申请": 0.05}),
        Track("破申", "", "审查", 14, 0.3, outcomes={"裁定受理": 0.7, "不予受理": 0.3}, panel=1),
        Track("破", "", "破产", 230, 0.5, outcomes={"终结破产程序": 1.0}, panel=1),
    )
}

RULING_REVIEW = Track(
    "民终",
    "普通程序",
    "二审",
    17,
    0.3,
    days=30,
    outcomes={"维持": 0.9, "改判": 0.1},
    panel=1,
)
"""Appeals against rulings (民诉法 第183条第2款)."""
HOURLY = frozenset({"财保", "民保令"})
"""Types whose limit runs in hours."""
