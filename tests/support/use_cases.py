"""Every use case of a session, each called the way a front end calls it, for tests of who may do what."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.support.colleagues import enrol
from tests.support.media import png
from tests.support.sessions import HEADQUARTERS, door, open_session
from tests.support.vaults import NAME, PASSPHRASE
from victimid import i18n
from victimid.app import (
    actions_file,
    anchoring,
    attaching,
    backing_up,
    case_draft,
    content_packs,
    deleting,
    directory,
    erasing,
    export_records,
    exporting,
    form_choice,
    handing_over,
    interviewing,
    linking,
    officer_draft,
    officers,
    receipts,
    recovering,
    referral_preview,
    referring,
    reviewing,
    searching,
    summary,
    upkeep,
    vault_care,
    waiting,
)
from victimid.app.access import Access, Why
from victimid.app.content import FIRST_LINE
from victimid.app.desk import Desk
from victimid.app.interview_running import Running
from victimid.app.interviewing import Interviewing
from victimid.app.referral_preview import ConsentGiven
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.app.summary import Summary
from victimid.crypto import age, sshsig
from victimid.errors import VictimIDError
from victimid.model.answer import NonAnswer
from victimid.model.attachment import Attachment
from victimid.model.audit import AuditQuery
from victimid.model.case_list import CaseFilter
from victimid.model.consent import Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.model.finding import Findings, Outcome, Reading
from victimid.model.handover import Handover
from victimid.model.interview import Interview
from victimid.model.link import LinkKind
from victimid.model.people import Role
from victimid.model.policy import Policy
from victimid.model.referral import Urgency
from victimid.model.retention import Override
from victimid.model.review import Verdict
from victimid.model.why import WhyAccepted, WhyDisabled, WhyRekeyed

OTHER_PASSPHRASE: Final = "seven copper lanterns drifting"
NAMES: Final = {Role.SUPERVISOR: NAME, Role.OFFICER: "Olga Officer", Role.ADMINISTRATOR: "Ada Administrator"}
COLLEAGUE: Final = "Carla Colleague"
WORDS: Final = i18n.load("victimid", "en")
GIVEN: Final = (GroupPermission(DataGroup.PERSON, Permission.YES),)


@dataclass(frozen=True, slots=True)
class Scene:
    """An officer's session and the case that a use case is about; ``folder`` is free for what it writes."""

    session: Session
    ref: str
    interview_id: str
    colleague: str
    folder: Path

    def talk(self) -> Interviewing:
        """Return the interview as a screen holds it that was opened before anybody asked."""
        vault = self.session.vault
        interview = vault.interviews.get(self.interview_id)
        return Interviewing(self.session, interview, self.session.content.own_form(FIRST_LINE))

    def question(self) -> str:
        """Return the first question of the interview."""
        form = self.session.content.own_form(FIRST_LINE)
        return next(iter(Running(self.session, self._interview(), form).state.questions()))

    def request(self) -> ReferralRequest:
        """Return a request to the first service of the directory."""
        service = self.session.content.services()[0]
        return ReferralRequest(service.id, Urgency.DAY, service.helps, "desk 2", "B. Example", "es")

    def summary(self) -> Summary:
        """Return a summary as a screen holds it, empty but for its case."""
        found = Findings("ilo", "2009", (), Reading.NO_SIGNS_RECORDED, ())
        case = self.session.vault.cases.get(self.ref)
        return Summary(case, (), found, (), child=False, scored=False, decision=None)

    def anew(self, folder: Path) -> "Scene":
        """Return the same with nothing seen yet."""
        folder.mkdir(parents=True)
        return replace(self, session=replace(self.session, access=Access(self.session.vault)), folder=folder)

    def _interview(self) -> Interview:
        return self.session.vault.interviews.get(self.interview_id)


UseCase = Callable[[Scene], object]


def outcome(use_case: UseCase, scene: Scene) -> str:
    """Return ``yes`` where the officer was let do it, else why not; what fails for another reason was let in."""
    try:
        use_case(scene)
    except VictimIDError as error:
        refusals = {"officer.not_allowed", "case.not_yours", "case.reason_needed"}
        return error.code.partition(".")[2] if error.code in refusals else "yes"
    return "yes"


