"""The first filter: whether a page's bytes may tell of an incident at all, before anything is parsed.

Scripts, styles, pictures and tags are cut out by byte search, and one automaton looks for the words of the rule folder in
what is left. A page that fails holds no words from which a claim could come; one that passes may still tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from recount.rules import read_table
from recount.settings import Inclusion

FILE = "cues/{}/filter.toml"
NEAR = 400
"""Characters within which a word of armed violence must stand beside a word of harm."""
TAG = re.compile(rb"<[^<>]*>")  # linear, also on a page of nothing but openings
STRAY = re.compile(rb"<[^a-zA-Z/!?]")
BETWEEN_TAGS = re.compile(rb">(?!<)([^<]*)")
"""What stands between two tags: four times as fast as cutting the tags out, on a page where every `<` opens one."""
SKIPPED = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<svg", b"</svg"), (b"<!--", b"-->"))
HIDDEN = ((b"&shy;", b""), (b"\xc2\xad", b""), (b"&nbsp;", b" "), (b"\xc2\xa0", b" "))
"""Soft hyphens and hard spaces, which stand inside phrases and words."""
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of encodings in which a letter is no byte: such pages pass unseen."""
ALNUM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class _Word(NamedTuple):
    word: str
    open_end: bool
    role: str  # "armed", "harm" or "kind"


def may_tell(data: bytes, *, html: bool = True, inclusion: Inclusion = "political", language: str = "en") -> bool:
    """Whether a page's bytes (UTF-8 or any encoding that holds ASCII) may tell of an incident."""
    if data.startswith(WIDE_MARKS):
        return True
    return tells(bare_text(data) if html else data.decode("latin-1").lower(), inclusion=inclusion, language=language)


def tells(folded: str, *, inclusion: Inclusion = "political", language: str = "en") -> bool:
    """Whether lower-case text holds the words of an incident, as the rule file says."""
    scan = _scan(language, inclusion)
    armed, harm, kind = scan.found(folded)
    if not armed:
        return False
    return kind or any(abs(h - a) < NEAR for h in harm for a in armed)


def bare_text(page: bytes) -> str:
    """The words of an HTML page in lower case, single spaces between them, each byte a character."""
    for opening, closing in SKIPPED:
        page = _without(page, opening, closing)
    bare = TAG.sub(b" ", page) if STRAY.search(page) else b" ".join(BETWEEN_TAGS.findall(b">" + page))
    bare = bare.lower()
    for written, meant in HIDDEN:
        bare = bare.replace(written, meant)
    return b" ".join(bare.split()).decode("latin-1")


def _without(page: bytes, opening: bytes, closing: bytes) -> bytes:
    """The page without the parts from `opening` to `closing`; one that never closes stays."""
    kept, at = [], 0
    while (start := page.find(opening, at)) >= 0 and (end := page.find(closing, start)) >= 0:
        kept.append(page[at:start])
        at = end if closing.startswith(b"<") else end + len(closing)  # a closing tag goes with the other tags
    return b" ".join([*kept, page[at:]]) if kept else page


class _Scan:
    """One automaton over all words of the filter."""

    def __init__(self, words: list[_Word]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._words = words
        self._automaton = AhoCorasick(
            [w.word for w in words], matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )

    def found(self, text: str) -> tuple[list[int], list[int], bool]:
        """Where words of armed violence and of harm start, and whether a sure word for a kind of incident stands."""
        armed: list[int] = []
        harm: list[int] = []
        kind, size = False, len(text)
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            word = self._words[number]
            if start and text[start - 1] in ALNUM:
                continue
            if not word.open_end and end < size and text[end] in ALNUM:
                continue
            if word.role == "armed":
                armed.append(start)
            elif word.role == "harm":
                harm.append(start)
            else:
                kind = True
        return armed, harm, kind


@cache
def _scan(language: str, inclusion: Inclusion) -> _Scan:
    return _Scan(list(_words(language, inclusion)))


def _words(language: str, inclusion: Inclusion) -> Iterator[_Word]:
    scope = read_table(f"cues/{language}/scope.toml")
    crime = scope["crime"]["words"] if inclusion == "any" else []
    yield from (_word(word, "armed") for word in [*scope["armed"]["words"], *crime])
    for row in read_table(f"cues/{language}/kinds.toml")["kind"]:
        yield from (_word(word, "kind") for word in row["words"].get("3", ()))
    weak = frozenset(read_table(FILE.format(language))["weak"]["words"])
    yield from (_word(word, "harm") for word in sorted(harm_words(language) - weak))


def harm_words(language: str = "en") -> set[str]:
    """Every word of harm of the lexicon."""
    rows = read_table(f"lexicons/{language}/harm.toml")["harm"]
    return {word for row in rows for use, words in row.items() if use != "harm" for word in words}


def _word(word: str, role: str) -> _Word:
    return _Word(word.rstrip("*").lower(), word.endswith("*"), role)
