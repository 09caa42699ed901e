"""A ledger as pages that open from disk: incidents, sources, method, downloads. Nothing is fetched from anywhere.

Each page allows its own style sheet and script by their hashes and nothing else. Texts of reports are left out unless
they are allowed; the words of claims are always there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.errors import WrongUse
from recount.export import formats, page
from recount.export.folders import replaced
from recount.records import Record

if TYPE_CHECKING:
    from jinja2 import Environment

    from recount.store.contract import Ledger

PAGES = {"index.html": "Incidents", "sources.html": "Sources", "method.html": "Method", "downloads.html": "Downloads"}
FILES = (
    ("claims", "csv"), ("claims", "jsonl"), ("event-reports", "csv"), ("incidents", "csv"), ("incidents", "geojson"),
    ("ged", "csv"), ("acled", "csv"), ("gtd", "csv"), ("plover", "jsonl"),
)  # fmt: skip
MARK = "<!-- a Recount site -->"


class Download(Record, frozen=True):
    """One file of the page of downloads."""

    name: str
    holds: str
    rules: str
    size: str
    told: str


def write_site(ledger: Ledger, folder: Path, *, title: str = "", texts: bool = False) -> int:
    """Write the pages to `folder` and return how many. An earlier site there is replaced once the new one is whole.

    `texts` says that the texts of reports may be repeated. WrongUse where the folder holds other things; RecountError
    where it cannot be written.
    """
    _check(folder)
    with replaced(folder) as part:
        (part / "incidents").mkdir()
        (part / "data").mkdir()
        return _write(ledger, part, title, texts)


def _check(folder: Path) -> None:
    if folder.is_file():
        raise WrongUse("this is a file", str(folder), "Name a folder.")
    if not folder.resolve().parent.is_dir():
        raise WrongUse("its folder does not exist", str(folder), "Make it, or name another folder.")
    index = folder / "index.html"
    ours = index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")
    if folder.is_dir() and any(folder.iterdir()) and not ours:
        raise WrongUse("this folder holds other things", str(folder), "Name an empty or a new folder.")


def _write(ledger: Ledger, part: Path, title: str, texts: bool) -> int:
    from recount.export.ground import ground_of

    held = page.contents(ground_of(ledger), title or ledger.name)
    held |= {"texts": texts, "downloads": _downloads(ledger, part / "data"), "pages": PAGES}
    made = _environment()
    homes = {v.dossier.incident.id: f"incidents/{g[0].dossier.incident.id}.html" for g in held["groups"] for v in g}
    for name in PAGES:
        html = made.get_template(name).render(held, here=name, up="")
        (part / name).write_text(relinked(html, homes, "") + MARK + "\n", encoding="utf-8", newline="\n")
    for group in held["groups"]:
        name = homes[group[0].dossier.incident.id]
        html = made.get_template("story.html").render(held, here=name, up="../", group=group)
        (part / name).write_text(relinked(html, homes, "../"), encoding="utf-8", newline="\n")
    return len(PAGES) + len(held["groups"])


def relinked(html: str, homes: Mapping[str, str], up: str) -> str:
    """The page with links to anchors that stand on other pages leading there; those that stand nowhere are no links."""
    here = set(re.findall(r'\bid="([^"]+)"', html))

    def target(found: re.Match[str]) -> str:
        anchor = found[1]
        if anchor in here:
            return found[0]
        home = homes.get("-".join(anchor.split("-")[:1]))
        if home is None and anchor.startswith(("r_", "c_")):
            home = "sources.html"
        if home is None and anchor.startswith("s_"):
            home = "index.html"
        return f'href="{up}{home}#{anchor}"' if home else ""

    return re.sub(r'href="#([^"]+)"', target, html)


def _environment() -> Environment:
    from jinja2 import FunctionLoader

    made = page.environment()
    made.loader = FunctionLoader(_asset)
    return made


def _asset(name: str) -> str:
    own = files(__name__).joinpath("assets", name)
    return own.read_text(encoding="utf-8") if own.is_file() else page.asset(name)


def _downloads(ledger: Ledger, data: Path) -> list[Download]:
    """Write the files of `FILES` with their loss reports."""
    found: list[Download] = []
    for what, form in FILES:
        asked, format = formats.known(what, form), formats.FORMATS[what]
        target = data / f"{what}.{form}"
        with formats.accounted(asked, target) as losses, target.open("w", encoding="utf-8", newline="") as out:
            formats.write(ledger, asked, out, losses)
        counted: dict[str, Any] = losses.claims
        size = target.stat().st_size
        found.append(
            Download(
                name=target.name,
                holds=format.title,
                rules=asked.rules or "–",
                size=f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB",
                told=f"{counted['in_file']:,} of {counted['in_ledger']:,}.",
            )
        )
    return found