def vault_of_three_roles(folder: Path) -> dict[tuple[Role, str], tuple[str, str]]:
    """Make a vault with an officer of every role and a colleague, and for each role three cases with an interview.

    Returns reference and interview by role and by whose the case is: own, handed over to them, or another's. An
    administrator owns cases here only to show that the role decides.
    """
    session = open_session(folder)
    enrolled = {NAME: session.vault.officer}
    for name, role in ((NAMES[Role.OFFICER], Role.OFFICER), (NAMES[Role.ADMINISTRATOR], Role.ADMINISTRATOR)):
        enrolled[name] = enrol(session, name, role, OTHER_PASSPHRASE)
    colleague = enrol(session, COLLEAGUE, Role.OFFICER, OTHER_PASSPHRASE)
    form = session.content.own_form(FIRST_LINE)
    cases: dict[tuple[Role, str], tuple[str, str]] = {}
    for role, name in NAMES.items():
        for whose in ("own", "handed over", "another's"):
            case = Desk(session).open_case("es")
            interview = interviewing.begin(session, case.ref, form, "es", "es").interview_id
            attached = Attachment(f"{role}-{whose}", interview, "/data/photo", session.officer_id, session.clock())
            session.vault.attachments.add(attached, [png()])
            steps = {"own": [enrolled[name].id], "handed over": [colleague.id, enrolled[name].id]}
            for receiver in steps.get(whose, [colleague.id]):
                owner = session.vault.cases.get(case.ref).owner
                if owner != receiver:
                    moved = Handover(case.ref, owner, receiver, "end of shift", session.officer_id, session.clock())
                    session.vault.handovers.record(moved)
            cases[role, whose] = (case.ref, interview)
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    session.lock()
    return cases


@contextmanager
def scene_of(folder: Path, role: Role, case: tuple[str, str]) -> Iterator[Scene]:
    """Unlock the vault for the officer of a role, and lock it at the end."""
    passphrase = PASSPHRASE if role is Role.SUPERVISOR else OTHER_PASSPHRASE
    session = door(folder).unlock(NAMES[role], passphrase)
    try:
        yield Scene(session, *case, session.vault.officers.named(COLLEAGUE).id, folder.parent / "out")
    finally:
        session.lock()


def _supervisor(scene: Scene) -> str:
    return scene.session.vault.officers.named(NAME).id


def _receipt(scene: Scene) -> object:
    return receipts.take(scene.session, scene.folder / "none")


def _attachment(scene: Scene) -> str:
    found = scene.session.vault.attachments.of_case(scene.ref)
    return next(iter(found)).name


def _picture(scene: Scene) -> Path:
    path = scene.folder / "face.png"
    path.write_bytes(png())
    return path


def _preview(scene: Scene) -> object:
    given = ConsentGiven(GIVEN, Manner.ORAL, "es")
    return referral_preview.preview(scene.session, scene.ref, scene.request(), given)


def _referral_preview(scene: Scene) -> object:
    consent = replace(referral_consent(scene), id="")
    return referring.preview(scene.session, scene.ref, scene.request(), consent)


def referral_consent(scene: Scene) -> Consent:
    """Return a consent as it stands on a screen."""
    at, by, service = scene.session.clock(), scene.session.officer_id, scene.request().service_id
    return Consent("c", scene.ref, service, GIVEN, Manner.ORAL, "es", "", by, at)


READING: Final[Mapping[str, UseCase]] = {
    "case_draft.read": lambda s: case_draft.read(s.session, s.ref, "decision"),
    "attaching.view": lambda s: attaching.view(s.session, _attachment(s)),
    "form_choice.case_language": lambda s: form_choice.case_language(s.session, s.ref),
    "interviewing.resume": lambda s: interviewing.resume(s.session, s.interview_id),
    "Interviewing.view": lambda s: s.talk().view(),
    "referring.view": lambda s: referring.view(s.session, s.ref),
    "referring.preview": _referral_preview,
    "referral_preview.preview": _preview,
    "summary.summarise": lambda s: summary.summarise(s.session, s.ref, "es"),
    "linking.of_case": lambda s: linking.of_case(s.session, s.ref),
    "linking.of_answer": lambda s: linking.of_answer(s.session, s.interview_id, "/data/none"),
    "handing_over.of_case": lambda s: handing_over.of_case(s.session, s.ref),
    "reviewing.view": lambda s: reviewing.view(s.session, s.ref),
    "Access.case": lambda s: s.session.access.case(s.ref),
}
"""What shows something recorded in a case."""

