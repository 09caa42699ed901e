"""Measure the place part against the shared sets: python scripts/measure_places.py [toponyms] [points] [names] [speed].

toponyms  LGL and TR-News: given the toponym, share within 161 km and mean error; recognition precision, recall, F1
points    UCDP's Pakistani places: share within 25 km for where_prec 1 to 3; precision code equal or one step off
names     dev/train: share of the coded place names that stand in the text and that a mention meets
speed     reports a second of find, and of find and resolve; memory; time to open
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recount.resolve.places import PlaceMention, find, gazetteer, resolve
from recount.values.places import distance_km, ucdp_where_prec

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SHOW = "--show" in sys.argv


def jsonl(path: str) -> list[dict[str, Any]]:
    """The rows of a shared JSON Lines file."""
    return [json.loads(line) for line in (SHARED / path).read_text("utf-8").split("\n") if line]


def articles(path: str) -> Iterator[tuple[str, list[tuple[int, int, float | None, float | None]]]]:
    """Text and toponyms (start, end, latitude, longitude) of a geoparsing set."""
    for article in ElementTree.parse(SHARED / path).getroot().iter("article"):
        text = article.findtext("text") or ""
        found = []
        for toponym in article.iter("toponym"):
            latitude = toponym.findtext(".//lat")
            longitude = toponym.findtext(".//lon")
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            found.append((start, end, float(latitude) if latitude else None, float(longitude) if longitude else None))
        yield text, found


def toponyms(path: str) -> None:
    """Resolution given the toponym, and recognition."""
    right = total = hit = said = meant = 0
    errors, wrong = [], Counter()
    for text, gold in articles(path):
        found = find(text)
        spans = {(m.start, m.end): m for m in found}
        by_start = {m.start: m for m in found}
        given = [spans.get((s, e)) or _given(text, s, e, by_start.get(s)) for s, e, lat, _ in gold if lat is not None]
        extra = [m for m in found if not any(m.start < g.end and g.start < m.end for g in given)]
        places = resolve([*given, *extra], text=text)
        for mention, place, (_, _, lat, lon) in zip(given, places, (g for g in gold if g[2] is not None), strict=False):
            total += 1
            error = 20000.0
            if place.latitude is not None and place.longitude is not None:
                error = distance_km((place.latitude, place.longitude), (lat, lon))
            errors.append(error)
            right += error <= 161
            if error > 161:
                wrong[mention.name, place.country, place.admin1] += 1
        starts = [(m.start, m.start + len(m.head)) for m in found]
        said += len(starts)
        meant += len(gold)
        hit += sum(any(abs(s - a) <= 4 and s < b and a < e for a, b in starts) for s, e, _, _ in gold)
    precision, recall = hit / said, hit / meant
    print(f"{path}: accuracy@161km {right / total:.3f} of {total}, mean error {sum(errors) / total:.0f} km")
    print(
        f"  recognition: precision {precision:.3f} recall {recall:.3f} "
        f"F1 {2 * precision * recall / (precision + recall):.3f}"
    )
    if SHOW:
        print(wrong.most_common(70))


def _given(text: str, start: int, end: int, found: PlaceMention | None) -> PlaceMention:
    kind = found.kind if found else None
    return PlaceMention(
        start=start,
        end=end,
        name=text[start:end],
        head=found.head if found and found.end <= end else text[start:end],
        kind=kind,
    )


def points() -> None:
    """UCDP: the coded place in its district and province, and its precision code."""
    rows = jsonl("data/places/ucdp_ged_pakistan_dev.jsonl")
    near = asked = code_right = code_close = 0
    free_near = free_asked = 0
    wrong: Counter[tuple[Any, ...]] = Counter()
    codes: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        said = row["city"] or row["admin2"] or row["admin1"] or row["country"]
        text = ", ".join(dict.fromkeys(part for part in (said, row["admin2"], row["admin1"], row["country"]) if part))
        place = first_place(text)
        if row["geo_precision"] <= 3:
            asked += 1
            error = (
                distance_km((place.latitude, place.longitude), (row["lat"], row["lon"]))
                if place and place.latitude
                else 9999
            )
            near += error <= 25
            if error > 25:
                wrong[text, round(error)] += 1
            if row["where_description"]:
                free_asked += 1
                places = [
                    p for p in (first_place(f"in {row['where_description']}, {row['admin1']}"),) if p and p.latitude
                ]
                free_near += any(distance_km((p.latitude, p.longitude), (row["lat"], row["lon"])) <= 25 for p in places)
        described = row["where_description"] or said
        code = ucdp_where_prec(place) if place else 0
        loose = [ucdp_where_prec(p) for p in (first_place(f"in {described}"),) if p]
        if code and loose and code == 1:
            code = loose[0] if loose[0] == 2 else code
        code_right += code == row["geo_precision"]
        code_close += bool(code) and abs(code - row["geo_precision"]) <= 1
        codes[row["geo_precision"], code] += 1
    print(f"ucdp: within 25 km {near / asked:.3f} of {asked} (where_prec 1 to 3, coded place with its district)")
    print(f"  from the free description alone with its province: {free_near / free_asked:.3f} of {free_asked}")
    print(f"  code equal {code_right / len(rows):.3f}, equal or one off {code_close / len(rows):.3f} of {len(rows)}")
    if SHOW:
        print(codes.most_common(30))
        print(wrong.most_common(90))


def first_place(text: str) -> Any:
    """The place of the first mention in a string, read with the others around it."""
    mentions = find(text)
    if not mentions or mentions[0].start > 60:
        end = re.search(r",|$", text)
        stop = end.start() if end else len(text)
        mentions = [PlaceMention(start=0, end=stop, name=text[:stop], head=text[:stop], known=False), *mentions]
    return resolve(mentions, text=text, country_hint="PK")[0]


def folded(name: str) -> str:
    """A name as the scorer compares it: letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def names() -> None:
    """dev/train: coded names that stand in the text, and whether a mention meets them."""
    reports = {row["id"]: row for row in jsonl("dev/train/reports.jsonl")}
    met = asked = 0
    missed: Counter[str] = Counter()
    spurious: list[str] = []
    for gold in jsonl("dev/train/gold.jsonl"):
        report = reports[gold["id"]]
        text = f"{report['headline'] or ''}\n\n{report['text']}"
        mentions = find(text)
        found = [folded(m.name) for m in mentions]
        for name in {n for incident in gold["incidents"] for n in incident["places"]}:
            if name in text:
                asked += 1
                want = folded(name)
                meets = any(want == f or (len(f) > 3 and (f in want or want in f)) for f in found)
                met += meets
                if not meets:
                    missed[name] += 1
        if not gold["incidents"]:
            spurious += [
                text[max(0, m.start - 25) : m.start] + "[" + m.name + "]" + text[m.end : m.end + 20] for m in mentions
            ]
    print(f"train: {met / asked:.3f} of {asked} coded names are met by a mention")
    if SHOW:
        print(missed.most_common(200))
        random.seed(3)
        print(*(s.replace("\n", " ") for s in random.sample(spurious, 100)), sep="\n")


