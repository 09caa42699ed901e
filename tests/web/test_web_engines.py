"""The desk on a PostgreSQL ledger answers as on a file: the same lists, the same search, the same decisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from litestar.testing import TestClient

from postgres_server import Server
from recount.settings import Settings
from recount.store import Ledger, copying, open_ledger
from recount.web.app import make_app
from recount.web.desk import Desk, index_path

pytestmark = pytest.mark.postgres
ASKED = (
    "/api/incidents",
    "/api/incidents?disputed=true&sort=toll",
    "/api/search?q=gwoza",
    "/api/search?q=Gwözá",
    '/api/search?q="police said"',
    "/api/search?q=soldiers militants",
    "/api/search?q=nothinglikethis",
    "/api/queue",
)


@pytest.fixture
def on_server(ledger: Ledger, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The samples' ledger, copied to a server; lists of it are kept under the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with open_ledger(server.create(f"desk{uuid4().hex[:8]}")) as made:
        copying.copy(ledger, made)
        yield made


def client_of(ledger: Ledger) -> Iterator[TestClient]:
    desk = Desk(ledger, Settings(), coder="Mira")
    desk.changed()
    with TestClient(make_app(desk)) as found:
        found.get("/")
        found.headers["x-csrftoken"] = found.cookies["recount-csrf"]
        yield found
    desk.stop()


@pytest.fixture
def there(on_server: Ledger) -> Iterator[TestClient]:
    yield from client_of(on_server)


def test_every_list_and_search_is_the_same(client: TestClient, there: TestClient) -> None:
    for address in ASKED:
        one, other = client.get(address), there.get(address)
        assert one.status_code == other.status_code == 200, (address, other.text)
        assert one.json() == other.json(), address
    assert client.get("/api/search?q=gwoza").json()["n"] > 0


def test_pages_are_the_same_but_for_the_ledgers_name(client: TestClient, there: TestClient) -> None:
    incident = client.get("/api/incidents").json()["incidents"][0]["id"]
    for address in (f"/incidents/{incident}", "/pictures", "/log"):
        assert there.get(address).status_code == client.get(address).status_code == 200
    assert "postgresql://" in there.get("/log").text


def test_a_decision_is_kept_there_and_stands_after_a_restart(there: TestClient, on_server: Ledger) -> None:
    claim = next(iter(on_server.claims()))
    made = there.post("/api/decisions", json={"decision": "wrong", "subjects": [claim.id]})
    assert made.status_code == 201, made.text
    for again in client_of(on_server):
        assert [act["target"] for act in again.get("/api/acts").json()] == [claim.id]


def test_the_lists_of_a_server_lie_in_the_users_own_folder_without_its_address(on_server: Ledger) -> None:
    path = index_path(on_server)
    assert path is not None
    assert path.parent.name == "desk"
    assert "recount@" not in path.name


def test_lists_made_from_another_past_are_made_anew(there: TestClient, ledger: Ledger, on_server: Ledger) -> None:
    index = Desk(on_server, Settings()).index
    with index.writing() as writing:
        writing.execute("UPDATE state SET value = '9999 9999 x' WHERE name = 'now'")
        writing.execute("DELETE FROM words WHERE false")
    from recount.web.index.fill import refresh

    assert refresh(on_server, index) == on_server.counts()["incidents"]
    assert refresh(on_server, index) == 0
    index.close()