WRITING: Final[Mapping[str, UseCase]] = {
    "attaching.keep": lambda s: attaching.keep(s.session, s.interview_id, "/data/photo", _picture(s), "image/*"),
    "case_draft.keep": lambda s: case_draft.keep(s.session, s.ref, "decision", "typed"),
    "form_choice.begin_interview": lambda s: form_choice.begin_interview(
        s.session, s.session.content.own_form(FIRST_LINE), "es", "es", s.ref
    ),
    "interviewing.begin": lambda s: interviewing.begin(
        s.session, s.ref, s.session.content.own_form(FIRST_LINE), "es", "es"
    ),
    "Interviewing.answer": lambda s: s.talk().answer(s.question(), ""),
    "Interviewing.attach": lambda s: s.talk().attach(s.question(), _picture(s)),
    "Interviewing.skip": lambda s: s.talk().skip(s.question(), NonAnswer.DECLINED),
    "Interviewing.next": lambda s: s.talk().next(),
    "Interviewing.back": lambda s: s.talk().back(),
    "Interviewing.go_to_section": lambda s: s.talk().go_to_section("none"),
    "Interviewing.add_instance": lambda s: s.talk().add_instance("/data/none"),
    "Interviewing.remove_instance": lambda s: s.talk().remove_instance("/data/none[1]"),
    "Interviewing.keep_draft": lambda s: s.talk().keep_draft(s.question(), "typed"),
    "Interviewing.finish": lambda s: s.talk().finish(),
    "referring.record_consent": lambda s: referring.record_consent(
        s.session, s.ref, s.request().service_id, GIVEN, Manner.ORAL, "es"
    ),
    "referring.write": lambda s: referring.write(s.session, s.ref, s.request(), s.folder),
    "Interviewing.mark": lambda s: s.talk().mark(s.question(), LinkKind.NAME, "Example"),
    "Interviewing.unmark": lambda s: s.talk().unmark(s.question(), LinkKind.NAME, "Example"),
    "linking.unmark": lambda s: linking.unmark(
        s.session, s.ref, s.interview_id, "/data/none", LinkKind.NAME, "Example"
    ),
    "linking.mark": lambda s: linking.mark(s.session, s.ref, s.interview_id, "/data/none", LinkKind.NAME, "Example"),
    "reviewing.review": lambda s: reviewing.review(s.session, s.ref, Verdict.AGREES, ""),
    "summary.decide": lambda s: summary.decide(s.session, s.summary(), Outcome.REFER, "cannot leave"),
}
"""What changes a case."""

