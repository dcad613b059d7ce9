"""The event table: every name of the contract, its aliases and its pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenguan.core.casefold import REGISTRATION_KINDS
from shenguan.core.timelimit import vocabulary
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.events import UnknownEvent
from shenguan.rulebook.loaders.events import load as load_events

KINDS = load().events
CONTRACT = """
收件 立案 分案 变更承办人 组成合议庭 变更合议庭 转为普通程序 转为简易程序 委托鉴定 鉴定结束 公告开始 公告结束
管辖权异议 管辖异议结束 审计评估开始 审计评估结束 庭外和解开始 和解结束 调解开始 调解结束 中止审理 恢复审理
补充侦查 补充侦查结束 检察院阅卷 阅卷结束 另行委托辩护人 另行委托结束 其他扣除开始 其他扣除结束
延长审限申请 延长审限批准 不予批准延长 排期 开庭 延期开庭 合议 提交审委会 签发 宣判 送达 公告送达
报结 撤销报结 结案 文书生效 上诉 上诉材料移送 移送二审法院 二审立案 卷宗退回 移送管辖 归档
执行和解 和解终止 暂缓执行 暂缓结束 评估拍卖开始 评估拍卖结束 终结本次执行 恢复执行 执行完毕
信访 申诉申请再审 诉前调解 诉前调解结束 司法确认 司法建议 评查结论 阅核 四类标注 电子送达 文书上网 满意度
"""


@pytest.mark.parametrize("name", CONTRACT.split())
def test_every_kind_of_the_contract_is_in_the_table(name: str):
    assert KINDS.canonical(name) == name


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("送鉴定", "委托鉴定"),
        ("中止", "中止审理"),
        ("移送上级", "移送二审法院"),
        ("管辖异议", "管辖权异议"),
    ],
)
def test_an_alias_becomes_the_canonical_name(alias: str, name: str):
    assert KINDS.canonical(alias) == name


def test_the_time_limit_knows_the_same_aliases():
    assert dict(KINDS.aliases) == dict(vocabulary.ALIASES)


def test_the_time_limit_knows_every_kind():
    assert set(KINDS.kinds) - {"作废", "批次落库"} <= vocabulary.KNOWN_EVENTS


def test_the_time_limit_pairs_the_same_ends():
    begins = {k.name: k.pair for k in KINDS if k.clock in {"pause", "restart"}}
    ours = {name: pair for name, pair in begins.items() if begins.get(pair) != name or name < pair}
    theirs = {name: end for name, end in vocabulary.PAIRS.items() if name != "延期开庭"}
    assert theirs.items() <= {**ours, "补充侦查": "补充侦查结束"}.items()


def test_both_ends_of_a_pair_name_each_other():
    for kind in KINDS:
        if kind.pair:
            assert KINDS[kind.pair].pair == kind.name


def test_registrations_are_the_kinds_that_move_nothing():
    assert KINDS.in_category("登记") == REGISTRATION_KINDS


def test_an_unknown_word_is_refused_in_chinese():
    with pytest.raises(UnknownEvent, match="事件名称“改期”不在事件表中"):
        KINDS.canonical("改期")


def test_a_court_adds_a_kind_of_its_own(tmp_path: Path):
    own = "庭前会议: {english: pre-trial conference, category: 审理, clock: none, aliases: [审前会议]}\n"
    (tmp_path / "events.yaml").write_text(own, encoding="utf-8")
    kinds = load_events(DATA, tmp_path)
    assert kinds.canonical("审前会议") == "庭前会议"
    assert kinds.known("立案")


def test_an_alias_used_twice_is_refused(tmp_path: Path):
    own = "传唤: {english: summons, category: 审理, clock: none, aliases: [立案]}\n"
    (tmp_path / "events.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(ValueError, match="别名“立案”重复"):
        load_events(DATA, tmp_path)
