"""The kinds of arguments that pages and calls take, named once."""

from __future__ import annotations

from typing import Annotated, Any

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
