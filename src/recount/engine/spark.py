"""Archives read by Apache Spark: the shards of the local engine, handed to a cluster's workers.

A task reads one shard into its parts and marks it, exactly as a process of the local engine does, so both give the same
tables. The archive and the output folder must be reachable under the same path from every worker. A task whose worker dies
is done again by another worker; parts get their names only when they are whole.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from recount.engine.archive import Outcome, Progress, linked_mark, outcome, read_shard
from recount.engine.archive_folder import Folder, Manifest, Mark, total
from recount.engine.archive_links import write_links
from recount.engine.doubles import drop_doubles
from recount.engine.part_files import arrow
from recount.engine.shards import SIZE, settings_mark, shards_of
from recount.engine.spark_links import link_on_spark
from recount.errors import MissingExtra, RecountError, WrongUse
from recount.settings import Settings, environment, let_environment_say

JAVA = "Install Java 17 (Debian: openjdk-17-jre-headless), or set JAVA_HOME to one that is there."
RETRIES = 8
"""Times that a task may fail before the run does: each worker that dies fails the tasks that it held."""


def read_archive_on_spark(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    master: str,
    conf: Mapping[str, str] | None = None,
    shard_bytes: int = SIZE,
    link: bool = True,
    progress: Progress | None = None,
) -> Outcome:
    """As `archive.read_archive`, by Spark. `conf` are settings of Spark's own.

    MissingExtra without pyspark; WrongUse without Java, or where the master does not answer.
    """
    arrow()
    shards, asides = shards_of([path.absolute() for path in paths], shard_bytes)
    folder = Folder(out.absolute())
    made_by = settings_mark(settings, shard_bytes)
    begun = Manifest(made_by=made_by, engine="spark", shards=tuple(shards), asides=tuple(asides))
    manifest = folder.begin(begun)
    before = {shard.key: mark for shard in shards if (mark := folder.done(shard))}
    missing = [shard for shard in shards if shard.key not in before]
    with context(master, conf or {}) as spark:
        marks = dict(before)
        if missing:
            task = partial(_read, str(folder.path), settings)
            for mark in spark.parallelize(missing, len(missing)).map(task).collect():
                marks[mark.shard.key] = mark
        parts = tuple(part for shard in shards for part in marks[shard.key].parts)
        drop_doubles(folder.path, parts)
        manifest = replace(manifest, parts=parts, tally=total([marks[s.key] for s in shards]))
        folder.write_manifest(manifest)
        if progress:
            progress("linking", 0, manifest.tally.kept)
        if link and manifest.linked != linked_mark(manifest):
            write_links(folder.path, *link_on_spark(spark, folder.path, parts))
            manifest = replace(manifest, linked=linked_mark(manifest))
    manifest = replace(manifest, finished=True)
    folder.write_manifest(manifest)
    return outcome(folder.path, manifest, resumed=len(before))


def _read(out: str, settings: Settings, shard: Any) -> Mark:
    return Folder(Path(out)).done(shard) or read_shard(Path(out), shard, settings)


@contextmanager
def context(master: str, conf: Mapping[str, str]) -> Iterator[Any]:
    """A connection to Spark, closed afterwards. The settings of this process reach every worker."""
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        raise MissingExtra("Spark", "spark") from None
    around = environment()
    if not shutil.which("java") and not around.get("JAVA_HOME"):
        raise WrongUse("Spark needs Java, and there is none", "", JAVA)
    given = SparkConf().setMaster(master).setAppName("recount").setAll(list({**DEFAULTS, **conf}.items()))
    for name, value in around.items():
        if name.startswith("RECOUNT_"):
            given.setExecutorEnv(name, value)
    let_environment_say("PYSPARK_PYTHON", sys.executable)
    from py4j.protocol import Py4JError

    try:
        spark = SparkContext(conf=given)
    except (PySparkException, Py4JError) as fault:
        raise RecountError(f"Spark did not start ({_first_line(fault)})", master, JAVA) from None
    spark.setLogLevel("ERROR")
    try:
        yield spark
    except Py4JError as fault:
        what = f"Spark gave the run up ({_first_line(fault)})"
        raise RecountError(what, master, "Run it again: shards that were read are kept.") from None
    finally:
        spark.stop()


DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.task.maxFailures": str(RETRIES),
    "spark.python.worker.reuse": "true",
    "spark.driver.maxResultSize": "0",
}


def _first_line(fault: BaseException) -> str:
    return next((line.strip() for line in str(fault).splitlines() if line.strip()), type(fault).__name__)[:200]
