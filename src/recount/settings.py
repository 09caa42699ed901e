"""Every setting, one line each. Nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from recount.errors import WrongUse

Inclusion = Literal["political", "any"]
INCLUSIONS: tuple[Inclusion, ...] = get_args(Inclusion)


class Settings(Struct, frozen=True, kw_only=True):
    """What a user can set. Each field is read from `RECOUNT_<NAME>` when the variable is present."""

    ledger: str = "recount.db"  # the ledger's file or address
    language: str = "en"  # language of the rules where a report does not tell
    rules: str = ""  # the rule folder to read instead of the package's own
    coder: str = ""  # what decisions made at this machine's desk are signed with; the user's name where empty
    places: str = ""  # the folder of added gazetteers; without it, one in the user's own data folder
    judge: bool = True  # whether the trained judge weighs what the rules propose
    inclusion: Inclusion = "political"  # which incidents are coded: of political violence, or "any" violent one
    debug: bool = False  # whether an unexpected fault shows its traceback
    max_report_bytes: int = 20_000_000  # a single input larger than this is set aside
    max_line_bytes: int = 20_000_000  # a single JSON line larger than this is set aside
    max_unpacked_ratio: int = 200  # a compressed input that grows beyond this ratio is set aside
    user_agent: str = ""  # what `recount watch` calls itself, if not Recount with the contact of its sources
    fetch_seconds: float = 60.0  # a response that takes longer is broken off
    max_fetch_bytes: int = 50_000_000  # a response that is larger, packed or unpacked, is broken off
    batch: int = 50  # reports kept in one transaction
    wait_seconds: float = 30.0  # how long a writer waits for another one
    connections: int = 40  # connections to a PostgreSQL server that one process opens at most


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process environment) over the defaults."""
    source = os.environ if environ is None else environ
    kinds: dict[str, Callable[[str], object]] = {
        "int": int,
        "float": float,
        "str": str,
        "bool": _truth,
        "Inclusion": _inclusion,
    }
    given: dict[str, object] = {}
    for name in Settings.__struct_fields__:
        raw = source.get(f"RECOUNT_{name.upper()}")
        if raw is not None:
            given[name] = _read(name, raw, kinds[Settings.__annotations__[name]])
    return msgspec.convert(given, Settings)


def _read(name: str, raw: str, kind: Callable[[str], object]) -> object:
    try:
        return kind(raw)
    except ValueError:
        variable = f"RECOUNT_{name.upper()}"
        raise WrongUse(f"{raw!r} is no value for this setting", variable, "See `recount --help`.") from None


def _truth(raw: str) -> bool:
    if raw.lower() in ("1", "true", "yes", "on"):
        return True
    if raw.lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError(raw)


def _inclusion(raw: str) -> Inclusion:
    return INCLUSIONS[INCLUSIONS.index(raw.lower())]


def environment(**changed: object) -> dict[str, str]:
    """The process environment with these settings changed: what a child process is to be given."""
    return {**os.environ, **{f"RECOUNT_{name.upper()}": str(value) for name, value in changed.items()}}


def let_environment_say(name: str, value: str) -> None:
    """Set a variable of the process environment that a library reads, where the user has not set it."""
    os.environ.setdefault(name, value)
