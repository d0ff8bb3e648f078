"""What a content pack changes: which forms and services come, are other than before, or go."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from victimid.model.installed_content import PackForm
from victimid.model.referral import Service

Entry = TypeVar("Entry", PackForm, Service)


class Change(StrEnum):
    """What becomes of a form or a service, in the order in which it is told: what is lost first."""

    GONE = "gone"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[tuple[Entry, Change], ...]:
    """Compare by id; what stays as it is comes last."""
    known, ids = {entry.id: entry for entry in before}, {entry.id for entry in after}
    told = [(entry, _change(known.get(entry.id), entry)) for entry in after]
    told += [(entry, Change.GONE) for entry in before if entry.id not in ids]
    order = list(Change)
    return tuple(sorted(told, key=lambda pair: order.index(pair[1])))


def _change(before: Entry | None, after: Entry) -> Change:
    if before is None:
        return Change.NEW
    return Change.SAME if before == after else Change.CHANGED
