"""Groups of people: "at least 34 India-backed terrorists", "a soldier", "dozens", "the bombers", "Captain A. B."."""

from __future__ import annotations

from typing import NamedTuple

from recount.extract.lexicon import Lexicon, PersonWord
from recount.extract.numbers import Quantity, read_quantity
from recount.extract.tokens import Token
from recount.records import Count, Harm, Hedge, Side
from recount.values.numerals import is_number_word

ONE = Count(low=1, high=1)
COUNTED = frozenset("GBS")
"""Forms that say how many: counted people, bare numbers, single persons."""
NAMED = frozenset("MNHZ")
"""Forms that tell one person by a name, by a pronoun or not at all."""
_MAX_HEAD = 8
_PARTICIPLES = ("ed", "ing")
"""Endings of words that go on behind a noun: "a teacher abducted", "a man wielding a knife"."""


class Group(NamedTuple):
    """People, as a phrase says them. `count` is None for an unnumbered plural ("the soldiers")."""

    symbol: str
    start: int
    end: int
    side: Side
    count: Count | None  # type: ignore[assignment]  # the field, not the method of tuples
    hedge: Hedge | None
    noun: str
    definite: bool = False
    harm: Harm | None = None
    """A harm inside the phrase itself: "five wounded soldiers"."""
    partial: bool = False
    """ "three of the attackers": part of a larger group."""
    side_known: bool = True
    """Whether the noun or a modifier gives the side; a bare number or "others" takes it from what came before."""
    bare: bool = False
    stranger: bool = False
    """Whether no lexicon knows the noun."""


class _Head(NamedTuple):
    end: int
    word: PersonWord
    noun: str
    side: Side
    harm: Harm | None


