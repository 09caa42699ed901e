"""Pages on the sample reports: what they show, where their figures lead, and what an unknown address gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from recount.read import report_from_text
from recount.river import code
from recount.store import Ledger
from recount.web.desk import Desk


def ids(client: TestClient, **asked: str) -> list[str]:
    return [i["id"] for i in client.get("/api/incidents", params=asked).json()["incidents"]]


def test_the_overview_lists_every_incident(client: TestClient, ledger: Ledger) -> None:
    page = client.get("/").text
    for incident in ledger.incidents():
        assert f'href="/incidents/{incident.id}"' in page


def test_filters_in_the_address_choose_and_are_shown(client: TestClient) -> None:
    some = client.get("/", params={"disputed": "1"})
    assert f"<strong>{len(ids(client, disputed='true'))}</strong>" in some.text
    assert 'name="disputed" value="1" checked' in some.text
    assert 0 < len(ids(client, disputed="true")) < len(ids(client))


@pytest.mark.parametrize(
    "asked",
    [
        {"place": "Gwoza"},
        {"kind": "airstrike"},
        {"side": "civilians"},
        {"since": "2025-07", "until": "2025-08"},
        {"q": "farmers"},
    ],
    ids=lambda a: next(iter(a)),
)
def test_each_filter_lets_some_pass_and_some_not(client: TestClient, asked: dict[str, str]) -> None:
    assert 0 < len(ids(client, **asked)) < len(ids(client))


def test_only_the_results_come_to_a_script(client: TestClient) -> None:
    part = client.get("/", headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert 'id="incidents"' in part


def test_the_rule_set_changes_the_sum(client: TestClient) -> None:
    sums = {
        rules: client.get("/api/incidents", params={"rules": rules}).json()["total"] for rules in ("lowest", "highest")
    }
    assert sums["lowest"]["best"] < sums["highest"]["best"]
    assert "counted by <strong>highest</strong>" in client.get("/?rules=highest").text


def test_every_figure_of_the_overview_leads_to_words_that_are_there(client: TestClient) -> None:
    links = set(re.findall(r'href="(/incidents/[^"#]+)#(cell-[^"]+)"', client.get("/").text))
    assert len(links) > 20
    for address, anchor in links:
        page = client.get(address).text
        assert f'id="{anchor}"' in page
        assert re.search(rf'id="{anchor}">.*?<mark>', page, re.DOTALL)


def test_words_of_an_incident_lead_to_their_place_in_the_report(client: TestClient) -> None:
    page = client.get(f"/incidents/{ids(client, disputed='true')[0]}").text
    report, claim = re.findall(r'href="(/reports/[^"#]+)#(c_[0-9a-f]+)"', page)[0]
    text = client.get(report).text
    assert f'id="{claim}"' in text
    assert re.search(rf'<mark[^>]*data-claims="[^"]*{claim}', text)


def test_every_incident_and_report_has_a_page(client: TestClient, ledger: Ledger) -> None:
    for incident in ledger.incidents():
        assert client.get(f"/incidents/{incident.id}").status_code == 200
    for report in ledger.reports():
        assert client.get(f"/reports/{report.id}").status_code == 200


def test_a_report_stands_beside_the_next_of_its_incident(client: TestClient) -> None:
    page = client.get(f"/incidents/{ids(client, place='Gwoza')[0]}").text
    report = re.findall(r'href="(/reports/r_[0-9a-f]+)"', page)[0]
    beside = re.search(r'href="(/reports/\w+\?beside=\w+)"', client.get(report).text)
    assert beside
    assert client.get(beside[1]).text.count('class="text"') == 2


def test_search_finds_reports_claims_and_their_incidents(client: TestClient) -> None:
    page = client.get("/search", params={"q": "farmers"}).text
    assert "<mark>farmers</mark>" in page
    assert re.search(r'href="/incidents/i_', page)
    assert "No report holds" in client.get("/search", params={"q": "zeppelin"}).text


@pytest.mark.parametrize("address", ["/incidents/i_0", "/reports/r_0", "/nowhere", "/api/incidents/i_0"])
def test_an_unknown_address_is_answered_in_words(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("asked", ["since=yesterday", "kind=war", "rules=mine", "side=bad", "since=2025-02-30"])
def test_a_filter_that_means_nothing_is_named(client: TestClient, asked: str) -> None:
    answer = client.get(f"/?{asked}")
    assert answer.status_code == 400
    assert asked.split("=")[1] in answer.text


def test_an_empty_ledger_says_how_to_begin(tmp_path) -> None:
    from recount.settings import Settings
    from recount.store import open_ledger
    from recount.web.app import make_app

    with open_ledger(tmp_path / "empty.db") as book:
        desk = Desk(book, Settings())
        desk.changed()
        with TestClient(make_app(desk)) as client:
            assert "No incident is in this ledger yet" in client.get("/").text
        desk.stop()


@pytest.mark.parametrize("words", ["a\x00b", '"', "\x00", 'say "no', "* OR NEAR("])
def test_no_words_break_the_search(client: TestClient, words: str) -> None:
    for address in ("/api/search", "/search", "/"):
        assert client.get(address, params={"q": words}).status_code == 200


def test_a_report_that_was_fetched_says_when_and_where_it_is_kept(
    client: TestClient, ledger: Ledger, desk: Desk
) -> None:
    plain = next(ledger.reports())
    assert "Fetched" not in client.get(f"/reports/{plain.id}").text
    found = code(report_from_text("Two soldiers were killed near Dorval.", name="made", source="a.warc.gz:77"))
    at = datetime(2031, 3, 28, 9, 5, tzinfo=UTC)
    ledger.keep([replace(found, report=replace(found.report, fetched=at))])
    desk.changed()
    page = client.get(f"/reports/{found.report.id}").text
    assert "Fetched 2031-03-28 09:05 UTC, kept at" in page
    assert "a.warc.gz:77" in page
    assert found.report.sha256 in page
