"""Debian's packages that only tests need: Chromium, a Chinese font, PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tools.environment import ROOT, say

sys.path.append(str(ROOT / "src"))  # read before anything is installed

from shenguan.lab import postgres

postgres_server = postgres.throw_away_server


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
    found = postgres.server_programs()
    if found is None and apt_install("postgresql"):
        found = postgres.server_programs()
    return found


def can_cut_network() -> bool:
    """Tell whether a process without network can be started here."""
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
