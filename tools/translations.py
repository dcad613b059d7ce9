"""The English of the pages: which words there are, what they mean, and the compiled catalogue."""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from tools.environment import ROOT

SOURCE = ROOT / "src/shenguan"
CATALOGUE = SOURCE / "web/locale/en/LC_MESSAGES/django.po"
RULEBOOK = SOURCE / "rulebook"
CALLS = {"gettext", "gettext_lazy", "gettext_noop", "_", "pgettext", "ngettext"}
NAMED = {"name", "group", "category", "label"}
# Tables of codes, examples, and words that only stand inside sentences.
UNSAID = ("codes/", "calendars/", "library/", "tests/", "similar/elements", "approvals/_reasons")
CHINESE = re.compile(r"[\u3400-\u9fff]")
TRANSLATE = re.compile(r"""{%\s*(?:translate|trans)\s+("[^"]*"|'[^']*')""")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.S)
INNER = re.compile(r'_\("([^"]*)"\)')
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
PAIR = re.compile(r'^msgid (".*?")\nmsgstr (".*?")$', re.M)


def words() -> list[str]:
    """Return every word of the pages that is marked for translation, sorted."""
    found: set[str] = set()
    for file in sorted(SOURCE.rglob("*.html")):
        found.update(of_template(file.read_text("utf-8")))
    for file in sorted(SOURCE.rglob("*.py")):
        if "tests" not in file.parts:
            found.update(of_code(file.read_text("utf-8")))
    return sorted(found - {""})


def of_template(text: str) -> Iterator[str]:
    """Yield what a template has translated."""
    for one in TRANSLATE.finditer(text):
        yield one[1][1:-1]
    for one in INNER.finditer(text):
        yield one[1]
    for one in BLOCK.finditer(text):
        yield VARIABLE.sub(r"%(\1)s", one[1].replace("%", "%%"))


def of_code(text: str) -> Iterator[str]:
    """Yield what a module has translated."""
    if "gettext" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = node.args[0] if node.args else None
            if node.func.id in CALLS and isinstance(first, ast.Constant):
                yield str(first.value)


def coded() -> dict[str, str]:
    """Return the names in the rulebook, with the English that some bring along."""
    found: dict[str, str] = {}
    for file in sorted(RULEBOOK.rglob("*.yaml")):
        if not file.relative_to(RULEBOOK).as_posix().startswith(UNSAID):
            found.update(_named(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)))
    return found


def _named(entry: object) -> Iterator[tuple[str, str]]:
    if isinstance(entry, list):
        for one in entry:
            yield from _named(one)
    if not isinstance(entry, dict):
        return
    for key, value in entry.items():
        if isinstance(value, dict) and "english" in value:
            english = str(value["english"])
            yield str(key), english[0].upper() + english[1:]
        if key in NAMED and isinstance(value, str) and CHINESE.search(value):
            yield value, ""
        elif key not in {"examples", "parties"}:
            yield from _named(value)


def standing(known: Iterable[str]) -> set[str]:
    """Return which of the known words stand anywhere in the source, so that a page may show them.

    Words with a `#` are said of numbers (base.ui.wording): the source has them in pieces.
    """
    kinds = ("*.py", "*.html", "*.yaml", "*.csv")
    files = [file for kind in kinds for file in SOURCE.rglob(kind) if "tests" not in file.parts]
    texts = [file.read_text("utf-8") for file in files]
    # A string over several lines, as the program has it.
    source = "\n".join(re.sub(r'"\n *f?"', "", text) for text in texts)
    return {word for word in known if "#" in word or word in source}


def read(file: Path = CATALOGUE) -> dict[str, str]:
    """Return what each word means, as the catalogue has it."""
    pairs = PAIR.findall(file.read_text("utf-8")) if file.exists() else []
    return {ast.literal_eval(left): ast.literal_eval(right) for left, right in pairs}


def write(meanings: dict[str, str], file: Path = CATALOGUE) -> None:
    """Write the catalogue and its compiled form, sorted by word."""
    entries = [(word, meanings[word]) for word in sorted(meanings) if word]
    shown = [("", HEADER), *entries]
    text = "\n\n".join(f"msgid {quoted(word)}\nmsgstr {quoted(said)}" for word, said in shown)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", "utf-8")
    file.with_suffix(".mo").write_bytes(compiled(meanings))


def quoted(text: str) -> str:
    """Return `text` as the catalogue writes it, on one line."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def compiled(meanings: dict[str, str]) -> bytes:
    """Return the binary form that gettext reads: a sorted table of words and what they mean."""
    said = {word: text for word, text in meanings.items() if text} | {"": HEADER}
    pairs = sorted((word.encode(), text.encode()) for word, text in said.items())
    tables, data, start = [b"", b""], b"", 28 + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), start + len(data))
            data += pair[side] + b"\0"
    count = len(pairs)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + tables[0] + tables[1] + data


def main() -> int:
    """Bring the catalogue up to date; say which words have no English yet."""
    known, names = read(), coded()
    wanted = {*words(), *names, *standing(known)}
    meanings = {word: known.get(word) or names.get(word, "") for word in wanted}
    write(meanings)
    missing = [word for word, text in meanings.items() if not text]
    sys.stdout.write("".join(f"{word}\n" for word in missing))
    return bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
