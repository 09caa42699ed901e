"""Every setting, one line each. Nothing else reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """What a user can set. Each field is read from `RECOUNT_<NAME>` when the variable is present."""

    ledger: str = "recount.db"  # the ledger's file or address
    language: str = "en"  # language of the rules where a report does not tell
    max_report_bytes: int = 20_000_000  # a single input larger than this is set aside
    max_line_bytes: int = 20_000_000  # a single JSON line larger than this is set aside
    max_unpacked_ratio: int = 200  # a compressed input that grows beyond this ratio is set aside
    batch: int = 50  # reports kept in one transaction
    wait_seconds: float = 30.0  # how long a writer waits for another one


def load_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process environment) over the defaults."""
    source = os.environ if environ is None else environ
    kinds = {"int": int, "float": float, "str": str}
    given = {}
    for name in Settings.__struct_fields__:
        raw = source.get(f"RECOUNT_{name.upper()}")
        if raw is not None:
            given[name] = kinds[Settings.__annotations__[name]](raw)
    return Settings(**given)


PACKAGE = Path(__file__).parent
