"""A referral as typed so far, as one text the vault keeps until it is written."""

import json
from dataclasses import asdict, dataclass

from victimid.app.referral_preview import ConsentGiven
from victimid.app.referral_text import ReferralRequest
from victimid.model.consent import DataGroup, GroupPermission, Manner, Permission
from victimid.model.referral import Urgency


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What the officer has filled in; ``request`` is None while no service is chosen."""

    request: ReferralRequest | None
    given: ConsentGiven


def write(draft: ReferralDraft) -> str:
    """Write a draft as one text."""
    return json.dumps(asdict(draft))


def read(text: str) -> ReferralDraft | None:
    """Read a draft; None where there is none, or one that no longer fits the program."""
    try:
        kept = json.loads(text)
        request = kept["request"]
        return ReferralDraft(_request(request) if request else None, _given(kept["given"]))
    except (ValueError, KeyError, TypeError):
        return None


def _request(kept: dict[str, object]) -> ReferralRequest:
    helps = kept["help_asked"]
    return ReferralRequest(
        service_id=str(kept["service_id"]),
        urgency=Urgency(str(kept["urgency"])),
        help_asked=tuple(str(kind) for kind in helps) if isinstance(helps, list) else (),
        officer_contact=str(kept["officer_contact"]),
        deputy=str(kept["deputy"]),
        language=str(kept["language"]),
    )


def _given(kept: dict[str, object]) -> ConsentGiven:
    permissions = kept["permissions"]
    listed = permissions if isinstance(permissions, list) else []
    return ConsentGiven(
        permissions=tuple(
            GroupPermission(DataGroup(each["group"]), Permission(each["permission"]), str(each["limited_to"]))
            for each in listed
        ),
        manner=Manner(str(kept["manner"])),
        language=str(kept["language"]),
        interpreter=str(kept["interpreter"]),
    )
