"""One tree of errors. Every message says what happened, where, and what to do."""

from __future__ import annotations


class RecountError(Exception):
    """Base of all errors that a user can cause or mend.

    `what` happened, `where` (a path, an address, a line), and what to `do` about it; `str()` joins the three.
    """

    def __init__(self, what: str, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(what, where, do)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.do}" if self.do else head


class UnreadableInput(RecountError):
    """One input that cannot be read as a report; the rest of a run goes on without it."""


class BadRule(RecountError):
    """A fault in the rule folder; loading stops, with file, line and the nearest known name."""


class LedgerError(RecountError):
    """The ledger cannot be opened, read or written."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer version."""


class LedgerBusy(LedgerError):
    """Another process is writing to the ledger."""


class NotFound(RecountError):
    """No record has this id."""


class MissingExtra(RecountError):
    """An optional library is needed: the message names the extra to install."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional part", "", f"Install it with: pip install 'recount[{extra}]'")
        self.feature, self.extra = feature, extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.feature, self.extra)


class BadSources(RecountError):
    """A fault in a file of sources, with its line and the nearest known name."""


class FetchFault(RecountError):
    """An address that could not or must not be fetched. `wait` is how many seconds its server asked to be left alone."""

    def __init__(self, what: str, where: str = "", do: str = "", *, lasting: bool = False, wait: float = 0.0) -> None:
        super().__init__(what, where, do)
        self.lasting, self.wait = lasting, wait


class WrongUse(RecountError):
    """The command or call was used wrongly (exit status 2)."""
