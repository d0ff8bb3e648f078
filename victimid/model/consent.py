"""Consent: one permission for one recipient, purpose and group of data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DataGroup(StrEnum):
    """Groups of data a person can agree to pass on, and groups that no service ever receives."""

    PERSON = "person"
    NEEDS = "needs"
    ACCOUNT = "account"
    HEALTH = "health"
    SIGNS = "signs"
    EXPLOITERS = "exploiters"
    OTHERS = "others"
    STATUS = "status"
    COOPERATION = "cooperation"


SHAREABLE = (
    DataGroup.PERSON,
    DataGroup.NEEDS,
    DataGroup.ACCOUNT,
    DataGroup.HEALTH,
    DataGroup.SIGNS,
)


class Permission(StrEnum):
    """What the person said about one group of data."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    NOT_ASKED = "not_asked"


class Manner(StrEnum):
    """How consent was given."""

    ORAL = "oral"
    SIGNED = "signed"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class GroupPermission:
    """Permission for one group; ``limited_to`` is the only text that may then be passed on."""

    group: DataGroup
    permission: Permission
    limited_to: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to for one service, how it was explained, and whether it was withdrawn."""

    id: str
    case_ref: str
    service_id: str
    permissions: tuple[GroupPermission, ...]
    manner: Manner
    language: str
    interpreter: str
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
