"""Runs the platform on this machine: database, demo city, web server, night watch and worker."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from types import FrameType

from tools.environment import PYTHON, SetupError, say, shenguan
from tools.environment import run as run_step

HOST = "127.0.0.1"
DATABASE = "shenguan.sqlite3"
DEMO = ("simulate", "--seed", "1", "--cases", "2000", "--courts", "10")
HAS_JOBS = (
    "import sys; from django.conf import settings; "
    "sys.exit('django_tasks_db' not in settings.INSTALLED_APPS)"
)


def home() -> Path:
    """Return the folder that holds all data of this installation."""
    return Path(os.environ["SHENGUAN_HOME"])


def run(*, port: int, demo: bool) -> int:
    """Prepare the home folder, then serve until interrupted; return the exit code."""
    prepare_home(demo=demo)
    port = free_port(port)
    children = [start(shenguan("serve", "--port", str(port))), start(shenguan("nights"))]
    if has_jobs():
        children.append(start([str(PYTHON), "-m", "django", "db_worker"]))
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        wait_until_answering(port, children[0])
        print(f"审管已启动：http://{HOST}:{port}/  (Ctrl-C 停止，数据在 {home()})", flush=True)
        show_demo_accounts()
        return wait_for_any(children)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(children)


def show_demo_accounts() -> None:
    """Print who may sign in to the demo city; a court's own home has no such file."""
    accounts = home() / "demo-accounts.txt"
    if accounts.exists():
        print(accounts.read_text(encoding="utf-8"), flush=True)


def child_env() -> dict[str, str]:
    """Return the environment of every process that runs Django here."""
    return {
        **os.environ,
        "SHENGUAN_HOME": str(home().resolve()),
        "DJANGO_SETTINGS_MODULE": "shenguan.web.settings",
    }


def prepare_home(*, demo: bool) -> None:
    """Migrate the database and fill an empty home with the demo city."""
    folder = home().resolve()
    os.environ.update(child_env())
    folder.mkdir(parents=True, exist_ok=True)
    run_step(shenguan("migrate"), what="更新数据库")
    if demo and is_empty(folder / DATABASE):
        make_demo(folder)


def make_demo(folder: Path) -> None:
    """Build the demo city aside and move it in whole: an interrupted one leaves nothing behind."""
    say("正在建立示范数据(示范市两级法院，2000 件)……")
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=folder) as aside:
        run_step(shenguan("--home", aside, *DEMO), what="建立示范数据")
        run_step(shenguan("--home", aside, "tick"), what="首次夜间任务")
        run_step(shenguan("--home", aside, "simulate-work", "--seed", "1"), what="示范办理记录")
        run_step(shenguan("--home", aside, "tick"), what="汇入办理记录")
        for old in folder.glob(f"{DATABASE}*"):
            old.unlink()
        for entry in Path(aside).iterdir():
            if not (folder / entry.name).exists():
                entry.rename(folder / entry.name)


def is_empty(database: Path) -> bool:
    """Tell whether a migrated database holds no event yet; one on a server is never touched."""
    if os.environ.get("SHENGUAN_DATABASE"):
        return False
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT 1 FROM cases_event LIMIT 1").fetchone() is None


def has_jobs() -> bool:
    """Tell whether this version has background jobs for a worker to do."""
    probe = [str(PYTHON), "-c", HAS_JOBS]
    return subprocess.run(probe, env=child_env(), capture_output=True, check=False).returncode == 0


def free_port(wanted: int) -> int:
    """Return `wanted`, or any free port when it is taken."""
    for candidate in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            number: int = probe.getsockname()[1]
            if wanted not in {0, number}:
                say(f"端口 {wanted} 被占用，改用 {number}。")
            return number
    raise SetupError("没有可用的端口。")


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a part of the platform; what it says goes to stderr, stdout tells the address alone."""
    return subprocess.Popen(command, env=child_env(), stdout=sys.stderr)


def wait_until_answering(port: int, web: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Return when the web server takes connections, raise when it can't be brought up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and web.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise SetupError("网页服务没有启动，原因见上。")


def wait_for_any(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until one of `children` ends and return its exit code: one down, all down."""
    while True:
        for child in children:
            if child.poll() is not None:
                return child.returncode
        time.sleep(0.5)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End all children, politely first."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    sys.stdout.flush()
    raise KeyboardInterrupt
