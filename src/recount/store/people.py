"""Accounts and tokens of people who share a ledger: rows in, rows out. Passwords and tokens are kept as hashes only."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, select

from recount.errors import NotFound, WrongUse
from recount.records import Record
from recount.store import schema as s

Role = Literal["reader", "coder", "editor"]
ROLES: tuple[Role, ...] = ("reader", "coder", "editor")
"""What each may do: read; decide on claims and links; also add reports, draw samples and manage accounts."""


class Account(Record, frozen=True):
    """A person. `secret` is the password's hash; `closed` is when the account was closed, None while it is open."""

    name: str
    role: Role
    secret: str
    made: str
    closed: str | None = None


class Token(Record, frozen=True):
    """A program's key to an account, by its hash."""

    id: str
    account: str
    label: str
    hash: str
    made: str
    ended: str | None = None


def accounts(connection: Connection) -> list[Account]:
    """All accounts by name, closed ones too."""
    rows = connection.execute(select(s.accounts).order_by(s.accounts.c.name)).mappings()
    return [Account(**row) for row in rows]


def account(connection: Connection, name: str) -> Account | None:
    """The account of this name, if there is one."""
    row = connection.execute(select(s.accounts).where(s.accounts.c.name == name)).mappings().first()
    return Account(**row) if row else None


def add_account(connection: Connection, new: Account) -> None:
    """Keep a new account; WrongUse where the name is taken."""
    if account(connection, new.name) is not None:
        raise WrongUse("this name is taken", new.name, "Choose another name; closed accounts keep theirs.")
    connection.execute(s.accounts.insert().values(**_row(new)))


def change_account(connection: Connection, name: str, **changed: str | None) -> Account:
    """Change role, secret or closed; NotFound where there is no such account."""
    connection.execute(s.accounts.update().where(s.accounts.c.name == name).values(**changed))
    found = account(connection, name)
    if found is None:
        raise NotFound("no account has this name", name, "List them with: recount accounts")
    return found


def tokens_of(connection: Connection, name: str) -> list[Token]:
    """The tokens of an account, newest first."""
    ask = select(s.tokens).where(s.tokens.c.account == name).order_by(s.tokens.c.made.desc(), s.tokens.c.id)
    return [Token(**row) for row in connection.execute(ask).mappings()]


def add_token(connection: Connection, new: Token) -> None:
    """Keep a new token."""
    connection.execute(s.tokens.insert().values(**_row(new)))


def token_holder(connection: Connection, hashed: str) -> Account | None:
    """The open account that a standing token with this hash belongs to."""
    t, a = s.tokens.c, s.accounts.c
    ask = select(s.accounts).join(s.tokens, t.account == a.name).where(t.hash == hashed, t.ended.is_(None))
    row = connection.execute(ask.where(a.closed.is_(None))).mappings().first()
    return Account(**row) if row else None


def end_token(connection: Connection, name: str, token: str, at: str) -> None:
    """End one token of an account; NotFound where it has none such."""
    t = s.tokens.c
    ending = s.tokens.update().where(t.id == token, t.account == name, t.ended.is_(None)).values(ended=at)
    if connection.execute(ending).rowcount == 0:
        raise NotFound("no standing token has this id", token, "See the list of your tokens.")


def _row(record: Account | Token) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}
