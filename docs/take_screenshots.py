"""Take the pictures of the README from the running demo.

    make run                                   # in one terminal
    .venv/bin/python docs/take_screenshots.py  # in another

Signs in with the accounts of `var/demo/accounts.txt` and needs Debian's Chromium. The demo holds no
usage log: pictures 20 and 21 are cut from those that `tests/browser_paths/test_usage_log.py` takes.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "screenshots"
BASE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
DATA = Path(os.environ.get("DOCKET_DATA_DIR") or ROOT / "var")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Shot:
    """A picture `name`.png of `path` as `officer` sees it; `follow` is a link to click there."""

    name: str
    officer: str
    path: str
    follow: str = ""


CASE = "/cases/MEA-2026-00002"
SHOTS = (
    Shot("01-my-work", "officer", "/"),
    Shot("02-incidents", "officer", "/incidents"),
    Shot("03-incident", "officer", "/incidents/INC-2026-00001"),
    Shot("04-file-an-incident", "reporter", "/incidents/new"),
    Shot("05-entity", "analyst", "/entities?q=训练示例", "训练示例智能科技有限公司"),
    Shot("06-case", "officer", CASE),
    Shot("07-findings", "analyst", f"{CASE}/findings"),
    Shot("08-evidence", "analyst", f"{CASE}/evidence"),
    Shot("09-positions", "officer", f"{CASE}/positions"),
    Shot("10-measures", "reviewer", f"{CASE}/measures"),
    Shot("11-packets", "records", f"{CASE}/packets"),
    Shot("12-history", "officer", f"{CASE}/history"),
    Shot("13-markings", "records", f"{CASE}/markings"),
    Shot("14-public-list", "records", f"{CASE}/listing"),
    Shot("15-attackers-list", "officer", "/attackers-list"),
    Shot("16-votes", "delegate-state", f"{CASE}/votes"),
    Shot("17-petition", "officer", f"{CASE}/petitions"),
    Shot("18-reports", "records", "/reports"),
    Shot("19-calendar", "officer", "/calendar"),
)


def passwords() -> dict[str, str]:
    """The key of each demo officer (the part of the address before the @) and the password."""
    found = {}
    for line in (DATA / "demo" / "accounts.txt").read_text().splitlines():
        address, _, rest = line.partition(" ")
        if "@" in address:
            found[address.split("@")[0]] = rest.split()[0]
    return found


def sign_in(browser: Browser, key: str, password: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, device_scale_factor=1)
    page = context.new_page()
    page.goto(f"{BASE}/sign-in")
    page.get_by_label("E-mail address").fill(f"{key}@demo.example")
    page.get_by_label("Password").fill(password)
    page.get_by_label("I have read").check()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{BASE}/")
    return page


def main() -> int:
    known = passwords()
    PICTURES.mkdir(exist_ok=True)
    pages: dict[str, Page] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for shot in SHOTS:
            if shot.officer not in pages:
                pages[shot.officer] = sign_in(browser, shot.officer, known[shot.officer])
            page = pages[shot.officer]
            answer = page.goto(BASE + shot.path)
            if shot.follow:
                page.get_by_role("link", name=shot.follow).first.click()
            if answer is None or not answer.ok:
                sys.stderr.write(f"{shot.path} answers {answer and answer.status}\n")
                return 1
            page.screenshot(path=PICTURES / f"{shot.name}.png")
            print(f"{shot.name}.png  {shot.path}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
