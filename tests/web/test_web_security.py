"""Hostile reports stay text, forged requests are refused, and every answer forbids what a page must not do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from litestar.testing import TestClient

from recount.web.desk import Desk

SPELL = "<script>document.title='owned'</script>"
ATTACK = f"""Raid {SPELL} "><img src=x onerror=alert(1)>
Police said 14 militants were killed in Kech district on 11 March 2025 {SPELL} {{{{ 7*7 }}}} \u202egnp.exe\u202c.
"""


@pytest.fixture
def hostile(client: TestClient) -> str:
    """A report that tries everything; its id."""
    body = {
        "text": ATTACK * 2,
        "headline": f"Headline {SPELL}",
        "outlet": "'\"><svg onload=alert(1)>",
        "url": "javascript:alert(1)",
        "published": "2025-03-12",
    }
    return client.post("/api/reports", json=body).json()["reports"][0]


def test_what_a_report_says_is_never_markup(client: TestClient, hostile: str) -> None:
    told = client.get(f"/api/reports/{hostile}").json()["coding"]
    incidents = [i["id"] for i in client.get("/api/incidents").json()["incidents"]]
    assert told["claims"]
    for address in ["/", f"/reports/{hostile}", "/search?q=militants", "/log", *(f"/incidents/{i}" for i in incidents)]:
        page = client.get(address).text
        assert SPELL not in page
        assert "<img" not in page
        assert "<svg onload" not in page
        assert 'href="javascript' not in page
        assert ">49<" not in page


class Isolation(HTMLParser):
    """Collects text with direction controls that stands outside of any element that isolates it."""

    ISOLATES = frozenset({"bdi", "title", "option", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "path", "circle", "rect", "line"):
            self.open.append((tag, tag in self.ISOLATES or dict(attrs).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "\u202e" in data and not any(isolates for _, isolates in self.open):
            self.loose.append(data)


def test_text_direction_is_kept_inside_its_element(client: TestClient, hostile: str) -> None:
    for address in [f"/reports/{hostile}", "/search?q=gnp"]:
        page = client.get(address).text
        assert "\u202e" in page
        found = Isolation()
        found.feed(page)
        assert found.loose == []


def test_a_hostile_file_name_is_only_a_name(client: TestClient) -> None:
    name = "../../<script>alert(1)</script>.txt"
    token = client.headers["x-csrftoken"]
    answer = client.post("/add", files=[("files", (name, ATTACK.encode(), "text/plain"))], data={"_csrf_token": token})
    assert answer.status_code == 200
    assert "1 new" in answer.text
    for page in (answer.text, client.get("/log").text, client.get("/search?q=militants").text):
        assert "<script>alert" not in page


def test_a_paragraph_of_five_megabytes_is_shown_as_text(client: TestClient) -> None:
    text = "Police said 14 militants were killed in Kech on 11 March 2025. " + "word " * 1_000_000
    added = client.post("/api/reports", json={"text": text, "published": "2025-03-12"}).json()
    assert added["reports"]
    page = client.get(f"/reports/{added['reports'][0]}")
    assert page.status_code == 200
    assert len(page.text) > 5_000_000


@pytest.mark.parametrize(
    "address", ["/", "/queue", "/pictures", "/nowhere", "/api/incidents", "/static/desk.css", "/log"]
)
def test_every_answer_carries_the_rules(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_no_page_holds_inline_script_or_style(client: TestClient) -> None:
    incident = client.get("/api/incidents").json()["incidents"][0]["id"]
    report = re.findall(r"/reports/r_[0-9a-f]+", client.get(f"/incidents/{incident}").text)[0]
    for address in [
        "/",
        "/queue",
        "/pictures",
        "/log",
        "/people",
        "/add",
        "/search?q=x",
        f"/incidents/{incident}",
        report,
    ]:
        page = client.get(address).text
        assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
        assert re.findall(r"<[^>]+\s(?:style|on\w+)=", page) == []
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css)', page) == []


def test_a_write_without_the_token_is_refused(client: TestClient) -> None:
    del client.headers["x-csrftoken"]
    answer = client.post("/api/decisions", json={"decision": "right", "subjects": ["c_0"]})
    assert answer.status_code == 403
    client.headers["x-csrftoken"] = "0" * 128
    assert client.post("/api/decisions", json={"decision": "right", "subjects": ["c_0"]}).status_code == 403


def test_a_wrong_bearer_token_is_nobody(client: TestClient, desk: Desk) -> None:
    for key in ("wrong", "", desk.local_token + "x"):
        answer = client.post(
            "/api/decisions",
            json={"decision": "right", "subjects": ["c_0"]},
            headers={"authorization": f"Bearer {key}"},
        )
        assert answer.status_code in (401, 403)


def test_another_sites_name_is_refused(desk: Desk) -> None:
    from recount.cli.serve import answering
    from recount.web.app import make_app

    with TestClient(make_app(desk, hosts=answering("127.0.0.1", 8321, ())), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400
    with TestClient(make_app(desk, hosts=answering("127.0.0.1", 8321, ())), base_url="http://127.0.0.1:8321") as client:
        assert client.get("/").status_code == 200
