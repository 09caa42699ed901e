"""Where output goes: tables and text to stdout, progress to stderr, JSON as plain bytes."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from recount.records import SetAside


def console() -> Console:
    """Standard output for tables: no colour and no box lines broken when it is a pipe, a file or a plain terminal."""
    from rich.console import Console

    class Screen(Console):
        """A console that leaves a reader that went away to the one error handler."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Screen(highlight=False, markup=False, emoji=False)


def shows_colour(to: Console) -> bool:
    """Whether colours can tell things apart there."""
    return to.color_system is not None and not to.no_color


def print_json(value: Any) -> None:
    """A record, or a list or dict of them, as indented UTF-8 JSON and a line end; never wrapped or coloured."""
    import msgspec

    write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def write_bytes(data: bytes) -> None:
    """Bytes to standard output, whatever encoding the terminal has."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode())
    else:
        buffer.write(data)


class Bar:
    """Progress on stderr for whatever takes longer than a second; silent where stderr is no terminal.

    Call it with what is counted and how many are done; use it as a context manager.
    """

    patience = 1.0  # seconds

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._start = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __call__(self, what: str, done: int) -> None:
        """Show that `done` of `what` are done."""
        if not self._wanted or (self._progress is None and time.monotonic() - self._start < self.patience):
            return
        if self._progress is None:
            self._begin()
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=what, completed=done)

    def stop(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()
        self._wanted = False

    def _begin(self) -> None:
        from rich import progress as rich_progress
        from rich.console import Console

        # How many inputs a folder or a stream holds is known only at its end: a running count, no share of a whole.
        self._progress = rich_progress.Progress(
            rich_progress.SpinnerColumn("line"),
            rich_progress.TextColumn("{task.completed:,} {task.description}"),
            rich_progress.BarColumn(bar_width=20),
            rich_progress.TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None)
        self._progress.start()


def apart(out: object) -> bool:
    """Whether data and progress go to different places."""
    return out is not None or not sys.stdout.isatty()


def aside_text(aside: SetAside) -> str:
    """An input set aside, in a line or two."""
    from recount.cli.words import line

    return f"  {line(aside.source)}: {line(aside.reason)}. {line(aside.advice)}".rstrip()


def print_asides(asides: Sequence[SetAside], to: Console) -> None:
    """The inputs set aside, each with its reason and what to do."""
    if asides:
        to.print("\nSet aside:", style="bold")
    for aside in asides:
        to.print(aside_text(aside), soft_wrap=True)
