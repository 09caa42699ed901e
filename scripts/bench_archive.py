"""What reading an archive costs: against the usual stack on the same file, the quality of the text, and the cost curve.

    bench_archive.py versus [--pages FOLDER] [--count N] [--share S] [--jobs N] [--fast] [--metadata]
    bench_archive.py text --pages FOLDER --truth FILE
    bench_archive.py recall --shared FOLDER
    bench_archive.py curve [SIZE...] [--share S] [--jobs N]
    bench_archive.py spark [--count N] [--no-cluster]

`versus` makes one WARC file, of the pages in FOLDER that make no claim, each made different by a comment, with a share S of
pages made from templates that do, and reads it twice: with Recount, and with warcio, trafilatura and a blank spaCy pipeline
whose entity ruler and matcher hold the words of the same rule folder (without the gazetteer of the world's places, which
would cost that side more). Both get the same number of processes. `text` compares the extracted text of pages with
their true text, as the article extraction benchmark does: 4-grams of words, in both directions. `recall` counts how many of
the coded training reports that tell of an incident pass each filter, wrapped as pages. `curve` reads generated archives of
growing size, 500 pages to a day. `spark` reads one file by one process, by Spark's local mode with one core and with two, and
by a standalone cluster of one worker and of two with a core each, without linking: what Spark costs, and what the second
worker gains. Processor time is given beside wall time, since only the first holds on a busy machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from recount.settings import Settings

TOWNS = ("Harnai", "Panjgur", "Mastung", "Bannu", "Tank", "Kalat", "Quetta", "Turbat", "Kharan", "Nushki", "Pasni")
WHO = ("militants", "gunmen", "soldiers", "policemen", "civilians", "guards", "farmers", "miners")
FURNITURE = "".join(f'<li><a href="/section/{n}">Section {n} of the day</a></li>' for n in range(120))
SCRIPT = "<script>" + "window.setting=window.setting||{};function next(a,b){return a+b}" * 500 + "</script>"
RULER_FILES = ("cues/en/scope.toml", "cues/en/kinds.toml", "lexicons/en/harm.toml", "lexicons/en/people.toml")


def day_of(number: int) -> date:
    """The day of a generated page: 500 come to a day, so that days grow with the archive."""
    return date(2031, 1, 1) + timedelta(days=number // 500)


def page(head: str, body: str, number: int, extra: str = "") -> bytes:
    """A generated page with menus and scripts around its article."""
    day = day_of(number)
    return (
        f'<!doctype html><html><head><title>{head}</title><meta property="article:published_time" '
        f'content="{day}"><meta property="og:site_name" content="Made Gazette">{extra}'
        f"</head><body><nav><ul>{FURNITURE}</ul></nav><article><h1>{head}</h1>{body}</article><footer>Made</footer></body></html>"
    ).encode()


def telling(n: int, extra: str = "") -> bytes:
    """A page that tells of an incident."""
    town, who, dead = TOWNS[n % len(TOWNS)], WHO[n // 3 % len(WHO)], n % 17 + 2
    body = (
        f"<p>At least {dead} {who} were killed and {dead // 2 + 1} others wounded when a roadside bomb hit a convoy near "
        f"{town} on Tuesday, police said.</p><p>No group has claimed responsibility for the attack, the {n}th of its kind "
        f"on that road. Security forces cordoned off the area and a search operation was under way.</p>"
        f"<p>Hospital officials in {town} said that {dead // 3 + 1} of the wounded were in critical condition.</p>"
    )
    return page(f"{dead} {who} killed in blast near {town}", body, n, extra)


def dull(n: int) -> bytes:
    """A page that tells of none."""
    town = TOWNS[n % len(TOWNS)]
    body = f"<p>The council of {town} approved {n % 40 + 2} schemes for roads and water. Item {n} was put off.</p>" * 12
    return page(f"Council of {town} meets", body, n)


def record(n: int, body: bytes) -> bytes:
    """A packed WARC record."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:032x}>\r\nWARC-Date: {day_of(n)}T00:00:00Z\r\n"
        f"WARC-Target-URI: http://made.example/{n}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 4)


