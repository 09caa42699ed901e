"""The folder that reading an archive fills: tables in parts, and a mark for each shard that is done.

    DIR/manifest.json      what was read, by which rules, and whether it is finished
    DIR/shards/KEY.json    one mark for each shard that is done, with its tally
    DIR/reports/part-*.parquet, claims/, event_reports/, statistics/, asides/
    DIR/incidents/part-all.parquet, links/part-all.parquet

A shard's parts get their names before its mark is written, so a run that was stopped loses no more than the shards that
were under way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from recount.engine.part_files import UNFINISHED, part_path, rows_in
from recount.engine.passes import Tally, summed
from recount.engine.shards import Shard
from recount.engine.tables import COLUMNS, coding_of
from recount.errors import WrongUse
from recount.records import Coding, Record, SetAside

MANIFEST = "manifest.json"
ALL = "all"
"""The name of the one part of a table that is made of everything."""


class Mark(Record, frozen=True, kw_only=True):
    """What a shard gave, and the names of its parts, in order."""

    shard: Shard
    tally: Tally
    parts: tuple[str, ...]


class Manifest(Record, frozen=True, kw_only=True):
    """What a folder was made from. `parts` are in the order of the input; `linked` names those that links rest on."""

    made_by: Mapping[str, str | int | bool]
    engine: str = "local"
    shards: tuple[Shard, ...] = ()
    asides: tuple[SetAside, ...] = ()
    parts: tuple[str, ...] = ()
    tally: Tally = Tally()
    linked: str = ""
    finished: bool = False


class Folder:
    """An archive's folder, for the engine that fills it and for whoever reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, manifest: Manifest) -> Manifest:
        """Make the folder, or go on in it; WrongUse where it was begun otherwise or holds something else."""
        held = self.manifest()
        if held is None and self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise WrongUse("it holds something else", str(self.path), "Name a new or empty folder.")
        if held is not None:
            self._compare(held, manifest)
        (self.path / "shards").mkdir(parents=True, exist_ok=True)
        for path in self.path.glob(f"*/.part-*{UNFINISHED}"):
            path.unlink()
        begun = manifest if held is None else msgspec.structs.replace(manifest, linked=held.linked)
        self.write_manifest(begun)
        return begun

    def _compare(self, held: Manifest, new: Manifest) -> None:
        differing = [k for k in new.made_by if held.made_by.get(k) != new.made_by[k]]
        if held.engine != new.engine:
            differing.append("engine")
        if differing:
            what = f"it was begun with another {' and '.join(differing)}"
            raise WrongUse(what, str(self.path), "Name another folder, or set what it was begun with.")

    def manifest(self) -> Manifest | None:
        """What the folder was made from; None where there is no folder of an archive."""
        try:
            return msgspec.json.decode((self.path / MANIFEST).read_bytes(), type=Manifest)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except msgspec.DecodeError as fault:
            what = f"its {MANIFEST} cannot be read ({fault})"
            raise WrongUse(what, str(self.path), "Name another folder.") from None

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest."""
        _replace(self.path / MANIFEST, manifest)

    def mark(self, shard: Shard, tally: Tally, parts: Sequence[str]) -> Mark:
        """Say that a shard is done."""
        made = Mark(shard=shard, tally=tally, parts=tuple(parts))
        _replace(self.path / "shards" / f"{shard.key}.json", made)
        return made

    def done(self, shard: Shard) -> Mark | None:
        """The mark of a shard; None where it is still to be read."""
        try:
            return msgspec.json.decode((self.path / "shards" / f"{shard.key}.json").read_bytes(), type=Mark)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def asides(self, parts: Sequence[str]) -> Iterator[SetAside]:
        """What was set aside, in the order of the parts."""
        for name in parts:
            yield from (SetAside(**row) for row in rows_in(part_path(self.path, "asides", name)))

    def codings(self, parts: Sequence[str]) -> Iterator[Coding]:
        """All codings, in the order of the parts; a few rows of each table in memory."""
        for name in parts:
            yield from codings_in(self.path, name)


def codings_in(folder: Path, name: str) -> Iterator[Coding]:
    """The codings of one part, put together again from its tables, which are in the same order."""
    streams = {t: _by_report(folder, t, name) for t in ("claims", "event_reports", "statistics")}
    ahead = {table: next(stream, None) for table, stream in streams.items()}
    for row in rows_in(part_path(folder, "reports", name)):
        told: dict[str, list[str]] = {}
        for table, held in ahead.items():
            told[table] = []
            if held is not None and held[0] == row["id"]:
                told[table], ahead[table] = held[1], next(streams[table], None)
        yield coding_of(row, told["claims"], told["event_reports"], told["statistics"])


def _by_report(folder: Path, table: str, name: str) -> Iterator[tuple[str, list[str]]]:
    rows = rows_in(part_path(folder, table, name), ("report", "body"))
    for report, group in groupby(rows, key=lambda row: row["report"]):
        yield report, [row["body"] for row in group]


def total(marks: Sequence[Mark]) -> Tally:
    """The tally of all shards together."""
    found = Tally()
    for mark in marks:
        found = summed(found, mark.tally)
    return found


def counted(folder: Path, table: str, parts: Sequence[str]) -> int:
    """Rows of a table, told from the files' own heads."""
    from recount.engine.part_files import arrow

    paths = (part_path(folder, table, name) for name in parts)
    return sum(arrow().parquet.read_metadata(path).num_rows for path in paths if path.exists())


def tables_there(folder: Path) -> list[str]:
    """The tables that have files."""
    return [table for table in COLUMNS if any((folder / table).glob("part-*.parquet"))]


def _replace(path: Path, record: Any) -> None:
    new = path.with_name(f".{path.name}{UNFINISHED}")
    new.write_bytes(msgspec.json.format(msgspec.json.encode(record)))
    new.replace(path)
