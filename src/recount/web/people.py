"""Who is asking: a local user, a person who signed in, or a program with a token; and what each role may do."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from recount.errors import WrongUse
from recount.records import Record
from recount.store import people
from recount.store.people import Account, Role, Token

if TYPE_CHECKING:
    from recount.web.desk import Desk

LEAST = 12
"""Characters that a password has at least."""


class User(Record, frozen=True):
    """Who is asking; `way` is how writes of theirs are logged."""

    name: str
    role: Role
    local: bool = False
    by_token: bool = False

    def may(self, role: Role) -> bool:
        """Whether the user's role includes this one."""
        return people.ROLES.index(self.role) >= people.ROLES.index(role)


class WhoAsks(AbstractAuthenticationMiddleware):
    """Puts the user into each request; routes that are open to all say so with `open=True`."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """The user of this request; none where nobody is known, which guards then refuse."""
        return AuthenticationResult(user=user_of(connection), auth=None)


def user_of(connection: ASGIConnection[Any, Any, Any, Any]) -> User | None:
    """The user behind a token, behind a session, or at this machine."""
    desk: Desk = connection.app.state.desk
    scheme, _, key = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_token(desk, key.strip())
    if not desk.team:
        return User(name=desk.coder, role="editor", local=True)
    name, mark = connection.session.get("name"), connection.session.get("mark")
    if not isinstance(name, str):
        return None
    with desk.reading() as reading:
        found = people.account(reading, name)
    if found is None or found.closed or mark != mark_of(found):
        return None
    return User(name=found.name, role=_role(found.role))


def _by_token(desk: Desk, key: str) -> User | None:
    if secrets.compare_digest(key.encode(), desk.local_token.encode()) and not desk.team:
        return User(name=desk.coder, role="editor", local=True, by_token=True)
    with desk.reading() as reading:
        found = people.token_holder(reading, hashed(key))
    return User(name=found.name, role=_role(found.role), by_token=True) if found else None


def _role(name: str) -> Role:
    return next((role for role in people.ROLES if role == name), "reader")


def needs(role: Role) -> Any:
    """A guard: the request is refused unless its user has this role or a higher one."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if connection.user is None:
            raise NotAuthorizedException("Sign in first.")
        if not connection.user.may(role):
            raise PermissionDeniedException(f"Only a {role} may do this.")

    return guard


def new_account(name: str, role: str, password: str, made: str) -> Account:
    """An account to keep. WrongUse for a name, role or password that will not do."""
    name = name.strip()
    if not name or len(name) > 60 or not name.isprintable():
        raise WrongUse("a name has 1 to 60 letters", name[:60], "Choose another name.")
    if role not in people.ROLES:
        raise WrongUse("there is no such role", role[:60], f"There are: {', '.join(people.ROLES)}.")
    return Account(name=name, role=_role(role), secret=secret_of(password), made=made)


def secret_of(password: str) -> str:
    """A password's Argon2id hash; WrongUse where it is too short."""
    from argon2 import PasswordHasher

    if len(password) < LEAST:
        raise WrongUse("the password is too short", "", f"Use at least {LEAST} characters.")
    return PasswordHasher().hash(password)


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$YWJjZGVmZ2hpamtsbW5vcA$C1xRPj5zUnMNgZFUfIgPzu8CUTrxMHsI8H1Zv0aqm9o"


def proves(account: Account | None, password: str) -> bool:
    """Whether the password opens the account. Takes as long for an unknown name as for a known one."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        PasswordHasher().verify(account.secret if account else _NOBODY, password[:1000])
    except (Argon2Error, InvalidHashError):
        return False
    return account is not None and not account.closed


def mark_of(account: Account) -> str:
    """What a session remembers of a password, so that it ends when the password changes."""
    return hashlib.sha256(account.secret.encode()).hexdigest()[:16]


def hashed(key: str) -> str:
    """A token as it is kept; tokens are long and random, so one round will do."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_token(account: str, label: str, made: str) -> tuple[Token, str]:
    """A token to keep, and its key, which is shown once."""
    key = "rct_" + secrets.token_urlsafe(32)
    token = Token(
        id=secrets.token_hex(6), account=account, label=label.strip()[:80] or "–", hash=hashed(key), made=made
    )
    return token, key