def silent_pages(folder: Path) -> list[bytes]:
    """The pages of a folder on which the river makes no claim."""
    from recount.errors import UnreadableInput
    from recount.read.html import report_from_html
    from recount.river import code

    found = []
    for path in sorted(folder.glob("*.html*")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            coding = code(report_from_html(data, name=path.stem))
        except UnreadableInput:
            continue
        if not (coding.claims or coding.event_reports):
            found.append(data)
    return found


def make(path: Path, count: int, share: float, pages: list[bytes]) -> int:
    """Write an archive; how many of its pages tell of an incident."""
    step, told = round(1 / share), 0
    others = cycle(pages) if pages else None
    with path.open("wb") as file:
        for n in range(count):
            if n % step == step // 2:
                told += 1
                body = telling(n, SCRIPT if pages else "")
            else:
                body = next(others) + b"<!-- %d -->" % n if others else dull(n)
            file.write(record(n, body))
    return told


class Clock:
    """Wall and processor time of a stretch of work, child processes included."""

    wall = cpu = 0.0

    @classmethod
    def of(cls, wall: float, cpu: float) -> Clock:
        """These times."""
        made = cls()
        made.wall, made.cpu = wall, cpu
        return made

    def __enter__(self) -> Clock:
        self._wall, self._cpu = time.monotonic(), cpu()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.monotonic() - self._wall, cpu() - self._cpu


def cpu() -> float:
    """Processor seconds of this process and its ended children."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in both)


def rule_words() -> Iterator[str]:
    """The words and phrases of the rule folder that the scans look for."""
    from recount.rules import FOLDER, read_table

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, part in value.items():
                if key not in ("says", "kind", "harm", "side"):
                    yield from strings(part)
        elif isinstance(value, list):
            for part in value:
                yield from strings(part)

    for name in (*RULER_FILES, *(f"gazetteers/actors/{p.name}" for p in FOLDER.glob("gazetteers/actors/*.toml"))):
        yield from (s.rstrip("*") for s in strings(read_table(name)) if 2 < len(s) < 60)


def usual(task: tuple[str, int, int, bool, bool]) -> tuple[int, int]:
    """The usual stack on every `of`-th record of a file: pages and matches."""
    import spacy
    import trafilatura
    from spacy.matcher import Matcher
    from warcio.archiveiterator import ArchiveIterator

    path, mine, of, fast, metadata = task
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "WORD", "pattern": word} for word in sorted(set(rule_words()))])
    matcher = Matcher(nlp.vocab)
    gap = {"IS_ALPHA": True, "OP": "*"}
    harm = {"LOWER": {"IN": ["killed", "wounded", "injured", "arrested", "dead", "died", "abducted", "missing"]}}
    matcher.add("TOLL", [[{"LIKE_NUM": True}, gap, harm], [harm, gap, {"LIKE_NUM": True}]])
    pages = matches = 0
    with open(path, "rb") as stream:
        for n, found in enumerate(ArchiveIterator(stream)):
            if n % of != mine or found.rec_type != "response":
                continue
            pages += 1
            html = found.content_stream().read().decode("utf-8", "replace")
            text = trafilatura.extract(html, fast=fast, with_metadata=metadata) or ""
            doc = nlp(text)
            matches += len(doc.ents) + len(matcher(doc))
    return pages, matches


def versus(args: argparse.Namespace) -> None:
    """Recount and the usual stack on one file; what starting costs is measured on a tiny file and told apart."""
    pages = silent_pages(args.pages) if args.pages else []
    with tempfile.TemporaryDirectory() as folder:
        path, tiny = Path(folder) / "made.warc.gz", Path(folder) / "tiny.warc.gz"
        told = make(path, args.count, args.share, pages)
        make(tiny, 2 * args.jobs, 0.5, [])
        origin = f"{len(pages)} real pages repeated" if pages else "generated pages"
        print(
            f"{args.count:,} records ({path.stat().st_size / 1e6:.0f} MB packed): {origin}, {told} generated that tell"
        )
        begun = {name: timed(way, tiny, args) for name, way in WAYS.items()}
        done = {name: timed(way, path, args) for name, way in WAYS.items()}
    for name, clock in done.items():
        net = Clock.of(clock.wall - begun[name].wall, clock.cpu - begun[name].cpu)
        print(
            f"{name:12} {args.count / net.cpu:8.1f} pages/s of processor time, {args.count / net.wall:8.1f} by the wall"
            f" (whole run {clock.cpu:.1f} s, {clock.wall:.1f} s; starting {begun[name].cpu:.1f} s, {begun[name].wall:.1f} s)"
        )
    ours, theirs = (Clock.of(done[n].wall - begun[n].wall, done[n].cpu - begun[n].cpu) for n in WAYS)
    print(
        f"ratio {theirs.cpu / ours.cpu:.1f} by processor time, {theirs.wall / ours.wall:.1f} by the wall, starting left out;"
        f" {done['usual stack'].cpu / done['recount'].cpu:.1f} and {done['usual stack'].wall / done['recount'].wall:.1f}"
        f" with it; {args.jobs} processes each; load {os.getloadavg()[0]:.1f}"
    )


def timed(way: Callable[[Path, argparse.Namespace], None], path: Path, args: argparse.Namespace) -> Clock:
    """What one way takes."""
    with Clock() as clock:
        way(path, args)
    return clock


def ours(path: Path, args: argparse.Namespace) -> None:
    """Recount's local engine, from the file to tables of claims."""
    from recount.engine.archive import read_archive

    shard = max(1 << 10, path.stat().st_size // (args.jobs * 4))
    with tempfile.TemporaryDirectory() as out:
        target = Path(out) / "out"
        outcome = read_archive([path], target, Settings(), jobs=args.jobs, shard_bytes=shard, link=False)
    print("  ", outcome.manifest.tally)


def theirs(path: Path, args: argparse.Namespace) -> None:
    """The usual stack, each process on its share of the records."""
    with ProcessPoolExecutor(args.jobs) as pool:
        tasks = [(str(path), n, args.jobs, args.fast, args.metadata) for n in range(args.jobs)]
        pages, matches = map(sum, zip(*pool.map(usual, tasks), strict=True))
    print(f"   usual stack: {pages:,} pages, {matches:,} matches")


WAYS: dict[str, Callable[[Path, argparse.Namespace], None]] = {"recount": ours, "usual stack": theirs}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-grams of words of a text."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


def text(args: argparse.Namespace) -> None:
    """How near extracted text is to the true text, for Recount's two passes and for trafilatura alone."""
    import trafilatura

    from recount.read.html import main_text, report_from_html

    truth = json.loads(args.truth.read_text())
    ways: dict[str, Callable[[bytes], str]] = {
        "recount, careful pass": lambda raw: report_from_html(raw, name="x").text,
        "recount, quick pass": lambda raw: main_text(raw.decode("utf-8", "replace")),
        "trafilatura": lambda raw: trafilatura.extract(raw, include_comments=False) or "",
    }
    for name, way in ways.items():
        sums = [0.0, 0.0, 0.0]
        for key, row in truth.items():
            with gzip.open(args.pages / f"{key}.html.gz") as file:
                got, true = shingles(way(file.read())), shingles(row["articleBody"])
            hit = (got & true).total()
            both = hit + (got - true).total() + (true - got).total()
            for n, part in enumerate((hit, (got - true).total(), (true - got).total())):
                sums[n] += part / both
        precision, recall = sums[0] / (sums[0] + sums[1]), sums[0] / (sums[0] + sums[2])
        print(f"{name:24} F1 {2 * precision * recall / (precision + recall):.3f}  P {precision:.3f}  R {recall:.3f}")


def recall(args: argparse.Namespace) -> None:
    """How many coded reports with incidents are left after each filter."""
    from html import escape

    from recount.engine.passes import claims_something
    from recount.read.archive import draft_of, worth_parsing
    from recount.read.pages import Page

    train, settings = args.shared / "dev" / "train", Settings()
    coded = [json.loads(line) for line in (train / "gold.jsonl").read_bytes().splitlines()]
    telling = {c["id"] for c in coded if any(i["role"] != "background" for i in c["incidents"])}
    left = Counter[str]()
    for found in map(json.loads, (train / "reports.jsonl").read_bytes().splitlines()):
        if found["id"] in telling:
            body = "".join(f"<p>{escape(part)}</p>" for part in found["text"].split("\n"))
            made = Page(name="x", source="x", data=page(escape(found.get("headline") or ""), body, 1))
            left["bytes"] += (first := worth_parsing(made, settings))
            left["words of the quick text"] += (second := first and (draft := draft_of(made)).tells(settings))
            left["a claim in the quick text"] += second and claims_something(draft, settings)
    for name, number in left.items():
        print(f"{name:26} {number} of {len(telling)} ({number / len(telling):.4f})")


def curve(args: argparse.Namespace) -> None:
    """Cost of each record as archives grow."""
    print(f"generated pages, one in {round(1 / args.share)} tells of an incident; {args.jobs} processes")
    print(f"{'records':>10} {'reports':>8} {'ms/record':>10} {'linking s':>10} {'peak MiB':>9} {'wall s':>8}  load")
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.warc.gz"
            make(path, size, args.share, [])
            command = [sys.executable, __file__, "one", str(path), str(Path(folder) / "out"), "--jobs", str(args.jobs)]
            done = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        print(
            f"{size:10,} {done['reports']:8,} {1000 * done['cpu'] / size:10.3f} {done['link']:10.2f} "
            f"{done['peak']:9.0f} {done['wall']:8.1f}  {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def spark(args: argparse.Namespace) -> None:
    """Wall time of the local engine, of Spark in local mode, and of a standalone cluster, each with one core and with two."""
    from recount.engine.archive import read_archive
    from recount.engine.spark import read_archive_on_spark

    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "engine"))
    from made_cluster import Cluster

    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "made.warc.gz", Path(folder)
        make(path, args.count, args.share, [])
        shard = max(1 << 10, path.stat().st_size // 64)

        def here(target: Path) -> object:
            return read_archive([path], target, Settings(), jobs=1, shard_bytes=shard, link=False)

        def by_spark(master: str, name: str) -> tuple[float, float]:
            conf = {"spark.driver.host": "127.0.0.1"}
            way = partial(read_archive_on_spark, master=master, conf=conf, shard_bytes=shard, link=False)
            return told(f"Spark, {name}", lambda target: way([path], target, Settings()))

        def by_cluster(workers: int) -> tuple[float, float]:
            (home := out / f"cluster{workers}").mkdir()
            cluster = Cluster(home, workers)
            try:
                return by_spark(cluster.address, f"cluster of {workers} workers")
            finally:
                cluster.close()

        def told(name: str, work: Callable[[Path], object]) -> tuple[float, float]:
            target = Path(tempfile.mkdtemp(dir=out)) / "out"
            with Clock() as clock:
                work(target)
            marks = [mark.stat().st_mtime for mark in (target / "shards").glob("s_*.json")]
            steady = max(marks) - min(marks)
            print(
                f"{name:32} {clock.wall:8.1f} s by the wall, {steady:8.1f} s from the first shard's end to the last one's,"
                f" load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            return clock.wall, steady

        here(out / "warm")
        alone, _ = told("local engine, one process", here)
        ways = [("local mode", by_spark("local[1]", "local[1]"), by_spark("local[2]", "local[2]"))]
        if not args.no_cluster:
            ways.append(("cluster", by_cluster(1), by_cluster(2)))
    for name, (whole, reading), (whole_by_two, reading_by_two) in ways:
        print(
            f"{name}: {whole / alone:.2f} of the local engine's time; two {whole / whole_by_two:.2f} times as fast as one,"
            f" {reading / reading_by_two:.2f} times while they read"
        )


def one(args: argparse.Namespace) -> None:
    """One size of the curve, in a process of its own; what starting costs is measured first and left out."""
    from recount.engine.archive import read_archive

    warm, path = Path(args.out).with_name("warm"), Path(args.out).with_name("warm.warc.gz")
    make(path, 20, 0.5, [])
    read_archive([path], warm, Settings(), jobs=1)
    shutil.rmtree(warm)
    with Clock() as clock:
        outcome = read_archive([Path(args.path)], Path(args.out), Settings(), jobs=args.jobs, link=False)
    with Clock() as linking:
        read_archive([Path(args.path)], Path(args.out), Settings(), jobs=1)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    told = {"cpu": clock.cpu, "wall": clock.wall, "link": linking.cpu, "peak": peak, "reports": outcome.reports}
    print(json.dumps(told))


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    for name, work in (
        ("versus", versus),
        ("text", text),
        ("recall", recall),
        ("curve", curve),
        ("spark", spark),
        ("one", one),
    ):
        verb = verbs.add_parser(name)
        verb.set_defaults(work=work)
        verb.add_argument("--jobs", type=int, default=2 if name == "versus" else 1)
        verb.add_argument("--share", type=float, default=0.02)
        if name in ("versus", "text"):
            verb.add_argument("--pages", type=Path)
        if name in ("versus", "spark"):
            verb.add_argument("--count", type=int, default=2000)
        if name == "spark":
            verb.add_argument("--no-cluster", action="store_true", help="local mode only")
        if name == "versus":
            verb.add_argument("--fast", action="store_true", help="give trafilatura its fast mode")
            verb.add_argument(
                "--metadata", action="store_true", help="let it read day, title and outlet too, as Recount does"
            )
        if name == "text":
            verb.add_argument("--truth", type=Path, required=True)
        if name == "recall":
            verb.add_argument("--shared", type=Path, required=True)
        if name == "curve":
            verb.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
        if name == "one":
            verb.add_argument("path")
            verb.add_argument("out")
    args = parser.parse_args()
    args.work(args)


if __name__ == "__main__":
    main()
