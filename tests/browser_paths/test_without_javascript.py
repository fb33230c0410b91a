"""The long form works where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser_paths.desk import Desks
from tests.browser_paths.steps import (
    STORY,
    TITLE,
    begin_report,
    done,
    fill_report,
    part,
    press,
    submit_report,
)

pytestmark = pytest.mark.browser


def test_report_is_drafted_given_a_second_source_and_submitted_without_javascript(desks: Desks):
    page = desks.sit_down("reporter", java_script_enabled=False)

    begin_report(page)
    press(page, "Save draft")
    done(page, "The draft is kept.")
    fill_report(page)
    press(page, "Add a source")
    expect(part(page, "what").get_by_label("What happened")).to_have_value(STORY)
    part(page, "sources-1").get_by_label("Title").fill("行业通报")
    incident = submit_report(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("rowheader", name="行业通报")).to_be_visible()
    assert incident.startswith("INC-")


def test_draft_stays_where_it_was_when_a_form_is_sent_by_the_enter_key(desks: Desks):
    page = desks.sit_down("reporter", java_script_enabled=False)
    begin_report(page)

    part(page, "who").get_by_label("Title").press("Enter")

    done(page, "The draft is kept.")
