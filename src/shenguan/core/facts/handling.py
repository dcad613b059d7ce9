"""How a case was handled and what came of it: the columns read from payloads and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shenguan.core.casefold import CaseState
from shenguan.core.facts.model import FactContext, Row
from shenguan.core.facts.scan import Scan

_TRIALS = frozenset({"刑事", "民事", "行政", "赔偿"})
_SUITS = frozenset({"一审", "二审", "再审"})
REVIEWS = frozenset({"二审", "再审", "再审审查", "复议", "监督"})
_ALONE = frozenset({"简易程序", "小额诉讼程序", "速裁程序", "特别程序", "督促程序"})
"""Procedures tried by one judge unless a panel is on record."""

_CLOSINGS = ("报结", "结案", "执行完毕", "终结本次执行")
_REPORTS = ("报结", "结案")
_DIVISIBLE = ("自诉", "附带民事")


class Handled:
    """One case's own answers; `row()` gives the columns."""

    def __init__(
        self,
        state: CaseState,
        scan: Scan,
        dated: Mapping[str, Any],
        context: FactContext,
        case_class: str,
        instance: str,
    ) -> None:
        self.state, self.scan, self.dated = state, scan, dated
        self.words = context.words
        self.case_class, self.instance = case_class, instance
        self.disposition = self.words.name("结案方式", state.disposition)
        kind = context.case_types.get(state.case_type)
        self.family = kind.family if kind else ""

    def row(self) -> Row:
        """Return every column of this module."""
        row = {**self._bench(), **self._course(), **self._outcome(), **self._around()}
        if self.state.extras:
            row |= dict.fromkeys(self.words.ticked(self.state.extras) & row.keys(), True)
        return row

    def _bench(self) -> Row:
        """Who sat: a single judge, a panel, lay assessors."""
        panel, trial = self.state.panel, self.case_class in _TRIALS
        written = str(self.state.extras.get("审判组织") or "")
        with_panel = trial and (len(panel) > 1 or "合议" in written)
        alone = len(panel) == 1 or "独任" in written
        if not panel and not written:
            alone = self.words.name("程序", self.state.procedure) in _ALONE
        return {
            "with_panel": with_panel,
            "single_judge": trial and alone and not with_panel,
            "with_assessor": any(
                self.words.listed("有陪审员的角色", seat.get("role") or "") for seat in panel
            ),
        }

    def _course(self) -> Row:
        """What was done on the way."""
        scan = self.scan
        happened, flag = scan.happened, scan.flag
        return {
            "hearings": scan.count.get("开庭", 0),
            "announced_in_court": flag("宣判", "in_court"),
            "served_by_notice": happened("公告送达") or happened("公告开始"),
            "served_electronically": happened("电子送达"),
            "documented": happened("签发") or happened("文书登记"),
            "published": flag("文书上网", "published"),
            "not_publishable": self._unfit_for_publication(),
            "filed_online": flag("立案", "online"),
            "broadcast": flag("开庭", "broadcast"),
            "jurisdiction_challenged": happened("管辖权异议"),
            "appraised": happened("委托鉴定"),
            "examined": happened("阅核"),
            "is_special": happened("四类标注"),
            "converted": happened("转为普通程序"),
            "can_mediate": self._can_mediate(),
        }

    def _unfit_for_publication(self) -> bool:
        """Tell whether the rules keep the decision off the web, by its kind, its cause or a word."""
        if any(
            p.get("published") is False and p.get("reason") for p in self.scan.payloads("文书上网")
        ):
            return True
        return (
            self.words.listed("不宜上网的结案方式", self.disposition)
            or self.words.mentions("不宜上网的案由", self.state.cause)
            or bool(self.dated.get("is_juvenile"))
        )

    def _can_mediate(self) -> bool:
        """民诉解释第143条: not the special procedures, nor cases that confirm a personal status."""
        said = self.state.extras.get("可调解")
        if isinstance(said, bool):
            return said
        if self.instance not in _SUITS or self.family == "管辖":
            return False
        if self.case_class == "民事":
            return not self.words.mentions("不可调解的案由", self.state.cause)
        if self.case_class == "刑事":
            marks = (*self.state.marks, *map(str, self.state.extras))
            return any(word in mark for mark in marks for word in _DIVISIBLE)
        return self.case_class == "赔偿"

    def _outcome(self) -> Row:
        """What came of it: enforcement, review of the decision below, the agency's case."""
        said, words = self.scan.said, self.words
        enforcing = self.case_class == "执行"
        result = said(_REPORTS, "enforcement") or self.disposition
        paid = said(_CLOSINGS, "recovered") or said(_CLOSINGS, "amount")
        return {
            "recovered": paid if isinstance(paid, int) and enforcing else 0,
            "enforcement_result": words.code("执行结果", result) if enforcing else 0,
            "performance": words.code("履行方式", said(_CLOSINGS, "performance") or ""),
            "has_assets": False,
            "review_result": self._review_result(),
            "new_evidence": any(self.scan.flag(kind, "new_evidence") for kind in _REPORTS),
            "agency_lost": self._agency_lost(),
            "agency_head_attended": self.scan.flag("开庭", "agency_head"),
        }

    def _review_result(self) -> int:
        if self.instance not in REVIEWS or self.state.closed_on is None:
            return 0
        said = self.scan.said(_REPORTS, "result") or self.disposition
        return self.words.code("上级结果", said)

    def _agency_lost(self) -> bool:
        if self.case_class not in {"行政", "赔偿"}:
            return False
        lost = any(self.scan.flag(kind, "agency_lost") for kind in _REPORTS)
        return lost or self.words.listed("行政机关败诉", self.state.disposition)

    def _around(self) -> Row:
        """What happened beside the trial: mediation before it, petitions, suggestions."""
        scan, count = self.scan, self.scan.count
        suggestions, fed = list(scan.payloads("司法建议")), scan.payloads("发改反馈")
        answers = [p for p in suggestions if p.get("stage") == "反馈"]
        answered = len(answers) + sum(bool(p.get("reply_on")) for p in suggestions)
        return {
            "premediation": scan.happened("诉前调解") or scan.happened("诉前调解结束"),
            "mediated": any(
                self.words.listed("诉前调解成功", p.get("result") or "")
                for p in scan.payloads("诉前调解结束")
            ),
            "reviewed": scan.happened("评查抽取"),
            "fed_back": any(p.get("stage") == "发出" for p in fed),
            "grounds_named": any(p.get("stage") == "发出" and p.get("grounds") for p in fed),
            "confirmed": scan.happened("司法确认") or self.disposition == "裁定确认",
            "suggestions": len(suggestions) - len(answers),
            "suggestions_answered": min(answered, len(suggestions) - len(answers)),
            "petitions": count.get("信访", 0),
            "petitions_settled": sum(bool(p.get("result")) for p in scan.payloads("信访")),
            "retrial_sought": scan.happened("申诉申请再审"),
            "was_appealed": scan.happened("上诉"),
            "performed": False,
        }
