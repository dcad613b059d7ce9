"""Entries of the rulebook in the words of court staff: every key under its Chinese name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shenguan.rulebook import checking

STATUS = {"official": "有官方依据", "local": "本地口径", "unverified": "未核实"}
WORDS = {
    "id": "编号", "name": "名称", "meaning": "含义", "law": "依据", "cite": "条文", "text": "内容摘要",
    "valid_from": "施行日期", "valid_to": "失效日期", "status": "依据状态", "since": "起", "class": "条线",
    "applies": "适用于", "type": "类型代字", "procedure": "适用程序", "start": "起算", "length": "期限",
    "months": "个月", "days": "日", "workdays": "工作日", "hours": "小时", "extend": "延长",
    "approver": "批准人", "times": "次数", "apply_days_before": "届满前几日申请",
    "decide_days_before": "届满前几日决定", "exclude": "可扣除", "foreign": "涉外", "note": "说明",
    "conversion": "程序转换", "trigger": "起点", "done": "办妥", "whose": "谁的期间", "ladder": "梯级",
    "level": "级别", "to": "发给", "copy": "抄送", "say": "说法", "answer_workdays": "答复工作日",
    "fact": "事实表", "month": "计入期间", "where": "条件", "value": "取值", "credit": "归属",
    "kind": "类别", "unit": "单位", "direction": "方向", "guard": "关联校验指标", "versions": "版本",
    "regime": "指标体系", "numerator": "分子", "denominator": "分母", "official": "官方口径",
    "source": "来源", "zero_denominator": "分母为零", "needs": "所需数据", "lines": "条线",
    "severity": "程度", "message": "提示", "stage": "阶段", "steps": "步骤", "reasons": "理由",
    "post": "职务", "does": "做什么", "sees": "看得到", "below": "对下级法院", "home": "首页",
    "english": "英文", "payload": "内容栏目", "category": "分类", "aliases": "别名", "certainty": "确定程度",
    "before": "届满前", "after": "届满后", "overdue": "超期", "shares": "已用比例", "off": "停用",
}  # fmt: skip
HIDDEN = frozenset({"examples", "id", "name", "status", "law", "english"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: id, Chinese name, status in words, laws, everything else by name, examples."""

    id: str
    name: str
    status: str
    law: tuple[str, ...]
    parts: tuple[tuple[str, Any], ...]
    examples: tuple[tuple[str, str], ...]
    file: str
    own: bool
    raw: Mapping[str, Any]


def kinds() -> dict[str, str]:
    """Return the kinds that are kept as entries, with their Chinese names."""
    return {kind: name for kind, (name, _run) in checking.KINDS.items()}


def read(kind: str, overlay: Any) -> list[Entry]:
    """Return the entries of a kind as they stand, the court's own on top."""
    nation = checking.entries(kind)
    return [
        _entry(code, raw, file, own=code not in nation or nation[code][0] != raw)
        for code, (raw, file) in checking.entries(kind, overlay).items()
    ]


def _entry(code: str, raw: Mapping[str, Any], file: str, *, own: bool) -> Entry:
    law = raw.get("law", ())
    return Entry(
        id=code,
        name=str(raw.get("name", code)),
        status=STATUS.get(str(raw.get("status", "")), ""),
        law=tuple(_law(one) for one in (law if isinstance(law, list) else [law])),
        parts=tuple((word(key), told(value)) for key, value in raw.items() if key not in HIDDEN),
        examples=tuple(_examples(raw.get("examples", ()))),
        file=file,
        own=own,
        raw=raw,
    )


def _law(one: Any) -> str:
    if isinstance(one, Mapping):
        return "：".join(str(one[key]) for key in ("cite", "text") if one.get(key))
    return str(one)


def word(key: object) -> str:
    """Return the Chinese name of a key; one that is Chinese already, or unknown, stays."""
    return WORDS.get(str(key), str(key))


def told(value: Any) -> str:
    """Return a value as one Chinese line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        return "，".join(f"{word(key)} {told(inner)}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "；".join(told(inner) for inner in value)
    return str(value)


def _examples(examples: Any) -> Iterator[tuple[str, str]]:
    for one in examples or ():
        if isinstance(one, Mapping):
            rest = {key: value for key, value in one.items() if key != "say"}
            yield str(one.get("say", "")), told(rest)
