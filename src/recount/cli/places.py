"""`recount places VERB`: the list of places that names are read by: look one up, add a country's full list."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recount.cli.options import Verbs, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.group(cls=Verbs, short_help="Look up places, and add a country's full list.")
def places() -> None:
    """Look up places, and add a country's full list.

    \b
    The package knows the world's places from about 500 people on. For a country's villages, give the
    country's file as GeoNames exports it; nothing is fetched:
      recount places add PK.zip
      recount places list
      recount places find "Mir Ali"
    """


@places.command("add", short_help="Compile a country's full list for use from now on.")
@click.argument("dump", type=click.Path(path_type=Path), help="PK.txt or PK.zip.")
def add(dump: Path) -> None:
    """Compile a country's full list, as GeoNames exports it, into the folder of added places.

    The same country given again is replaced. RECOUNT_PLACES names another folder.
    """
    from recount.resolve.places_dump import compile_dump
    from recount.rules import PLACES

    found = compile_dump(_lines(dump), str(dump))
    PLACES.mkdir(parents=True, exist_ok=True)
    target, new = PLACES / f"{found.country}.gaz", PLACES / f"{found.country}.new"
    found.builder.save(new)
    new.replace(target)
    size = target.stat().st_size / 1e6
    print(f"{found.country}: {found.settlements:,} places and {found.areas:,} areas added, {size:.1f} MB in {target}")


def _lines(dump: Path) -> Iterator[str]:
    """The lines of a dump, unpacked where it is a zip file."""
    from recount.errors import UnreadableInput

    try:
        if dump.suffix.lower() != ".zip":
            with dump.open(encoding="utf-8") as file:
                yield from file
            return
        with zipfile.ZipFile(dump) as folder:
            names = [n for n in folder.namelist() if n.lower().endswith(".txt") and n.lower() != "readme.txt"]
            if len(names) != 1:
                raise UnreadableInput(f"{len(names)} lists in it", str(dump), "Give one country's zip file.")
            with folder.open(names[0]) as raw:
                yield from io.TextIOWrapper(raw, encoding="utf-8")
    except FileNotFoundError:
        raise UnreadableInput("no such file", str(dump), "Check the path.") from None
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as fault:
        raise UnreadableInput(f"it cannot be read: {fault}", str(dump), "Fetch it again.") from None


@places.command("list", short_help="Say which countries were added.")
@json_option
def list_(as_json: bool) -> None:
    """Say how many places the package knows, and which countries were added."""
    from recount.cli import screen
    from recount.resolve.places_gazetteer import gazetteer
    from recount.rules import PLACES

    known = gazetteer()
    rows = [{"list": "the world", "places": len(known.world)}]
    rows += [{"list": world.countries[0], "places": len(world)} for world in known.added]
    if as_json:
        screen.print_json({"folder": str(PLACES), "lists": rows})
        return
    for row in rows:
        print(f"{row['places']:>9,}  {row['list']}")
    if not known.added:
        print("No country was added. `recount places add PK.zip` adds one.")


@places.command("find", short_help="Show the places that bear a name.")
@click.argument("name", help="A place, as a report writes it.")
@click.option("--country", metavar="CODE", help="Two letters (PK): prefer this country.")
@json_option
def find_(name: str, country: str | None, as_json: bool) -> None:
    """Show the best readings of a name, with their scores in bits and what speaks for each."""
    from recount.cli import screen
    from recount.errors import NotFound
    from recount.resolve.places import PlaceMention, resolve

    mention = PlaceMention(start=0, end=len(name), name=name, head=name)
    place = resolve([mention], text=name, country_hint=country.upper() if country else None)[0]
    if not place.candidates:
        raise NotFound(f"no list has {name!r}", "", "Add the country's full list: recount places add --help.")
    rows: list[dict[str, Any]] = [
        {
            "name": c.name, "level": c.level, "in": ", ".join(p for p in (c.admin2, c.admin1, c.country) if p),
            "at": [c.latitude, c.longitude], "people": c.population, "score": c.score, "why": c.reason,
            "id": c.gazetteer_id,
        }
        for c in place.candidates
    ]  # fmt: skip
    if as_json:
        screen.print_json(rows)
        return
    for row in rows:
        print(f"{row['name']} ({row['level']}), {row['in']}  {row['at'][0]}, {row['at'][1]}  {row['score']:+.1f}")
        print(f"    {row['why']}")
