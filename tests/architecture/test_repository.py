"""What may stand in the repository: the product, and nothing of anyone's machine."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT, place, repository_files

TEXT = {".py", ".md", ".toml", ".txt", ".json", ".yaml", ".yml", ".html", ".css", ".js", ".csv", ""}
# A path that only one machine has, or an address of a place packages or code are fetched from.
MACHINE = re.compile(
    r"(?<![\w.~/])/(home|Users|root|work|private)/\w"
    r"|https?://(?!127\.0\.0\.1|localhost)[\w.-]*(pypi|npmjs|pythonhosted|registry|mirror)[\w.-]*"
    r"|\b(10|192\.168|172\.(1[6-9]|2\d|3[01]))(\.\d{1,3}){2,3}\b",
)
LARGEST = 3_000_000
EXEMPT = {Path(__file__).resolve()}


def text_files() -> list[Path]:
    return [f for f in repository_files() if f.suffix in TEXT and f not in EXEMPT]


def test_no_path_of_a_machine_and_no_registry_address_is_committed():
    found = []
    for file in text_files():
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            if match := MACHINE.search(line):
                found.append(f"{place(file, number)} {match.group()}")
    assert found == []


def test_lock_files_hold_hashes_and_no_addresses():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        assert "://" not in text, lock.name
        for entry in re.split(r"\n(?=[a-zA-Z0-9])", text)[1:]:
            assert "--hash=sha256:" in entry, entry.splitlines()[0]
    assert "://" not in (ROOT / "package-lock.json").read_text("utf-8")


def test_no_large_file_is_committed():
    large = {place(f): f.stat().st_size for f in repository_files() if f.stat().st_size > LARGEST}
    assert large == {}


def test_the_version_is_the_newest_of_the_changelog():
    import shenguan

    newest = re.search(
        r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert newest
    assert shenguan.__version__ == newest.group(1)
