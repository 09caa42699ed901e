"""The words of speech of one sentence, each with its name and the side on which its content stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from recount.extract.speakers_names import Name, name_after, name_before, tokens
from recount.extract.speakers_words import Hit, VoiceWords

CLOSING = '”"’'
_ENDS = ".,;!?”–—)…"
_INVERTED = frozenset({"said", "says", "added", "wrote", "told", "reported", "announced", "explained", "stated"})
_NOUN_BEFORE = re.compile(r"\b(?:the|a|an|this|that|its|their|his|her|such|no|of|s|any|to)\s$", re.IGNORECASE)
_CLAUSE = re.compile(r"\s+(?:\w+\s+){0,2}?(?:that\b|at\b|the (?:death )?toll\b|[“\"\d])|\s*:")
_LIVES = re.compile(r"\s+(?:[\w,-]+\s+){0,5}(?:lives?|victims?|credit|asylum)\b")
_NO_SPEECH = re.compile(
    r"(?:suspected|said|reported|alleged|believed|confirmed|estimated)\s+to\s+(?:be|have)\b"
    r"|suspected\s+(?!that\b|the\b|an?\b|it\b|s?he\b|they\b|there\b)",
    re.IGNORECASE,
)
"""A passive ("gunmen suspected to be bandits", "men said to have fled") or an adjective ("seven suspected rebels")."""
_OPENER = re.compile(r"\W*(?:\w+\W+){0,3}$")
_ARTICLES = re.compile(r"(?:\b(?:the|a|an|his|her|its|their)\s+)+$", re.IGNORECASE)
_AS_SAYING = re.compile(
    r"quot(?:ed|es|ing) "
    r"(?:(?P<inner>(?:[^\s,.;“”\"]+ ){1,8})as saying|(?:by (?P<outlet>(?:[^\s,.;]+ ){1,5}))?as saying)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",?(?: \d+,)?[^.,;”]{0,60},? (?:who|whose)\b|, \d+, ")
_JOINED = re.compile(r"\b(?:but|and)\s+(?:(?:also|has|have|had|then|later|earlier|\w+ly)\s+)*$", re.IGNORECASE)
_FIRST = re.compile(r"\s+([\w-]+)")
_COLON_LAST = re.compile(r":\s+(?P<name>[^:.,“”\"]{2,45})$")
_COLON_FIRST = re.compile(r"(?P<name>[^:.,“”\"]{2,40}):\s")
WEAK = "named only"
"""The rule of a cue without content: it only says who "he" or "it" is from here on."""


class Cue(NamedTuple):
    """A word of speech (`verb`) with its name: `fronted` where content follows, `left` where some stands before it.

    `relay` passes the words on; `closed`: what follows tells of the speaker and is not in this voice.
    """

    begin: int
    end: int
    verb: tuple[int, int]
    name: Name
    fronted: bool
    left: bool
    rule: str
    relay: Name | None = None
    closed: bool = False


def cues_of(
    text: str, start: int, end: int, hits: Sequence[Hit], words: VoiceWords, *, headline: bool = False
) -> list[Cue]:
    """The cues of the sentence `text[start:end]` out of its words of speech, in order, none inside another."""
    found: list[Cue] = []
    for hit in hits:
        cue = _cue(text, start, end, hit, found, words) or _goes_on(text, start, end, hit, found, words)
        if cue and (not found or cue.begin >= found[-1].end):
            found.append(cue)
    if headline and not found and (cue := _colon(text, start, end, words)):
        found.append(cue)
    return found


def _cue(text: str, start: int, end: int, hit: Hit, found: Sequence[Cue], words: VoiceWords) -> Cue | None:
    verb = text[hit.start : hit.end].lower()
    if verb in ("quoted", "quotes", "quoting") and (match := _AS_SAYING.match(text, hit.start, end)):
        return _quoted(text, start, end, match, words)
    if hit.kind == "phrase":
        return _by_phrase(text, start, end, hit, words)
    if _NOUN_BEFORE.search(text, max(0, hit.start - 6), hit.start):
        return None
    if _NO_SPEECH.match(text, hit.start, end):
        return None
    if verb.startswith("claim") and _LIVES.match(text, hit.end, end):
        return None
    before = text[start : hit.start].rstrip()
    if verb in _INVERTED and before and before[-1] in CLOSING + "," and _may_begin_name(text, hit.end, words):
        name = name_after(text, hit.end, end, words)
        if name and (before[-1] != "," or name_before(text, start, hit.start, words) is None):
            return _placed(text, end, hit, name, name.end, "said X", words)
    if verb.endswith("ing") and before.endswith(","):
        return _participle(text, start, end, hit, found, words)
    name = name_before(text, start, hit.start, words)
    if name is None:
        return None
    weak = verb in words.needs_clause and not _CLAUSE.match(text, hit.end, end)
    if weak and text[hit.end : hit.end + 1] in ".," and text[: name.end].split()[-1].lower() in words.issued:
        weak = False  # "..., official figures show."
    return _placed(text, end, hit, name, hit.end, WEAK if weak else f"X {verb}", words)


def _goes_on(text: str, start: int, end: int, hit: Hit, found: Sequence[Cue], words: VoiceWords) -> Cue | None:
    """ "X declined to comment but said ...": the subject of the sentence, or whoever spoke in it before, goes on."""
    joined = _JOINED.search(text, max(start, hit.start - 16), hit.start)
    if joined is None or hit.kind == "phrase" or text[hit.start : hit.end].lower() in words.needs_clause:
        return None
    name = found[-1].name if found else name_after(text, start, joined.start(), words)
    if name is None or len(tokens(text, name.start, name.end)) > 9:
        return None
    cue = _placed(text, end, hit, name, hit.end, "X ... and said", words)
    return None if cue is None else cue._replace(begin=hit.start, left=False, fronted=True)


def _may_begin_name(text: str, at: int, words: VoiceWords) -> bool:
    """Whether a name may begin behind the verb: a capital, an article or a noun for a speaker."""
    first = _FIRST.match(text, at)
    if first is None:
        return False
    word = first.group(1)
    return word[0].isupper() or word in ("a", "an", "the", "one") or words.is_noun(word)


def _placed(text: str, end: int, hit: Hit, name: Name, behind: int, rule: str, words: VoiceWords) -> Cue | None:
    """A cue with the side of its content told from what follows."""
    tail = words.tail.match(text, behind, end)
    after = text[tail.end() if tail else behind : end].lstrip()
    fronted = bool(after) and after[0] not in _ENDS
    inverted = rule == "said X"
    begin = min(name.start, hit.start)
    held = _ARTICLES.sub("", text[max(0, begin - 60) : begin]).rstrip()
    left = not fronted or held.endswith(tuple(CLOSING))
    closed = inverted and _RELATIVE.match(text, name.end, end) is not None
    return Cue(begin, max(behind, name.end), (hit.start, hit.end), name, fronted, left, rule, closed=closed)


def _by_phrase(text: str, start: int, end: int, hit: Hit, words: VoiceWords) -> Cue | None:
    name = name_after(text, hit.end, end, words)
    if name is None:
        return None
    phrase = text[hit.start : hit.end].lower()
    if phrase in ("citing", "quoting"):
        return Cue(hit.start, name.end, (hit.start, hit.end), name, False, True, "citing X")
    first = _OPENER.match(text, start, hit.start) is not None
    after = text[name.end : end].lstrip()
    first = first and bool(after) and (after[0] == "," or after[0] not in _ENDS)
    fronted = first or (after[:1] == "," and text[: hit.start].rstrip()[-1:] == ",")
    return Cue(hit.start, name.end, (hit.start, hit.end), name, fronted, not first, f"{phrase} X")


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


def _participle(text: str, start: int, end: int, hit: Hit, found: Sequence[Cue], words: VoiceWords) -> Cue | None:
    """ ", saying that ...": the voice of whoever spoke before in the sentence, else of its subject."""
    if found and found[-1].rule != WEAK:
        return Cue(hit.start, hit.end, (hit.start, hit.end), found[-1].name, True, False, "X said, saying")
    name = name_after(text, start, hit.start, words)
    if name is None or len(tokens(text, name.start, name.end)) > 9:
        return None
    return Cue(hit.start, hit.end, (hit.start, hit.end), name, True, False, "X ..., saying")


def _colon(text: str, start: int, end: int, words: VoiceWords) -> Cue | None:
    """A headline's "content: X" or "X: content"."""
    last = _COLON_LAST.search(text, start, end)
    if last and (name := name_after(text, last.start("name"), end, words)) and name.end >= end - 1:
        return Cue(last.start(), end, last.span(), name, False, True, "headline: X")
    first = _COLON_FIRST.match(text, start, end)
    if (
        first
        and (name := name_after(text, start, first.end("name"), words))
        and words.is_noun(text[name.start : name.end].split()[-1])
    ):
        return Cue(start, first.end(), first.span(), name, True, False, "X: headline")
    return None
