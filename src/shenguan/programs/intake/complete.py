"""What a row's number tells of itself: case type and instance, where the row leaves them out."""

from __future__ import annotations

from functools import cache

from shenguan.core.casenumber import CaseNumberError, CaseType, Codes, normalise, resolve
from shenguan.programs.intake.flags import LONGEST, TYPE_DIFFERS
from shenguan.programs.intake.identity import NumberRef
from shenguan.programs.intake.rows import Bad, Row


def complete(row: Row, codes: Codes) -> None:
    """Fill in what the number says and settle what contradicts it; changes the row in place."""
    _keep_long_originals(row)
    _case_type(row, codes)
    prior = row.values.get("prior_number")
    if prior:
        row.values["prior_number"] = _tidy_number(prior)
    if row.values.get("disposition") and not row.values.get("closed_on"):
        row.extras.setdefault("结案方式", str(row.values["disposition"]))
    if row.values.get("extension_months") and not row.values.get("extended_on"):
        row.extras.setdefault("延长审限月数", str(row.values["extension_months"]))


def _keep_long_originals(row: Row) -> None:
    for bad in row.bad:
        if len(bad.text) > LONGEST:
            row.extras.setdefault(bad.field, bad.text)


def _case_type(row: Row, codes: Codes) -> None:
    """The number's 类型代字 is the case type; a column may only speak where the number is silent."""
    stated = row.values.pop("case_type", None)
    numbered = type_of(row.identity.number, codes)
    parts = row.identity.number.parts
    if numbered is None and parts is None:
        if stated:
            row.values["case_type"] = stated[:12]
        return
    code = numbered.code if numbered else parts.type_code if parts else ""
    row.values["case_type"] = code[:12]
    if numbered and not row.values.get("instance"):
        row.values["instance"] = numbered.instance[:20]
    if stated and stated != code:
        if codes.case_type(stated):
            row.bad.append(Bad("案件类型", stated, TYPE_DIFFERS))
        else:
            row.extras.setdefault("案件类型", stated)


def type_of(number: NumberRef, codes: Codes) -> CaseType | None:
    """Return the case type of a number, None for an id that isn't a 案号 or a letter unknown."""
    return resolve(number.parts, codes).case_type if number.parts else None


@cache
def _tidy_number(text: str) -> str:
    try:
        return normalise(text)
    except CaseNumberError:
        return text
