"""Vaults for tests: real ones on disk, with a key derivation cheap enough to run hundreds of times."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from victimid.crypto.kdf import Cost
from victimid.model.answer import Answer, Delivery, Kind, NonAnswer, Wording
from victimid.model.case import Case, Stage
from victimid.model.consent import Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.model.finding import Decision, Outcome
from victimid.model.interview import FormVersion, Interview
from victimid.model.people import Post
from victimid.model.referral import Copy, Referral, Urgency
from victimid.store.vault import Vault, VaultSetup, create_vault, unlock_vault

TEST_COST = Cost(memory_kib=64, iterations=1, lanes=1)
NAME = "Ana Example"
PASSPHRASE = "four quiet herons crossing"
POST = Post("Example Border Police", "Second line", "Rumichaca", "EC", "RU", "laptop 1")
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FORM = FormVersion("second_line", "2026-11", "Second line", "f" * 64, "<h:html/>")

REF = "RU-7K2M"
DECISION = Decision(REF, Outcome.REFER, "cannot leave", "ilo", "2009", "officer-1", NOON)
CONSENT = Consent(
    id="consent-1",
    case_ref=REF,
    service_id="shelter",
    permissions=(
        GroupPermission(DataGroup.PERSON, Permission.YES),
        GroupPermission(DataGroup.HEALTH, Permission.LIMITED, "the knee only"),
        GroupPermission(DataGroup.ACCOUNT, Permission.NO),
    ),
    manner=Manner.ORAL,
    language="ht",
    interpreter="",
    by="officer-1",
    at=NOON,
)
REFERRAL = Referral(f"{REF}-1", REF, "shelter", Copy.SERVICE, Urgency.DAY, "es", "a" * 64, "officer-1", NOON)


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.moment

    def move(self, seconds: float) -> None:
        """Move on, or back."""
        self.moment += timedelta(seconds=seconds)

    def uptime(self) -> float:
        """Return the seconds since the machine started, which was long ago; it moves as the clock does."""
        return (self.moment - NOON).total_seconds() + 1_000_000


def drawn_from(seed: int) -> random.Random:
    """Return random numbers that are the same in every run."""
    return random.Random(seed)  # noqa: S311 - chooses where to strike, keeps no secret


def new_vault(folder: Path, clock: FakeClock | None = None, recovery_keys: tuple[str, ...] = ()) -> Vault:
    """Make a vault and return it open."""
    setup = VaultSetup(POST, NAME, PASSPHRASE, recovery_keys)
    return create_vault(folder, setup, clock or FakeClock(), cost=TEST_COST)


def reopened(folder: Path, clock: FakeClock | None = None, passphrase: str = PASSPHRASE) -> Vault:
    """Unlock a vault made by `new_vault`."""
    clock = clock or FakeClock()
    return unlock_vault(folder, NAME, passphrase, clock, floor=TEST_COST, uptime=clock.uptime)


def a_case(ref: str = REF, *, practice: bool = False, minutes: int = 0) -> Case:
    """Return a case opened some minutes after noon."""
    return Case(ref, NOON + timedelta(minutes=minutes), "officer-1", Stage.OPENED, "ht", practice, "officer-1")


def an_interview(interview_id: str = "interview-1", case_ref: str = REF) -> Interview:
    """Return an interview that begins at noon."""
    return Interview(
        id=interview_id,
        case_ref=case_ref,
        form_id=FORM.id,
        form_version=FORM.version,
        form_sha256=FORM.sha256,
        officer_language="es",
        person_language="ht",
        started_at=NOON,
        started_by="officer-1",
        position="",
        instance="<data/>",
    )


def an_answer(ref: str = "/data/q1", value: str = "yes", *, non_answer: NonAnswer | None = None) -> Answer:
    """Return an answer as an interview gives it."""
    return Answer(
        ref=ref,
        value=value,
        non_answer=non_answer,
        kind=Kind.STATEMENT,
        own_words="li di wi",
        officer_wording=Wording("es", "¿Puede salir?", "Sí"),
        person_wording=Wording("ht", "Èske ou ka soti?", "Wi"),
        delivery=Delivery.READ,
        by="officer-1",
        at=NOON,
    )


def begin(vault: Vault, interview_id: str = "interview-1", case_ref: str = REF) -> None:
    """Open a case and begin an interview in it."""
    vault.cases.add(a_case(case_ref))
    vault.interviews.keep_form(FORM)
    vault.interviews.begin(an_interview(interview_id, case_ref))
