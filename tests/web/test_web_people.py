"""A team's desk: who gets in, what each role may do, sessions and tokens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from recount.settings import Settings
from recount.store import Ledger, people
from recount.web.app import make_app
from recount.web.deciding import now
from recount.web.desk import Desk
from recount.web.people import new_account
from recount.web.security import COOKIE, CSRF_COOKIE

WORD = "correct horse battery"


@pytest.fixture
def team(ledger: Ledger) -> Iterator[Desk]:
    """A desk with one account for each role."""
    with ledger.connected(write=True) as writing:
        for role in people.ROLES:
            people.add_account(writing, new_account(f"the {role}", role, WORD, now()))
    made = Desk(ledger, Settings(), team=True)
    made.changed()
    yield made
    made.stop()


@pytest.fixture
def browser(team: Desk) -> Iterator[TestClient]:
    """Somebody who has not signed in."""
    with TestClient(make_app(team)) as found:
        found.get("/login")
        yield found


class Anything(dict[str, str]):
    """Fills the blanks of a path."""

    def __missing__(self, key: str) -> str:
        return "1" if key.startswith("seq") else "map"


def sign_in(client: TestClient, name: str, password: str = WORD) -> int:
    client.get("/login")
    client.headers["x-csrftoken"] = client.cookies[CSRF_COOKIE]
    form = {"name": name, "password": password, "_csrf_token": client.cookies[CSRF_COOKIE]}
    return client.post("/login", data=form, follow_redirects=False).status_code


@pytest.mark.parametrize(
    "address", ["/", "/incidents/i_0", "/queue", "/log", "/people", "/pictures", "/add", "/search?q=x"]
)
def test_pages_lead_to_the_sign_in(browser: TestClient, address: str) -> None:
    answer = browser.get(address, follow_redirects=False)
    assert answer.status_code in (302, 303, 307)
    assert answer.headers["location"] == "/login"


@pytest.mark.parametrize(
    "address", ["/api/incidents", "/api/acts", "/api/me", "/api/queue", "/api/accounts", "/api/pictures/map"]
)
def test_calls_are_refused(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 401


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(browser: TestClient) -> None:
    assert sign_in(browser, "the coder", "wrong wrong wrong") == 401
    assert sign_in(browser, "nobody") == 401
    assert sign_in(browser, "the coder") in (302, 303)
    assert browser.get("/api/me").json() == {"name": "the coder", "role": "coder"}


def test_each_role_may_do_its_own(browser: TestClient) -> None:
    allowed = {
        "the reader": {"/": 200, "/queue": 403, "/add": 403},
        "the coder": {"/": 200, "/queue": 200, "/add": 403},
        "the editor": {"/": 200, "/queue": 200, "/add": 200},
    }
    decision = {"decision": "right", "subjects": ["c_0"]}
    for name, pages in allowed.items():
        sign_in(browser, name)
        for address, status in pages.items():
            assert browser.get(address).status_code == status, (name, address)
        assert browser.post("/api/decisions", json=decision).status_code == (403 if name == "the reader" else 404)
        assert browser.get("/api/accounts").status_code == (200 if name == "the editor" else 403)


def test_a_session_gets_a_new_id_and_cannot_be_planted(browser: TestClient, team: Desk) -> None:
    planted = "f" * 64
    browser.get("/login")
    form = {"name": "the coder", "password": WORD, "_csrf_token": browser.cookies[CSRF_COOKIE]}
    cookies = {"cookie": f"{COOKIE}={planted}; {CSRF_COOKIE}={form['_csrf_token']}"}
    answer = browser.post("/login", data=form, headers=cookies, follow_redirects=False)
    given = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert planted not in given
    fresh = given.split(";")[0]
    assert browser.get("/api/me", headers={"cookie": fresh}).status_code == 200
    assert browser.get("/api/me", headers={"cookie": f"{COOKIE}={planted}"}).status_code == 401


def test_session_cookies_are_kept_from_scripts_and_other_sites(browser: TestClient) -> None:
    browser.get("/login")
    form = {"name": "the coder", "password": WORD, "_csrf_token": browser.cookies[CSRF_COOKIE]}
    answer = browser.post("/login", data=form, follow_redirects=False)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE)).lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_signing_out_ends_the_session_on_the_server(browser: TestClient) -> None:
    sign_in(browser, "the coder")
    session = browser.cookies[COOKIE]
    browser.post("/logout", data={"_csrf_token": browser.cookies[CSRF_COOKIE]}, follow_redirects=False)
    browser.cookies.set(COOKIE, session)
    assert browser.get("/api/me").status_code == 401


def test_a_closed_account_and_a_changed_password_end_sessions_and_tokens(browser: TestClient, team: Desk) -> None:
    sign_in(browser, "the coder")
    key = browser.post("/api/tokens", json={"label": "script"}).json()["key"]
    with_key = {"authorization": f"Bearer {key}"}
    assert browser.get("/api/me", headers=with_key).json()["name"] == "the coder"
    with team.ledger.connected(write=True) as writing:
        people.change_account(writing, "the coder", closed=now())
    assert browser.get("/api/me").status_code == 401
    assert browser.get("/api/me", headers=with_key).status_code == 401


def test_a_token_writes_without_a_cookie_and_can_be_ended(browser: TestClient, team: Desk) -> None:
    sign_in(browser, "the editor")
    made = browser.post("/api/tokens", json={"label": "loader"}).json()
    with TestClient(make_app(team)) as program:
        program.headers["authorization"] = f"Bearer {made['key']}"
        added = program.post(
            "/api/reports", json={"text": "Nothing happened in Kech today.", "published": "2025-03-01"}
        )
        assert added.status_code == 201
        assert program.get("/api/acts").json()[0]["way"] == "api"
        assert browser.request("DELETE", f"/api/tokens/{made['id']}").status_code == 200
        assert program.get("/api/me").status_code == 401
    assert made["key"] not in browser.get("/people").text


def test_accounts_are_made_changed_and_logged(browser: TestClient) -> None:
    sign_in(browser, "the editor")
    body = {"name": "Asha", "role": "reader", "password": WORD}
    assert browser.post("/api/accounts", json=body).status_code == 201
    assert browser.post("/api/accounts", json=body).status_code == 400
    assert browser.post("/api/accounts", json={**body, "name": "Short", "password": "short"}).status_code == 400
    assert browser.patch("/api/accounts/Asha", json={"role": "coder"}).json()["role"] == "coder"
    assert browser.patch("/api/accounts/the editor", json={"role": "reader"}).status_code == 400
    assert [a["verb"] for a in browser.get("/api/acts").json()][:2] == ["account", "account"]
    assert WORD not in browser.get("/log").text


def test_guessing_is_slowed(browser: TestClient) -> None:
    answers = [sign_in(browser, "the coder", f"guess number {n}") for n in range(12)]
    assert answers[-1] == 429


def test_the_local_token_opens_no_team_desk(browser: TestClient, team: Desk) -> None:
    assert browser.get("/api/me", headers={"authorization": f"Bearer {team.local_token}"}).status_code == 401
