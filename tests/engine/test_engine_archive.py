"""Archives: one outcome whatever the number of processes or shards, nothing twice, nothing lost by a stop."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "read"))

import made_warc
from made_warc import packed, put, records

from recount.engine import passes
from recount.engine.archive import Outcome, read_archive
from recount.engine.archive_folder import Folder
from recount.engine.archive_loading import load_archive
from recount.engine.part_files import part_path, rows_in
from recount.engine.shards import halves, shards_of
from recount.engine.tables import COLUMNS
from recount.errors import WrongUse
from recount.records import SetAside
from recount.river import code
from recount.settings import Settings
from recount.store import open_ledger

SETTINGS = Settings()
SMALL = 3_000
"""Bytes of a shard: a few records of the made pages."""


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return put(tmp_path / "made.warc.gz", packed(records(30, every=3)))


def read(paths: list[Path], out: Path, **how: object) -> Outcome:
    return read_archive(paths, out, SETTINGS, **how)  # type: ignore[arg-type]


def digest(outcome: Outcome, out: Path, table: str) -> str:
    """A hash of a table's rows, whatever parts they lie in."""
    parts = ["all"] if table in ("incidents", "links") else outcome.manifest.parts
    rows = [repr(row) for part in parts for row in rows_in(part_path(out, table, part))]
    assert rows or table in ("asides", "statistics")
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def same(one: tuple[Outcome, Path], other: tuple[Outcome, Path]) -> bool:
    return all(digest(*one, table) == digest(*other, table) for table in COLUMNS)


def test_every_record_ends_somewhere(warc: Path, tmp_path: Path) -> None:
    tally = read([warc], tmp_path / "out").manifest.tally
    ends = (tally.no_page, tally.filtered, tally.copies, tally.dull, tally.silent, tally.kept, tally.aside)
    assert sum(ends) == tally.records == 30
    assert tally.kept == 10
    assert tally.filtered == 20


