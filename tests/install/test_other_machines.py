"""Archives for machines that this one is not; half a gigabyte of downloads, so by command only."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.drill

SYSTEM_PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).resolve()


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_locked_package_has_a_wheel_for(arch, version, tmp_path):
    target = tmp_path / "offline.tar"
    options = ["--arch", arch, "--python", version, "-o", str(target)]
    subprocess.run([SYSTEM_PYTHON, "start.py", "bundle", *options], cwd=ROOT, check=True)
    with tarfile.open(target) as archive:
        wheels = [Path(name).stem for name in archive.getnames() if name.endswith(".whl")]
    pins = (ROOT / "requirements" / "base.txt").read_text().count("==")
    assert len(wheels) >= pins - 3  # packages that only Windows or another Python needs
    assert [name for name in wheels if not name.endswith((arch, "-any"))] == []
