"""Steps from one schema to the next, each complete in itself and applied exactly once, in order."""

from collections.abc import Sequence
from typing import Final

from victimid.errors import VictimIDError
from victimid.store.connection import Database
from victimid.store.migrations import v0001, v0002

Step = Sequence[str]
STEPS: Final[tuple[Step, ...]] = (v0001.STATEMENTS, v0002.STATEMENTS)


def schema_version(database: Database) -> int:
    """Return how many steps this database has seen; 0 if it is empty."""
    return int(database.value("PRAGMA user_version"))


def migrate(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Bring the schema up to date, all or nothing; ``vault.newer_version`` if it is ahead of this program."""
    with database.transaction():
        version = schema_version(database)
        if version > len(steps):
            raise VictimIDError("vault.newer_version", version=version)
        for number, statements in enumerate(steps[version:], start=version + 1):
            for statement in statements:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")
