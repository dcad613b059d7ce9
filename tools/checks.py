"""The named stages of `start.py test`, and one closing summary.

quick = style, types, architecture, core tests, unit tests; full = quick + the tests that go through the whole
building, shared judgments, browser, PostgreSQL and offline installation; drill = the heavy tests, by command only.
What needs one core and no database runs first, two at a time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from tools import environment, machine
from tools.environment import PYTHON, ROOT

APART = ("judgments", "browser", "postgres", "offline", "drill")
EVERYDAY = " and ".join(f"not {name}" for name in APART)
UNIT = f"{EVERYDAY} and not whole"
# plug-ins that these tests don't use and that take seconds to import
LEAN = ("-p", "no:schemathesis", "-p", "no:faker", "-p", "no:anyio")
# the core knows no Django and neither do its tests; strict settings would refuse the name of Django's
BARE = (
    *(*LEAN, "-p", "no:django", "-p", "no:xdist", "-W", "ignore::pytest.PytestConfigWarning"),
    *("-o", "addopts=-q --strict-markers -p no:cacheprovider"),
)
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
NOTHING_RAN = 5  # pytest's exit code when no test was collected


@dataclass
class Outcome:
    """How one stage ended."""

    name: str
    state: str = "passed"
    seconds: float = 0.0
    note: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    said: str = ""


@dataclass(frozen=True)
class Stage:
    """One step of the checks: what it is called, what it does, how long it may take.

    A `light` one needs one core and keeps what it has to say until it has ended.
    """

    name: str
    run: Callable[[], Outcome]
    budget: float | None = None
    light: bool = False


def run(arguments: Sequence[str]) -> int:
    """Run the stages of a level (default full) and return 0 when all passed."""
    level, rest = "full", list(arguments)
    if rest and rest[0] in LEVELS:
        level = rest.pop(0)
    environment.ensure("dev")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled tests serve several stages
    with tempfile.TemporaryDirectory(prefix="shenguan-test-") as home:
        os.environ.update(SHENGUAN_HOME=home, DJANGO_SETTINGS_MODULE="shenguan.web.settings")
        stages = [Stage("pytest", lambda: chosen(level, rest))] if rest else LEVELS[level]
        outcomes = perform_all(stages)
    return summarise(outcomes)


def perform_all(stages: Sequence[Stage]) -> list[Outcome]:
    """Run stages in their order, light ones that follow one another two at a time."""
    outcomes: list[Outcome] = []
    for light, some in groupby(stages, key=lambda stage: stage.light):
        with ThreadPoolExecutor(2 if light else 1) as pool:
            outcomes += pool.map(perform, some)
    return outcomes


def perform(stage: Stage) -> Outcome:
    """Run one stage and time it; a budget overrun is said, never a failure: machines differ."""
    heading = f"\n━━ {stage.name}\n"
    if not stage.light:
        print(heading, end="", flush=True)
    began = time.monotonic()
    outcome = stage.run()
    outcome.seconds = time.monotonic() - began
    if stage.light:
        print(heading + outcome.said, end="", flush=True)
    if stage.budget and outcome.seconds > stage.budget:
        outcome.note = f"超过预算 {stage.budget:.0f} 秒"
    if outcome.state == "skipped" and in_ci():
        outcome.state, outcome.note = "failed", f"{outcome.note}(CI 中不许跳过)"
    return outcome


def in_ci() -> bool:
    """Tell whether this run decides about a change: then nothing may be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def tool(name: str, *command: str) -> Stage:
    """Make a stage of a checking tool out of the environment."""

    def check() -> Outcome:
        line = [str(PYTHON.parent / command[0]), *command[1:]]
        done = subprocess.run(
            line, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return Outcome(name, "failed" if done.returncode else "passed", said=done.stdout)

    return Stage(name, check, light=True)


def collected() -> Stage:
    """Read in every test once: what can't be imported is said here, and no later stage compiles it."""
    line = ("python", "-m", "pytest", "src", "tests", "--collect-only", "-qq", *LEAN)
    return tool("collect", *line)


def pytest(name: str, *arguments: str, extra_env: dict[str, str] | None = None) -> Outcome:
    """Run pytest, pass its output through as it comes and read its closing line."""
    process = subprocess.Popen(
        [PYTHON, "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, **(extra_env or {})},
        text=True,
        stdout=subprocess.PIPE,
    )
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if COUNT.search(line) and " in " in line:
            last = line
    code = process.wait()
    counts = {kind.rstrip("s"): int(number) for number, kind in COUNT.findall(last)}
    if code == NOTHING_RAN:
        return Outcome(name, "skipped", note="没有收集到测试", counts=counts)
    return Outcome(name, "failed" if code else "passed", counts=counts)


def chosen(level: str, arguments: Sequence[str]) -> Outcome:
    """Run just the tests named on the command line."""
    marker = {"quick": EVERYDAY, "drill": "drill"}.get(level)
    return pytest("pytest", *(["-m", marker] if marker else []), *arguments)


def core() -> Outcome:
    """Test the pure core, on one process, so its time says something, and without Django."""
    return pytest("core", "src/shenguan/core", "-m", UNIT, *BARE)


def units() -> Outcome:
    """Test every other part alone."""
    return pytest("unit", "src", "--ignore=src/shenguan/core", "-m", UNIT, "-n", "2", *LEAN)


def whole() -> Outcome:
    """Test from events to pages and papers, through all parts; the longest first, for two share the work."""
    return pytest("whole", "tests", "src", "-m", f"{EVERYDAY} and whole", "-n", "2")


def judgments() -> Outcome:
    """Measure readers and case numbers on the shared judgments, where they lie beside the checkout."""
    folder = Path(os.environ.get("SHENGUAN_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        return Outcome("judgments", "skipped", note=f"没有 {folder}")
    return pytest("judgments", "src", "tests", "-m", "judgments", "-n", "2")


def browser() -> Outcome:
    """Drive the pages in headless Chromium."""
    chromium = machine.chromium()
    if chromium is None:
        return Outcome("browser", "skipped", note="没有 Chromium 或中文字体")
    return pytest(
        "browser", "src", "tests", "-m", "browser", extra_env={"SHENGUAN_CHROMIUM": chromium}
    )


def postgres(part: str = "whole or not whole") -> Outcome:
    """Run the tests of everything that keeps data once more on PostgreSQL."""
    programs = machine.postgres_programs()
    if programs is None:
        return Outcome("postgres", "skipped", note="没有 PostgreSQL")
    paths = [f"src/shenguan/{name}" for name in ("base", "spine", "programs", "web")]
    with machine.postgres_server(programs) as address:
        marker = EVERYDAY.replace("not postgres", f"(postgres or not postgres) and ({part})")
        return pytest(
            *("postgres", *paths, "-m", marker, "-n", "2", "--migrations"),
            extra_env={"SHENGUAN_DATABASE": address},
        )


def postgres_of_parts() -> Outcome:
    """The same without the tests through the whole building, which take several times as long.

    `start.py test postgres` runs all of them.
    """
    return postgres("not whole")


def offline() -> Outcome:
    """Pack an archive and install from it with the network cut."""
    if not machine.can_cut_network():
        return Outcome("offline", "skipped", note="不能隔离网络(需要 root 与 unshare)")
    return pytest("offline", "tests/install", "-m", "offline")


def drill() -> Outcome:
    """Run the heavy tests."""
    return pytest("drill", "src", "tests", "-m", "drill")


QUICK = [
    tool("ruff check", "ruff", "check", "."),
    tool("ruff format", "ruff", "format", "--check", "."),
    tool("mypy", "mypy", "-p", "shenguan", "-p", "tools", "-m", "start"),
    tool("import-linter", "lint-imports"),
    tool("bandit", "bandit", "-q", "-r", "src", "tools", "-ll", "-c", "pyproject.toml"),
    tool("migrations", "django-admin", "makemigrations", "--check", "--dry-run"),
    collected(),
    Stage("core", core, budget=5),
    Stage("unit", units, budget=90),
]
FULL = [
    *QUICK,
    Stage("whole", whole),
    Stage("judgments", judgments),
    Stage("browser", browser),
    Stage("postgres", postgres_of_parts),
    Stage("offline", offline),
]
LEVELS = {
    "quick": QUICK,
    "full": FULL,
    "drill": [Stage("drill", drill)],
    "postgres": [Stage("postgres", postgres)],
}


def summarise(outcomes: Sequence[Outcome]) -> int:
    """Print one line a stage and the sum of all tests; return the exit code."""
    words = {"passed": "通过", "failed": "失败", "skipped": "跳过"}
    print("\n━━ 小结")
    for outcome in outcomes:
        tests = " ".join(f"{number} {kind}" for kind, number in outcome.counts.items())
        line = f"{words[outcome.state]}  {outcome.name:<14}{outcome.seconds:7.1f} s  {tests}"
        print(f"{line}  {outcome.note}".rstrip())
    total = {
        kind: sum(outcome.counts.get(kind, 0) for outcome in outcomes)
        for kind in ("passed", "failed", "error", "skipped")
    }
    failed = total["failed"] + total["error"]
    print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped", flush=True)
    return 1 if any(outcome.state == "failed" for outcome in outcomes) else 0
