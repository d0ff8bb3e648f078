"""What the indexes of a damaged database still tell of rows that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from victimid.model.audit import Action
from victimid.store.damaged import DamagedDatabase

_OFFICERS: Final = """SELECT id, name_key, slot_id
    FROM (SELECT rowid AS number, id FROM officer INDEXED BY sqlite_autoindex_officer_1)
    JOIN (SELECT rowid AS number, name_key FROM officer INDEXED BY sqlite_autoindex_officer_2) USING (number)
    JOIN (SELECT rowid AS number, slot_id FROM officer INDEXED BY sqlite_autoindex_officer_3) USING (number)"""
_SUBJECTS: Final = """SELECT subject FROM audit INDEXED BY audit_by_subject
    WHERE sequence IN (SELECT sequence FROM audit INDEXED BY audit_by_action WHERE action = ?)"""


@dataclass(frozen=True, slots=True)
class Remains:
    """Officers by id, each with how the name is compared and the key slot; who was disabled, which cases deleted."""

    officers: Mapping[str, tuple[str, str]]
    disabled: tuple[str, ...]
    deleted: tuple[str, ...]


def remains_of(source: DamagedDatabase) -> Remains:
    """Read what there is; an index that is damaged too tells nothing."""
    officers = {officer_id: (name, slot) for officer_id, name, slot in source.rows(_OFFICERS) or []}
    return Remains(
        officers, disabled=_subjects(source, Action.OFFICER_DISABLED), deleted=_subjects(source, Action.CASE_DELETED)
    )


def _subjects(source: DamagedDatabase, action: Action) -> tuple[str, ...]:
    return tuple(subject for (subject,) in source.rows(_SUBJECTS, (action.value,)) or [])
