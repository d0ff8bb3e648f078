"""What of a case may go into a service's copy: a whitelist by group of data and by what the person said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from victimid.errors import VictimIDError
from victimid.model.consent import SHAREABLE, Consent, DataGroup, GroupPermission, Permission
from victimid.model.referral import WithheldBecause

_BECAUSE = {
    Permission.NO: WithheldBecause.NO_CONSENT,
    Permission.LIMITED: WithheldBecause.LIMITED,
    Permission.NOT_ASKED: WithheldBecause.NOT_ASKED,
}


@dataclass(frozen=True, slots=True)
class Disclosable:
    """One labelled text of a case; ``ref`` is the question, ``group`` None where the form names no group."""

    ref: str
    group: DataGroup | None
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is left out and why, by reference only, so that a preview cannot leak it."""

    group: DataGroup | None
    because: WithheldBecause
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a copy may hold, group by group; a limited group is one entry without ``ref`` and ``label``."""

    shown: tuple[Disclosable, ...]
    withheld: tuple[Withheld, ...]

    def of(self, group: DataGroup) -> tuple[Disclosable, ...]:
        """Return what is shown of one group."""
        return tuple(item for item in self.shown if item.group is group)


def permissions_in_force(consent: Consent | None) -> tuple[GroupPermission, ...]:
    """Return what a consent still permits: nothing where there is none or where it was withdrawn."""
    return () if consent is None or consent.withdrawn_at is not None else consent.permissions


def disclose(answers: Iterable[Disclosable], permissions: Iterable[GroupPermission]) -> Disclosure:
    """Divide texts into those a service may read and those withheld.

    Only shareable groups with a plain yes show their answers; a limited yes shows nothing but the text agreed
    on; what has no group, and groups no service receives, never show. Blank texts count as nothing.
    Raises ``screening.permission_twice`` where one group is permitted twice.
    """
    given = _by_group(permissions)
    filled = [answer for answer in answers if answer.text.strip()]
    shown: list[Disclosable] = []
    withheld: list[Withheld] = []
    for group in SHAREABLE:
        permission = given.get(group, GroupPermission(group, Permission.NOT_ASKED))
        members = [answer for answer in filled if answer.group is group]
        if permission.permission is Permission.YES:
            shown += members
            continue
        if permission.permission is Permission.LIMITED and permission.limited_to.strip():
            shown.append(Disclosable("", group, "", permission.limited_to))
        withheld += _withheld(group, _BECAUSE[permission.permission], members)
    for hidden in [*(group for group in DataGroup if group not in SHAREABLE), None]:
        members = [answer for answer in filled if answer.group is hidden]
        withheld += _withheld(hidden, WithheldBecause.NEVER, members)
    return Disclosure(tuple(shown), tuple(withheld))


def _by_group(permissions: Iterable[GroupPermission]) -> Mapping[DataGroup, GroupPermission]:
    given: dict[DataGroup, GroupPermission] = {}
    for permission in permissions:
        if permission.group in given:
            raise VictimIDError("screening.permission_twice", group=permission.group.value)
        given[permission.group] = permission
    return given


def _withheld(
    group: DataGroup | None, because: WithheldBecause, members: Iterable[Disclosable]
) -> tuple[Withheld, ...]:
    refs = tuple(member.ref for member in members)
    return (Withheld(group, because, refs),) if refs else ()
