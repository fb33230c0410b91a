from __future__ import annotations

import pytest

from tests.factories import make_officer
from views.access import public

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
DIRECTIVES = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def crash():
    raise ZeroDivisionError("a secret of the machine")


@pytest.fixture
def app(fresh_app):
    return fresh_app


@pytest.fixture
def answers(app, db, sign_in):
    """One answer of each kind that the application gives."""
    app.add_url_rule("/crash", view_func=public(crash))
    client = sign_in(make_officer(db, "auditor"))
    return {
        "page": client.get("/statute"),
        "sign-in": client.get("/sign-in"),
        "redirect": client.post_form("/audit/verify"),
        "bad form": client.post("/audit/verify", data={"csrf_token": "forged"}),
        "forbidden": client.get("/people"),
        "not found": client.get("/no-such-page"),
        "wrong method": client.get("/audit/verify"),
        "too large": client.post_form("/audit/verify", {"filler": "x" * 1_200_000}),
        "crash": client.get("/crash"),
        "static": client.get("/static/img/docket.svg"),
        "health": client.get("/healthz"),
    }


EXPECTED = {
    "page": 200,
    "sign-in": 302,
    "redirect": 303,
    "bad form": 400,
    "forbidden": 403,
    "not found": 404,
    "wrong method": 405,
    "too large": 413,
    "crash": 500,
    "static": 200,
    "health": 200,
}


def test_every_answer_carries_the_protective_headers(answers):
    assert {name: answer.status_code for name, answer in answers.items()} == EXPECTED
    for name, answer in answers.items():
        for header, value in ALWAYS.items():
            assert answer.headers.get(header) == value, f"{header} of {name}"
        policy = answer.headers["Content-Security-Policy"]
        assert set(policy.split("; ")) >= DIRECTIVES, name
        assert "unsafe" not in policy, name


def test_no_page_may_be_kept_and_every_page_depends_on_the_cookie(answers):
    for name, answer in answers.items():
        if name == "static":
            continue
        assert answer.headers["Cache-Control"] == "no-store", name
        assert "Cookie" in answer.headers["Vary"], name


@pytest.mark.parametrize("path", ["/static/img/docket.svg", "/static/fonts/PublicSans.ttf"])
def test_static_files_may_be_kept_for_a_year_by_everybody(client, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_no_answer_tells_what_it_is_made_with(answers):
    for name, answer in answers.items():
        assert "Server" not in answer.headers, name
        assert "X-Powered-By" not in answer.headers, name


def test_a_fault_shows_no_trace_of_the_inside(answers):
    page = answers["crash"].text

    for word in ("Traceback", "ZeroDivisionError", "a secret of the machine", "File "):
        assert word not in page
    assert "Something went wrong" in page


def test_pages_load_nothing_from_elsewhere_and_carry_no_inline_script_or_style(answers):
    for name in ("page", "forbidden", "not found", "crash"):
        page = answers[name].text
        assert "<style" not in page, name
        assert ' style="' not in page, name
        assert " onclick=" not in page, name
        for part in page.split("<script")[1:]:
            assert part.split(">")[1].startswith("</script"), name
        for attribute in ('src="', 'rel="stylesheet" href="'):
            for part in page.split(attribute)[1:]:
                assert part.startswith("/"), name


def test_over_https_browsers_are_told_to_stay_there_and_the_cookie_is_bound_to_the_host(
    client_with, db
):
    client = client_with(base_url="https://localhost")
    client.sign_in_as(make_officer(db, "auditor"))

    answer = client.post_form(
        "/audit/verify",
        base_url="https://localhost",
        headers={"Referer": "https://localhost/audit"},
    )

    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-docket=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_over_plain_http_nothing_promises_https(answers):
    assert "Strict-Transport-Security" not in answers["page"].headers
