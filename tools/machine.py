"""Debian's packages that only tests need: Chromium, a Chinese font, PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tools.environment import say


def apt_install(*packages: str) -> bool:
    """Install Debian packages when root and apt-get are at hand; return whether it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"安装测试所需的软件包：{' '.join(packages)}")
    _refresh_package_lists()
    return _quietly(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages])


@cache
def _refresh_package_lists() -> bool:
    return _quietly(["apt-get", "update", "-q"])


def _quietly(command: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        say(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode == 0


def chromium() -> str | None:
    """Return a Chromium that can show Chinese, installing it where that is allowed."""
    missing = [] if _browser() else ["chromium"]
    if not _has_chinese_font():
        missing += ["fontconfig", "fonts-noto-cjk"]
    if missing and not apt_install(*missing):
        return None
    return _browser()


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout)


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, installing them where that is allowed."""
    found = _postgres_folder()
    if found is None and apt_install("postgresql"):
        found = _postgres_folder()
    return found


def _postgres_folder() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if folders:
        return folders[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Run a throw-away PostgreSQL server and yield its address."""
    # PostgreSQL refuses to run as root, so root lends it to the package's own account.
    lend = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="shenguan-pg-") as folder:
        if lend:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*lend, str(programs / "pg_ctl"), "-D", data, "-s", "-w"]
        init = [*lend, str(programs / "initdb"), "-D", data, "-U", "shenguan", "-A", "trust"]
        subprocess.run(
            [*init, "-E", "UTF8", "--no-sync"], check=True, capture_output=True, cwd=folder
        )
        subprocess.run(
            [*control, "-o", options, "-l", f"{folder}/log", "start"], check=True, cwd=folder
        )
        try:
            yield f"postgres://shenguan@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder)


def can_cut_network() -> bool:
    """Tell whether a process without network can be started here."""
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
