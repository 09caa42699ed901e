"""The rule folder: data only, what a coder edits. This module reads it and knows its hash."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from recount.errors import BadRule
from recount.settings import load_settings

try:
    import tomli as toml  # the standard library's parser, compiled: a tenth of the time at every start
except ImportError:
    import tomllib as toml  # type: ignore[no-redef]

OWN = Path(__file__).parent
"""The rule folder that comes with the package."""
FOLDER = Path(load_settings().rules or OWN).absolute()
"""The rule folder of this process: `OWN`, or what the setting `rules` names."""

PLACES = Path(load_settings().places or user_data_path("recount") / "places").absolute()
"""The folder of the countries that `recount places add` compiled."""


@cache
def read_table(relative: str) -> dict[str, Any]:
    """The TOML file at `relative` in the rule folder ("lexicons/en/people.toml") as a table.

    BadRule with file and line when it is missing or malformed.
    """
    path = FOLDER / relative
    try:
        with path.open("rb") as file:
            return toml.load(file)
    except FileNotFoundError:
        if not FOLDER.is_dir():
            raise BadRule("no such rule folder", str(FOLDER), "Correct or unset RECOUNT_RULES.") from None
        raise BadRule("no such rule file", relative, "Restore it, or correct the name that asks for it.") from None
    except (toml.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadRule(f"not readable as TOML: {fault}", relative, "Mend the line that the message names.") from None


def rule_files() -> list[Path]:
    """Every rule file and every table of fitted weights, sorted by path; crosswalks to codebooks decide no coding."""
    texts = [path for path in FOLDER.rglob("*.toml") if path.parent.name != "codebook"]
    return sorted([*texts, *FOLDER.glob("judge/*/*.json")])


@cache
def pack_hash(*, judged: bool = True, inclusion: str = "political") -> str:
    """Twelve hex digits over all that decides a coding: what a claim's `pack` says.

    Names and contents of the rule files; the compiled gazetteers, added ones too, by their size and ends, since they
    are large; whether the judge weighs (`judged`); which incidents are included.
    """
    digest = hashlib.sha256(b"" if judged else b"judge switched off")
    if inclusion != "political":
        digest.update(f"includes {inclusion}".encode())
    for path in rule_files():
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    for path in [*sorted(FOLDER.glob("gazetteers/*.gaz")), *sorted(PLACES.glob("*.gaz"))]:
        digest.update(_ends(path))
    return digest.hexdigest()[:12]


def _ends(path: Path, size: int = 65_536) -> bytes:
    """The length of a file, its first and its last bytes."""
    length = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(size)
        file.seek(max(0, length - size))
        return str(length).encode() + head + file.read(size)
