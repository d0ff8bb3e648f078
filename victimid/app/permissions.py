"""Who may do what on a shared laptop: the whole matrix of roles and rights, as plain data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from victimid.model.people import Role


class Right(StrEnum):
    """Something an officer may be allowed to do."""

    WORK_ON_OWN_CASES = "work_on_own_cases"
    SEE_ALL_CASES = "see_all_cases"
    REVIEW_DECISIONS = "review_decisions"
    HAND_OVER_OTHERS = "hand_over_others"
    EXPORT = "export"
    MANAGE_OFFICERS = "manage_officers"
    APPOINT_SUPERVISORS = "appoint_supervisors"
    MANAGE_KEYS = "manage_keys"
    RENEW_KEYS = "renew_keys"
    SET_POLICY = "set_policy"
    MANAGE_CONTENT = "manage_content"
    READ_AUDIT = "read_audit"
    CHECK_VAULT = "check_vault"
    BACK_UP = "back_up"
    DELETE_DUE = "delete_due"


_OFFICER: Final = frozenset({Right.WORK_ON_OWN_CASES, Right.EXPORT, Right.BACK_UP})

MATRIX: Final[Mapping[Role, frozenset[Right]]] = {
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _OFFICER
    | {
        Right.SEE_ALL_CASES,
        Right.REVIEW_DECISIONS,
        Right.HAND_OVER_OTHERS,
        Right.MANAGE_OFFICERS,
        Right.APPOINT_SUPERVISORS,
        Right.MANAGE_KEYS,
        Right.RENEW_KEYS,
        Right.READ_AUDIT,
        Right.CHECK_VAULT,
        Right.DELETE_DUE,
    },
    # An administrator looks after the laptop and sees nothing of any case; so neither adds a key of headquarters,
    # whose holder reads every case, nor enrols somebody who does.
    Role.ADMINISTRATOR: frozenset(
        {
            Right.MANAGE_OFFICERS,
            Right.RENEW_KEYS,
            Right.SET_POLICY,
            Right.MANAGE_CONTENT,
            Right.CHECK_VAULT,
            Right.BACK_UP,
        }
    ),
}


def may(role: Role, right: Right) -> bool:
    """Tell whether a role has a right."""
    return right in MATRIX[role]
