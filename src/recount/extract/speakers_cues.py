"""The words of speech of one sentence, each with its name and the side on which its content stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from recount.extract.speakers_names import Name, name_after, name_before, tokens
from recount.extract.speakers_words import VoiceWords

CLOSING = '”"’'
_ENDS = ".,;!?”–—)…"
_INVERTED = frozenset({"said", "says", "added", "wrote", "told", "reported", "announced", "explained", "stated"})
_NOUN_BEFORE = re.compile(r"\b(?:the|a|an|this|that|its|their|his|her|such|no|of|s|any|to)\s$", re.IGNORECASE)
_CLAUSE = re.compile(r"\s+(?:\w+\s+){0,2}?(?:that\b|at\b|the (?:death )?toll\b|[“\"\d])|\s*:")
_LIVES = re.compile(r"\s+(?:[\w,-]+\s+){0,5}(?:lives?|victims?|credit|asylum)\b")
_OPENER = re.compile(r"\W*(?:\w+\W+){0,3}$")
_ARTICLES = re.compile(r"(?:\b(?:the|a|an|his|her|its|their)\s+)+$", re.IGNORECASE)
_COLON_LAST = re.compile(r":\s+(?P<name>[^:.,“”\"]{2,45})$")
_COLON_FIRST = re.compile(r"(?P<name>[^:.,“”\"]{2,40}):\s")


class Cue(NamedTuple):
    """A word of speech (`verb`) with its name: `fronted` where content follows, `left` where some stands before it."""

    begin: int
    end: int
    verb: tuple[int, int]
    name: Name
    fronted: bool
    left: bool
    rule: str
    relay: Name | None = None


def cues_of(text: str, start: int, end: int, words: VoiceWords, *, headline: bool = False) -> list[Cue]:
    """The cues of the sentence `text[start:end]`, in order, none inside another."""
    found: list[Cue] = []
    for match in words.cue.finditer(text, start, end):
        cue = _cue(text, start, end, match, words)
        if cue and (not found or cue.begin >= found[-1].end):
            found.append(cue)
    if headline and not found and (cue := _colon(text, start, end, words)):
        found.append(cue)
    return found


def _cue(text: str, start: int, end: int, match: re.Match[str], words: VoiceWords) -> Cue | None:
    if match["quoted"]:
        return _quoted(text, start, end, match, words)
    if match["phrase"]:
        return _by_phrase(text, start, end, match, words)
    verb = match["verb"].lower()
    if _NOUN_BEFORE.search(text, max(start, match.start() - 6), match.start()):
        return None
    if verb in words.needs_clause and not _CLAUSE.match(text, match.end(), end):
        return None
    if verb.startswith("claim") and _LIVES.match(text, match.end(), end):
        return None
    before = text[start : match.start()].rstrip()
    if verb in _INVERTED and before[-1:] in CLOSING + "," and before:
        name = name_after(text, match.end(), end, words)
        if name and (before[-1] != "," or name_before(text, start, match.start(), words) is None):
            return _placed(text, end, match, name, name.end, "said X", words)
    if verb.endswith("ing") and before.endswith(","):
        return _participle(text, start, end, match, words)
    name = name_before(text, start, match.start(), words)
    return _placed(text, end, match, name, match.end(), f"X {verb}", words) if name else None


def _placed(
    text: str, end: int, match: re.Match[str], name: Name, behind: int, rule: str, words: VoiceWords
) -> Cue | None:
    """A cue with the side of its content told from what follows."""
    tail = words.tail.match(text, behind, end)
    after = text[tail.end() if tail else behind : end].lstrip()
    fronted = bool(after) and after[0] not in _ENDS
    begin = min(name.start, match.start())
    held = _ARTICLES.sub("", text[max(0, begin - 60) : begin]).rstrip()
    left = not fronted or held[-1:] in CLOSING
    return Cue(begin, max(behind, name.end), match.span(), name, fronted, left, rule)


def _by_phrase(text: str, start: int, end: int, match: re.Match[str], words: VoiceWords) -> Cue | None:
    name = name_after(text, match.end(), end, words)
    if name is None:
        return None
    phrase = match["phrase"].lower()
    if phrase in ("citing", "quoting"):
        return Cue(match.start(), name.end, match.span(), name, False, True, "citing X")
    first = _OPENER.match(text, start, match.start()) is not None
    after = text[name.end : end].lstrip()
    fronted = first or (after[:1] == "," and text[: match.start()].rstrip()[-1:] == ",")
    return Cue(match.start(), name.end, match.span(), name, fronted, not first, f"{phrase} X")


def _quoted(text: str, start: int, end: int, match: re.Match[str], words: VoiceWords) -> Cue | None:
    if match["inner"]:
        name = name_after(text, match.start("inner"), match.end("inner"), words)
        relay = name_before(text, start, match.start(), words)
    else:
        was = re.search(r"\b(?:was|were|is|are|been|being)\s+$", text[start : match.start()])
        name = name_before(text, start, start + was.start() if was else match.start(), words)
        relay = name_after(text, match.start("outlet"), match.end("outlet"), words) if match["outlet"] else None
    if name is None:
        return None
    begin = min(name.start, relay.start if relay else name.start, match.start())
    return Cue(begin, match.end(), match.span(), name, True, False, "quoted as saying", relay)


def _participle(text: str, start: int, end: int, match: re.Match[str], words: VoiceWords) -> Cue | None:
    """", saying that ...": the voice of the sentence's subject."""
    name = name_after(text, start, match.start(), words)
    if name is None or len(tokens(text, name.start, name.end)) > 9:
        return None
    return Cue(match.start(), match.end(), match.span(), name, True, False, "X ..., saying")


def _colon(text: str, start: int, end: int, words: VoiceWords) -> Cue | None:
    """A headline's "content: X" or "X: content"."""
    last = _COLON_LAST.search(text, start, end)
    if last and (name := name_after(text, last.start("name"), end, words)) and name.end >= end - 1:
        return Cue(last.start(), end, last.span(), name, False, True, "headline: X")
    first = _COLON_FIRST.match(text, start, end)
    if first and (name := name_after(text, start, first.end("name"), words)) and words.is_noun(text[name.start : name.end].split()[-1]):
        return Cue(start, first.end(), first.span(), name, True, False, "X: headline")
    return None
