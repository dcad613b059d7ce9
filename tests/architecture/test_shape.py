"""Files and functions stay small enough to read at a sitting."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.source import functions_of, imports_of, length_of, place, python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 8
MOST_FUNCTIONS = 40  # 95 % are no longer than this
CLOCK = Path("base/ops/clock.py")


def product_files() -> list[Path]:
    return [f for f in python_files() if "tests" not in f.parts and f.name != "conftest.py"]


def lengths(files: Iterable[Path]) -> list[int]:
    return sorted(length_of(function) for file in files for function in functions_of(file))


def test_no_file_is_longer_than_400_lines():
    counts = {place(file): len(file.read_text("utf-8").splitlines()) for file in python_files()}
    assert {name: lines for name, lines in counts.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{place(file, function.lineno)} {function.name}: {length_of(function)}"
        for file in python_files()
        for function in functions_of(file)
        if length_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_functions_are_short_in_the_main(capsys):
    found = lengths(product_files())
    median, most = statistics.median(found), found[int(len(found) * 0.95)]
    with capsys.disabled():
        print(f"\nfunctions: {len(found)}, median {median} lines, 95 % ≤ {most} lines")
    assert median <= MEDIAN_FUNCTION
    assert most <= MOST_FUNCTIONS


def test_only_the_clock_module_reads_the_clock():
    readers = [
        place(file)
        for file in product_files()
        if "shenguan" in file.parts and not file.as_posix().endswith(CLOCK.as_posix())
        for needle in ("datetime.now(", "date.today(", "timezone.now(", "timezone.localdate(")
        if needle in file.read_text("utf-8")
    ]
    assert readers == []


def test_selectors_and_services_never_import_views():
    wrong = [
        place(file, line)
        for file in product_files()
        if file.stem in {"selectors", "services", "models"}
        for line, module in imports_of(file)
        if module.rsplit(".", 1)[-1] in {"views", "urls", "forms", "commands"}
    ]
    assert wrong == []
