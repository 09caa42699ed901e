"""Steps from each version of the ledger to the next, run by Alembic. Imported only when a step is due."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the steps in this folder, on an open connection."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run all steps that the ledger lacks inside the connection's transaction."""
    command.upgrade(config(connection), "head")
