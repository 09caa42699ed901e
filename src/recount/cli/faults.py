"""The one error handler: what a user reads, and the exit status, when something goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from recount.errors import RecountError

DONE, SOME_SET_ASIDE, WRONG_USE, FAULT, STOPPED = 0, 1, 2, 3, 130
REPORT_TO = "the project's issue tracker"
STOPPED_TEXT = "Stopped."


def guarded(work: Callable[[], int]) -> int:
    """Run the command and turn whatever it raises into readable lines on stderr and an exit status."""
    import click

    try:
        return work()
    except RecountError as error:
        say(explained(error))
        return WRONG_USE
    except click.ClickException as error:
        return usage(error)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, click.Abort):
        return STOPPED
    except BrokenPipeError:
        return quiet_pipe()
    except OSError as error:
        say(disk_fault(error))
        return WRONG_USE
    except Exception as error:  # noqa: BLE001 (the outermost boundary: a user gets sentences, a developer the traceback)
        return apology(error)


def say(text: str) -> None:
    """A line for people, on stderr, free of control characters."""
    from recount.cli.words import clean

    print(clean(text), file=sys.stderr)


def explained(error: RecountError) -> str:
    """An error in two lines: what and where, then what to do."""
    head = f"recount: {error.where}: {error.what}" if error.where else f"recount: {error.what}"
    return f"{head}.\n{error.do}" if error.do else f"{head}."


def usage(error: Exception) -> int:
    """A wrong option or argument, as the option parser words it."""
    show = getattr(error, "show", None)
    if show is None:
        say(f"recount: {error}")
    else:
        show()
    return int(getattr(error, "exit_code", WRONG_USE))


def quiet_pipe() -> int:
    """The reader of our output went away (`| head`): not our fault, nothing to say."""
    # The interpreter flushes stdout once more at exit; give it a place where that cannot fail.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def disk_fault(error: OSError) -> str:
    """A file that cannot be read or written, in the words of the system."""
    where = f"{error.filename}: " if error.filename else ""
    reason = (error.strerror or str(error)).lower()
    return (
        f"recount: {where}{reason}.\nCheck that the place exists, that you may write there and that the disk has room."
    )


def apology(error: Exception) -> int:
    """A fault of ours: short, with how to see more; the traceback only on request."""
    from recount.settings import load_settings

    more = "Run again with RECOUNT_DEBUG=1 to see where it happened, and please tell"
    if load_settings().debug:
        import traceback

        traceback.print_exception(error)
        more = "Please tell"
    say(
        f"recount: something went wrong inside recount ({type(error).__name__}: {error}).\n"
        f"Sorry. The ledger holds whatever was kept before. {more}\n"
        f"{REPORT_TO}, with the command that you ran."
    )
    return FAULT