def test_shards_and_processes_change_nothing(warc: Path, tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    whole = read([warc], one), one
    assert same(whole, (read([warc], two, shard_bytes=SMALL), two))
    assert same(whole, (read([warc], three, shard_bytes=SMALL, jobs=2), three))
    assert whole[0].incidents > 0


def test_codings_come_back_from_the_tables_as_the_river_gave_them(warc: Path, tmp_path: Path) -> None:
    outcome = read([warc], tmp_path / "out", shard_bytes=SMALL)
    codings = list(Folder(tmp_path / "out").codings(outcome.manifest.parts))
    assert len(codings) == 10
    assert all(code(c.report) == c for c in codings)


def test_copies_in_one_shard_and_across_shards_are_kept_once(tmp_path: Path) -> None:
    ten = records(10)
    warc = put(tmp_path / "made.warc.gz", packed(ten * 8))
    out = tmp_path / "out"
    outcome = read([warc], out, shard_bytes=SMALL)
    assert outcome.reports == 10
    assert outcome.manifest.tally.kept > 10
    ids = [row["id"] for part in outcome.manifest.parts for row in rows_in(part_path(out, "claims", part))]
    assert len(ids) == len(set(ids)) > 10
    assert same((outcome, out), (read([warc], tmp_path / "whole"), tmp_path / "whole"))


@pytest.mark.parametrize("number", [3_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_copies_cost_little(tmp_path: Path, number: int) -> None:
    warc = put(tmp_path / "made.warc.gz", packed(records(1)) * number)
    begin = time.process_time()
    outcome = read([warc], tmp_path / "out")
    assert outcome.manifest.tally.copies == number - 1
    assert outcome.reports == 1
    assert time.process_time() - begin < 5 + number / 1_000


def test_a_second_run_reads_nothing_again(warc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read([warc], tmp_path / "out", shard_bytes=SMALL)
    monkeypatch.setattr(passes, "draft_of", lambda page: pytest.fail("it was read before"))
    again = read([warc], tmp_path / "out", shard_bytes=SMALL)
    assert again.resumed == len(first.manifest.shards) > 2
    assert again.manifest.tally == first.manifest.tally


def test_a_folder_of_other_rules_or_other_things_is_refused(warc: Path, tmp_path: Path) -> None:
    read([warc], tmp_path / "out")
    with pytest.raises(WrongUse, match="inclusion"):
        read_archive([warc], tmp_path / "out", Settings(inclusion="any"))
    with pytest.raises(WrongUse, match="something else"):
        read([warc], tmp_path)
    with pytest.raises(WrongUse, match="something else"):
        read([warc], warc)


def test_what_cannot_be_read_is_in_the_table_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = bytearray(packed(records(10)))
    data[len(packed(records(4))) + 300] ^= 0xFF
    warc = put(tmp_path / "made.warc.gz", bytes(data))
    outcome = read([warc, tmp_path / "nowhere.warc"], tmp_path / "out")
    assert outcome.reports == 9
    assert [a.source for a in outcome.manifest.asides] == [str(tmp_path / "nowhere.warc")]
    (aside,) = Folder(tmp_path / "out").asides(outcome.manifest.parts)
    assert "damaged gzip" in aside.reason


def test_tables_load_into_a_ledger_once(warc: Path, tmp_path: Path) -> None:
    outcome = read([warc], tmp_path / "out", shard_bytes=SMALL)
    with open_ledger(tmp_path / "recount.db", settings=SETTINGS) as ledger:
        assert load_archive(ledger, tmp_path / "out", SETTINGS).new == 10
        assert load_archive(ledger, tmp_path / "out", SETTINGS).known == 10
        assert ledger.counts()["incidents"] == outcome.incidents
        kept = sorted(link.incident for link in ledger.links())
    links = [row["incident"] for row in rows_in(part_path(tmp_path / "out", "links", "all"))]
    assert kept == sorted(links)
    with pytest.raises(WrongUse, match="no folder"), open_ledger(tmp_path / "b.db", settings=SETTINGS) as ledger:
        load_archive(ledger, tmp_path, SETTINGS)


def test_tables_of_pages_are_read_like_archives(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    urls = [f"http://made.example/{n}" for n in range(12)]
    table = pa.table({"url": urls, "html": [made_warc.page(n, telling=n % 3 == 0) for n in range(12)]})
    pq.write_table(table, tmp_path / "pages.parquet", row_group_size=5)
    texts = ["Gunmen killed four guards in an attack near Bannu on Friday, police said.", "Bread is sold.", ""]
    pq.write_table(pa.table({"text": texts, "pub_date": ["2031-03-15", "", "x"]}), tmp_path / "texts.parquet")
    out = tmp_path / "out"
    outcome = read([tmp_path / "pages.parquet", tmp_path / "texts.parquet"], out, shard_bytes=1)
    assert len(outcome.manifest.shards) == 4
    assert outcome.reports == 5
    found = list(Folder(out).codings(outcome.manifest.parts))
    assert [str(c.report.published) for c in found] == [
        "2031-03-01",
        "2031-03-16",
        "2031-03-04",
        "2031-03-19",
        "2031-03-15",
    ]
    assert {a.reason for a in Folder(out).asides(outcome.manifest.parts)} == {"a row without a page"}


def test_a_record_that_ends_the_process_is_set_aside_alone(warc: Path, tmp_path: Path) -> None:
    fatal = made_warc.record("http://made.example/x", made_warc.answer(made_warc.page(3) + b"FATAL"))
    parts = records(6, every=9)
    warc = put(tmp_path / "fatal.warc.gz", packed([*parts[:2], fatal, *parts[2:]]))
    program = (
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import fatal_pages\n"
        "fatal_pages.main(sys.argv[1], sys.argv[2])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, warc, tmp_path / "out"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    manifest = Folder(tmp_path / "out").manifest()
    assert manifest is not None
    (aside,) = Folder(tmp_path / "out").asides(manifest.parts)
    assert "ended, twice" in aside.reason
    assert manifest.tally.records == 7
    assert manifest.tally.filtered == 5


def test_halves_cover_a_shard_and_end_at_one_record(warc: Path) -> None:
    (shard,), _ = shards_of([warc])
    waiting, single = [shard], []
    while waiting:
        cut = halves(one := waiting.pop())
        if len(cut) == 1:
            single.append((one.start, one.stop))
        else:
            assert cut[0].start == one.start
            assert cut[0].stop == cut[1].start
            assert cut[1].stop == one.stop
            waiting += cut
    assert len(single) >= 30


def living(group: int) -> list[str]:
    """The processes of a group that still run; one that nobody has buried yet is none."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, where = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(where) == group and state != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see processes")
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_is_finished_by_the_next_and_leaves_no_process(tmp_path: Path, blow: signal.Signals) -> None:
    warc = put(tmp_path / "made.warc.gz", packed(records(700, every=10)))
    out = tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "archive_run.py"), str(warc), str(out), "30000"],
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while not list((out / "shards").glob("s_*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(running.pid, blow) if blow == signal.SIGINT else running.kill()
        assert running.wait(30) != 0
        until = time.monotonic() + 30
        while living(running.pid) and time.monotonic() < until:
            time.sleep(0.1)
        assert not living(running.pid)
    finally:
        running.kill()
    some = len(list((out / "shards").glob("s_*.json")))
    outcome = read([warc], out, shard_bytes=30_000)
    assert 0 < some <= outcome.resumed < len(outcome.manifest.shards)
    whole = read([warc], tmp_path / "whole", shard_bytes=30_000)
    assert same((outcome, out), (whole, tmp_path / "whole"))
    assert not list(out.glob("*/.*unfinished"))


def test_a_shard_stopped_midway_leaves_no_part(warc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> object:
        yield SetAside(source="a", reason="b", advice="c")
        raise KeyboardInterrupt

    monkeypatch.setattr("recount.engine.archive.coded_shard", stopped)
    with pytest.raises(KeyboardInterrupt):
        read([warc], tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.parquet"))
    assert not list((tmp_path / "out" / "shards").iterdir())
