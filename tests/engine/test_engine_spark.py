"""Archives read by Spark: what the local engine gives, also when a worker dies in the middle."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "read"))

from made_cluster import Cluster
from made_warc import packed, put, records

from recount.engine import spark
from recount.engine.archive import Outcome, read_archive
from recount.engine.part_files import part_path, rows_in
from recount.engine.spark_links import components
from recount.engine.tables import COLUMNS
from recount.errors import RecountError, WrongUse
from recount.settings import Settings

JAVA = pytest.mark.skipif(shutil.which("java") is None, reason="no Java on this machine")
SETTINGS = Settings()
SMALL = 12_000
"""Bytes of a shard."""
QUICK = {"spark.driver.host": "127.0.0.1", "spark.executor.memory": "512m", "spark.driver.memory": "512m"}


def rows(outcome: Outcome, out: Path, table: str) -> list[bytes]:
    """The rows of a table as bytes, sorted: in which part a row lies is of no account."""
    parts = ["all"] if table in ("incidents", "links") else outcome.manifest.parts
    return sorted(repr(row).encode() for part in parts for row in rows_in(part_path(out, table, part)))


def assert_same(one: tuple[Outcome, Path], other: tuple[Outcome, Path]) -> None:
    for table in COLUMNS:
        assert rows(*one, table) == rows(*other, table), table
    assert rows(*one, "claims")
    assert rows(*one, "links")


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = records(120, every=2)
    return put(tmp_path_factory.mktemp("warc") / "made.warc.gz", packed([*made, *made[:20]]) + b"garbage")


@pytest.fixture(scope="module")
def local(warc: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    out = tmp_path_factory.mktemp("local") / "out"
    return read_archive([warc], out, SETTINGS), out


@JAVA
@pytest.mark.spark
def test_local_mode_gives_the_tables_of_the_local_engine(
    warc: Path, local: tuple[Outcome, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    how = {"master": "local[2]", "conf": QUICK, "shard_bytes": SMALL}
    first = spark.read_archive_on_spark([warc], out, SETTINGS, **how)  # type: ignore[arg-type]
    assert len(first.manifest.shards) > 2
    assert_same(local, (first, out))
    again = spark.read_archive_on_spark([warc], out, SETTINGS, **how)  # type: ignore[arg-type]
    assert again.resumed == len(first.manifest.shards)
    assert_same(local, (again, out))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    yield started
    started.close()


@JAVA
@pytest.mark.spark
def test_a_cluster_that_loses_a_worker_loses_nothing(
    warc: Path, local: tuple[Outcome, Path], tmp_path: Path, cluster: Cluster
) -> None:
    out = tmp_path / "out"
    killed = threading.Event()

    def kill_one() -> None:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            if len(list((out / "shards").glob("s_*.json"))) >= 1:
                cluster.kill(cluster.workers[0])
                killed.set()
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one)
    killer.start()
    outcome = spark.read_archive_on_spark(
        [warc], out, SETTINGS, master=cluster.address, conf=QUICK, shard_bytes=SMALL // 3
    )
    killer.join()
    assert killed.is_set()
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert_same(local, (outcome, out))


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(WrongUse, match="Java 17"), spark.context("local[1]", {}):
        pass


@JAVA
@pytest.mark.spark
def test_a_master_that_is_none_is_an_error_in_words() -> None:
    with pytest.raises(RecountError, match="did not start"), spark.context("nonsense://x", QUICK):
        pass


def test_components_join_what_edges_and_copies_connect() -> None:
    stands_for = {"a": "a", "b": "b", "c": "c", "d": "d", "e": "a"}
    assert components([("b", "c"), ("c", "d")], stands_for) == {"a": "a", "b": "b", "c": "b", "d": "b", "e": "a"}
