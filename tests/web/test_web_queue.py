"""The queue: what comes first, what is done stays done, samples and agreement."""

from __future__ import annotations

import re
from typing import Any

from litestar.testing import TestClient

from recount.web.desk import Desk


def following(client: TestClient, **asked: str) -> dict[str, Any] | None:
    return client.get("/api/queue", params=asked).json()["item"]


def accept(client: TestClient, item: dict[str, Any], decision: str = "right", **more: Any) -> dict[str, Any]:
    subjects = [item["event_report"], item["others"][0]] if item["kind"] == "link" else item["claims"][:1]
    decision = "same" if item["kind"] == "link" and decision == "right" else decision
    body = {"decision": decision, "subjects": subjects, "item": item["id"], **more}
    answer = client.post("/api/decisions", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_items_come_by_rank_and_none_twice(client: TestClient) -> None:
    seen, item = [], following(client)
    while item is not None:
        seen.append((item["rank"], item["id"]))
        item = following(client, after=item["id"])
    assert len(seen) > 10
    assert seen == sorted(seen, key=lambda s: (-s[0], s[1]))
    assert len({i for _, i in seen}) == len(seen)


def test_a_decided_item_does_not_come_back_and_undoing_brings_it_back(client: TestClient) -> None:
    first = following(client, kind="contradiction")
    act = accept(client, first)
    assert following(client, kind="contradiction")["id"] != first["id"]
    client.post(f"/api/acts/{act['seq']}/undo", json={})
    assert following(client, kind="contradiction")["id"] == first["id"]


def test_the_queue_can_be_worked_to_its_end(client: TestClient) -> None:
    for _ in range(200):
        item = following(client)
        if item is None:
            break
        accept(client, item)
    assert following(client) is None
    progress = client.get("/api/queue").json()["progress"]
    assert progress["done"] == progress["of"] > 10
    assert "Nothing left to decide" in client.get("/queue").text


def test_the_page_shows_the_words_and_its_keys(client: TestClient) -> None:
    item = following(client, kind="mover")
    page = client.get("/queue?kind=mover").text
    assert f'data-item="{item["id"]}"' in page
    assert re.search(r"<blockquote[^>]*>.*<mark>", page)
    assert len(re.findall(r"<kbd>[A-Z]</kbd>", page)) >= 10
    assert "<html" not in client.get("/queue/item?kind=mover").text


def test_every_kind_of_item_can_be_shown(client: TestClient) -> None:
    for kind in ("link", "contradiction", "mover", "doubt"):
        item = following(client, kind=kind)
        assert item is not None
        while item is not None:
            shown = client.get("/queue/item", params={"item": item["id"]})
            assert f'data-item="{item["id"]}"' in shown.text
            item = following(client, kind=kind, after=item["id"])


def test_unsure_takes_an_item_off_without_changing_figures(client: TestClient) -> None:
    item = following(client, kind="mover")
    body = {"decision": "unsure", "subjects": [item["claims"][0], item["report"]], "item": item["id"]}
    before = client.get(f"/api/incidents/{item['incident']}").json()["figures"]
    assert client.post("/api/decisions", json=body).status_code == 201
    assert following(client, kind="mover")["id"] != item["id"]
    assert client.get(f"/api/incidents/{item['incident']}").json()["figures"] == before


def test_two_coders_on_one_sample(client: TestClient, desk: Desk) -> None:
    drawn = client.post("/api/samples", json={"name": "week one", "size": 10, "kinds": ["doubt", "mover"]})
    assert drawn.status_code == 201
    assert drawn.json()["agreement"]["alpha"] is None
    for coder in ("Mira", "Ben"):
        desk.coder = coder
        n = 0
        while (item := following(client, sample="week one")) is not None:
            accept(client, item, "wrong" if n % 3 == 0 or (coder == "Ben" and n == 1) else "right")
            n += 1
        assert n == 10
    told = client.get("/api/samples/week one").json()["agreement"]
    assert told["coders"] == ["Ben", "Mira"]
    assert (told["both"], told["same"], len(told["differing"])) == (10, 9, 1)
    # 20 codes, 9 wrong and 11 right, 2 of them in the one pair that differs: 1 - 19 * 2 / (2 * 9 * 11)
    assert told["alpha"] == round(1 - 19 * 2 / (2 * 9 * 11), 4)
    assert "0.808" in client.get("/samples").text


def test_a_sample_is_coded_blind(client: TestClient, desk: Desk) -> None:
    client.post("/api/samples", json={"name": "blind", "size": 30, "kinds": ["mover"]})
    item = following(client, sample="blind")
    count = {"type": "count", "low": 999, "high": 999, "approx": False}
    value = {"type": "toll", "harm": "killed", "side": "civilians", "count": count, "who": ""}
    accept(client, item, "corrected", value=value)
    desk.coder = "Ben"
    page = client.get("/queue/item", params={"sample": "blind", "item": item["id"]}).text
    assert "999" not in page
    assert "Mira" not in page


def test_a_name_is_taken_once(client: TestClient) -> None:
    client.post("/api/samples", json={"name": "one", "size": 1})
    assert client.post("/api/samples", json={"name": "one", "size": 1}).status_code == 400
