"""Referral of one case to one service: consent first, then the document, previewed and written once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from victimid.app import directory
from victimid.app.failing import failure_noted
from victimid.app.referral_text import Parties, ReferralRequest, service_copy
from victimid.app.session import Session, new_id
from victimid.app.summary import Summary, summarise
from victimid.crypto import passphrase as passphrases
from victimid.documents import referral as documents
from victimid.documents.page import Page
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.consent import Consent, GroupPermission, Manner, Permission
from victimid.model.referral import Copy, Referral, ReferralDocument, Service
from victimid.paths import write_once


@dataclass(frozen=True, slots=True)
class WrittenReferral:
    """The encrypted PDF on the medium the officer chose, and the passphrase shown this once."""

    path: Path
    referral: Referral
    passphrase: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """What the referral screen starts from."""

    services: tuple[Service, ...]
    consents: tuple[Consent, ...]
    referrals: tuple[Referral, ...]
    next_number: str


def view(session: Session, case_ref: str) -> ReferralView:
    """Return the services and what has been agreed and written so far in a case."""
    session.access.case(case_ref)
    vault = session.vault
    return ReferralView(
        services=directory.services(session),
        consents=vault.consents.of_case(case_ref),
        referrals=vault.referrals.of_case(case_ref),
        next_number=vault.referrals.next_number(case_ref),
    )


def record_consent(
    session: Session,
    case_ref: str,
    service_id: str,
    permissions: Sequence[GroupPermission],
    manner: Manner,
    language: str,
    interpreter: str = "",
) -> Consent:
    """Record what the person agreed to for one service; earlier consents stay in the ledger.

    Raises ``service.unknown``, ``consent.limit_missing`` where a limited permission has no words to pass on.
    """
    session.access.case(case_ref)
    directory.service(session, service_id)
    if any(given.permission is Permission.LIMITED and not given.limited_to.strip() for given in permissions):
        raise VictimIDError("consent.limit_missing")
    consent = Consent(
        id=new_id(),
        case_ref=case_ref,
        service_id=service_id,
        permissions=tuple(permissions),
        manner=manner,
        language=language,
        interpreter=interpreter,
        by=session.officer_id,
        at=session.clock(),
    )
    session.vault.consents.record(consent)
    return consent


def preview(session: Session, case_ref: str, request: ReferralRequest, consent: Consent) -> ReferralDocument:
    """Build the very document that would be written, with nothing in it that was not agreed to."""
    summary = summarise(session, case_ref, request.language)
    return _document(session, summary, request, consent)


def pages(document: ReferralDocument) -> tuple[Page, ...]:
    """Lay out a document exactly as it would be printed."""
    return documents.lay_out(document)


def write(session: Session, case_ref: str, request: ReferralRequest, folder: Path) -> WrittenReferral:
    """Write the referral as an encrypted PDF, once, under a name that says nothing about the person.

    Raises ``referral.no_consent`` without a recorded consent for this service, ``referral.file_exists``, errors
    of the disk and ``document.*``. Nothing is recorded unless the file is whole.
    """
    session.access.case(case_ref)
    consent = session.vault.consents.latest(case_ref, request.service_id)
    if consent is None or consent.withdrawn_at is not None:
        raise VictimIDError("referral.no_consent")
    summary = summarise(session, case_ref, request.language)
    document = _document(session, summary, request, consent)
    passphrase = passphrases.one_time()
    path = folder / f"{document.reference}.pdf"
    with failure_noted(session.vault, Action.REFERRAL_WRITTEN, case_ref):
        sha256 = write_once(path, documents.encrypt(documents.render(document), passphrase))
        referral = Referral(
            number=document.reference,
            case_ref=case_ref,
            service_id=request.service_id,
            copy=Copy.SERVICE,
            urgency=request.urgency,
            language=request.language,
            sha256=sha256,
            by=session.officer_id,
            at=session.clock(),
        )
        session.vault.referrals.record(referral)
    return WrittenReferral(path, referral, passphrase)


def _document(session: Session, summary: Summary, request: ReferralRequest, consent: Consent) -> ReferralDocument:
    parties = Parties(
        post=session.vault.post,
        officer=session.vault.officer,
        service=directory.service(session, request.service_id),
        number=session.vault.referrals.next_number(summary.case.ref),
        at=session.clock(),
    )
    return service_copy(parties, summary, request, consent)