OTHERS: Final[Mapping[str, UseCase]] = {
    "actions_file.write": lambda s: actions_file.write(s.session, AuditQuery(), s.folder),
    "anchoring.anchors": lambda s: anchoring.anchors(s.session),
    "backing_up.check": lambda s: backing_up.check(s.session),
    "backing_up.view": lambda s: backing_up.view(s.session),
    "backing_up.due": lambda s: backing_up.due(s.session),
    "backing_up.make": lambda s: backing_up.make(s.session),
    "backing_up.make_if_due": lambda s: backing_up.make_if_due(s.session),
    "backing_up.renewed": lambda s: backing_up.renewed(s.session),
    "deleting.due": lambda s: deleting.due(s.session),
    "Desk.view": lambda s: Desk(s.session).view(),
    "Desk.counts": lambda s: Desk(s.session).counts(),
    "Desk.page": lambda s: Desk(s.session).page(CaseFilter()),
    "Desk.page of what is due": lambda s: Desk(s.session).page(CaseFilter(due=True)),
    "Desk.case": lambda s: Desk(s.session).case(s.ref),
    "Desk.open_case": lambda s: Desk(s.session).open_case("es"),
    "export_records.of_cases": lambda s: list(export_records.of_cases(s.session, [(s.ref, 1)])),
    "export_records.of_laptop": lambda s: list(export_records.of_laptop(s.session, 1)),
    "exporting.view": lambda s: exporting.view(s.session),
    "exporting.add_headquarters_key": lambda s: exporting.add_headquarters_key(s.session, age.new_identity().recipient),
    "exporting.remove_headquarters_key": lambda s: exporting.remove_headquarters_key(s.session, HEADQUARTERS.recipient),
    "exporting.replace_headquarters_keys": lambda s: exporting.replace_headquarters_keys(
        s.session, [age.new_identity(post_quantum=True).recipient]
    ),
    "exporting.write": lambda s: exporting.write(s.session, s.folder),
    "receipts.key_is_set": lambda s: receipts.key_is_set(s.session),
    "receipts.take": _receipt,
    "receipts.set_key": lambda s: receipts.set_key(s.session, sshsig.new_key().public),
    "form_choice.offers": lambda s: form_choice.offers(s.session, "es"),
    "form_choice.load": lambda s: form_choice.load(s.session, form_choice.offers(s.session, "es")[0]),
    "form_choice.named": lambda s: form_choice.named(s.session, FIRST_LINE),
    "content_packs.installed": lambda s: content_packs.installed(s.session),
    "content_packs.examine": lambda s: content_packs.examine(s.session, s.folder / "content.pack.tar"),
    "content_packs.install": lambda s: content_packs.install(s.session, s.folder / "content.pack.tar"),
    "directory.services": lambda s: directory.services(s.session),
    "directory.service": lambda s: directory.service(s.session, "example-shelter"),
    "form_choice.begin_first_line": lambda s: form_choice.begin_first_line(s.session, "es"),
    "handing_over.open_cases": lambda s: handing_over.open_cases(s.session),
    "handing_over.kept_reason": lambda s: handing_over.kept_reason(s.session, [s.ref]),
    "handing_over.keep_reason": lambda s: handing_over.keep_reason(s.session, [s.ref], "typed"),
    "handing_over.receivers": lambda s: handing_over.receivers(s.session),
    "officer_draft.keep": lambda s: officer_draft.keep(s.session, "name to enrol", "typed"),
    "officer_draft.read": lambda s: officer_draft.read(s.session, "name to enrol"),
    "officers.everyone": lambda s: officers.everyone(s.session),
    "officers.names": lambda s: officers.names(s.session),
    "officers.may_disable": lambda s: officers.may_disable(s.session, s.session.vault.officer),
    "officers.roles_to_give": lambda s: officers.roles_to_give(s.session),
    "recovering.rehearsal_due": lambda s: recovering.rehearsal_due(s.session),
    "recovering.view": lambda s: recovering.view(s.session),
    "searching.find": lambda s: searching.find(s.session, "words"),
    "searching.rebuilding": lambda s: searching.rebuilding(s.session),
    "searching.tidy": lambda s: searching.tidy(s.session),
    "upkeep.at_start": lambda s: upkeep.at_start(s.session, lambda _: None),
    "upkeep.now_and_then": lambda s: upkeep.now_and_then(s.session),
    "waiting.for_me": lambda s: waiting.for_me(s.session),
    "officers.named": lambda s: officers.named(s.session, NAME),
    "officers.enrol": lambda s: officers.enrol(s.session, "Ida Example", OTHER_PASSPHRASE, Role.OFFICER),
    "officers.enrol a supervisor": lambda s: officers.enrol(s.session, "Eva", OTHER_PASSPHRASE, Role.SUPERVISOR),
    "officers.may_give_passphrase": lambda s: officers.may_give_passphrase(s.session, s.session.vault.officer),
    "officers.give_passphrase": lambda s: officers.give_passphrase(s.session, s.colleague, OTHER_PASSPHRASE),
    "officers.give_passphrase to a supervisor": lambda s: officers.give_passphrase(
        s.session, _supervisor(s), OTHER_PASSPHRASE
    ),
    "officers.change_passphrase": lambda s: officers.change_passphrase(s.session, "wrong", OTHER_PASSPHRASE),
    "recovering.rehearse": lambda s: recovering.rehearse(s.session, OTHER_PASSPHRASE, s.folder, WORDS),
    "recovering.end_rehearsal": lambda s: recovering.end_rehearsal(s.session, OTHER_PASSPHRASE, s.folder / "none"),
    "vault_care.device": lambda s: vault_care.device(s.session),
    "vault_care.policy": lambda s: vault_care.policy(s.session),
    "vault_care.change_policy": lambda s: vault_care.change_policy(s.session, Policy(erase_allowed=True)),
    "vault_care.actions": lambda s: vault_care.actions(s.session, AuditQuery()),
    "vault_care.check": lambda s: vault_care.check(s.session, full=False),
    "vault_care.look_over": lambda s: vault_care.look_over(s.session),
    "vault_care.accept_rollback": lambda s: vault_care.accept_rollback(s.session, WhyAccepted.URGENT),
    "vault_care.add_recovery_pair": lambda s: vault_care.add_recovery_pair(
        s.session, HEADQUARTERS.recipient, age.new_identity().recipient
    ),
    "vault_care.remove_recovery_pair": lambda s: vault_care.remove_recovery_pair(
        s.session, HEADQUARTERS.recipient, age.new_identity().recipient
    ),
    "Access.open_other": lambda s: s.session.access.open_other(s.ref, Why.REVIEW),
    "Access.to_hand_over": lambda s: s.session.access.to_hand_over(s.ref),
}
"""What is about no case, or decides about one as a whole."""

LAST: Final[Mapping[str, UseCase]] = {
    "handing_over.hand_over": lambda s: handing_over.hand_over(s.session, [s.ref], s.colleague, "end of shift"),
    "deleting.delete": lambda s: deleting.delete(s.session, [s.ref], Override.COURT_ORDER),
    "officers.disable": lambda s: officers.disable(s.session, s.colleague, WhyDisabled.LEFT),
    "officers.disable a supervisor": lambda s: officers.disable(s.session, _supervisor(s), WhyDisabled.LEFT),
    "vault_care.rekey": lambda s: vault_care.rekey(s.session, WhyRekeyed.ROUTINE),
    "erasing.erase": lambda s: erasing.erase(s.session, door(s.session.vault._files.folder)),
}
"""What the vault is not the same after, in an order that lets each be tried."""

EVERY: Final[Mapping[str, UseCase]] = {**READING, **WRITING, **OTHERS, **LAST}