class GroupReader:
    """Finds groups of people in a list of tokens."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def at(self, tokens: list[Token], words: list[str], i: int) -> tuple[Group, int] | None:
        """The group that begins at token `i`, and how many tokens it takes."""
        quantity = read_quantity(tokens, words, i, self._lexicon)
        if quantity is not None:
            return self._counted(tokens, words, i, quantity)
        if words[i] in self._lexicon.one:
            if words[i] == "another" and i + 1 < len(words) and self._is_place_word(words, i + 1):
                token = tokens[i]
                return Group("B", token.start, token.end, "unspecified", ONE, None, "", side_known=False, bare=True), 1
            found = self._single(tokens, words, i)
            if found is not None:
                return found
        return self._unnumbered(tokens, words, i)

    def _is_place_word(self, words: list[str], i: int) -> bool:
        known = self._lexicon.classes.match(words, i)
        return known is not None and known[1][0] == "PREP"

    # ------------------------------------------------------------------ counted

    def _counted(self, tokens: list[Token], words: list[str], i: int, q: Quantity) -> tuple[Group, int] | None:
        j = i + q.size
        head = self._head(tokens, words, j)
        partial = False
        if head is None and j + 1 < len(words) and words[j] == "of":
            k = j + 2 if words[j + 1] in self._lexicon.determiners and words[j + 1] not in {"them", "whom"} else j + 1
            inner = read_quantity(tokens, words, k, self._lexicon) if k < len(words) else None
            head = self._head(tokens, words, k + (inner.size if inner else 0))
            partial = head is not None
        start = tokens[i].start
        if head is not None:
            group = Group(
                "G",
                start,
                tokens[head.end - 1].end,
                head.side,
                q.count,
                q.hedge,
                head.noun,
                harm=head.harm,
                partial=partial,
                side_known=not _loose(head),
            )
            return group, head.end - i
        if not self._may_stand_alone(tokens, words, i, j, q):
            return None
        group = Group("B", start, tokens[j - 1].end, "unspecified", q.count, q.hedge, "", side_known=False, bare=True)
        return group, q.size

    def _may_stand_alone(self, tokens: list[Token], words: list[str], i: int, j: int, q: Quantity) -> bool:
        before = words[i - 1] if i else ""
        if before in self._lexicon.no_count_behind or (
            tokens[i].lower == "one" and q.size == 1 and before not in {"least", ""} and self._next_is_noun(words, j)
        ):
            return False
        if q.plain and q.count.low is not None and 1900 <= q.count.low <= 2100 and "," not in tokens[j - 1].text:
            return False
        if (
            before == ","
            and j < len(words)
            and words[j] in {",", ")", "."}
            and i > 1
            and tokens[i - 2].text[:1].isupper()
            and q.plain
        ):
            return False  # an age after a name
        if before == "between" or (before == "and" and i > 2 and words[i - 3] in {"between", "aged", "ages"}):
            return False
        if (
            q.plain
            and j < len(words)
            and words[j] == ","
            and before in {",", "also"}
            and 10 <= (q.count.low or 0) <= 99
        ):
            return False  # an age: "the brother, also 37, died"
        if before == "(" and j < len(words) and words[j] == ")":
            return False
        if j >= len(words):
            return True
        return not self._next_is_noun(words, j)

    def _next_is_noun(self, words: list[str], j: int) -> bool:
        if j >= len(words):
            return False
        word = words[j]
        if not (word[0].isalpha() or word in {"%", "°", "-", "/"}):
            return False
        lexicon = self._lexicon
        if lexicon.harms.match(words, j) or lexicon.classes.match(words, j) or word in lexicon.skip:
            return False
        return word not in lexicon.no_noun

    # ------------------------------------------------------------------ single and unnumbered

    def _single(self, tokens: list[Token], words: list[str], i: int) -> tuple[Group, int] | None:
        head = self._head(tokens, words, i + 1)
        if head is None:
            return None
        end = head.end
        definite = words[i] not in {"a", "an", "another", "one"}
        if head.word.plural:
            group = Group(
                "U",
                tokens[i].start,
                tokens[end - 1].end,
                head.side,
                None,
                None,
                head.noun,
                definite=definite,
                harm=head.harm,
                side_known=not _loose(head),
            )
            return group, end - i
        end = self._name_end(tokens, words, end)
        group = Group(
            "S",
            tokens[i].start,
            tokens[end - 1].end,
            head.side,
            ONE,
            None,
            head.noun,
            definite=definite,
            harm=head.harm,
            side_known=not _loose(head),
        )
        return group, end - i

    def _unnumbered(self, tokens: list[Token], words: list[str], i: int) -> tuple[Group, int] | None:
        if words[i] not in self._lexicon.group_starts or words[i] in self._lexicon.stops:
            return None
        head = self._head(tokens, words, i, strict=True)
        if head is None:
            return None
        end = head.end
        if head.word.plural:
            return Group(
                "U",
                tokens[i].start,
                tokens[end - 1].end,
                head.side,
                None,
                None,
                head.noun,
                harm=head.harm,
                side_known=not _loose(head),
            ), end - i
        named = self._name_end(tokens, words, end)
        if named == end:
            kin = head.noun in self._lexicon.kin and i > 0 and words[i - 1] in {"and", ",", "or"}
            if not tokens[i].text[0].isupper() and not kin:
                return None
            return Group(
                "S",
                tokens[i].start,
                tokens[end - 1].end,
                head.side,
                ONE,
                None,
                head.noun,
                side_known=not _loose(head),
                bare=True,
            ), end - i
        return Group(
            "S",
            tokens[i].start,
            tokens[named - 1].end,
            head.side,
            ONE,
            None,
            head.noun,
            definite=True,
            side_known=not _loose(head),
        ), named - i

    def name_at(self, tokens: list[Token], words: list[str], i: int) -> tuple[Group, int] | None:
        """A person's name that begins at token `i`: two or more capitalised words that no lexicon knows."""
        end = self._name_end(tokens, words, i)
        if end - i < 2 or words[end - 1] in self._lexicon.no_person:
            return None
        return _lone("M", tokens[i].start, tokens[end - 1].end), end - i

    def lone_at(self, tokens: list[Token], words: list[str], i: int) -> Group | None:
        """One person by pronoun ("he") or by surname alone: a capitalised word that no lexicon knows."""
        token, behind = tokens[i], words[i + 1] if i + 1 < len(words) else ""
        if behind in {"'s", "’s"}:
            return None  # "Ruritania's leader"
        if words[i] in self._lexicon.pronouns:
            symbol = "H"
        elif len(token.text) > 2 and token.text.istitle() and self._may_be_name(words, i):
            symbol = "N"
        else:
            return None
        return _lone(symbol, token.start, token.end)

    def _may_be_name(self, words: list[str], i: int) -> bool:
        lexicon = self._lexicon
        known = (
            words[i] in lexicon.no_noun
            or words[i] in lexicon.demonyms
            or words[i] in lexicon.modifier_side
            or words[i] in lexicon.no_person
            or is_number_word(words[i])
        )
        return not known and not self._known(words, i)

    def _name_end(self, tokens: list[Token], words: list[str], i: int) -> int:
        end = i
        while end < len(tokens) and end - i < 5 and tokens[end].text[0].isupper() and not self._known(words, end):
            end += 1
        return end

    def _known(self, words: list[str], i: int) -> bool:
        lexicon = self._lexicon
        return bool(words[i] in lexicon.stops or lexicon.harms.match(words, i) or lexicon.classes.match(words, i))

    # ------------------------------------------------------------------ heads

    def _head(self, tokens: list[Token], words: list[str], j: int, *, strict: bool = False) -> _Head | None:
        """The head noun of a noun phrase whose modifiers begin at `j`. `strict`: only modifiers that are surely such."""
        lexicon, k, harm = self._lexicon, j, None
        limit = min(len(words), j + (4 if strict else _MAX_HEAD))
        while k < limit:
            found = lexicon.people.match(words, k)
            if found is not None:
                return self._finish(tokens, words, j, k, found, harm)
            if words[k] in lexicon.demonyms and not self._continues(words, k + 1):
                return _Head(k + 1, PersonWord("unspecified", False), words[k], "unspecified", harm)
            attributive = lexicon.harms.match(words, k)
            if attributive is not None and not strict:
                size, values = attributive
                after = k + size + int(k + size < len(words) and words[k + size] in lexicon.demonyms)
                if values[0].use == "both" and after < len(words) and lexicon.people.match(words, after):
                    harm, k = values[0].harm, after
                    continue
                return None
            if words[k] in self._lexicon.mostly and k + 1 < limit:
                k += 1
                continue
            if words[k] in {"and", "&"} and k > j and not strict and self._joins_modifiers(words, k):
                k += 1
                continue
            if not self._modifier(tokens, words, k, strict=strict):
                return None
            k += 1
        return None

    def _joins_modifiers(self, words: list[str], k: int) -> bool:
        """Whether "and" stands between two modifiers of one noun: "emergency and health workers"."""
        lexicon = self._lexicon
        if k + 2 >= len(words) or words[k + 1] in lexicon.stops:
            return False
        if lexicon.people.match(words, k + 1):
            return True
        if lexicon.classes.match(words, k + 1) or lexicon.harms.match(words, k + 1) or not words[k + 1].isalpha():
            return False
        return bool(lexicon.people.match(words, k + 2))

    def _continues(self, words: list[str], k: int) -> bool:
        """Whether the noun phrase goes on behind a demonym."""
        if k >= len(words) or not words[k][0].isalpha() or words[k].endswith(_PARTICIPLES):
            return False
        lexicon = self._lexicon
        if words[k] in lexicon.skip or words[k] in lexicon.no_noun or words[k] in lexicon.stops:
            return False
        return not (lexicon.harms.match(words, k) or lexicon.classes.match(words, k))

    def _finish(
        self,
        tokens: list[Token],
        words: list[str],
        j: int,
        k: int,
        found: tuple[int, list[PersonWord]],
        harm: Harm | None,
    ) -> _Head | None:
        lexicon = self._lexicon
        while True:
            size, values = found
            end = k + size
            if end < len(words) and words[end] in lexicon.things:
                return None
            if end < len(words) and words[end] in {"'s", "’s", "-"}:
                return None
            goes_on = not values[0].plural and self._continues(words, end) and tokens[end].text[0].islower()
            if goes_on and not lexicon.people.match(words, end):
                return None  # "a major blow", "a militant hideout": the word before is an adjective here
            following = lexicon.people.match(words, end) if end < len(words) else None
            if following is not None and words[end] in self._lexicon.states:
                following = None  # "took three people hostage"
            if following is None or (
                not values[0].plural and following[1][0].plural is False and tokens[end].text[0].isupper()
            ):
                break
            k, found = end, following
        noun = " ".join(words[k:end])
        side = self._side(words, j, k, end, values[0], noun)
        return _Head(end, values[0], noun, side, harm or ("abducted" if noun in self._lexicon.held else None))

    def _modifier(self, tokens: list[Token], words: list[str], k: int, *, strict: bool) -> bool:
        word = words[k]
        lexicon = self._lexicon
        if is_number_word(word):
            return False  # "at the gate nine guards": a number opens a phrase of its own
        if word in lexicon.stops or not (word[0].isalnum()):
            return word == "-" and not strict
        if word in lexicon.modifier_side or word in lexicon.demonyms:
            return True
        if lexicon.classes.match(words, k) or word in lexicon.skip:
            return word in {"seriously", "critically", "allegedly"} and not strict
        return not strict

    def _side(self, words: list[str], j: int, k: int, end: int, word: PersonWord, noun: str) -> Side:
        """The side that the noun gives, unless a modifier before it or an "of …" behind it says more."""
        lookup = self._lexicon.modifier_side
        loose = word.side == "unspecified" or noun in self._lexicon.loose_nouns
        if noun in self._lexicon.ranks and any(w in self._lexicon.demonyms for w in words[j:k]):
            return "state_forces"  # "an Iranian commander": of a country's army
        before = [
            lookup[w] for w in (*words[j:k], *(" ".join(words[n : n + 2]) for n in range(j, k - 1))) if w in lookup
        ]
        if before and (loose or (before[-1] == "civilians" and word.side == "unspecified")):
            return before[-1]
        if loose and noun not in {"people", "men", "man", "person"} and end < len(words) and words[end] == "of":
            behind = [lookup[w] for w in words[end + 1 : end + 7] if w in lookup]
            if behind:
                return behind[0]
            if "family" in words[end + 1 : end + 5]:
                return "civilians"
        return word.side


def _lone(symbol: str, start: int, end: int) -> Group:
    """One person of whom the words tell no side."""
    return Group(symbol, start, end, "unspecified", ONE, None, "", definite=True, side_known=False)


def _loose(head: _Head) -> bool:
    """Whether the noun tells nothing of the side, so that an earlier group may lend its own: "three others"."""
    return head.noun in {"other", "others"} and head.side == "unspecified"
