"""Who may post our forms (C8), and what every page tells the browser (C21, C22)."""

import pytest

from app.domain.access import Role
from app.web.headers import CSP
from tests.plugins.service import Service

RENAME = "/regions/330110/rename"
FORM = {"name_zh": "甲", "name_en": "A", "_version": "0"}


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
    ids=lambda value: str(value) if isinstance(value, bool) else " ".join(value.values()) or "nothing",
)
def test_a_form_is_taken_from_our_own_pages_only(
    sqlite_service: Service, headers: dict[str, str], taken: bool
) -> None:
    officer = sqlite_service.person(Role.STEERING_OFFICE)
    cookie = {"Cookie": f"pingyou={officer.cookie}"}

    answer = sqlite_service.client.post(RENAME, data=FORM, headers={**cookie, **headers})

    assert ("CROSS_SITE" in answer.text) is not taken
    assert (answer.status_code == 403) is not taken


@pytest.mark.parametrize("url", ["/regions", "/no-such-page", "/static/app.css", "/language?to=en"])
def test_every_answer_forbids_foreign_code_frames_and_guessing(sqlite_service: Service, url: str) -> None:
    headers = sqlite_service.client.get(url, follow_redirects=False).headers

    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_the_policy_names_our_own_origin_only() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))

    assert rules["default-src"] == "'none'"
    assert {
        rules[name] for name in ("script-src", "style-src", "connect-src", "font-src", "form-action")
    } == {"'self'"}
    assert rules["img-src"] == "'self' data:"
    assert {rules["base-uri"], rules["frame-ancestors"]} == {"'none'"}
    assert "unsafe" not in CSP
