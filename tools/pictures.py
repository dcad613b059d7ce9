"""Pictures of the main pages for the documents: `python -m tools.pictures ADDRESS HOME`.

ADDRESS is a running platform with the demo city, HOME its folder. Needs Playwright and Chromium.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tools.environment import ROOT

TARGET = ROOT / "docs/images"
MOST_BYTES = 200_000
# file → who looks, at which page
PICTURES = {
    "today": ("shenguan", "/today/"),
    "home": ("yuanzhang", "/"),
    "case": ("shenguan", "/cases/1/"),
    "warnings": ("shenguan", "/warnings/"),
    "load": ("yuanzhang", "/load/"),
    "freestats": (
        "shenguan",
        "/freestats/?measure=filed_cases&measure=closed_cases&rows=court&columns=measure&period=2026",
    ),
    "indicator": ("shenguan", "/indicators/timely_closing_rate/"),
    "help": ("faguan", "/help/"),
}


def main() -> int:
    """Take every picture at 1366 × 768; fail when one is too large or a page doesn't answer."""
    from playwright.sync_api import sync_playwright

    address, home = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    first, *_rest = (home / "demo-accounts.txt").read_text("utf-8").splitlines()
    password = first.rsplit("：", 1)[1]
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=os.environ.get("SHENGUAN_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, (username, path) in PICTURES.items():
            screen = {"width": 1366, "height": 768}
            tab = chromium.new_page(viewport=screen, locale="zh-CN")  # type: ignore[arg-type]
            tab.goto(f"{address}/login/")
            tab.fill("input[name=username]", username)
            tab.fill("input[name=password]", password)
            tab.click("form:has(input[name=password]) button")
            tab.wait_for_selector("aside.side")
            answer = tab.goto(address + path)
            tab.wait_for_timeout(400)
            file = TARGET / f"{name}.png"
            tab.screenshot(path=file)
            tab.close()
            if answer is None or not answer.ok or file.stat().st_size > MOST_BYTES:
                raise SystemExit(f"{path}：{answer and answer.status}，{file.stat().st_size} 字节")
        chromium.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
