"""A running platform with a small demo city, and a browser to visit it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.small_court import PASSWORD
from tests.journeys.walk import Findings, opened, sign_in, walk
from tools.serve import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CITY = ["simulate", "--seed", "1", "--cases", "300", "--courts", "10"]
SHENGUAN = [sys.executable, "-c", "from shenguan.cli import main; main()"]
# Debian's Chromium as root, with everything off that would call home.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city's cases, as they came in."""
    home = tmp_path_factory.mktemp("city")
    shenguan(home, *CITY)
    return home


@pytest.fixture(scope="session")
def lived_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city in which people have worked: warnings, approvals, readings, reports."""
    home = tmp_path_factory.mktemp("lived")
    for step in (CITY, ["tick"], ["simulate-work", "--seed", "1"]):
        shenguan(home, *step)
    return home


@pytest.fixture(scope="session")
def site(lived_home: Path) -> Iterator[str]:
    yield from served(lived_home)


def shenguan(home: Path, *arguments: str) -> str:
    """Run one command on a home; return what it prints."""
    return told([*SHENGUAN, "--home", str(home), *arguments])


def beside(home: Path, script: str, *arguments: str) -> str:
    """Run one of the scripts here on a home; return what it prints."""
    return told([sys.executable, "-m", f"tests.journeys.{script}", *arguments], home=home)


def told(command: list[str], *, home: Path | None = None) -> str:
    environment = os.environ | ({"SHENGUAN_HOME": str(home)} if home else {})
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def served(home: Path) -> Iterator[str]:
    """Serve a home while somebody visits."""
    address = f"http://127.0.0.1:{(port := free_port(0))}/"
    command = [*SHENGUAN, "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command) as server:
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} 没有应答")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=os.environ.get("SHENGUAN_CHROMIUM", "/usr/bin/chromium"), args=QUIET
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def password(lived_home: Path) -> str:
    """The password of this city's demo accounts."""
    first, *_rest = (lived_home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    return first.rsplit("：", 1)[1]


@pytest.fixture(scope="session")
def walked(browser: Browser, site: str, password: str) -> Findings:
    """Everything one walk through all pages came upon."""
    return walk(browser, site, password)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page signed in as somebody, with or without JavaScript.

    What it complains of is kept in `complaints`.
    """
    contexts = []

    def open_as(username: str, password: str = PASSWORD, *, scripts: bool = True) -> Page:
        context = opened(browser, scripts=scripts)
        contexts.append(context)
        tab = context.new_page()
        tab.complaints = []  # type: ignore[attr-defined]
        tab.on(
            "console", lambda m: m.type in {"error", "warning"} and tab.complaints.append(m.text)
        )  # type: ignore[attr-defined]
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))  # type: ignore[attr-defined]
        tab.goto(f"{site}login/")
        sign_in(tab, username, password)
        return tab

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit: Callable[..., Page], password: str) -> Page:
    """A page signed in for the trial-management office, on an ordinary office screen."""
    tab = visit("shenguan", password)
    tab.set_viewport_size({"width": 1440, "height": 900})
    return tab
