"""What those who keep the desk running look at: health, numbers, the lines of the log, and what a proxy changes."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from recount.errors import LedgerError
from recount.store import Ledger
from recount.web import logs
from recount.web.app import make_app
from recount.web.desk import Desk
from recount.web.people import new_account


class Lines:
    """Takes what would be logged."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def info(self, event: str, **values: Any) -> None:
        self.told.append({"event": event, **values})


@pytest.fixture
def broken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose ledger does not answer."""

    def fail(*_: object, **__: object) -> Any:
        raise LedgerError("the server of the ledger cannot be reached", "postgresql://mira@db/recount", "Check it.")

    monkeypatch.setattr(desk.ledger, "connected", fail)
    monkeypatch.setattr(desk.ledger, "counts", fail)
    return desk


def test_a_desk_that_works_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "alive"}
    for address in ("/health", "/health/ready"):
        found = client.get(address)
        assert (found.status_code, found.json()["status"]) == (200, "ready")


def test_a_desk_without_its_ledger_is_alive_and_not_ready_and_tells_no_secret(broken: Desk) -> None:
    broken.changed()
    with TestClient(make_app(broken)) as client:
        assert client.get("/health/live").status_code == 200
        found = client.get("/health")
        assert found.status_code == 503
        assert "mira" not in found.text
        assert "recount_ledger_up 0.0" in client.get("/metrics").text
        assert "recount_lists_behind 1.0" in client.get("/metrics").text


def test_the_numbers_are_those_of_the_ledger(client: TestClient, ledger: Ledger) -> None:
    found = client.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain")
    values = dict(line.rsplit(" ", 1) for line in found.text.splitlines() if not line.startswith("#"))
    for name, number in ledger.counts().items():
        if f"recount_{name}" in values:
            assert float(values[f"recount_{name}"]) == number
    assert float(values["recount_reports"]) > 10
    assert values["recount_ledger_up"] == "1.0"


def test_requests_are_counted_by_route_and_never_by_address(client: TestClient) -> None:
    for address in ("/reports/r_one", "/reports/r_two", "/nowhere/at/all", "/search?q=secretword"):
        client.get(address)
    found = client.get("/metrics").text
    assert 'recount_request_seconds_count{method="GET",route="/reports/{report_id}",status="404"} 2.0' in found
    assert 'route="none",status="404"} 1.0' in found
    assert "r_one" not in found
    assert "nowhere" not in found
    assert "secretword" not in found


def test_a_team_tells_its_numbers_to_its_people_only(ledger: Ledger) -> None:
    from recount.store import people
    from recount.web.people import new_token

    with ledger.connected(write=True) as writing:
        people.add_account(writing, new_account("monitor", "reader", "a long password", "2025"))
        token, key = new_token("monitor", "prometheus", "2025")
        people.add_token(writing, token)
    desk = Desk(ledger, ledger_settings(), team=True)
    with TestClient(make_app(desk)) as client:
        assert client.get("/metrics", follow_redirects=False).headers["location"] == "/login"
        assert "recount_reports" in client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text
        assert client.get("/health").status_code == 200
    desk.stop()


def ledger_settings() -> Any:
    from recount.settings import Settings

    return Settings()


def test_each_request_is_one_line_without_words_or_secrets(desk: Desk) -> None:
    lines = Lines()
    with TestClient(make_app(desk, requests=lines)) as client:
        client.get(
            "/search?q=secretword",
            headers={"Authorization": f"Bearer {desk.local_token}", "X-Request-Id": "from-the-proxy"},
        )
        client.get("/hidden/secretword")
        client.get("/health")
        client.get("/")
    assert [(line["route"], line["status"]) for line in lines.told] == [("/search", 200), ("none", 404), ("/", 200)]
    assert lines.told[0]["id"] == "from-the-proxy"
    assert lines.told[2]["bytes"] > 1000
    assert lines.told[2]["ms"] > 0
    for word in ("secretword", desk.local_token):
        assert word not in json.dumps(lines.told)


def test_a_given_name_that_is_none_is_replaced(client: TestClient) -> None:
    assert client.get("/", headers={"X-Request-Id": "a b"}).headers["x-request-id"] != "a b"
    assert client.get("/", headers={"X-Request-Id": "trace-0123"}).headers["x-request-id"] == "trace-0123"


@pytest.fixture
def rooted(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk, root="/recount")) as client:
        yield client


@pytest.mark.parametrize("prefix", ["", "/recount"])
def test_under_a_path_the_desk_answers_whether_the_proxy_takes_it_off_or_not(rooted: TestClient, prefix: str) -> None:
    for address in ("/", "/health", "/static/desk.css", "/api/incidents", "/search"):
        assert rooted.get(prefix + address).status_code == 200


def test_cookies_that_came_by_https_go_back_by_https_only(desk: Desk) -> None:
    for scheme in ("http", "https"):
        with TestClient(make_app(desk), base_url=f"{scheme}://desk.example") as client:
            cookies = client.get("/").headers.get_list("set-cookie")
            assert cookies
            assert all(("secure" in cookie.lower()) == (scheme == "https") for cookie in cookies)


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger()
    before, level = list(logger.handlers), logger.level
    yield logger
    logger.handlers[:] = before
    logger.setLevel(level)


def test_the_log_is_json_and_a_fault_keeps_its_words_to_itself(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    requests = logs.begin("json")
    requests.info("request", route="/", status=200)
    try:
        raise ValueError("words of a report")
    except ValueError as fault:
        logging.getLogger("recount.web").error("request failed: %s", "/", exc_info=fault)
    one, other = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (one["event"], one["status"], one["level"]) == ("request", 200, "info")
    assert one["at"].endswith("Z")
    assert other["fault"] == "ValueError"
    assert "test_web_health" in other["frames"][0]
    assert "words of a report" not in json.dumps(other)


def test_no_log_is_no_log(root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    assert logs.begin("off") is None
    assert logs.begin("plain") is None
    logging.getLogger("recount").info("nothing to see")
    assert capsys.readouterr().err == ""


def test_under_a_path_every_address_of_a_page_is_under_it(rooted: TestClient) -> None:
    incident = rooted.get("/api/incidents").json()["incidents"][0]["id"]
    for address in ("/", f"/incidents/{incident}", "/queue", "/queue/item", "/pictures", "/log", "/people", "/add"):
        page = rooted.get(f"/recount{address}").text
        found = re.findall(r"""=["'](/[^"']*)""", page)
        assert found
        assert [a for a in found if not a.startswith("/recount")] == []
        assert [a for a in found if a.startswith("/recount/recount")] == []
        assert address == "/queue/item" or 'data-root="/recount"' in page


def test_under_a_path_redirects_stay_there(ledger: Ledger) -> None:
    desk = Desk(ledger, ledger_settings(), team=True)
    with TestClient(make_app(desk, root="/recount")) as client:
        assert client.get("/recount/queue", follow_redirects=False).headers["location"] == "/recount/login"
    desk.stop()
