"""Files of sources: what they mean, and every mistake in one at once."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from recount.errors import BadSources
from recount.sources.durations import said, seconds
from recount.sources.plan import load
from recount.sources.plan_faults import CHECKS, faults

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
GOOD = '[[source]]\nname = "a"\nkind = "feed"\nurl = "https://a.example/rss"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, text: str) -> list[str]:
    """The mistakes as "line: what. do"."""
    found = faults(written(folder, text))
    return [f"{fault.where.rpartition(':')[2]}: {fault.what}. {fault.do}" for fault in found]


def test_the_file_on_the_page_is_sound_and_every_key_is_on_it(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    block = re.search(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert told(tmp_path, block[1]) == []
    assert len(load(tmp_path / "sources.toml").sources) == len(tomllib.loads(block[1])["source"])
    assert [key for key in CHECKS if f"| `{key}` |" not in page] == []


def test_what_a_source_says(tmp_path: Path) -> None:
    plan = load(
        written(
            tmp_path,
            'contact = "x@y.example"\n[[source]]\nname = "a"\nkind = "sitemap"\nurl = "http://cms.local:8080/m.xml"\n'
            'every = "2 h"\npause = "0.5s"\nexpect = 9\nmatch = "*/news/*"\nsince = 2026-01-31\nmost = 7\n'
            'allow_private = true\n[[source]]\nname = "b"\nkind = "folder"\npath = "inbox"\nexpect = [1, 2.5]\n'
            '[[source]]\nname = "c"\nkind = "list"\nurls = ["https://a.example/1"]\noff = true\n',
        )
    )
    first, second = plan.sources
    assert plan.archive == tmp_path / "archive"
    assert plan.contact == "x@y.example"
    assert (first.every, first.pause, first.most, first.since) == (7200.0, 0.5, 7, date(2026, 1, 31))
    assert first.expect == (3.0, 27.0)
    assert first.private == {"cms.local:8080"}
    assert first.wants("http://x/news/1")
    assert not first.wants("http://x/sport/1")
    assert second.path == tmp_path / "inbox"
    assert second.expect == (1, 2.5)


def test_every_mistake_is_told_at_once_by_line_with_the_nearest_name(tmp_path: Path) -> None:
    text = """kontact = "x"
[[source]]
name = "a"
kind = "feeed"
every = "soon"
[[source]]
nam = "b"
kind = "feed"
url = "ftp://a.example/rss"
expect = [9, 2]
[[source]]
name = "a"
kind = "folder"
url = "https://a.example"
most = 0
pause = "1 s"
"""
    assert told(tmp_path, text) == [
        "1: unknown key 'kontact'. Did you mean 'contact'?",
        "4: unknown kind 'feeed'. Did you mean 'feed'?",
        "every is no span of time".join(["5: ", '. Write a span such as "30 minutes" or "6 h".']),
        "6: a source without 'name'. Add it under [[source]].",
        "7: unknown key 'nam'. Did you mean 'name'?",
        "9: url is no address on the web: 'ftp://a.example/rss'. Write an address that begins with https:// or http://, "
        "without a user name.",
        "10: expect is no range from low to high. Write how many reports a week you expect: 10, or at least and at most: "
        "[5, 40].",
        "12: the name 'a' stands twice. Give each source a name of its own.",
        "13: a folder needs 'path'. Give one 'path'.",
        "14: a folder takes no 'url'. Give 'path' instead.",
        "15: most is no whole number from 1 to 50,000. Write how many new addresses one poll may fetch.",
        "16: a folder takes no 'pause'. Take it out: nothing is fetched.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "every = 5",
        'every = "1 s"',
        'every = "2000 days"',
        'pause = "0 s"',
        "expect = 0",
        'expect = "many"',
        "expect = [1]",
        "follow = 1",
        "match = [1]",
        'since = "2026-01-31"',
        "since = 2026-01-31T10:00:00",
        "most = 1.5",
        "allow_private = 1",
        "off = 'no'",
        "outlet = ''",
        "unheard_of = 1",
        "urls = ['https://a.example/1']",
    ],
)
def test_each_value_is_looked_at(tmp_path: Path, line: str) -> None:
    (fault,) = told(tmp_path, GOOD + line + "\n")
    assert fault.startswith("5: ")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "file:///etc/passwd",
        "https://",
        "https://u:p@a.example/",
        "https://a.example:x/",
        "http://[::1",
    ],
)
def test_only_addresses_on_the_web_are_sources(tmp_path: Path, url: str) -> None:
    (fault,) = told(tmp_path, GOOD.replace("https://a.example/rss", url))
    assert fault.startswith("4: url ")


@pytest.mark.parametrize("text", ["", "contact = 'x'\n", "source = 3\n", "[source]\nname = 'a'\n"])
def test_a_file_without_sources_is_told(tmp_path: Path, text: str) -> None:
    assert any("names no source" in fault for fault in told(tmp_path, text))


def test_what_is_no_file_of_sources_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSources, match="no such file"):
        load(tmp_path / "gone.toml")
    with pytest.raises(BadSources, match=r"sources\.toml:2"):
        load(written(tmp_path, 'contact = "x"\nname = a\n'))
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSources, match="cannot be read"):
        load(tmp_path / "sources.toml")


def test_loading_says_how_many_more_mistakes_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadSources, match=r"2 more: recount sources check"):
        load(written(tmp_path, GOOD + "a = 1\nb = 2\nc = 3\n"))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("30 minutes", 1800.0),
        ("6h", 21600.0),
        ("1 day", 86400.0),
        ("0.5 s", 0.5),
        ("2 W", 1209600.0),
        ("5", None),
        ("", None),
    ],
)
def test_spans(words: str, span: float | None) -> None:
    assert seconds(words) == span


@pytest.mark.parametrize(
    ("span", "words"), [(5, "5 s"), (150, "2 min"), (7300, "2 h"), (200000, "2 days"), (1300000, "2 weeks")]
)
def test_spans_as_they_are_said(span: float, words: str) -> None:
    assert said(span) == words