def speed() -> None:
    """Reports a second on one core, time to open, memory."""
    start = time.perf_counter()
    known = gazetteer()
    opened = time.perf_counter() - start
    bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    texts = [row["text"] for row in jsonl("data/news/unlabelled.jsonl")]
    finding = resolving = 0.0
    for text in texts:
        begin = time.process_time()
        mentions = find(text)
        middle = time.process_time()
        resolve(mentions, text=text)
        finding += middle - begin
        resolving += time.process_time() - middle
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    letters = sum(map(len, texts)) / len(texts)
    print(f"opened {len(known.world):,} places in {opened:.3f} s; {len(texts)} reports of {letters:.0f} characters")
    print(
        f"  find {len(texts) / finding:.0f}/s, resolve {len(texts) / resolving:.0f}/s, "
        f"both {len(texts) / (finding + resolving):.0f}/s, memory {bare:.0f} MB opened, {peak:.0f} MB at most"
    )


def main() -> None:
    """Run the measures named on the command line, or all."""
    asked = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    if not asked or "toponyms" in asked:
        toponyms("data/places/lgl.xml")
        toponyms("data/places/TR-News.xml")
    for name, measure in (("points", points), ("names", names), ("speed", speed)):
        if not asked or name in asked:
            measure()


if __name__ == "__main__":
    main()
