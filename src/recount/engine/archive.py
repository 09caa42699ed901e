"""The local engine for archives: shards read by all processors, each shard's outcome kept before the next is begun.

Memory is bounded: a process holds one page and a few rows, and no more shards are handed out than there are processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from recount.engine.archive_folder import ALL, Folder, Manifest, Mark, counted, total
from recount.engine.archive_links import link_parts
from recount.engine.doubles import drop_doubles
from recount.engine.part_files import Part, arrow
from recount.engine.passes import Counting, coded_shard
from recount.engine.shards import SIZE, Shard, settings_mark, shards_of
from recount.records import Record
from recount.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is done ("bytes read", "linking"), how much of it, and how much there is."""


class Outcome(Record, frozen=True, kw_only=True):
    """What a run left in the folder: reports and incidents there, and `resumed`, the shards that were done before."""

    manifest: Manifest
    reports: int = 0
    incidents: int = 0
    resumed: int = 0


def read_archive(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    shard_bytes: int = SIZE,
    link: bool = True,
    progress: Progress | None = None,
) -> Outcome:
    """Read archives into a folder of tables; running it again goes on where it stopped.

    WrongUse where the folder holds something else, or was begun by other rules; MissingExtra without pyarrow.
    """
    arrow()
    shards, asides = shards_of(paths, shard_bytes)
    folder = Folder(out)
    made_by = settings_mark(settings, shard_bytes)
    manifest = folder.begin(Manifest(made_by=made_by, shards=tuple(shards), asides=tuple(asides)))
    before = {shard.key: mark for shard in shards if (mark := folder.done(shard))}
    marks = dict(before)
    whole, done = sum(s.weight for s in shards), sum(m.shard.weight for m in before.values())
    for mark in _read(folder, [s for s in shards if s.key not in before], settings, jobs):
        marks[mark.shard.key] = mark
        done += mark.shard.weight
        if progress:
            progress("bytes read", done, whole)
    parts = tuple(part for shard in shards for part in marks[shard.key].parts)
    drop_doubles(out, parts)
    manifest = replace(manifest, parts=parts, tally=total([marks[s.key] for s in shards]))
    folder.write_manifest(manifest)
    if link and manifest.linked != linked_mark(manifest):
        if progress:
            progress("linking", 0, manifest.tally.kept)
        link_parts(out, parts)
        manifest = replace(manifest, linked=linked_mark(manifest))
    manifest = replace(manifest, finished=True)
    folder.write_manifest(manifest)
    return outcome(out, manifest, resumed=len(before))


def outcome(out: Path, manifest: Manifest, *, resumed: int = 0) -> Outcome:
    """What the folder holds now."""
    incidents = counted(out, "incidents", [ALL]) if manifest.linked else 0
    reports = counted(out, "reports", manifest.parts)
    return Outcome(manifest=manifest, reports=reports, incidents=incidents, resumed=resumed)


def linked_mark(manifest: Manifest) -> str:
    """A name for the parts that links rest on."""
    from recount.records import content_id

    return content_id("p", *manifest.parts)


def _read(folder: Folder, shards: Sequence[Shard], settings: Settings, jobs: int) -> Iterator[Mark]:
    if jobs == 1 or not shards:
        for shard in shards:
            yield read_shard(folder.path, shard, settings)
        return
    from recount.engine.archive_processes import read_by_many

    yield from read_by_many(folder.path, shards, settings, min(jobs, len(shards)))


def read_shard(out: Path, shard: Shard, settings: Settings) -> Mark:
    """Read one shard into its parts and mark it as done."""
    counting, part = Counting(), Part(out, shard.key)
    try:
        for item in coded_shard(shard, settings, counting):
            part.add(item)
    except BaseException:
        part.abandon()
        raise
    part.close()
    return Folder(out).mark(shard, counting.tally(), (shard.key,))
