"""The report page: one HTML file that opens from disk, holds all it shows and leads from every figure to its words.

Nothing is fetched and nothing a report says is run: text is escaped everywhere, and a Content-Security-Policy in the
page allows its own style sheet and script by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.errors import RecountError

if TYPE_CHECKING:
    from jinja2 import Environment

    from recount.export.ground import Ground
    from recount.store.contract import Ledger

ASSETS = "assets"


def write_page(ledger: Ledger, path: Path | str) -> None:
    """Write the page of a whole ledger to `path`; a page that is there is replaced once the new one is complete.

    The same ledger gives the same bytes. RecountError where the file cannot be written.
    """
    target = Path(path)
    written = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.parent, prefix=target.name, suffix=".part", delete=False
        ) as out:
            written = out.name
            out.writelines(page_of(ledger))
        os.chmod(written, 0o666 & ~_mask())
        os.replace(written, target)
    except OSError as error:
        raise RecountError(
            f"the page cannot be written: {error.strerror or error}",
            str(target),
            "Choose a folder that you may write to.",
        ) from error
    finally:
        Path(written).unlink(missing_ok=True) if written else None


def page_of(ledger: Ledger) -> Iterator[str]:
    """The page, piece by piece."""
    from recount.export.ground import ground_of

    ground = ground_of(ledger)
    return environment().get_template("page.html").generate(**contents(ground, ledger.name))


def environment() -> Environment:
    """The templates; all values are escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from recount.export.page import filters

    made = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    return made


def asset(name: str) -> str:
    """The text of a file that ships with the page."""
    return files(__name__).joinpath(ASSETS, name).read_text(encoding="utf-8")


def contents(ground: Ground, title: str) -> dict[str, Any]:
    """Everything that the template names."""
    from markupsafe import Markup

    from recount.export.page import views, wording
    from recount.export.page.worldmap import maps_of, unplaced
    from recount.reconcile import RULE_SETS

    incidents = {i.id: views.incident_view(i, ground) for i in ground.incidents.values()}
    tops = [i for i in ground.incidents.values() if not ground.wholes(i)]
    statistics = views.statistic_views(ground)
    days = sorted(report.published for report in ground.reports.values() if report.published)
    style, script = asset("style.css"), asset("page.js")
    return {
        "title": title,
        "version": _version(),
        "style": Markup(style),
        "style_hash": digest(style),
        "script": Markup(script),
        "script_hash": digest(script),
        "counts": {
            "reports": len(ground.reports),
            "claims": len(ground.claims),
            "incidents": len(incidents),
            "parts of a larger one": len(incidents) - len(tops),
            "disputed": sum(view.disputed for view in incidents.values()),
            "statistics": len(statistics),
        },
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "groups": [[incidents[i.id] for i in (top, *ground.parts(top.id))] for top in tops],
        "maps": maps_of(list(ground.incidents.values())),
        "unplaced": unplaced(list(ground.incidents.values())),
        "statistics": statistics,
        "reports": views.report_views(ground),
        "packs": sorted({coding.pack for coding in ground.codings.values() if coding.pack}),
        "sides": wording.SIDE_NAMES,
        "parties": wording.PARTY_NAMES,
        "hedges": wording.HEDGES,
        "rule_sets": RULE_SETS,
    }


def digest(text: str) -> str:
    """The hash by which a Content-Security-Policy allows this text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("recount")
    except PackageNotFoundError:
        return ""


def _mask() -> int:
    """The process's file mode mask, which a temporary file does not heed."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
