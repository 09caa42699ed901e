"""The name beside a word of speech: where it begins and ends, and its short form."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct

from recount.extract.speakers_words import VoiceWords

_WORD = re.compile(r"[^\W_]+(?:[-‑.’'\u00ad&][^\W_]+)*(?:\.(?=\s[A-Z]))?|[^\w\s]")
_LOOK_BACK = 130
"""So many characters before a verb are searched for its subject."""
_STATEMENT = re.compile(
    r"^(?:[\w’'-]+ )*?(?:statement|report|post|letter|note|handout|press release|figures|data|tally|tallies)s? "
    r"(?:from|by|of|issued by|released by) (?:the |an? )?",
    re.IGNORECASE,
)
_STATEMENT_BEHIND = re.compile(
    r"(?:['’]s?)?(?: said)?(?: in| on)?(?: an?| the| its| his| her)?(?: \w+)? (?:statement|post|handout|press release)$"
)
_CLOSE_TO = re.compile(
    r"\b(?:[\w-]+ )?(?:sources?|officials?|persons?|people|diplomats?) "
    r"(?:(?:[\w-]+ )?close to|(?:[\w-]+ )?familiar with|briefed on|with knowledge of|near) (?:the |an? )?$"
)
""" "A source close to the talks said": the source speaks, not the talks."""
_NAME_PART = r"(?:[A-Z][\w’'.-]*|[a-z]{2,3}-[A-Z][\w’'-]*|bin|al|de|der|van|von|ul|ud)"
_PERSON_BEHIND = re.compile(rf"^(?:.*\s)?(?P<person>{_NAME_PART}(?: {_NAME_PART}){{1,3}})$")


_SPANS = frozenset({"year", "month", "week", "night", "weekend", "morning", "summer", "spring", "autumn", "winter"})
_THIS = frozenset({"last", "this", "that", "next", "earlier", "later"})
"""Between a name and its verb: "X last year said"."""


class Name(NamedTuple):
    """A name in the text: `short` is the part to show, `start` to `end` the whole phrase."""

    start: int
    end: int
    short: tuple[int, int]
    pronoun: bool = False


class _Word(Struct, frozen=True, gc=False):
    text: str
    lower: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> list[_Word]:
    """Words and marks of `text[start:end]`; a possessive stays with its word."""
    return [_Word(word := m.group(), word.lower(), *m.span()) for m in _WORD.finditer(text, start, end)]


def name_before(text: str, start: int, verb: int, words: VoiceWords) -> Name | None:
    """The subject that ends right before the verb at `verb`, looking back as far as `start`."""
    row = tokens(text, max(start, verb - _LOOK_BACK), verb)
    at, first = _skip_between(row, len(row) - 1, words)
    if at < 0:
        return None
    if first is not None:
        return _named(text, row[first : at + 1], words)
    if row[at].lower in ("who", "which") and at > 0:
        at -= 1 + (row[at - 1].text == ",")
        if at < 0:
            return None
    if row[at].lower in words.pronouns:
        return Name(row[at].start, row[at].end, (row[at].start, row[at].end), pronoun=True)
    if not row[at].text[0].isalnum() and row[at].text != ")":
        return None
    first = _walk(row, at, words)
    if first > at:
        return None
    close = _CLOSE_TO.search(text, max(start, row[first].start - 60), row[first].start)
    if close:
        return Name(close.start(), row[at].end, (close.start(), row[at].end))
    return _named(text, row[first : at + 1], words)


def _skip_between(row: list[_Word], at: int, words: VoiceWords) -> tuple[int, int | None]:
    """Past adverbs, days, and what stands between two commas, unless that is the name itself."""
    while at >= 0:
        if row[at].lower in words.adverbs or row[at].lower in words.days or _is_adverb(row[at].text, words):
            at -= 1
        elif at > 1 and row[at].lower in _SPANS and row[at - 1].lower in _THIS:
            at -= 2
        elif row[at].text == ",":
            opening = next((k for k in range(at - 1, max(-1, at - 20), -1) if row[k].text == ","), -1)
            inside = row[opening + 1 : at]
            if opening < 1 and row[at + 1 : at + 2] and row[at + 1].lower in words.meanwhile:
                at -= 1
                continue
            if opening < 1 or not inside:
                return -1, None
            if (
                len(inside) > 1
                and all(w.text[0].isupper() for w in inside)
                and any(words.is_noun(w.lower) for w in row[max(0, opening - 8) : opening])
            ):
                return at - 1, opening + 1
            if not _is_aside(inside, words):
                return -1, None
            at = opening - 1
        else:
            break
    return at, None


def _is_adverb(word: str, words: VoiceWords) -> bool:
    return word.endswith("ly") and word.islower() and word not in words.nouns_in_ly


def _is_aside(inside: list[_Word], words: VoiceWords) -> bool:
    first = inside[0]
    if first.lower in words.aside or first.text.isdigit() or words.is_noun(inside[-1].lower):
        return True
    return first.text[0].islower() and first.lower not in words.stops and first.lower not in words.joining


def _walk(row: list[_Word], at: int, words: VoiceWords) -> int:
    """The index of the first word of the phrase that ends with word `at`."""
    k = at
    while k >= 0 and at - k < 16:
        word = row[k]
        if word.text == ")":
            opening = next((j for j in range(k - 1, max(-1, k - 8), -1) if row[j].text == "("), -1)
            if opening < 1:
                break
            k = opening - 1
        elif not _belongs(row, k, at, words):
            break
        elif word.text in ("The", "A", "An"):
            return k
        else:
            k -= 1
    return k + 1


def _belongs(row: list[_Word], k: int, at: int, words: VoiceWords) -> bool:
    word, before = row[k], row[k - 1] if k else None
    if not word.text[0].isalnum() and word.text != "&":
        return False
    if word.lower in words.prepositions:
        return before is not None and _noun_like(before, words)
    if word.lower == "and":
        return before is not None and _noun_like(before, words) and k < at
    if word.text.endswith(".") and len(word.text) > 5:
        return False
    if word.text.isupper() and 1 < len(word.text) < 9:
        return True
    if word.text[0].isupper() and k > 0 and word.lower not in words.days:
        return True
    if word.lower in words.stops or word.lower in words.days:
        return False
    if word.text[0].isupper():
        return True
    if words.is_noun(word.lower) or len(word.lower) < 4:
        return True
    if k < at and row[k + 1].text[0].isupper():
        return False
    if word.lower.endswith("ed"):
        return word.lower in words.adjectives_in_ed or "-" in word.lower
    if word.lower.endswith("ing"):
        return word.lower in words.adjectives_in_ing
    return not _is_adverb(word.text, words)


def _noun_like(word: _Word, words: VoiceWords) -> bool:
    return words.is_noun(word.lower) or (word.text[0].isupper() and word.lower not in words.days | words.leading)


def name_after(text: str, at: int, end: int, words: VoiceWords) -> Name | None:
    """The name that begins at `at`: up to a mark, a relative or a finite verb."""
    row = tokens(text, at, min(end, at + _LOOK_BACK))[:16]
    k = 0
    while k < len(row):
        word = row[k]
        if word.text == "(" and k:
            closing = next((j for j in range(k, min(k + 6, len(row))) if row[j].text == ")"), -1)
            if closing < 0:
                break
            k = closing + 1
            continue
        if (not word.text[0].isalnum() and word.text != "&") or (k and _ends_name(word, row[k - 1], words)):
            break
        k += 1
    return _named(text, row[:k], words) if k else None


def _ends_name(word: _Word, before: _Word, words: VoiceWords) -> bool:
    if word.text[0].isupper() and word.lower not in words.days:
        return False
    if word.lower in words.handed_on and (before.lower in words.issued or before.lower in words.handed_on):
        return False
    if word.lower in words.determiners and before.lower not in words.prepositions | {"and", "by", "on"}:
        return True
    if word.lower in words.adverbs or word.lower in words.days:
        return True
    if word.lower in words.stops or word.lower in words.finite or words.is_cue(word.lower):
        return True
    return word.lower.endswith("ing") or (word.lower.endswith("ed") and word.lower not in words.adjectives_in_ed)


def _named(text: str, row: list[_Word], words: VoiceWords) -> Name | None:
    """A phrase as a name: without articles and the like at its front; None where it names no speaker."""
    while row and (row[0].lower in words.leading or row[0].lower in words.adverbs or row[0].text in "&)"):
        row = row[1:]
    while row and row[-1].lower in words.prepositions | {"and", "the", "a", "an"}:
        row = row[:-1]
    if not row or row[-1].lower in words.never or row[0].lower in words.stops or row[0].text[0].isdigit():
        return None
    start, end = row[0].start, row[-1].end
    if not _speaks(row, words):
        return None
    return Name(start, end, _short(text, start, end, words))


def _speaks(row: list[_Word], words: VoiceWords) -> bool:
    return any(word.text[0].isupper() or words.is_noun(word.lower) for word in row)


def _short(text: str, start: int, end: int, words: VoiceWords) -> tuple[int, int]:
    """The person behind a title, or whose statement it is; else the whole phrase."""
    behind = _STATEMENT_BEHIND.search(text, start, end)
    if behind and behind.start() > start:
        end = behind.start()
    issued = _STATEMENT.match(text[start:end])
    if issued and issued.end() < end - start:
        return start + issued.end(), end
    return start, end
