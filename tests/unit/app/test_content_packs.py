"""Content packs on a laptop: checked to the last form, installed by an administrator, at once of use to everybody."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.colleagues import as_officer, enrol
from tests.support.form_files import written
from tests.support.media import png
from tests.support.packs import HOUSE, KEY, a_form, content_of, directory, keeper, packed
from tests.support.sessions import begun, open_session
from tests.support.vaults import NOON
from victimid.app import content_packs, form_choice, interviewing, referring
from victimid.app import directory as services_in_use
from victimid.app.desk import Desk
from victimid.app.form_choice import FormOffer
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.referral_preview import ConsentGiven, preview
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.app.summary import summarise
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.model.audit import Action, AuditQuery
from victimid.model.consent import DataGroup, GroupPermission, Manner, Permission
from victimid.model.content import PackContent
from victimid.model.people import Role
from victimid.model.referral import Urgency
from victimid.store.watching import Watch

FORGER = sshsig.new_key()
PERMISSIONS = (GroupPermission(DataGroup.PERSON, Permission.YES),)
MALFORMED = (
    "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'><h:head><model/></h:head>"
)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def administrator(supervisor: Session) -> Session:
    return keeper(supervisor)


def at_work_is(session: Session, role: Role) -> Session:
    """Return the session with somebody of a role at work, let in by the supervisor if need be."""
    known = [each for each in session.vault.officers.all() if each.role is role]
    if not known:
        at_work_is(session, Role.SUPERVISOR)
    return as_officer(session, known[0] if known else enrol(session))


def sent(session: Session, folder: Path, number: int, content: PackContent) -> Session:
    """Let the administrator install a pack; return the session with an officer at work."""
    content_packs.install(at_work_is(session, Role.ADMINISTRATOR), packed(folder, number, content))
    return at_work_is(session, Role.OFFICER)


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(VictimIDError) as refused:
        work()
    return refused.value.code


def question(view: InterviewView) -> QuestionView:
    assert view.question is not None
    return view.question


def test_a_pack_is_checked_without_a_vault(tmp_path: Path) -> None:
    forms = [a_form(tmp_path), a_form(tmp_path, "border", "2", picture=False)]
    found = content_packs.check(packed(tmp_path, 3, content_of(forms)), KEY.public)
    assert (found.number, found.issued_at) == (3, NOON)
    assert [(form.id, form.title, form.version, form.languages) for form in found.forms] == [
        ("harbour", "Talk at the harbour", "1", ("default",)),
        ("border", "Talk at the border", "2", ("default",)),
    ]
    assert found.services is not None
    assert [(each.id, each.example) for each in found.services] == [("house-of-cranes", False)]
    assert content_packs.check(packed(tmp_path, 4, content_of(forms, "")), KEY.public).services is None


def bad_packs(tmp_path: Path) -> dict[str, tuple[PackContent, str]]:
    form, other = a_form(tmp_path), a_form(tmp_path, "border", "2")
    plain = a_form(tmp_path, "plain", "3", picture=False)
    own = load(written(tmp_path, [{"type": "text", "name": "q", "label": "Q"}], settings={"form_id": "first_line"}))
    sound = next(iter(form.media))
    return {
        "broken form": (PackContent("", (MALFORMED,), {}), "form.not_xml"),
        "two of one id": (content_of([form, a_form(tmp_path, version="5")]), "content.form_twice"),
        "one of ours": (content_of([own]), "content.own_form"),
        "without its picture": (content_of([form], media={}), "content.bad_media"),
        "with the picture of another": (content_of([form], media=other.media), "content.bad_media"),
        "with a picture too many": (content_of([form], media={**form.media, **other.media}), "content.bad_media"),
        "a picture without a form": (content_of([plain], media={sound: form.media[sound]}), "content.bad_media"),
        "no directory": (content_of(services="hello"), "content.not_services"),
        "a bad entry": (content_of(services=HOUSE.replace("women", "wolves")), "content.bad_services"),
    }


def test_what_cannot_be_used_is_refused_and_nothing_changes(administrator: Session, tmp_path: Path) -> None:
    content_packs.install(administrator, packed(tmp_path, 1, content_of([a_form(tmp_path)])))
    before = content_packs.installed(administrator)
    for number, (wrong, (content, code)) in enumerate(bad_packs(tmp_path / "forms").items(), 2):
        path = packed(tmp_path, number, content)
        assert refusal(partial(content_packs.check, path, KEY.public)) == code, wrong
        assert refusal(partial(content_packs.install, administrator, path)) == code, wrong
    assert content_packs.installed(administrator) == before
    failed = administrator.vault.audit.entries(99, AuditQuery(actions=(Action.FAILED,)))
    assert {entry.detail.split()[0] for entry in failed} == {"content_installed"}
    assert len(failed) == len(bad_packs(tmp_path / "again"))


def test_a_picture_that_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    form = a_form(tmp_path)
    [sha256] = form.media
    script = b"<svg onload='x'/>"
    other = hashlib.sha256(script).hexdigest()
    wrong = PackContent("", (form.xform.replace(sha256, other),), {other: script})
    assert refusal(lambda: content_packs.check(packed(tmp_path, 1, wrong), KEY.public)) == "content.bad_media"


def test_only_what_headquarters_key_signed_is_installed(supervisor: Session, tmp_path: Path) -> None:
    path = packed(tmp_path, 1, content_of())
    unset = as_officer(supervisor, enrol(supervisor, "Kim Sample", Role.ADMINISTRATOR))
    assert refusal(lambda: content_packs.examine(unset, path)) == "content.no_key"
    administrator = keeper(at_work_is(supervisor, Role.SUPERVISOR))
    forged = packed(tmp_path / "forged", 1, content_of(), FORGER)
    assert refusal(lambda: content_packs.install(administrator, forged)) == "signature.wrong_key"
    assert content_packs.installed(administrator) is None
    assert content_packs.examine(administrator, path).number == 1
    assert content_packs.installed(administrator) is None
    assert content_packs.install(administrator, path).number == 1


def test_nobody_else_installs(administrator: Session, tmp_path: Path) -> None:
    path = packed(tmp_path, 1, content_of())
    for role in (Role.SUPERVISOR, Role.OFFICER):
        session = at_work_is(administrator, role)
        for use_case in (content_packs.examine, content_packs.install):
            with pytest.raises(VictimIDError, match=r"officer\.not_allowed"):
                use_case(session, path)
        assert content_packs.installed(session) is None


def test_the_screen_is_told_what_is_in_use_and_an_older_pack_is_refused(administrator: Session, tmp_path: Path) -> None:
    new, newest, old = (packed(tmp_path, number, content_of([a_form(tmp_path)])) for number in (4, 100_004, 2))
    content_packs.install(administrator, new)
    found = content_packs.installed(administrator)
    assert found is not None
    assert (found.number, found.issued_at, found.installed_at, found.by) == (4, NOON, NOON, "Nadia Sample")
    assert [form.id for form in found.forms] == ["harbour"]
    assert found.services is not None
    assert [each.name for each in found.services] == ["House of Cranes"]
    assert refusal(lambda: content_packs.examine(administrator, old)) == "content.older"
    assert refusal(lambda: content_packs.install(administrator, new)) == "content.installed_already"
    assert content_packs.install(administrator, newest).number == 100_004


def test_a_lock_stops_it_between_two_forms_and_nothing_is_installed(administrator: Session, tmp_path: Path) -> None:
    path = packed(tmp_path, 1, content_of([a_form(tmp_path), a_form(tmp_path, "border")]))
    told: list[tuple[int, int]] = []
    content_packs.examine(administrator, path, Watch(lambda done, total: told.append((done, total))))
    assert told == [(0, 2), (1, 2)]
    administrator.stop()
    for use_case in (content_packs.examine, content_packs.install):
        assert refusal(partial(use_case, administrator, path)) == "job.cancelled"
    assert content_packs.installed(administrator) is None
    assert administrator.vault.audit.entries(9, AuditQuery(actions=(Action.FAILED,))) == ()


def test_a_pack_without_a_directory_leaves_the_examples(administrator: Session, tmp_path: Path) -> None:
    content_packs.install(administrator, packed(tmp_path, 1, content_of([a_form(tmp_path)], "")))
    found = content_packs.installed(administrator)
    assert found is not None
    assert found.services is None
    assert services_in_use.services(administrator) == administrator.content.services()


def test_a_form_is_offered_after_ours_and_loaded_when_it_is_chosen(administrator: Session, tmp_path: Path) -> None:
    form = a_form(tmp_path)
    at_work = sent(administrator, tmp_path, 1, content_of([form]))
    offers = form_choice.offers(at_work, "es")
    assert [offer.own for offer in offers] == [True, True, False]
    assert offers[2] == FormOffer("harbour", "Talk at the harbour", "1", form.sha256)
    assert form_choice.load(at_work, offers[0]).form.id == "first_line"
    chosen = form_choice.load(at_work, offers[2])
    assert (chosen.form, chosen.own) == (form, False)
    assert not any(language.draft for language in form_choice.languages_for(chosen))
    assert form_choice.named(at_work, "harbour") == form
    assert form_choice.named(at_work, "second_line").id == "second_line"


def test_to_list_the_forms_none_is_built(administrator: Session, tmp_path: Path) -> None:
    at_work = sent(administrator, tmp_path, 1, content_of([a_form(tmp_path, version="8")]))
    at_work.vault._database.execute("UPDATE form SET xform = 'no form'")
    [*_, offer] = form_choice.offers(at_work, "es")
    assert offer.id == "harbour"
    assert refusal(lambda: form_choice.load(at_work, offer)) == "form.not_xml"


def test_an_interview_shows_the_picture_that_came_with_the_pack(administrator: Session, tmp_path: Path) -> None:
    at_work = sent(administrator, tmp_path, 1, content_of([a_form(tmp_path)]))
    chosen = form_choice.load(at_work, form_choice.offers(at_work, "es")[2])
    interview_id = form_choice.begin_interview(at_work, chosen.form, "es", "ar")
    shown = question(interviewing.resume(at_work, interview_id).view()).label.person.picture
    assert shown is not None
    assert (shown.media_type, shown.content) == ("image/png", png(11, 10))


def test_an_interview_goes_on_with_the_form_of_the_pack_it_began_with(administrator: Session, tmp_path: Path) -> None:
    at_work = sent(administrator, tmp_path, 1, content_of([a_form(tmp_path)]))
    [*_, offer] = form_choice.offers(at_work, "es")
    interview_id = form_choice.begin_interview(at_work, form_choice.load(at_work, offer).form, "es", "ar")
    at_work = sent(at_work, tmp_path, 2, content_of([a_form(tmp_path, version="2")]))
    [*_, newer] = form_choice.offers(at_work, "es")
    assert newer.version == "2"
    talk = interviewing.resume(at_work, interview_id)
    assert question(talk.view()).label.person.text == "Which boat? (1)"
    assert question(talk.view()).label.person.picture is not None
    at_work = sent(at_work, tmp_path, 3, content_of())
    assert refusal(lambda: form_choice.load(at_work, newer)) == "interview.form_unknown"
    talk = interviewing.resume(at_work, interview_id)
    talk.answer(question(talk.view()).ref, "the blue one")
    assert [answer.value for answer in at_work.vault.interviews.answers(interview_id)] == ["the blue one"]


def test_a_referral_goes_to_a_service_of_the_agency(administrator: Session, tmp_path: Path) -> None:
    at_work = sent(administrator, tmp_path, 1, content_of())
    ref = begun(at_work).case_ref
    assert [each.id for each in referring.view(at_work, ref).services] == ["house-of-cranes"]
    referring.record_consent(at_work, ref, "house-of-cranes", PERMISSIONS, Manner.ORAL, "es")
    request = ReferralRequest("house-of-cranes", Urgency.DAY, ("shelter",), "desk 2", "B. Example", "en")
    given = ConsentGiven(PERMISSIONS, Manner.ORAL, "es", "")
    preview(at_work, ref, request, given)
    consent = at_work.vault.consents.latest(ref, "house-of-cranes")
    assert consent is not None
    document = referring.preview(at_work, ref, request, consent)
    assert "House of Cranes" in {line.text for section in document.sections for line in section.lines}
    written_file = referring.write(at_work, ref, request, tmp_path)
    at_work = sent(at_work, tmp_path, 2, content_of(services=directory(river_house="River House")))
    found = referring.view(at_work, ref)
    assert [each.id for each in found.services] == ["river-house"]
    assert (found.consents, found.referrals) == ((consent,), (written_file.referral,))
    assert refusal(lambda: referring.write(at_work, ref, request, tmp_path)) == "service.unknown"
    assert summarise(at_work, ref, "en").case.ref == ref
    assert Desk(at_work).case(ref).ref == ref
