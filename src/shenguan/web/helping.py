"""Help: what each page of one's menu answers, keys, symbols, words, import, who sees what."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.web.menu import entries

# page key → the question it answers
ANSWERS = {
    "home": _("今天先看什么：按本人职务列出待办、预警和数字。"),
    "today": _("哪些案件已超审限、即将届满、暂停过久、长期没有动态。"),
    "attention": _("哪些预警归我答复；提示、催办、督办到了哪一级；督办单何时销号。"),
    "approvals": _("哪些申请等我审批；我申请的走到哪一步。"),
    "cases": _("全部可见案件：筛选、保存视图、选栏目、导出、打印。"),
    "hearings": _("何时何地开庭，法官、法庭、代理人有没有冲突。"),
    "register": _("由本院在审管登记的案件从这里立案；只读接入的法院不在此登记。"),
    "bulk": _("同一事项一次登记到多件案件，不能登记的逐件说明原因。"),
    "assignment": _("哪些案件待分，谁能承办，如何随机抽取并可重放核验。"),
    "similar": _("有哪些相似的裁判，为什么相似。"),
    "similar-duty": _("哪些案件应当检索类案而没有记录。"),
    "similar-scale": _("同案由的裁判结果怎样分布；不按法官，不排名。"),
    "caseplans": _("长期未结案件逐案的成因、方案、责任人和下一步。"),
    "reviews": _("哪些文书等我阅核，意见如何回应。"),
    "four-kinds": _("哪些案件标为四类案件，采取了哪些监管措施。"),
    "supervision-statistics": _("阅核率、监管率、用时和意见种类。"),
    "load": _("谁手里有多少案件，未来八周各有多少届满。"),
    "instructions": _("批示交办了什么，办到哪一步。"),
    "onepage": _("一页纸：五项变化、五件案件、我的批示、待我审批。"),
    "meeting": _("庭务会要过的案件和事项。"),
    "duty": _("院庭长做了哪些监督管理，由系统留痕生成。"),
    "wall": _("大屏：只有全院数字，没有当事人、法官和案件。"),
    "healthcheck": _("各项指标的值、参考区间、趋势和关联校验指标，每个数字能点开案件。"),
    "figures": _("旧存、新收、已结、未结各多少，背后是哪些案件。"),
    "stages": _("每一阶段用了多少天，卡在哪里。"),
    "freestats": _("自己选行、列和指标，保存、导出，每格能点开案件。"),
    "official": _("本院计算与上级公布值相差多少，差在哪些案件。"),
    "library": _("本院自己的指标怎样定义，系统怎样理解。"),
    "reports": _("周提醒、月通报、态势分析、会商材料：生成、修改、发布。"),
    "meetings": _("会议议定了什么，谁负责，何时销号。"),
    "imports": _("上传办案系统导出的表格，看进度、退回清单和体检报告。"),
    "reconciliation": _("原系统的届满日期与本系统计算哪里不一致，采用哪个。"),
    "rulebook": _("系统用的每一条规则、法律依据和例子。"),
    "quality": _("哪些数据有疑点，在原系统改哪里。"),
    "mode": _("本院哪些事项在审管登记，哪些只读接入。"),
    "casereview": _("评查哪些案件，怎样抽取，分给谁评，评了什么，整改了没有。"),
    "appeals": _("上级改判、发回的案件，原因是什么，原审认可还是异议，怎样认定。"),
    "appeals-analysis": _("改判、发回的原因按案由和种类怎样分布。"),
    "meetings-ledger": _("专业法官会议和审委会讨论了哪些案件，意见是什么，审判组织怎样回复。"),
    "appraisals": _("委托鉴定在谁手里，过了多少天，扣除到哪一天。"),
    "administration-choices": _("法律和规则库留给本院选的事项现在怎么定、依据是什么。"),
    "administration-people": _("谁有账号、任什么职务、看得到什么；开户、重发密码、停用。"),
    "administration-units": _("庭室、人民法庭、审判团队何时设立、何时撤销。"),
    "administration-roster": _("把政治部的人员名册原样装入，不逐人录入。"),
    "administration-posts": _("名册提出的任免，由安全管理员逐项授权。"),
    "administration-log": _("谁在什么时候看了、改了、导出了什么；日志有没有被动过。"),
    "hooks": _("预警级别变化推送到哪些系统。"),
    "api": _("其他系统怎样读写，用哪个令牌。"),
}
KEYS = (
    ("/", _("检索")),
    ("j k", _("下一行、上一行")),
    ("Enter", _("打开所在行")),
    ("g", _("再按菜单字母，直达该页")),
    ("?", _("本说明")),
)
SYMBOLS = (
    ("●", _("督办、已超审限、有冲突：须立即办")),
    ("▲", _("催办、5日内届满：应尽快办")),
    ("◆", _("提示、15日内届满：请留意")),
    ("○ ◇", _("正常或者没有数据：不催")),
)
# the words of the field, Chinese and English side by side in either language
WORDS = (
    ("审限", "time limit", _("法律规定的审理期限")),
    ("审限届满日", "due date", _("审限的最后一日；采用本系统审限之前，一律以原系统登记的为准")),
    ("扣除审限", "exclusion", _("鉴定、公告等不计入审限的期间，起日计入，止日不计入")),
    ("报结日期", "closed on", _("统计上算结案的日期")),
    ("法定结案日", "legal end", _("宣判、送达或者公告送达之日，审限内按它判断")),
    ("关联校验指标", "guard", _("和比率一起看的指标，防止只做高一个数")),
    ("案件范围", "scope of cases", _("一个数字计入哪些类型的案件")),
    ("机构序", "official order", _("法院、部门的固定次序，不按数值排名")),
    ("督办单", "supervision order", _("写明事项、责任人、期限的督办文书；办结后由他人销号")),
    ("阅核", "reading", _("院庭长阅文书提意见，不改文书，不改结果")),
    (
        "四类案件",
        "four kinds of cases",
        _("重大疑难、群体性、类案冲突、违法审判反映等应受监管的案件"),
    ),
    ("副卷", "confidential file", _("合议、会议和阅核记录，只有审判组织和指定领导可看")),
    ("拒收清单", "rejects", _("没有案号或者结构读不出的行，列明位置和原因")),
    ("体检表", "health check", _("指标与自己的过去、参考区间比较的表")),
)
TOPICS = (
    (
        _("怎样导入"),
        _(
            "在“数据接入”上传办案系统导出的表格，先检查，再导入。"
            "重复导入不产生变化；有错的行退回，其余照常。数据有误在原系统更正后再导入。"
        ),
    ),
    (
        _("谁看得到什么"),
        _(
            "看到的案件＝本人职务管辖的法院、部门或者本人承办的案件。涉密案件不进入本系统；"
            "敏感案件每次查阅留痕；系统管理员看不到案件内容。看不到的案件一律显示“没有”。"
        ),
    ),
    (
        _("数字从哪里来"),
        _("每个数字都能点开背后的案件；每个审限都能打开“怎么算的”，逐步列明条文。"),
    ),
    (
        _("评查怎样做"),
        _(
            "审管办拟定方案、试抽、抽取，核对分派后送评查人；评查人看案卷、按评查表扣分并写明卷宗页码；"
            "承办人认可或者提出异议；评查委员会定级；问题逐条整改、验收；最后出评查通报。"
            "评查人和承办人互不知名；种子和名单留存，任何人可以要求当面重放。评查结果不影响裁判的效力。"
        ),
    ),
    (
        _("被改判、发回后怎样办"),
        _(
            "上级报结后系统自动开出反馈表，由上级审判组织选定原因、写明理由，送原审和两级审管办；"
            "原审认可或者异议；异议由原审法院审管办依程序登记认定，六种情形不承担责任。"
            "未答复不视为认可，被改变不当然是差错。发回的案件，收到案卷次日立案，另行组成合议庭，不得再次发回。"
        ),
    ),
    (
        _("委托鉴定在谁手里"),
        _(
            "每登记一步，鉴定就转到下一个人手里，期限随之走。委托之日起扣除审限，"
            "收到鉴定意见或者退鉴即自动结束扣除，不必另行登记。"
        ),
    ),
    (
        _("会议意见有没有约束力"),
        _(
            "审判委员会的决定应当执行，专业法官会议的意见供参考；不采纳的写明理由。"
            "发言和少数意见逐人记录，属副卷。"
        ),
    ),
    (
        _("预警为什么还在"),
        _(
            "答复只说明情况，不让预警消失；事由没有了才消失。"
            "答复“数据有误”的，审管办认定之前不再升级。"
        ),
    ),
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the help of one's own menu, or of it what holds the words asked for."""
    asked = request.GET.get("q", "").strip()
    pages = [
        (group.title, [(one.title, one.address, ANSWERS.get(one.key, "")) for one in group.entries])
        for group in entries(access(request))
    ]
    context = {
        "page": "help",
        "q": asked,
        "groups": [(title, kept) for title, rows in pages if (kept := _holding(rows, asked))],
        "keys": _holding(KEYS, asked),
        "symbols": _holding(SYMBOLS, asked),
        "words": _holding(WORDS, asked),
        "topics": _holding(TOPICS, asked),
    }
    return render(request, "web/help.html", context)


def _holding(rows: Iterable[tuple[object, ...]], asked: str) -> list[tuple[object, ...]]:
    """Return the rows in which the words stand, whatever their case."""
    return [row for row in rows if asked.lower() in " ".join(map(str, row)).lower()]
