"""What the templates may call on a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from recount.export.page import views, wording
from recount.records import Figure


def clean(text: object) -> str:
    """Text without control characters; the template escapes it."""
    return wording.clean("" if text is None else str(text))


def killed(cells: Iterable[views.Cell], side: str) -> views.Cell | None:
    """The cell of those of one side who were killed, if anybody gives a figure."""
    return next((c for c in cells if c.anchor.endswith(f"-killed-{side}")), None)


def besides(cells: Iterable[views.Cell]) -> list[views.Cell]:
    """The cells of those who were wounded, captured, abducted or are missing."""
    return [cell for cell in cells if "-killed-" not in cell.anchor]


def figure_text(figure: Figure | None) -> str:
    """A derived figure: its best with its bounds, or a dash."""
    if figure is None:
        return wording.NOTHING
    bounds = wording.range_text(figure.low, figure.high)
    if figure.best is None or bounds == f"{figure.best:,}":
        return bounds
    return f"{figure.best:,} ({bounds})"


def web(url: str) -> bool:
    """Whether an address may be a link; anything but http and https is shown as text."""
    return url.lower().startswith(("https://", "http://"))


FILTERS: dict[str, Callable[..., Any]] = {
    "clean": clean,
    "killed": killed,
    "besides": besides,
    "figure_text": figure_text,
    "web": web,
    "title_of": views.title_of,
    "days_text": wording.days_text,
    "one_day": wording.one_day,
    "place_text": wording.place_text,
    "actors_text": wording.actors_text,
    "report_text": wording.report_text,
}
