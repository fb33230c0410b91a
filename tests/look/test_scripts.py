"""What the small scripts do, in Chromium; every page works without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.look import content

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(timezone_id="Asia/Tokyo")
    yield context.new_page()
    context.close()


def test_draft_is_saved_after_two_quiet_seconds_in_washington_time(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")

    with page.expect_request("**/drafts") as sent:
        page.get_by_label("What happened").fill("A new sentence.")

    expect(page.locator("[data-autosave-status]")).to_have_text("Draft saved 14:05 EST")
    assert "conduct=A+new+sentence." in sent.value.post_data
    assert sent.value.headers["x-csrftoken"] == "invented-token"
    expect(page.locator("[name=version]")).to_have_value("3")


def test_second_save_names_the_version_of_the_draft_that_it_follows(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    field = page.get_by_label("What happened")
    with page.expect_request("**/drafts") as first:
        field.fill("One sentence.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Draft saved")

    with page.expect_request("**/drafts") as second:
        field.fill("One sentence and another.")

    assert "draft_version" not in first.value.post_data
    assert second.value.post_data.endswith("&draft_version=1")


def test_draft_is_saved_at_once_when_the_page_is_hidden(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    page.clock.install()
    page.get_by_label("Title").fill("Another title")

    with page.expect_request("**/drafts"):
        page.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", {value: true});
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )


def test_draft_that_cannot_be_saved_is_tried_again_and_keeps_its_text(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    page.clock.install()
    page.context.set_offline(True)
    field = page.get_by_label("What happened")

    field.fill("Typed while the line was down.")
    page.clock.run_for(2_500)
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("no connection")
    page.context.set_offline(False)
    page.clock.run_for(16_000)

    expect(status).to_contain_text("Draft saved")
    expect(field).to_have_value("Typed while the line was down.")


def test_draft_refused_for_a_newer_text_says_so(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")

    page.get_by_label("What happened").fill("refuse this one")

    expect(page.locator("[data-autosave-status]")).to_contain_text(
        "another window saved a newer draft"
    )


def test_leaving_with_an_unsaved_draft_asks_first(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    page.clock.install()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_label("Title").press_sequentially("x")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]


def test_nothing_typed_stays_in_the_storage_of_the_browser(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    page.get_by_label("What happened").fill("A confidential sentence.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Draft saved")

    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_form_is_sent_once_however_often_the_button_is_pressed(page: Page, address: str):
    content.FILED.clear()
    page.goto(f"{address}/gallery/form-filled")
    button = page.get_by_role("button", name="Withdraw the report")

    button.dblclick()
    page.wait_for_timeout(300)
    button.click(force=True)
    page.wait_for_timeout(300)

    assert content.FILED == ["invented-token"]
    expect(button).to_have_attribute("aria-disabled", "true")


def test_form_can_be_sent_again_when_no_answer_came(page: Page, address: str):
    page.goto(f"{address}/gallery/form-filled")
    page.clock.install()
    button = page.get_by_role("button", name="Withdraw the report")
    button.click()

    page.clock.run_for(16_000)

    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_session_warning_comes_more_than_two_minutes_ahead(page: Page, address: str):
    page.clock.install()
    page.goto(f"{address}/seconds/1800")
    dialog = page.get_by_role("dialog", name="You will be signed out soon")

    page.clock.run_for(1_640_000)
    expect(dialog).to_be_hidden()
    page.clock.run_for(20_000)

    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("2:20 minutes")


def test_staying_signed_in_sends_the_token_and_closes_the_warning(page: Page, address: str):
    page.goto(f"{address}/seconds/140")
    dialog = page.get_by_role("dialog")

    expect(dialog.get_by_role("link", name="Sign in again")).to_be_hidden()
    with page.expect_request("**/session/extend") as sent:
        dialog.get_by_role("button", name="Stay signed in").click()

    expect(dialog).to_be_hidden()
    assert sent.value.headers["x-csrftoken"] == "invented-token"


def test_ended_session_conceals_the_page_and_offers_to_sign_in(page: Page, address: str):
    page.goto(f"{address}/seconds/1")
    dialog = page.get_by_role("dialog", name="You are signed out")

    expect(dialog.get_by_role("link", name="Sign in again")).to_be_focused()
    page.keyboard.press("Escape")

    expect(dialog).to_be_visible()
    backdrop = page.evaluate(
        "getComputedStyle(document.querySelector('dialog'), '::backdrop').backgroundColor"
    )
    assert backdrop == "rgb(247, 249, 250)"


@pytest.mark.parametrize("seconds", [140, 1])
def test_session_dialog_breaks_no_rule_of_wcag(page: Page, address: str, axe: str, seconds):
    page.goto(f"{address}/seconds/{seconds}")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(1_200)

    page.evaluate(axe)
    found = page.evaluate("axe.run(document).then((r) => r.violations.map((v) => v.id))")

    assert found == []
