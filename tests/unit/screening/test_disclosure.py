"""What a service may read: examples of consent as people give it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from victimid.errors import VictimIDError
from victimid.model.consent import Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.model.referral import WithheldBecause
from victimid.screening.disclosure import Disclosable, Withheld, disclose, permissions_in_force

NAME = Disclosable("/data/about/name", DataGroup.PERSON, "Name", "Jean")
HEALTH = Disclosable("/data/needs/health_need", DataGroup.HEALTH, "Health", "needs insulin, was beaten")
STORY = Disclosable("/data/journey/account", DataGroup.ACCOUNT, "Account", "They said kitchen.")
BOSS = Disclosable("/data/finish/danger", DataGroup.EXPLOITERS, "Danger", "the man with the red truck")
REMARK = Disclosable("/data/remark", None, "Remark", "for colleagues")
CONSENT = Consent(
    id="c1",
    case_ref="RU-7K2M",
    service_id="example-shelter",
    permissions=(GroupPermission(DataGroup.PERSON, Permission.YES),),
    manner=Manner.ORAL,
    language="ht",
    interpreter="",
    by="officer",
    at=datetime(2026, 11, 21, tzinfo=UTC),
)


def test_each_group_follows_what_the_person_said() -> None:
    permissions = [
        GroupPermission(DataGroup.PERSON, Permission.YES),
        GroupPermission(DataGroup.HEALTH, Permission.LIMITED, "needs insulin"),
        GroupPermission(DataGroup.ACCOUNT, Permission.NO),
        GroupPermission(DataGroup.EXPLOITERS, Permission.YES),
    ]
    result = disclose([STORY, BOSS, HEALTH, NAME, REMARK], permissions)
    assert result.shown == (NAME, Disclosable("", DataGroup.HEALTH, "", "needs insulin"))
    assert result.of(DataGroup.PERSON) == (NAME,)
    assert result.withheld == (
        Withheld(DataGroup.ACCOUNT, WithheldBecause.NO_CONSENT, (STORY.ref,)),
        Withheld(DataGroup.HEALTH, WithheldBecause.LIMITED, (HEALTH.ref,)),
        Withheld(DataGroup.EXPLOITERS, WithheldBecause.NEVER, (BOSS.ref,)),
        Withheld(None, WithheldBecause.NEVER, (REMARK.ref,)),
    )


def test_without_any_consent_nothing_is_shown() -> None:
    result = disclose([NAME, replace(STORY, text="  ")], permissions_in_force(None))
    assert result.shown == ()
    assert result.withheld == (Withheld(DataGroup.PERSON, WithheldBecause.NOT_ASKED, (NAME.ref,)),)


def test_withdrawn_consent_permits_nothing() -> None:
    assert disclose([NAME], permissions_in_force(CONSENT)).shown == (NAME,)
    withdrawn = replace(CONSENT, withdrawn_at=CONSENT.at)
    assert disclose([NAME], permissions_in_force(withdrawn)).shown == ()


def test_a_group_permitted_twice_is_refused() -> None:
    twice = [
        GroupPermission(DataGroup.PERSON, Permission.YES),
        GroupPermission(DataGroup.PERSON, Permission.NO),
    ]
    with pytest.raises(VictimIDError, match=r"screening\.permission_twice"):
        disclose([NAME], twice)
