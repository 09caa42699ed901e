"""Where output goes: tables and text to stdout, progress to stderr, JSON as plain bytes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from threading import Lock, Timer
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

    Use it as a context manager, and call it with what is counted and how many are done. It comes up by itself, also
    during one long step that reports nothing.
    """

    patience = 1.0  # seconds

    def __init__(self, what: str, *, wanted: bool = True) -> None:
        self._what, self._done = what, 0
        self._timer = Timer(self.patience, self._begin) if wanted and sys.stderr.isatty() else None
        self._lock = Lock()
        self._stopped = False
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __call__(self, what: str, done: int) -> None:
        """Show that `done` of `what` are done."""
        self._what, self._done = what, done
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=self._label(), completed=done)

    def stop(self) -> None:
        """Take the bar off the screen, for good."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._stopped = True
            if self._progress is not None:
                self._progress.stop()

    def _label(self) -> str:
        return f"{self._done:,} {self._what}" if self._done else self._what

    def _begin(self) -> None:
        from rich import progress as rich_progress
        from rich.console import Console

        # How many inputs a folder or a stream holds is known only at its end: a running count, no share of a whole.
        progress = rich_progress.Progress(
            rich_progress.SpinnerColumn("line"),
            rich_progress.TextColumn("{task.description}", markup=False),
            rich_progress.BarColumn(bar_width=20),
            rich_progress.TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        with self._lock:
            if self._stopped:
                return
            self._task = progress.add_task(self._label(), total=None)
            progress.start()
            self._progress = progress


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
