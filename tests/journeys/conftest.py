"""A running platform with a small demo city, and a browser to visit it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.walk import Findings, walk
from tools.serve import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
    home = tmp_path_factory.mktemp("city")
    demo = ["simulate", "--seed", "1", "--cases", "400", "--courts", "10"]
    subprocess.run([*SHENGUAN, "--home", str(home), *demo], check=True, capture_output=True)
    return home


@pytest.fixture(scope="session")
def site(city_home: Path) -> Iterator[str]:
    yield from served(city_home)


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
    until = time.monotonic() + 30
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
def password(city_home: Path) -> str:
    """The password of this city's demo accounts."""
    return password_in(city_home)


def password_in(home: Path) -> str:
    first, *_rest = (home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    return first.rsplit("：", 1)[1]


@pytest.fixture(scope="session")
def lived_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller city in which people have worked: warnings, approvals, readings, reports."""
    home = tmp_path_factory.mktemp("lived")
    demo = ["simulate", "--seed", "1", "--cases", "300", "--courts", "10"]
    for step in (demo, ["tick"], ["simulate-work", "--seed", "1"]):
        subprocess.run([*SHENGUAN, "--home", str(home), *step], check=True, capture_output=True)
    return home


@pytest.fixture(scope="session")
def lived_site(lived_home: Path) -> Iterator[str]:
    yield from served(lived_home)


@pytest.fixture(scope="session")
def lived_password(lived_home: Path) -> str:
    return password_in(lived_home)


@pytest.fixture(scope="session")
def walked(browser: Browser, lived_site: str, lived_password: str) -> Findings:
    """Everything one walk through all pages came upon."""
    return walk(browser, lived_site, lived_password)


def enter(tab: Page, site: str, username: str, password: str) -> None:
    """Sign in by the form."""
    tab.goto(f"{site}login/")
    tab.fill("input[name=username]", username)
    tab.fill("input[name=password]", password)
    tab.click("button")


@pytest.fixture
def page(browser: Browser, site: str, password: str) -> Iterator[Page]:
    """A page of an ordinary office screen, signed in for the trial-management office.

    What it complains of is kept in `page.complaints`.
    """
    tab = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    enter(tab, site, "shenguan", password)
    tab.complaints = []  # type: ignore[attr-defined]
    tab.on("console", lambda m: m.type in {"error", "warning"} and tab.complaints.append(m.text))  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))  # type: ignore[attr-defined]
    yield tab
    tab.close()
