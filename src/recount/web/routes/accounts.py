"""People: signing in and out, accounts with their roles, tokens for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Response, delete, get, patch, post
from litestar.enums import RequestEncodingType
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import Body, JSONBody
from litestar.response import Redirect
from msgspec import Meta

from recount import records as r
from recount.errors import WrongUse
from recount.store import people
from recount.store.people import ROLES, Account
from recount.web import deciding
from recount.web.calling import Called, Id, TheDesk, in_thread
from recount.web.deciding import now
from recount.web.people import mark_of, needs, new_account, new_token, proves, secret_of
from recount.web.rendering import Asked, page
from recount.web.routes.writing import who
from recount.web.security import fresh_session
from recount.web.strings import say

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Role = Literal["reader", "coder", "editor"]
Text = Annotated[str, Meta(max_length=1000)]
TRIES = RateLimitConfig(rate_limit=("minute", 10))
"""Attempts to sign in from one address."""


class Person(r.Record, frozen=True):
    """An account as others may see it."""

    name: str
    role: str
    made: str
    closed: str | None


class NewPerson(r.Record, frozen=True, forbid_unknown_fields=True):
    """An account to make."""

    name: Text
    role: Role
    password: Text


class Changed(r.Record, frozen=True, forbid_unknown_fields=True):
    """What to change of an account."""

    role: Role | None = None
    password: Text | None = None
    closed: bool | None = None


class NewToken(r.Record, frozen=True, forbid_unknown_fields=True):
    """A token to make for one's own programs."""

    label: Text = ""


class TokenShown(r.Record, frozen=True):
    """A token; `key` is told once, when it is made."""

    id: str
    label: str
    made: str
    ended: str | None
    key: str | None = None


@get("/login", exclude_from_auth=True)
@in_thread
def login_page(request: Asked) -> Response[str]:
    """The form."""
    return page(request, "login.html", fault="")


@post(
    "/login",
    exclude_from_auth=True,
    middleware=[TRIES.middleware],
    status_code=200,
    include_in_schema=False,
)
@in_thread
def login(request: Asked, desk: TheDesk, data: Form) -> Response[Any]:
    """Sign in; the session gets a new id."""
    if not desk.team:
        return Redirect("/")
    name, password = data.get("name", "").strip()[:100], data.get("password", "")
    with desk.reading() as reading:
        found = people.account(reading, name)
    if not proves(found, password) or found is None:
        return page(request, "login.html", status=401, fault=say("people.wrong"))
    request.scope.setdefault("state", {})["fresh_session"] = fresh_session()
    request.set_session({"name": found.name, "mark": mark_of(found)})
    return Redirect("/", status_code=303)


@post("/logout", status_code=200, include_in_schema=False)
@in_thread
def logout(request: Asked, desk: TheDesk) -> Response[Any]:
    """Sign out: the session ends on the server."""
    if desk.team:
        request.clear_session()
    return Redirect("/login" if desk.team else "/", status_code=303)


@get("/people", guards=[needs("reader")])
@in_thread
def people_page(request: Asked, desk: TheDesk) -> Response[str]:
    """Who one is, one's tokens, and, for editors, the accounts."""
    with desk.reading() as reading:
        mine = people.tokens_of(reading, request.user.name)
        everybody = people.accounts(reading) if request.user.may("editor") else []
        known = people.account(reading, request.user.name) is not None
    return page(request, "people.html", tokens=mine, accounts=everybody, roles=ROLES, known=known)


@get("/api/me", guards=[needs("reader")], tags=["recount"])
@in_thread
def me(request: Called) -> dict[str, str]:
    """Who one is, and in which role."""
    return {"name": request.user.name, "role": request.user.role}


@get("/api/accounts", guards=[needs("editor")], tags=["recount"])
@in_thread
def accounts(desk: TheDesk) -> list[Person]:
    """All accounts."""
    with desk.reading() as reading:
        return [_person(a) for a in people.accounts(reading)]


@post("/api/accounts", guards=[needs("editor")], tags=["recount"])
@in_thread
def add_account(request: Called, desk: TheDesk, data: JSONBody[NewPerson]) -> Person:
    """Make an account."""
    made = new_account(data.name, data.role, data.password, now())
    with desk.ledger.connected(write=True) as writing:
        people.add_account(writing, made)
    deciding.note(desk, who(request), "account", made.name, f"made as {made.role}")
    return _person(made)


@patch("/api/accounts/{name:str}", guards=[needs("editor")], tags=["recount"])
@in_thread
def change_account(request: Called, desk: TheDesk, name: Id, data: JSONBody[Changed]) -> Person:
    """Change an account's role or password, close it or open it again. The last open editor stays one."""
    changed: dict[str, str | None] = {}
    if data.role is not None:
        changed["role"] = data.role
    if data.password is not None:
        changed["secret"] = secret_of(data.password)
    if data.closed is not None:
        changed["closed"] = now() if data.closed else None
    if not changed:
        raise WrongUse("there is nothing to change", name, "Give a role, a password, or closed.")
    with desk.ledger.connected(write=True) as writing:
        found = people.change_account(writing, name, **changed)
        if not any(a.role == "editor" and not a.closed for a in people.accounts(writing)):
            raise WrongUse("somebody must stay an editor", name, "Make another editor first.")
    told = ", ".join("password" if k == "secret" else f"{k}: {v}" for k, v in changed.items())
    deciding.note(desk, who(request), "account", name, told)
    return _person(found)


@post("/api/tokens", guards=[needs("coder")], tags=["recount"])
@in_thread
def add_token(request: Called, desk: TheDesk, data: JSONBody[NewToken]) -> TokenShown:
    """Make a token for one's own programs; its key is told once."""
    with desk.ledger.connected(write=True) as writing:
        if people.account(writing, request.user.name) is None:
            raise WrongUse(
                "tokens belong to accounts", request.user.name, "Start with --show-token, or make an account."
            )
        made, key = new_token(request.user.name, data.label, now())
        people.add_token(writing, made)
    deciding.note(desk, who(request), "token", made.id, "made")
    return TokenShown(id=made.id, label=made.label, made=made.made, ended=None, key=key)


@delete("/api/tokens/{token:str}", guards=[needs("coder")], status_code=200, tags=["recount"])
@in_thread
def end_token(request: Called, desk: TheDesk, token: Id) -> dict[str, str]:
    """End one of one's own tokens."""
    with desk.ledger.connected(write=True) as writing:
        people.end_token(writing, request.user.name, token, now())
    deciding.note(desk, who(request), "token", token, "ended")
    return {"ended": token}


def _person(account: Account) -> Person:
    return Person(name=account.name, role=account.role, made=account.made, closed=account.closed)


handlers = [
    login_page,
    login,
    logout,
    people_page,
    me,
    accounts,
    add_account,
    change_account,
    add_token,
    end_token,
]
