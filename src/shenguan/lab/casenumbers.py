"""How well case numbers resolve: figures over the shared judgments, heads and citations alike.

What counts as a court's number is decided here by patterns of their own, not by the parser under test.
`python -m shenguan.lab.casenumbers SHARED_FOLDER` prints the figures.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from shenguan import rulebook
from shenguan.core.casenumber import CaseNumberError, Codes, parse, resolve

FILES = (
    "judgments/criminal_first_instance.jsonl.xz",
    "judgments/civil_ip.jsonl.xz",
    "similar/lecard_documents.jsonl.xz",
)
_YEAR = r"[（(〔［\[【﹝]\s*((?:19|20)\d\d)\s*年?\s*[）)〕］\]】﹞]\s*"
_PROVINCE = "[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军]"
# From 2016 on: the code's sign with digits, or bare with a type of trial.
_MODERN = re.compile(
    rf"{_YEAR}((?:最高法|{_PROVINCE}\s*[\dOo]{{1,4}})[^，。；：、\d]{{1,8}}[\dOolI\s]+号"
    rf"|(?:最高法|{_PROVINCE})(?:知)?[刑民行执赔破]\w?\w?\w?\d+号)"
)
# Before: Han letters with a class of trial, 字 or 第, a number.
_OLD = re.compile(
    _YEAR + r"([^\d，。；：、《》“”\s]{0,16}[刑民行执赔商知经][^\d，。；：、《》“”\s]{0,8}?)"
    r"(?:字\s*第*|第)\s*\d[\d\s]*号"
)
# Notaries, appraisers, prosecutors, police and trade-mark offices number their papers alike; ×× is
# masked. None of these letters stands in a court's number.
_OTHER_OFFICE = re.compile(r"[证鉴检标×ＸX]|商品|公[（刑法]|技法|刑矫|烟专")
_NAME = re.compile(r"[一-龥]{2,30}?法院")
_CUT = re.compile(r"[被由经向不因于服诉及和、]|本案|案件|判决")


@dataclass
class Figures:
    """Counts, with the letters of what failed (never texts)."""

    modern: int = 0
    modern_resolved: int = 0
    old: int = 0
    old_parsed: int = 0
    old_court: int = 0
    head: int = 0
    head_court: int = 0
    name_checked: int = 0
    name_agrees: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Label, hits, base."""
        yield "2016年后案号：仅凭案号得法院与类型", self.modern_resolved, self.modern
        yield "2016年前案号：读出年度、简称、类型、编号", self.old_parsed, self.old
        yield "2016年前文首案号：由文首法院名称得法院", self.head_court, self.head
        yield "2016年前案号（含引用）：由所印法院名称得法院", self.old_court, self.old_parsed
        yield "2016年后文首：由名称得到的法院即案号代字的法院", self.name_agrees, self.name_checked


def measure(shared: Path, codes: Codes) -> Figures:
    """Count over every judgment below `shared`."""
    figures = Figures()
    for name in FILES:
        with lzma.open(shared / "data" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                _document(json.loads(line)["text"], codes, figures)
    return figures


def _document(text: str, codes: Codes, figures: Figures) -> None:
    for match in _MODERN.finditer(text):
        if int(match[1]) >= 2016 and not _OTHER_OFFICE.search(match[2]):
            _modern(match[0], codes, figures)
    _head_name(text, codes, figures)
    head = True
    for match in _OLD.finditer(text):
        if int(match[1]) < 2016 and not _OTHER_OFFICE.search(match[2]):
            _old(text, match, codes, figures, head=head and match.start() < 300)
            head = False


def _modern(printed: str, codes: Codes, figures: Figures) -> None:
    figures.modern += 1
    try:
        found = resolve(parse(printed), codes)
    except CaseNumberError:
        figures.failed[printed] += 1
        return
    if found.court and found.case_type:
        figures.modern_resolved += 1
    else:
        figures.failed[printed] += 1


def _head_name(text: str, codes: Codes, figures: Figures) -> None:
    """Look the name at the head up and compare it with the code: how sure is a look-up by name?"""
    match = _MODERN.search(text[:300])
    name = _NAME.search(text[: match.start()]) if match else None
    if not match or not name:
        return
    try:
        number = parse(match[0])
    except CaseNumberError:
        return
    named = codes.courts_named(_clean(name[0], codes))
    if len(named) == 1 and named[0].code and number.year >= 2016:
        figures.name_checked += 1
        figures.name_agrees += named[0].code == number.court_code


def _old(text: str, match: re.Match[str], codes: Codes, figures: Figures, *, head: bool) -> None:
    figures.old += 1
    try:
        number = parse(match[0])
    except CaseNumberError:
        figures.failed[match[2]] += 1
        return
    figures.old_parsed += 1
    name = _name_before(text, match.start(), codes)
    got = bool(name and resolve(number, codes, name).court)
    figures.old_court += got
    figures.head += head
    figures.head_court += head and got
    if not got:
        figures.unnamed[name or "（未印法院名称）"] += 1


def _name_before(text: str, end: int, codes: Codes) -> str | None:
    """The court's name printed last before the number; 本院 means the court at the head."""
    printed = _NAME.findall(text[max(0, end - 120) : end])
    if not printed:
        first = _NAME.search(text[:300])
        printed = [first[0]] if first else []
    return _clean(printed[-1], codes) if printed else None


def _clean(name: str, codes: Codes) -> str:
    """Cut words before the name off: 不服示范市甲区人民法院 → 示范市甲区人民法院.

    Never inside the name: what is cut off may not end like a place, lest 甲市城区 become 城区.
    """
    for start in range(len(name) - 4):
        if name[start - 1] in "省市州盟县区旗":
            break
        if len(codes.courts_named(name[start:])) == 1:
            return name[start:]
    return _CUT.split(name)[-1] or name


@click.command()
@click.argument("shared", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--failures", is_flag=True, help="列出未能识别的写法")
def main(shared: Path, failures: bool) -> None:
    """Print the figures."""
    figures = measure(shared, rulebook.load().codes)
    for label, hits, base in figures.rows():
        click.echo(f"{label}\t{hits}/{base}\t{hits / base:.4f}")
    if failures:
        for what in (figures.failed, figures.unnamed):
            click.echo("\n".join(f"{count}\t{text}" for text, count in what.most_common()))


if __name__ == "__main__":
    main()
