"""What a run of the command in a test leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


class Result:
    """Exit status, and what was written to standard output and standard error."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


Command = Callable[..., Result]
