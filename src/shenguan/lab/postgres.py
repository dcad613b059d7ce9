"""A PostgreSQL server to throw away: for tests, and for benches that compare with one.

Standard library only: the tools of a checkout start it before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def server_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, None where there are none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if folders:
        return folders[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def throw_away_server(programs: Path) -> Iterator[str]:
    """Run a server and yield its address; nothing of it stays behind."""
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
