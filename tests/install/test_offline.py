"""A court's network has no internet: everything comes out of one archive."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import bundle

pytestmark = pytest.mark.offline

SYSTEM_PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
CUT = ["unshare", "-n"]
# Runs inside the namespace: brings up loopback there, starts the platform and asks for its page.
VISIT = """
import fcntl, re, signal, socket, struct, subprocess, sys, urllib.request
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x1 | 0x40))  # SIOCSIFFLAGS: up, running
web = subprocess.Popen([sys.executable, 'start.py'], text=True, stdout=subprocess.PIPE)
address = re.search(r'http://[^/]+/', web.stdout.readline()).group()
print(urllib.request.urlopen(address, timeout=20).read().decode())
web.send_signal(signal.SIGTERM)
sys.exit(web.wait(timeout=20))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "offline.tar"
    command = [SYSTEM_PYTHON, "start.py", "bundle", "--arch", platform.machine(), "-o", target]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return target


@pytest.fixture(scope="module")
def court(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source as it comes out of the archive, on a machine that has nothing else."""
    folder = tmp_path_factory.mktemp("court")
    bundle.unpack(archive, folder)
    return folder / "shenguan"


def on_the_court_machine(
    court: Path, *arguments: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(court.parent)}
    return subprocess.run(
        [*CUT, SYSTEM_PYTHON, *arguments],
        cwd=court,
        env=bare,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_network_is_really_cut():
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([*CUT, SYSTEM_PYTHON, "-c", code], capture_output=True, check=False)
    assert b"unreachable" in done.stderr


def test_a_changed_archive_is_refused(archive, court, tmp_path):
    changed = tmp_path / "changed.tar"
    changed.write_bytes(archive.read_bytes())
    with tarfile.open(changed) as tar:
        member = tar.getmember(
            "wheels/" + next(n[7:] for n in tar.getnames() if n.startswith("wheels/c"))
        )
    with changed.open("r+b") as handle:
        handle.seek(member.offset_data + member.size // 2)
        handle.write(b"changed!")
    done = on_the_court_machine(court, "start.py", "--offline", str(changed), "setup")
    assert done.returncode == 1
    assert "校验失败" in done.stderr
    assert not (court / ".venv").exists()


def test_a_court_installs_computes_and_serves_without_network(archive, court):
    case = {"id": "1", "case_type": "民初", "procedure": "简易程序", "as_of": "2026-02-01"}
    case["events"] = [{"on": "2026-01-15", "event": "立案"}]
    due = on_the_court_machine(
        court, "start.py", "--offline", str(archive), "cli", "due", stdin=json.dumps(case)
    )
    assert due.returncode == 0, due.stderr
    assert json.loads(due.stdout)["due"] == "2026-04-15"
    visit = on_the_court_machine(court, "-c", VISIT)
    assert visit.returncode == 0, visit.stderr
    assert "审管" in visit.stdout
    assert (court / "src/shenguan/base/papers/fonts/NotoSerifSC-Regular.ttf").exists()


def test_no_address_outside_is_asked_for_in_the_pages(court):
    pages = [*court.glob("src/**/templates/**/*.html")]
    assert [
        page.name for page in pages if "//cdn" in page.read_text() or "https://" in page.read_text()
    ] == []
