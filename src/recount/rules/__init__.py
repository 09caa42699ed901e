"""The rule folder: data only, what a coder edits. This module reads it and knows its hash."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from recount.errors import BadRule

FOLDER = Path(__file__).parent


@cache
def read_table(relative: str) -> dict[str, Any]:
    """The TOML file at `relative` in the rule folder ("lexicons/en/people.toml") as a table.

    BadRule with file and line when it is missing or malformed.
    """
    path = FOLDER / relative
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise BadRule("no such rule file", relative, "Restore it, or correct the name that asks for it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadRule(f"not readable as TOML: {fault}", relative, "Mend the line that the message names.") from None


def rule_files() -> list[Path]:
    """Every rule file, sorted by its path in the folder."""
    return sorted(p for p in FOLDER.rglob("*.toml"))


@cache
def pack_hash() -> str:
    """Twelve hex digits over the names and contents of all rule files: what a claim's `pack` says."""
    digest = hashlib.sha256()
    for path in rule_files():
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
