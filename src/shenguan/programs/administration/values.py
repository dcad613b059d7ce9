"""Values of a court's choices: reading what a form gives, and saying one in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from shenguan.rulebook.loaders.choices import Choice

Given = Mapping[str, str]
_SEPARATORS = re.compile(r"[、,，\s]+")


class ValueRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """What a form gives isn't a value of the choice; the message says why."""


def parse(choice: Choice, given: Given, known: Collection[str] = ()) -> Any:
    """Return the value a form gives, as it is stored (JSON). Raises `ValueRefused`.

    `known`: codes of indicators (kind codes) or names of the court's units (kind names).
    """
    return _PARSERS[choice.kind](choice, given, known)


def _switch(_choice: Choice, given: Given, _known: Collection[str]) -> bool:
    if given.get("value") not in {"yes", "no"}:
        raise ValueRefused("请选择“是”或“否”")
    return given["value"] == "yes"


def _one(choice: Choice, given: Given, _known: Collection[str]) -> str:
    value = given.get("value", "")
    if value not in choice.options:
        raise ValueRefused("请在所列各项中选择")
    return value


def _number(choice: Choice, given: Given, _known: Collection[str]) -> int:
    return _bounded(choice, given.get("value", ""), choice.name)


def _codes(_choice: Choice, given: Given, known: Collection[str]) -> list[str]:
    codes = [one for one in _SEPARATORS.split(given.get("value", "").strip()) if one]
    if unknown := [one for one in codes if one not in known]:
        raise ValueRefused(f"没有这些指标编码：{'、'.join(unknown)}")
    return list(dict.fromkeys(codes))


def _each(choice: Choice, given: Given, _known: Collection[str]) -> dict[str, int]:
    found = {}
    for key, label in choice.options.items():
        if text := given.get(f"each-{key}", "").strip():
            found[key] = _bounded(choice, text, label)
    if choice.open:
        for line in given.get("more", "").splitlines():
            if line.strip():
                key, _, number = line.strip().rpartition(" ")
                if not key.strip():
                    raise ValueRefused(f"“{line.strip()}”请写成“项目 数”")
                found[key.strip()] = _bounded(choice, number, key.strip())
    return found


def _names(choice: Choice, given: Given, known: Collection[str]) -> dict[str, list[str]]:
    found = {}
    for key in choice.options:
        names = [one for one in _SEPARATORS.split(given.get(f"each-{key}", "").strip()) if one]
        if unknown := [one for one in names if one not in known]:
            raise ValueRefused(f"本院没有这些机构：{'、'.join(unknown)}")
        if names:
            found[key] = names
    return found


def _periods(_choice: Choice, given: Given, _known: Collection[str]) -> list[list[str | None]]:
    found: list[list[str | None]] = []
    for line in filter(None, map(str.strip, given.get("value", "").splitlines())):
        first, _, final = (part.strip() for part in line.partition("至"))
        try:
            begins = date.fromisoformat(first)
            ends = date.fromisoformat(final) if final else None
        except ValueError:
            raise ValueRefused(
                f"“{line}”请写成“2026-01-01至2026-12-31”，没有止期的不写止期"
            ) from None
        if ends is not None and ends < begins:
            raise ValueRefused(f"“{line}”的止期早于起期")
        found.append([begins.isoformat(), ends.isoformat() if ends else None])
    return found


def _warning(choice: Choice, given: Given, known: Collection[str]) -> dict[str, Any]:
    return {"off": given.get("off") == "yes", **_each(choice, given, known)}


_PARSERS = {
    "switch": _switch,
    "one": _one,
    "number": _number,
    "codes": _codes,
    "each": _each,
    "names": _names,
    "periods": _periods,
    "warning": _warning,
}


def _bounded(choice: Choice, text: str, label: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text.strip()):
        raise ValueRefused(f"“{label}”请填写整数：{text.strip() or '空'}")
    number = int(text)
    if not choice.least <= number <= choice.most:
        raise ValueRefused(f"“{label}”应在{choice.least}至{choice.most}之间")
    return number


def as_given(choice: Choice, value: Any) -> dict[str, str]:
    """Return what a form would give for a value: `parse` reads it back."""
    kind = choice.kind
    if kind in {"each", "names", "warning"}:
        return _items_given(choice, value)
    if kind == "periods":
        return {"value": "\n".join(f"{first}至{end or ''}" for first, end in value)}
    if kind == "switch":
        return {"value": "yes" if value else "no"}
    return {"value": "\n".join(value) if kind == "codes" else str(value)}


def _items_given(choice: Choice, value: Mapping[str, Any]) -> dict[str, str]:
    found = {"off": "yes" if value.get("off") else "no"}
    more = []
    for key, one in value.items():
        if key in choice.options:
            found[f"each-{key}"] = "、".join(one) if isinstance(one, list) else str(one)
        elif choice.open:
            more.append(f"{key} {one}")
    return found | {"more": "\n".join(more)}


def said(choice: Choice, value: Any) -> str:
    """Return a value in words; an empty one is 未另定."""
    if not value and choice.kind not in {"switch", "one", "number"}:
        return "未另定"
    return _SAYERS[choice.kind](choice, value)


def _all_parts(choice: Choice, value: Mapping[str, Any]) -> str:
    return "，".join(_parts(choice, value)) or "未另定"


_SAYERS: Mapping[str, Callable[[Choice, Any], str]] = {
    "switch": lambda _choice, value: "是" if value else "否",
    "one": lambda choice, value: choice.options.get(value, str(value)),
    "number": lambda choice, value: f"{value:,}{choice.unit}",
    "codes": lambda _choice, value: "、".join(value),
    "periods": lambda _choice, value: "；".join(f"{first}至{end or '今'}" for first, end in value),
    "each": _all_parts,
    "names": _all_parts,
    "warning": _all_parts,
}


def _parts(choice: Choice, value: Mapping[str, Any]) -> list[str]:
    parts = ["停用"] if value.get("off") else []
    for key, one in value.items():
        if key not in {"off", "ladder", "short", "to", "params"}:
            label = choice.options.get(key, key).partition("（")[0]
            parts.append(
                f"{label}{'、'.join(one) if isinstance(one, list) else f'{one}{choice.unit}'}"
            )
    return parts + ["另有阶梯"] * bool({"ladder", "short", "to", "params"} & value.keys())
