"""Every word of the desk in one file for each language; `en.toml` is complete, others may lack what they have not yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Say = Callable[..., str]


@cache
def strings(language: str = "en") -> Mapping[str, str]:
    """All strings by their dotted name."""
    import tomllib

    raw = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(raw)))


def _flat(begin: str, table: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        found += _flat(f"{begin}{name}.", value) if isinstance(value, dict) else [(f"{begin}{name}", str(value))]
    return found


def say(name: str, **values: object) -> str:
    """The string of this name with the values put in; `one` and `many` forms by `n` where the name has both.

    KeyError for a name that no file has: a test goes through all templates.
    """
    table = strings()
    if "n" in values:
        form = f"{name}.{'one' if values['n'] == 1 else 'many'}"
        name = form if form in table else name
    return table[name].format(**values) if values else table[name]
