"""怎么算的: all there is to say of an indicator, from its definition alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shenguan.core.indicator import say
from shenguan.core.indicator.model import NOT_FOR_ASSESSMENT, Atom, Indicator, Library, Version
from shenguan.core.indicator.terms import Ref

DIRECTIONS = {
    "higher": "越高越好",
    "lower": "越低越好",
    "interval": "在合理区间内为宜",
    "none": "不分高低",
}
STATUSES = {"official": "官方公布", "local": "本地口径", "unverified": "未经核实"}


def explain(indicator: Indicator, library: Library) -> dict[str, Any]:
    """Return name, meaning, every version with formula, sentences and lineage, guards and lines."""
    return {
        "code": indicator.code,
        "name": indicator.name,
        "meaning": indicator.meaning,
        "class": indicator.group,
        "direction": DIRECTIONS[indicator.direction],
        "lines": list(indicator.lines),
        "instance": indicator.instance,
        "guards": [_name(code, library) for code in indicator.guard],
        "note": NOT_FOR_ASSESSMENT if indicator.statistic else "",
        "small_below": indicator.minimum,
        "zero_denominator": "显示“—”" if indicator.zero_denominator == "empty" else "记 0",
        "versions": [_version(indicator, version, library) for version in indicator.versions],
        "examples": len(indicator.examples),
        "file": indicator.source,
    }


def _name(code: str, library: Library) -> str:
    return library.indicators[code].name if code in library.indicators else code


def _version(indicator: Indicator, version: Version, library: Library) -> dict[str, Any]:
    return {
        "regime": version.regime,
        "regime_name": version.regime_name,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "formula": say.formula(indicator, version, library),
        "say": dict(version.say),
        "source": version.source,
        "status": STATUSES.get(version.status, version.status),
        "law": [dict(law) for law in version.law],
        "rounding": "四舍五入" if version.rounding == "half_up" else "截断",
        "needs": list(library.needs(version)),
        "parts": [_part(ref, library) for ref in version.refs],
    }


def _part(ref: Ref, library: Library) -> Mapping[str, Any]:
    if ref.code in library.indicators:
        return {"code": ref.code, "name": library.indicators[ref.code].name, "says": "另一指标的值"}
    return atom_part(library.atoms[ref.code])


def atom_part(atom: Atom) -> Mapping[str, Any]:
    """Return what one atom counts, from which columns, and from which events those come."""
    return {
        "code": atom.code,
        "name": atom.name,
        "says": say.atom(atom),
        "written": atom.written,
        "columns": [column.name for column in atom.columns],
        "events": list(atom.events),
        "needs": list(atom.needs),
    }


def as_text(told: Mapping[str, Any]) -> str:
    """Return the explanation as lines people read."""
    lines = [f"{told['name']}（{told['code']}）", told["meaning"], f"方向：{told['direction']}"]
    if told["note"]:
        lines.append(told["note"])
    if told["lines"]:
        lines.append(f"条线：{'、'.join(told['lines'])}")
    if told["guards"]:
        lines.append(f"关联校验指标：{'、'.join(told['guards'])}")
    for version in told["versions"]:
        lines += _version_lines(version)
    return "\n".join(lines)


def _version_lines(version: Mapping[str, Any]) -> list[str]:
    until = version["valid_to"] or "至今"
    words = {"numerator": "分子", "denominator": "分母", "rule": "口径"}
    lines = [
        "",
        f"【{version['regime_name']}（{version['regime']}）】{version['valid_from']} 起，{until}；{version['status']}",
        f"  算式：{version['formula']}",
        *(f"  {words.get(key, key)}：{text}" for key, text in version["say"].items() if text),
        f"  依据：{version['source']}",
    ]
    if version["needs"]:
        lines.append(f"  暂无数据来源，缺：{'、'.join(version['needs'])}")
    for part in version["parts"]:
        lines.append(f"  · {part['name']}：{part['says']}")
        if part.get("events"):
            lines.append(f"    由这些事件得来：{'、'.join(part['events'])}")
    return lines
