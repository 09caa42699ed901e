"""Coding on one or many processors: order kept, one report's failure its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from recount.errors import RecountError, UnreadableInput
from recount.records import Coding, Report, SetAside

Coder = Callable[[Report], Coding]
Other = TypeVar("Other")


def coded(items: Iterable[Report | Other], code: Coder, *, workers: int = 1) -> Iterator[Coding | SetAside | Other]:
    """Each report coded, everything else as it came, in the order of `items`.

    A report that the coder fails on becomes a SetAside. Faults that concern every report (a broken rule) are raised.
    With `workers` > 1, `code` must be a function of a module, the program that calls this must be one that can be
    imported (`if __name__ == "__main__":`), and `items` is read only a little ahead.
    """
    if workers > 1:
        from recount.engine.processes import coded_by_many  # loads what one processor does not need

        yield from coded_by_many(items, code, workers)
        return
    for item in items:
        yield code_one(code, item) if isinstance(item, Report) else item


def code_one(code: Coder, report: Report) -> Coding | SetAside:
    """One report coded, or set aside where that fails."""
    try:
        return code(report)
    except UnreadableInput as fault:
        return SetAside(source=_source(report), reason=fault.what, advice=fault.do)
    except RecountError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever a text does to the coder, the other reports go on
        reason = f"the coder failed on this report ({type(fault).__name__}: {fault})"
        return SetAside(
            source=_source(report), reason=reason, advice="Please report it with this text; the rest went on."
        )


def _source(report: Report) -> str:
    return report.source or report.name
