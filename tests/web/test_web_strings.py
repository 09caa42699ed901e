"""The desk's words: every one that a page asks for is there, and every one that is there is asked for."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest

from recount.records import Disagreement, Judgement, Property
from recount.review.queue import KINDS
from recount.store.people import ROLES
from recount.web.index.pictures import DATA
from recount.web.strings import say, strings

ROOT = files("recount.web")
SOURCES = [
    path.read_text(encoding="utf-8")
    for folder in ("templates", "routes", ".")
    for path in ROOT.joinpath(folder).iterdir()
    if path.name.endswith((".html", ".py"))
]
ASKED = {name for text in SOURCES for name in re.findall(r"""(?:\bt|say)\(\s*["']([a-z_0-9.]+)["']\s*[,)]""", text)}
FAMILIES = {name for text in SOURCES for name in re.findall(r"""["']([a-z]+\.[a-z_]*)["'] ~""", text)}
FAMILIES |= {name for text in SOURCES for name in re.findall(r'say\(f"([a-z]+\.)\{', text)}


def known(name: str) -> bool:
    return name in strings() or f"{name}.one" in strings()


def test_every_word_asked_for_is_there() -> None:
    assert len(ASKED) > 150
    assert sorted(name for name in ASKED if not known(name)) == []


def test_no_word_lies_about_unused() -> None:
    begins = tuple(FAMILIES)
    unused = [
        name
        for name in strings()
        if (bare := re.sub(r"\.(one|many)$", "", name)) not in ASKED
        and not bare.startswith(begins)
        and bare not in ASKED
    ]
    listed = "".join(SOURCES)
    assert [name for name in unused if f'"{name.rsplit(".", 1)[-1]}"' not in listed and f'"{name}"' not in listed] == []


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("property", get_args(Property)),
        ("why", get_args(Disagreement.__annotations__["kind"]) or ("conflict", "time", "scope", "place", "interest")),
        ("queue.kind_", KINDS),
        ("role", ROLES),
        ("pictures", tuple(DATA)),
    ],
)
def test_families_are_complete(family: str, members: tuple[str, ...]) -> None:
    join = family if family.endswith("_") else f"{family}."
    assert [m for m in members if not known(f"{join}{m}")] == []
    assert Judgement.__struct_fields__


def test_numbers_choose_their_form() -> None:
    assert say("overview.disputed", n=1) == "1 disputed"
    assert say("overview.parts", n=3) == "3 are parts of larger ones"
