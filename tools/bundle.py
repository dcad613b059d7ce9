"""Offline archives, because courts' networks have no internet.

An archive is one plain tar: `shenguan/` (the source), `wheels/`, `assets/` (front-end files and
fonts under their path in the source) and `MANIFEST.sha256`, a line for each of the other files.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import assets, environment
from tools.environment import REQUIREMENTS, ROOT, SetupError, run, say

MANIFEST = "MANIFEST.sha256"
# Courts' domestic Linux systems carry glibc 2.28: nothing newer may be packed.
PLATFORMS = ["manylinux_2_28", "manylinux_2_27", "manylinux_2_24", "manylinux_2_17"]
PLATFORMS += ["manylinux2014", "manylinux_2_12", "manylinux2010", "manylinux_2_5", "manylinux1"]


def make(arguments: Sequence[str]) -> int:
    """Make an archive for machines of one architecture and print its path."""
    parser = argparse.ArgumentParser(prog="start.py bundle")
    parser.add_argument("--arch", choices=("x86_64", "aarch64"), required=True, help="目标机器架构")
    parser.add_argument("--python", action="append", help="目标 Python 版本，可多次")
    parser.add_argument("-o", "--output", type=Path, help="输出文件")
    options = parser.parse_args(arguments)
    versions = options.python or ["{}.{}".format(*sys.version_info[:2])]
    output: Path = options.output or ROOT / "dist" / f"shenguan-offline-{options.arch}.tar"
    environment.ensure("base")
    with tempfile.TemporaryDirectory(prefix="shenguan-bundle-") as folder:
        work = Path(folder)
        for version in versions:
            say(f"正在下载 {options.arch}、Python {version} 的依赖……")
            download(work / "wheels", options.arch, version)
        copy_assets(work / "assets")
        copy_source(work / "shenguan")
        write_manifest(work)
        output.parent.mkdir(parents=True, exist_ok=True)
        write_archive(work, output)
    sys.stdout.write(f"{output}\n")
    return 0


def download(target: Path, arch: str, version: str) -> None:
    """Fetch the locked wheels of one architecture and Python version, and pip itself."""
    target.mkdir(exist_ok=True)
    short = version.replace(".", "")
    platforms = [part for name in PLATFORMS for part in ("--platform", f"{name}_{arch}")]
    abis = ["--implementation", "cp", "--abi", f"cp{short}", "--abi", "abi3", "--abi", "none"]
    options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--python-version", version]
    for name in ("base", "pip"):
        command = [*downloader(), "download", "--quiet", "--disable-pip-version-check", *options]
        lock = ["-r", str(REQUIREMENTS / f"{name}.txt"), "-d", str(target)]
        run([*command, *platforms, *abis, *lock], what="下载依赖")


def downloader() -> list[str]:
    """Return a pip to download with: uv can't fetch for another machine."""
    if environment.has_module("pip"):
        return [sys.executable, "-m", "pip"]
    environment.install(REQUIREMENTS / "pip.txt")
    return [str(environment.PYTHON), "-m", "pip"]


def copy_assets(target: Path) -> None:
    """Copy front-end files and fonts, each under its path in the source."""
    for folder in (assets.STATIC, assets.FONTS):
        shutil.copytree(folder, target / folder.relative_to(ROOT))


def copy_source(target: Path) -> None:
    """Copy what is under version control, as it stands in the working folder."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        raise SetupError("制作离线包需要 git 检出的源代码。")
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file as hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def files_of(folder: Path) -> list[str]:
    """Return the relative names of all files in `folder` but the manifest, sorted."""
    names = (str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    return sorted(name for name in names if name != MANIFEST)


def write_manifest(folder: Path) -> None:
    """Write the manifest in the format of `sha256sum`, so it can be checked by hand as well."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files_of(folder)]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")


def check_manifest(folder: Path) -> None:
    """Raise unless `folder` holds exactly the files of its manifest, each unchanged."""
    if not (folder / MANIFEST).exists():
        raise SetupError("这不是审管的离线安装包：没有清单文件。")
    lines = (folder / MANIFEST).read_text("utf-8").splitlines()
    listed = {name: value for value, _, name in (line.partition("  ") for line in lines)}
    present = files_of(folder)
    for name in sorted({*listed, *present}):
        if name not in present:
            raise SetupError(f"离线安装包不完整：缺少 {name}。")
        if listed.get(name) != sha256(folder / name):
            raise SetupError(f"离线安装包校验失败：{name} 与清单不符。")


def write_archive(folder: Path, output: Path) -> None:
    """Pack `folder`; the parts are compressed already, so the tar is plain."""
    with tarfile.open(output, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.add(part, arcname=part.name)


def unpack(source: Path, folder: Path) -> None:
    """Write the plain files of an archive; links and names that climb out are refused."""
    # tarfile's own filter came with Python 3.11.4, after Debian 12's.
    with tarfile.open(source) as archive:
        for member in archive:
            if member.isdir():
                continue
            data = archive.extractfile(member) if member.isfile() else None
            target = folder / member.name
            if data is None or not target.is_relative_to(folder) or ".." in target.parts:
                raise SetupError(f"离线安装包中的 {member.name} 不是普通文件。")
            target.parent.mkdir(parents=True, exist_ok=True)
            with data, target.open("wb") as handle:
                shutil.copyfileobj(data, handle)
            target.chmod(member.mode & 0o755)


@contextmanager
def opened(source: Path) -> Iterator[Path]:
    """Yield the folder of an archive: itself when unpacked already, a temporary one otherwise."""
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise SetupError(f"找不到离线安装包 {source}。")
    with tempfile.TemporaryDirectory(prefix="shenguan-offline-") as folder:
        unpack(source, Path(folder))
        yield Path(folder)


def install(file: str) -> None:
    """Set up from an archive, without network; leave a current environment as it is."""
    if environment.is_current("base") and assets.is_current():
        return
    with opened(Path(file).resolve()) as folder:
        check_manifest(folder)
        locked = folder / "shenguan" / "requirements" / "base.txt"
        if environment.digest(locked) != environment.digest(REQUIREMENTS / "base.txt"):
            raise SetupError("离线安装包与本源代码不是同一版本，请使用包内的源代码。")
        environment.ensure_offline(folder / "wheels")
        shutil.copytree(folder / "assets", ROOT, dirs_exist_ok=True)
