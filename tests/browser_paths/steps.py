"""What officers do on the pages, click by click, with and without JavaScript."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

TITLE = "关于推理轨迹批量采集的报告 (training)"
STORY = "同一支付卡的账户整夜索取逐步解答。Accounts with one payment card asked for worked steps."
PARTY = "示范深度研究有限公司"
ALIAS = "ООО «Пример глубокого исследования»"
LISTED, LISTED_ALIAS = "示范云岭计算有限公司", "ООО «Облачный хребет, пример»"


def part(page: Page, anchor: str) -> Locator:
    """A group of a long form."""
    return page.locator(f"#{anchor}")


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def done(page: Page, said: str) -> None:
    """Wait for the message that says what was done."""
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def begin_report(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Report an incident").click()
    part(page, "who").get_by_label("The owner of the model reports it").check()
    part(page, "who").get_by_label("Title").fill(TITLE)


def fill_report(page: Page) -> None:
    model, what, claim = part(page, "model"), part(page, "what"), part(page, "claim")
    model.get_by_label("Model", exact=True).fill("Northfield-5 (invented)")
    model.get_by_label("Yes").first.check()
    what.get_by_label("First day").fill("2026-03-02")
    what.get_by_label("Exchanges are").select_option("over")
    what.get_by_label("Exchanges (optional)").fill("1,250,000")
    what.get_by_label("What happened").fill(STORY)
    claim.get_by_label("Who alleges it").fill("Northfield Models, Inc.")
    claim.get_by_label("Alleged on").fill("2026-06-08")
    claim.get_by_label("The allegation").fill(f"{PARTY} is alleged to have collected answers.")
    answer = part(page, "answer")
    answer.get_by_label("Answer of the accused").select_option("none_found")
    answer.get_by_label("Day of the answer").fill("2026-06-12")
    source = part(page, "sources-0")
    source.get_by_label("Title").fill("Abuse report of the owner")
    source.get_by_label("What it is").select_option("owner_telemetry")


def submit_report(page: Page) -> str:
    """Review what was typed and put it on record; the reference of the report."""
    press(page, "Review")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the report")
    expect(page.get_by_text(TITLE)).to_be_visible()
    press(page, "Submit the report")
    done(page, "It is an allegation until decided.")
    return page.url.rpartition("/")[2]
