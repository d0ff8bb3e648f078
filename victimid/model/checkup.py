"""What a check of the vault compared and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DAMAGE: Final = frozenset(
    {
        "keyfile.damaged",
        "keyfile.missing",
        "vault.database_damaged",
        "vault.database_missing",
        "vault.page_damaged",
        "vault.structure_damaged",
    }
)
"""Codes that say that files of a vault are damaged, so that a backup or a salvage is what helps."""


class Check(StrEnum):
    """One thing that is compared with another."""

    CHAIN = "chain"
    SEALS = "seals"
    ANCHORS = "anchors"
    CASES = "cases"
    RECORDS = "records"
    OTHERS = "others"
    ATTACHMENTS = "attachments"
    SEARCH = "search"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not fit, as a code with fields, and what it was found by."""

    check: Check
    code: str
    fields: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Checkup:
    """How much was compared by each check, what does not fit, and how many records no audit entry covers.

    Records are not covered where they were written before the audit kept the hash of what it notes.
    """

    compared: Mapping[Check, int]
    flaws: tuple[Flaw, ...]
    uncovered: int

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.flaws


@dataclass(frozen=True, slots=True)
class OutsideAnchor:
    """What a bundle or a receipt outside the laptop says: bundle number, its manifest, its audit head if known."""

    sequence: int
    manifest_sha256: str
    audit_head: str = ""
