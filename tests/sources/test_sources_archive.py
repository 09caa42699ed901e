"""The evidence: every response is kept, whole or as far as it came, and can be read by others."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_site import Asked, Site, Watching, article

from recount.errors import RecountError
from recount.sources import archive as archives
from recount.sources.archive import Archive, Place

AT = datetime(2031, 11, 4, 16, 30, tzinfo=UTC)
Told = dict[str, str]


def records(folder: Path) -> list[tuple[Told, Told, bytes]]:
    """(WARC headers, HTTP headers, payload) of each record of an archive, read by warcio, digests checked."""
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                http = dict(record.http_headers.headers) if record.http_headers else {}
                found.append((dict(record.rec_headers.headers), http, record.raw_stream.read()))
    return found


def of_kind(folder: Path, kind: str, path: str = "") -> list[tuple[Told, Told, bytes]]:
    """The records of a type whose address ends so."""
    chosen = [r for r in records(folder) if r[0]["WARC-Type"] == kind]
    return [r for r in chosen if r[0].get("WARC-Target-URI", "").endswith(path)]


def test_a_response_is_kept_with_its_request(site: Site, watching: Watching, tmp_path: Path) -> None:
    body = article("One")
    site.pages["/1"] = lambda asked: asked.send(gzip.compress(body), Content_Encoding="gzip", X_Odd="caf\xe9")
    watching(site.source("list", "/1")).once()
    ((about, http, payload),) = of_kind(tmp_path / "archive", "response", "/1")
    assert payload == body
    assert about["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
    assert about["WARC-IP-Address"] == "127.0.0.1"
    assert about["WARC-Target-URI"] == site.at("/1")
    assert http["X-Crawl-Content-Encoding"] == "gzip"
    assert http["Content-Length"] == str(len(body))
    assert "Content-Encoding" not in http
    ((request, asked, _),) = of_kind(tmp_path / "archive", "request", "/1")
    assert request["WARC-Concurrent-To"] == about["WARC-Record-ID"]
    assert request["WARC-Date"] == about["WARC-Date"]
    assert asked["User-Agent"].startswith("Recount/")


def test_robots_listings_redirects_and_refusals_are_kept_too(site: Site, watching: Watching, tmp_path: Path) -> None:
    site.redirect("/1", "/2")
    watching(site.source("list", "/1")).once()
    kept = [about["WARC-Target-URI"] for about, _, _ in of_kind(tmp_path / "archive", "response")]
    assert kept == [site.at("/robots.txt"), site.at("/1"), site.at("/2")]


def test_what_was_broken_off_is_kept_as_far_as_it_came(site: Site, watching: Watching, tmp_path: Path) -> None:
    def short(asked: Asked) -> None:
        asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nonly this")

    site.pages["/1"] = short
    watching(site.source("list", "/1")).once()
    ((about, _, payload),) = of_kind(tmp_path / "archive", "response", "/1")
    assert payload == b"only this"
    assert about["WARC-Truncated"] == "disconnect"


def test_the_same_bytes_again_are_a_revisit(site: Site, watching: Watching, tmp_path: Path) -> None:
    site.pages["/1"] = article("One")
    watch = watching(site.source("list", "/1"))
    watch.once()
    watch.kit.state.changed(watch.kit.state.pending(1)[0], standing="kept")
    watching(site.source("list", "/1")).once()
    ((first, _, _),) = of_kind(tmp_path / "archive", "response", "/1")
    ((again, _, payload),) = of_kind(tmp_path / "archive", "revisit", "/1")
    assert payload == b""
    assert again["WARC-Refers-To-Date"] == first["WARC-Date"]
    assert again["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]


def test_another_reader_takes_every_record_for_sound(site: Site, watching: Watching, tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    site.feed("/1", "/2")
    site.pages |= {"/1": article("One"), "/2": article("Two")}
    watching(site.source("feed", "/feed")).once()
    (path,) = (tmp_path / "archive").glob("*.warc.gz")
    sound = 0
    for record in fastwarc.ArchiveIterator(path.open("rb"), parse_http=False):
        if record.headers.get("WARC-Block-Digest", "").startswith("sha256"):
            record.freeze()
            assert record.verify_block_digest()
            sound += 1
    assert sound == 8  # a response and a request each for robots.txt, the feed and two pages


def test_an_archive_goes_on_in_its_file_and_leaves_a_torn_one_alone(tmp_path: Path) -> None:
    first = Archive(tmp_path, "test")
    place, size = first.keep_file("mid:1", "message/rfc822", b"one", AT)
    again = Archive(tmp_path, "test")
    again.resume(place.file, size)
    second, size = again.keep_file("mid:2", "message/rfc822", b"two", AT)
    assert second.file == place.file
    torn = tmp_path / place.file
    with torn.open("ab") as stream:
        stream.write(b"\x1f\x8b\x08half a record")
    held = torn.read_bytes()
    third = Archive(tmp_path, "test")
    third.resume(place.file, size)
    other, _ = third.keep_file("mid:3", "message/rfc822", b"three", AT)
    assert other.file != place.file
    assert torn.read_bytes() == held
    assert [third.read(p).body for p in (place, second, other)] == [b"one", b"two", b"three"]


def test_a_large_file_is_followed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 1000)
    archive = Archive(tmp_path, "test")
    places = [archive.keep_file(f"mid:{n}", "text/plain", bytes(range(256)) * 4, AT)[0] for n in range(5)]
    assert len({place.file for place in places}) > 1
    assert [about["WARC-Type"] for about, _, _ in records(tmp_path)].count("resource") == 5


def test_a_record_is_read_as_it_was_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "test")
    place, _ = archive.keep_file("mid:1@x", "message/rfc822", b"Subject: x\n\n\xff\x00", AT)
    found = archive.read(place)
    assert (found.address, found.kind, found.body, found.at) == (
        "mid:1@x",
        "message/rfc822",
        b"Subject: x\n\n\xff\x00",
        AT,
    )


def test_bytes_that_are_not_what_they_were_are_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "test")
    place, _ = archive.keep_file("mid:1", "text/plain", b"Five died", AT)
    path = tmp_path / place.file
    plain = gzip.decompress(path.read_bytes()[place.offset :])
    forged = path.read_bytes()[: place.offset] + gzip.compress(plain.replace(b"Five died", b"Nine died"))
    path.write_bytes(forged)
    with pytest.raises(RecountError, match="no sound record there"):
        archive.read(place)


@pytest.mark.parametrize("place", [Place(file="gone.warc.gz", offset=0), Place(file="bad.warc.gz", offset=3)])
def test_a_record_that_is_not_there_is_told(tmp_path: Path, place: Place) -> None:
    (tmp_path / "bad.warc.gz").write_bytes(b"nothing of that kind" * 10)
    with pytest.raises(RecountError, match=r"holds no (sound )?record there"):
        Archive(tmp_path, "test").read(place)
