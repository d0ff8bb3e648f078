"""The whole journey without a screen, on an invented case: the same use cases as the window, real files."""

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from victimid import assets
from victimid.app import directory, exporting, headquarters, interviewing, receipts, referring, summary
from victimid.app.content import SECOND_LINE, Content
from victimid.app.desk import Desk
from victimid.app.exporting import WrittenExport
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.interviewing import Interviewing
from victimid.app.referral_text import ReferralRequest
from victimid.app.referring import WrittenReferral
from victimid.app.session import Door, Session, VaultSetup
from victimid.app.summary import Summary
from victimid.clock import Clock
from victimid.errors import VictimIDError
from victimid.model.answer import Delivery, NonAnswer
from victimid.model.consent import DataGroup, GroupPermission, Manner, Permission
from victimid.model.finding import Outcome
from victimid.model.people import Post
from victimid.model.referral import Urgency
from victimid.paths import private_folder

Case = Mapping[str, Any]
OFFICER = "Demo"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo wrote, with the passphrases that open it; everything in it is invented."""

    vault: Path
    register: Path
    case_ref: str
    questions: int
    summary: Summary
    referral: WrittenReferral
    bundle: WrittenExport
    receipt: Path
    device_id: str
    device_public_key: str
    headquarters_public_key: str
    headquarters_identity: str
    passphrase: str


def run(folder: Path, clock: Clock) -> DemoResult:
    """Go the whole way from a new laptop to headquarters' receipt; raises ``demo.folder_in_use``."""
    if folder.exists() and any(folder.iterdir()):
        raise VictimIDError("demo.folder_in_use", name=folder.name)
    private_folder(folder)
    case = read_case()
    passphrase = f"{secrets.token_hex(4)} invented demo {secrets.token_hex(4)}"
    register = headquarters.create(folder / "headquarters", passphrase, clock)
    setup = VaultSetup(Post(**case["post"]), OFFICER, passphrase, (register.recipient,))
    session = Door(folder / "vault", Content(), clock).create(setup)
    try:
        receipts.set_key(session, register.public_key)
        ref, questions = screen(session, case)
        found = summary.summarise(session, ref, case["officer_language"])
        summary.decide(session, found, Outcome.REFER, case["reason"])
        referral = refer(session, ref, case, private_folder(folder / "referral"))
        bundle = exporting.write(session, private_folder(folder / "outbox"))
        register.enrol(session.vault.device_public_key, case["post"]["laptop"])
        received = register.receive(bundle.path)
        receipt = register.write_receipt(private_folder(folder / "receipts"), received.receipt)
        receipts.take(session, receipt)
        return DemoResult(
            vault=folder / "vault",
            register=folder / "headquarters",
            case_ref=ref,
            questions=questions,
            summary=found,
            referral=referral,
            bundle=bundle,
            receipt=receipt,
            device_id=session.vault.device_id,
            device_public_key=session.vault.device_public_key,
            headquarters_public_key=register.public_key,
            headquarters_identity=register.secret_identity(),
            passphrase=passphrase,
        )
    finally:
        session.lock()
        register.close()


def read_case() -> Case:
    """Read the invented case."""
    return tomllib.loads((assets.folder("resources") / "demo_case.toml").read_text("utf-8"))


def screen(session: Session, case: Case) -> tuple[str, int]:
    """Interview the invented person in two languages; returns the case reference and the number of questions put."""
    opened = Desk(session).open_case(case["person_language"])
    form = session.content.own_form(SECOND_LINE)
    interview = interviewing.begin(session, opened.ref, form, case["officer_language"], case["person_language"])
    questions = 0
    view = interview.view()
    while view.question is not None:
        view = answer_one(interview, view.question, case)
        questions += 1
    interview.finish()
    return opened.ref, questions


def answer_one(interview: Interviewing, question: QuestionView, case: Case) -> InterviewView:
    """Answer one question as the case says, or record why there is no answer, or go on; returns what comes next."""
    name = question.ref.rsplit("/", 1)[-1]
    if name in case["non_answers"]:
        return interview.skip(question.ref, NonAnswer(case["non_answers"][name]), delivery=Delivery.INTERPRETER)
    if name in case["answers"]:
        given = case["answers"][name]
        value = " ".join(given) if isinstance(given, list) else given
        words = case["own_words"].get(name, "")
        return interview.answer(question.ref, value, own_words=words, delivery=Delivery.INTERPRETER)
    return interview.next()


def refer(session: Session, ref: str, case: Case, folder: Path) -> WrittenReferral:
    """Record the invented consent and write the referral."""
    service = directory.services(session)[0]
    limits = case["limited_to"]
    permissions = [
        GroupPermission(DataGroup(group), Permission(said), limits.get(group, ""))
        for group, said in case["consent"].items()
    ]
    referring.record_consent(
        session, ref, service.id, permissions, Manner.ORAL, case["person_language"], case["interpreter"]
    )
    request = ReferralRequest(
        service_id=service.id,
        urgency=Urgency.HOURS,
        help_asked=service.helps,
        officer_contact=case["contact"],
        deputy=case["deputy"],
        language=case["document_language"],
    )
    return referring.write(session, ref, request, folder)
