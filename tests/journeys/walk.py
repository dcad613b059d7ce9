"""One walk through every page of the menu, post by post, noting whatever a visitor would stumble over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
SCREENS: tuple[ViewportSize, ...] = ({"width": 1366, "height": 768}, {"width": 1440, "height": 900})
PATIENCE = 120_000
"""Milliseconds a page may take when the machine has much else to do."""
POSTS = {
    "shenguan": "审管办",
    "yuanzhang": "院长",
    "tingzhang": "庭长",
    "faguan": "法官",
    "shujiyuan": "书记员",
    "xitong": "系统管理员",
    "anquan": "安全管理员",
    "shenji": "审计管理员",
}
MENU = "[...document.querySelectorAll('aside.side nav a')].map(a => a.getAttribute('href'))"
LINKS = """[...new Set([...document.querySelectorAll('main a[href]')]
  .map(a => new URL(a.getAttribute('href'), document.baseURI))  // a.href of a drawing is no string
  .filter(u => u.origin === location.origin && !/format=|download/.test(u.href))
  .map(u => u.pathname + u.search))]"""
# Files to save, and the page of the interface's own library.
ELSEWHERE = ("/api/", "/papers/", "/files/")
# Pages by a name: one kind, whatever the name.
KEYED = re.compile(r"^(/rulebook/[a-z]+/|/indicators/|/(?:mine/)?lists/|/library/)[^/]+/")
# Rules of the serious and critical classes, and what each found element is.
FIND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.target} ${n.html.slice(0, 120)} ${
    (n.any[0] || n.all[0] || n.none[0] || {}).message || ''}`))"""
# Charts take a new width in the frame after the window has it.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# A page scrolls sideways, or a sheet or a table hides part of what it holds.
CUT = """() => {
  const wide = [], root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) wide.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
  const inner = document.documentElement.clientWidth;
  for (const box of document.querySelectorAll('main, main *')) {
    const name = `${box.tagName.toLowerCase()}.${box.className}`;
    const style = getComputedStyle(box);
    if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth && style.overflowX !== 'visible'
        && !box.matches('input, textarea, select, .visually-hidden'))
      wide.push(`${name} ${box.scrollWidth} > ${box.clientWidth}`);
    if (['TABLE', 'TD', 'TH', 'SECTION', 'FORM'].includes(box.tagName)
        && box.getBoundingClientRect().right > inner + 1)
      wide.push(`${name} ends at ${Math.round(box.getBoundingClientRect().right)} of ${inner}`);
  }
  return wide.slice(0, 4);
}"""


@dataclass(slots=True)
class Findings:
    """What went wrong where: `post address: what`, by kind."""

    axe: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Errors of the console, violations of the content policy among them."""
    broken: list[str] = field(default_factory=list)
    """Pages that don't answer 200."""
    seen: dict[str, list[str]] = field(default_factory=dict)
    """Addresses by post."""
    kinds: set[str] = field(default_factory=set)
    """Kinds of pages looked at so far."""


def walk(browser: Browser, site: str, password: str, posts: Mapping[str, str] = POSTS) -> Findings:
    """Visit the menu as every post and, once for each kind, the pages linked from there.

    Each kind of page is checked closely by the first post who sees it; that it fits, by every post.
    """
    found, checker = Findings(), AXE.read_text("utf-8")
    for username, post in posts.items():
        context = opened(browser)
        tab = context.new_page()
        listen(tab, found, post)
        tab.goto(f"{site}login/")
        if "/login/" not in found.kinds:
            found.kinds.add("/login/")
            look(tab, found, "登录页", checker)
        sign_in(tab, username, password)
        visit(tab, found, site, post, checker)
        context.close()
    return found


def walk_in_english(browser: Browser, site: str, password: str, posts: Iterable[str]) -> list[str]:
    """Visit every page of the menus once with the language switched; return what is cut off."""
    found, seen = Findings(), set[str]()
    for username in posts:
        context = opened(browser)
        context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
        tab = context.new_page()
        tab.goto(f"{site}login/")
        sign_in(tab, username, password)
        case = tab.evaluate(LINKS)
        menu = [*tab.evaluate(MENU), *[one for one in case if kind_of(one) == "/cases/n/"][:1]]
        for address in menu:
            if address == "/" or (address not in seen and not address.startswith(ELSEWHERE)):
                tab.goto(site.rstrip("/") + address)
                fits(tab, found, f"{username} {address}", SCREENS[:1])
                seen.add(address)
        context.close()
    return found.cut


def opened(browser: Browser, *, scripts: bool = True) -> BrowserContext:
    """Return a browser of its own for one person, patient on a busy machine."""
    context = browser.new_context(viewport=SCREENS[0], locale="zh-CN", java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE)
    return context


def visit(tab: Page, found: Findings, site: str, post: str, checker: str) -> None:
    """Walk through the menu of one post, then through what the pages there lead to."""
    menu = [one for one in tab.evaluate(MENU) if not one.startswith(ELSEWHERE)]
    below, seen = list[str](), found.seen.setdefault(post, [])
    for address in itertools.chain(menu, below):  # the second grows while the first is walked
        kind = kind_of(address)
        if (kind in found.kinds) if len(seen) >= len(menu) else (address in seen):
            continue
        answer = tab.goto(site.rstrip("/") + address)
        where = f"{post} {address}"
        seen.append(address)
        if answer is None or answer.status != 200:
            found.broken.append(f"{where}: {answer and answer.status}")
        fits(tab, found, where, screens=SCREENS if kind not in found.kinds else SCREENS[:1])
        if kind not in found.kinds or address == "/":
            look(tab, found, where, checker)
        found.kinds.add(kind)
        if len(seen) <= len(menu):
            below += [one for one in tab.evaluate(LINKS) if not one.startswith(ELSEWHERE)]


def kind_of(address: str) -> str:
    """Return the address with its numbers and codes left out: all cases share one page."""
    path = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    parts = KEYED.sub(r"\1n/", path).split("/")
    return "/".join("n" if re.search(r"[0-9A-Z_%]", part) else part for part in parts)


def listen(tab: Page, found: Findings, post: str) -> None:
    """Keep what the page complains of."""

    def hear(message: Any) -> None:
        if message.type in {"error", "warning"}:
            found.said.append(f"{post} {tab.url}: {message.text}")

    tab.on("console", hear)
    tab.on("pageerror", lambda error: found.said.append(f"{post} {tab.url}: {error}"))


def sign_in(tab: Page, username: str, password: str) -> None:
    """Sign in by the form that is open."""
    tab.fill("input[name=username]", username)
    tab.fill("input[name=password]", password)
    press(tab, "form:has(input[name=password]) button")
    tab.wait_for_selector("aside.side")


def press(tab: Page, what: str | Locator) -> None:
    """Click what leads to another page, and wait until it is there."""
    with tab.expect_navigation():
        (tab.locator(what).first if isinstance(what, str) else what).click()


def fits(tab: Page, found: Findings, where: str, screens: Sequence[ViewportSize]) -> None:
    """Note what isn't whole on the usual screens."""
    for screen in reversed(screens):
        tab.set_viewport_size(screen)
        tab.evaluate(SETTLED)
        found.cut += [f"{where} @{screen['width']}: {one}" for one in tab.evaluate(CUT)]


def look(tab: Page, found: Findings, where: str, checker: str) -> None:
    """Run the accessibility checker; by the debugger's door, which the content policy leaves open."""
    tab.evaluate(checker)
    found.axe += [f"{where}: {one}" for one in tab.evaluate(FIND)]
