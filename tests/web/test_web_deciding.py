"""Decisions made at the desk: what they change, that they are kept and logged, and that they can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

from recount.store import Ledger
from recount.web.desk import Desk


def toll_claim(client: TestClient, place: str = "Gwoza") -> tuple[str, dict[str, Any]]:
    """An incident's id and its first toll claim."""
    incident = client.get("/api/incidents", params={"place": place}).json()["incidents"][0]["id"]
    told = client.get(f"/api/incidents/{incident}").json()
    return incident, next(c for c in told["claims"] if c["property"] == "toll")


def value(low: int, high: int | None, side: str = "civilians") -> dict[str, Any]:
    count = {"type": "count", "low": low, "high": high, "approx": False}
    return {"type": "toll", "harm": "killed", "side": side, "count": count, "who": ""}


def highest(client: TestClient, incident: str) -> list[int | None]:
    figures = client.get(f"/api/incidents/{incident}").json()["figures"]
    return [
        f["best"] for f in figures if f["rule_set"] == "highest" and f["side"] == "civilians" and f["harm"] == "killed"
    ]


def test_a_corrected_figure_counts_everywhere_and_says_who(client: TestClient) -> None:
    incident, claim = toll_claim(client)
    body = {"decision": "corrected", "subjects": [claim["id"]], "value": value(61, 61), "why": "a slip"}
    act = client.post("/api/decisions", json=body)
    assert act.status_code == 201
    assert act.json()["by"] == "Mira"
    assert highest(client, incident) == [61]
    assert "corrected by" in client.get(f"/incidents/{incident}").text
    listed = client.get("/api/incidents", params={"place": "Gwoza", "rules": "highest"}).json()
    assert listed["total"]["best"] >= 61


def test_a_rejected_figure_is_left_out_and_still_shown_as_rejected(client: TestClient) -> None:
    incident, claim = toll_claim(client)
    before = client.get(f"/api/incidents/{incident}").json()
    client.post("/api/decisions", json={"decision": "wrong", "subjects": [claim["id"]]})
    after = client.get(f"/api/incidents/{incident}").json()
    assert claim["id"] in {c["id"] for c in before["claims"]} - {c["id"] for c in after["claims"]}
    page = client.get(f"/reports/{claim['report']}").text
    assert "rejected by" in page
    assert claim["id"] in page


def test_an_undone_decision_leaves_everything_as_it_was_and_can_be_brought_back(client: TestClient) -> None:
    incident, claim = toll_claim(client)
    before = highest(client, incident)
    body = {"decision": "corrected", "subjects": [claim["id"]], "value": value(61, 61)}
    act = client.post("/api/decisions", json=body).json()
    undone = client.post(f"/api/acts/{act['seq']}/undo", json={}).json()
    assert highest(client, incident) == before
    client.post(f"/api/acts/{undone['seq']}/undo", json={})
    assert highest(client, incident) == [61]
    assert client.post(f"/api/acts/{undone['seq']}/undo", json={}).status_code == 400


def test_a_missed_claim_joins_its_account(client: TestClient) -> None:
    incident, claim = toll_claim(client)
    told = client.get(f"/api/incidents/{incident}").json()
    event = next(e for e in told["event_reports"] if claim["id"] in e["claims"])
    text = client.get(f"/api/reports/{event['report']}").json()["coding"]["report"]["text"]
    words = "an unknown number fled into the bush"
    start = text.index(words)
    body = {
        "report": event["report"],
        "start": start,
        "end": start + len(words),
        "value": value(80, None),
        "event_report": event["id"],
    }
    assert client.post("/api/claims", json=body).status_code == 201
    assert highest(client, incident) == [80]
    assert (
        "added by" in client.get(f"/reports/{event['report']}").text
        or words in client.get(f"/incidents/{incident}").text
    )


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "corrected", "subjects": ["c_0000000000000000"], "value": value(1, 1)},
        {"decision": "right", "subjects": ["i_0"]},
    ],
)
def test_a_decision_on_nothing_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/api/decisions", json=body).status_code == 404


@pytest.mark.parametrize("bounds", [(-1, 4), (5, 4), (None, None), (1, 99_000_000)])
def test_a_count_that_cannot_be_is_refused(client: TestClient, bounds: tuple[Any, Any]) -> None:
    _, claim = toll_claim(client)
    body = {"decision": "corrected", "subjects": [claim["id"]], "value": value(*bounds)}
    assert client.post("/api/decisions", json=body).status_code == 400


def test_splitting_merging_and_undoing(client: TestClient, ledger: Ledger) -> None:
    incident, _ = toll_claim(client)
    events = client.get(f"/api/incidents/{incident}").json()["incident"]["event_reports"]
    number = ledger.counts()["incidents"]
    act = client.post(f"/api/incidents/{incident}/split", json={"event_reports": events[-1:]}).json()
    assert ledger.counts()["incidents"] == number + 1
    apart = {i.id: i.event_reports for i in ledger.incidents()}
    other = next(i for i, told in apart.items() if events[-1] in told)
    assert events[0] not in apart[other]
    client.post(f"/api/acts/{act['seq']}/undo", json={})
    assert ledger.counts()["incidents"] == number
    client.post(f"/api/acts/{act['seq'] + 1}/undo", json={})
    assert ledger.counts()["incidents"] == number + 1
    client.post(f"/api/incidents/{incident}/merge", json={"other": other})
    assert ledger.counts()["incidents"] == number


def test_the_log_names_who_did_what_by_which_way(client: TestClient, desk: Desk) -> None:
    _, claim = toll_claim(client)
    body = {"decision": "right", "subjects": [claim["id"]], "why": "read twice"}
    client.post("/api/decisions", json=body, headers={"x-recount-page": "1"})
    client.post("/api/decisions", json=body, headers={"authorization": f"Bearer {desk.local_token}"})
    log = client.get("/api/acts").json()
    assert [(a["by"], a["way"], a["verb"], a["detail"]) for a in log] == [
        ("Mira", "api", "right", "read twice"),
        ("Mira", "page", "right", "read twice"),
    ]


def test_decisions_outlive_a_coding_by_other_rules(client: TestClient, ledger: Ledger, desk: Desk) -> None:
    import msgspec

    incident, claim = toll_claim(client)
    body = {"decision": "corrected", "subjects": [claim["id"]], "value": value(61, 61)}
    client.post("/api/decisions", json=body)
    again = ledger.coding(claim["report"])
    claims = tuple(msgspec.structs.replace(c, pack="newer", rule=f"{c.rule}.newer") for c in again.claims)
    ledger.keep([msgspec.structs.replace(again, claims=claims, pack="newer")])
    desk.changed()
    assert highest(client, incident) == [61]
