"""The chain of one laptop's bundles: what continues it, what repeats it, what contradicts it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from victimid.errors import VictimIDError

Outcome = Literal["new", "again"]
Gaps = tuple[tuple[int, int], ...]
"""First and last missing number of every gap, both included."""


@dataclass(frozen=True, slots=True)
class Link:
    """One bundle's place in the chain."""

    sequence: int
    manifest_sha256: str
    previous_sha256: str


def judge(link: Link, known: Mapping[int, Link]) -> Outcome:
    """Tell whether a bundle is new or one already received; needs the known bundle of its number and beside it.

    Raises register.fork (device keeps two histories: another bundle has this number, or a neighbour's hash
    does not fit), which a copied or restored laptop or a forger may cause.
    """
    same, before, after = (known.get(link.sequence + step) for step in (0, -1, 1))
    if same == link:
        return "again"
    contradicted = (
        same is not None
        or (before is not None and before.manifest_sha256 != link.previous_sha256)
        or (after is not None and after.previous_sha256 != link.manifest_sha256)
    )
    if contradicted:
        raise VictimIDError("register.fork", sequence=link.sequence)
    return "new"


def gaps(sequences: Iterable[int]) -> Gaps:
    """Return what is missing between 1 and the highest of the numbers, given in rising order."""
    found = []
    expected = 1
    for sequence in sequences:
        if sequence > expected:
            found.append((expected, sequence - 1))
        expected = sequence + 1
    return tuple(found)
