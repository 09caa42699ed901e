"""The kinds of arguments that pages and calls take, named once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from anyio.to_thread import run_sync
from litestar import Request
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from recount.web.desk import Desk
from recount.web.people import User

Called = Request[User, Any, Any]
TheDesk = NamedDependency[Desk]
Id = Annotated[str, PathParameter(max_length=100)]
Seq = Annotated[int, PathParameter(ge=0, le=2**53)]
Words = Annotated[str, QueryParameter(max_length=200)]
PageNumber = Annotated[int, QueryParameter(ge=1, le=100_000)]
Before = Annotated[int | None, QueryParameter(ge=0, le=2**53)]

P = ParamSpec("P")
T = TypeVar("T")


def in_thread(work: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """The function run in a worker thread, since it waits for the disk.

    Litestar's own `sync_to_thread` wraps a handler anew for each further one on the same path, and then fails.
    """

    @wraps(work)
    async def run(*given: P.args, **named: P.kwargs) -> T:
        return await run_sync(partial(work, *given, **named))

    return run
