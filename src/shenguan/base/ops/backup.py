"""Backup and restore of a home folder, while the platform runs.

A backup is one `.tar.gz`: a manifest with the SHA-256 of every file, then the files. Databases are
copied through SQLite's online backup, so a copy taken in the middle of an import is a whole one.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shenguan.base.ops import home as homes

MANIFEST = "manifest.json"
FORMAT = 1
# SQLite's own side files: their content is in the copy already.
SIDE_FILES = ("-wal", "-shm", "-journal")


class BackupError(Exception):
    """A backup or a restore that must not go on; the message says where and why."""


@dataclass(frozen=True)
class Backup:
    """A finished or checked backup: where it is, when and by which version it was made.

    `files` maps each relative name to its SHA-256 as hex.
    """

    path: Path
    made_at: str
    version: str
    files: Mapping[str, str]


def back_up(*, home: Path, target: Path, now: datetime, version: str) -> Backup:
    """Write a backup of `home` to the new file `target` and return what it holds.

    Raises `BackupError` when there is nothing to save or `target` exists.
    """
    if target.exists():
        raise BackupError(f"备份文件 {target} 已经存在，不会覆盖。")
    if not homes.entries(home):
        raise BackupError(f"数据目录 {home} 是空的，没有可备份的内容。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        copy = Path(folder) / "data"
        copy_home(home, copy)
        backup = Backup(target, now.isoformat(timespec="seconds"), version, digests(copy))
        unfinished = Path(folder) / "archive"
        pack(copy, unfinished, backup)
        unfinished.rename(target)
    return backup


def restore(*, archive: Path, home: Path, now: datetime, force: bool = False) -> Backup:
    """Check `archive` and put its content into `home`.

    A home that holds data is refused; with `force` its content is moved to a folder beside it.
    Nothing in `home` is touched unless the whole archive is sound. Raises `BackupError`.
    """
    if homes.entries(home) and not force:
        raise BackupError(f"数据目录 {home} 已有数据；确要恢复请加 --force(原数据会移到旁边保存)。")
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home.parent) as folder:
        backup = unpack(archive, Path(folder))
        check(Path(folder), backup)
        set_aside(home, home.with_name(f"{home.name}.before-{now:%Y%m%d-%H%M%S}"))
        home.mkdir(exist_ok=True)
        for entry in homes.entries(Path(folder)):
            shutil.move(entry, home / entry.name)
    return backup


def copy_home(home: Path, copy: Path) -> None:
    """Copy all data of `home` to the new folder `copy`, each database in one consistent state."""
    copy.mkdir()
    for file in data_files(home):
        target = copy / file.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".sqlite3":
            copy_database(file, target)
        else:
            shutil.copy2(file, target)


def data_files(home: Path) -> Iterator[Path]:
    """Yield the files of `home` that belong into a backup."""
    for entry in homes.entries(home):
        for file in sorted(entry.rglob("*")) if entry.is_dir() else [entry]:
            if file.is_file() and not file.is_symlink() and not file.name.endswith(SIDE_FILES):
                yield file


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database in use; readers and writers go on meanwhile (WAL)."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without side files


def sha256(file: Path) -> str:
    """Return the SHA-256 of `file` as hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` by its relative name."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): sha256(file) for file in files}


def pack(folder: Path, target: Path, backup: Backup) -> None:
    """Write the archive, readable by its owner alone: it holds keys and case data."""
    target.touch(mode=0o600)
    with tarfile.open(target, "w:gz", compresslevel=3) as archive:
        add_manifest(archive, backup)
        for name in backup.files:
            archive.add(folder / name, arcname=f"data/{name}")


def add_manifest(archive: tarfile.TarFile, backup: Backup) -> None:
    """Put the manifest in front."""
    content = {
        "format": FORMAT,
        "version": backup.version,
        "made_at": backup.made_at,
        "files": dict(backup.files),
    }
    data = json.dumps(content, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def unpack(archive: Path, folder: Path) -> Backup:
    """Unpack `archive` so that its data lies in `folder`, and return what it claims to hold."""
    try:
        with tarfile.open(archive) as tar:
            listed = tar.extractfile(MANIFEST)
            content = json.loads(listed.read()) if listed else {}
            for member in tar:
                if member.name.startswith("data/") and not member.isdir():
                    extract(tar, member, folder, member.name.removeprefix("data/"))
    except (OSError, KeyError, ValueError, EOFError, tarfile.TarError) as problem:
        raise BackupError(f"{archive} 不是完整的审管备份文件({problem})。") from problem
    if content.get("format") != FORMAT:
        raise BackupError(f"{archive} 的备份格式 {content.get('format')} 不是本版本能读的。")
    return Backup(archive, content["made_at"], content["version"], content["files"])


def extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, name: str) -> None:
    """Write a plain file of an archive to `folder`/`name`; links and names that climb out are refused.

    Done by hand because tarfile's own filter came with Python 3.11.4, after Debian 12's.
    """
    target = folder / name
    source = tar.extractfile(member) if member.isfile() else None
    if source is None or not target.is_relative_to(folder) or ".." in target.parts:
        raise BackupError(f"备份文件中的 {member.name} 不是普通文件，没有恢复任何内容。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("wb") as handle:
        shutil.copyfileobj(source, handle)
    target.chmod(member.mode & 0o700)


def check(folder: Path, backup: Backup) -> None:
    """Raise `BackupError` unless `folder` holds exactly the files listed, unchanged and sound."""
    found = digests(folder)
    for name in sorted({*found, *backup.files}):
        if found.get(name) != backup.files.get(name):
            raise BackupError(f"备份 {backup.path} 中的 {name} 与清单不符，没有恢复任何内容。")
    for database in sorted(folder.rglob("*.sqlite3")):
        with closing(sqlite3.connect(database)) as connection:
            answer = connection.execute("PRAGMA quick_check").fetchone()
        if answer != ("ok",):
            raise BackupError(f"备份 {backup.path} 中的数据库 {database.name} 已损坏：{answer}")


def set_aside(home: Path, aside: Path) -> None:
    """Move the data of `home` into the new folder `aside`; do nothing when there is none."""
    entries = homes.entries(home)
    if entries:
        aside.mkdir()
    for entry in entries:
        shutil.move(entry, aside / entry.name)
