"""Attachments through the use cases: taken in, resumed, replaced, exported, and never referred."""

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.form_files import written
from tests.support.media import MARKER, png, stick
from tests.support.sessions import open_session, reopen
from victimid import i18n
from victimid.app import export_records, exporting, interviewing, summary
from victimid.app.desk import Desk
from victimid.app.interviewing import Interviewing
from victimid.app.referral_text import _disclosable
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.model.attachment import LIMIT, PART
from victimid.store.interviews import Interviews

SURVEY = [
    {"type": "image", "name": "photo", "label": "Photo of the injury"},
    {"type": "audio", "name": "voice", "label": "Voice"},
    {"type": "geopoint", "name": "place", "label": "Place"},
]
PHOTO = "/data/photo"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def talk(session: Session, tmp_path: Path) -> Interviewing:
    return interviewing.begin(session, Desk(session).open_case("es").ref, load(written(tmp_path, SURVEY)), "en", "es")


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return stick(tmp_path / "stick", face__png=png(), other__png=png(10, 10), note__txt=b"x", empty__png=b"")


def test_a_picture_is_taken_in_and_shown_when_one_comes_back(
    session: Session, talk: Interviewing, media: Path, tmp_path: Path
) -> None:
    view = talk.attach(PHOTO, media / "face.png", own_words="this arm")
    assert view.question is not None
    assert view.question.ref == "/data/voice"
    (media / "face.png").unlink()
    session.lock()
    again = reopen(tmp_path / "vault")
    back = interviewing.resume(again, talk.interview_id).back().question
    assert back is not None
    assert back.attachment is not None
    assert (back.attachment.picture, back.attachment.media_type) == (png(), "image/png")
    assert back.value == back.attachment.name
    assert "face" not in back.value
    assert back.own_words == "this arm"
    told = summary.summarise(again, view.case_ref, "en").answers[0]
    assert (told.text, told.attached) == ("picture", True)
    again.lock()


def test_another_file_replaces_it_and_the_first_stays_in_the_revisions(
    session: Session, talk: Interviewing, media: Path
) -> None:
    talk.attach(PHOTO, media / "face.png")
    talk.attach(PHOTO, media / "other.png")
    talk.answer(PHOTO, "")
    names = [r.value for r in session.vault.interviews.revisions(talk.interview_id, PHOTO)]
    assert names[2] == ""
    sizes = [kept.size for name in names[:2] if (kept := session.vault.attachments.find(name))]
    assert sizes == [len(png()), len(png(10, 10))]


@pytest.mark.parametrize(
    ("ref", "name", "code"),
    [
        (PHOTO, "note.txt", "attachment.kind_refused"),
        (PHOTO, "empty.png", "attachment.empty"),
        (PHOTO, "missing.png", "attachment.unreadable"),
        (PHOTO, ".", "attachment.unreadable"),
        (PHOTO, "pipe.png", "attachment.unreadable"),
        (PHOTO, "large.png", "attachment.too_large"),
        ("/data/voice", "face.png", "attachment.wrong_kind"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    session: Session, talk: Interviewing, media: Path, ref: str, name: str, code: str
) -> None:
    os.mkfifo(media / "pipe.png")
    with (media / "large.png").open("wb") as stream:
        stream.truncate(LIMIT + 1)
    before = talk.view()
    with pytest.raises(VictimIDError) as refused:
        talk.attach(ref, media / name)
    assert refused.value.code == code
    assert talk.view() == before
    assert session.vault.interviews.answers(talk.interview_id) == ()


def test_a_pipe_put_in_the_place_of_a_file_that_was_just_looked_at_holds_nothing_up(
    session: Session, talk: Interviewing, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(media / "pipe.png")
    facts = (media / "face.png").stat()
    with monkeypatch.context() as exchanged:
        exchanged.setattr(Path, "stat", lambda *_, **__: facts)
        with pytest.raises(VictimIDError, match=r"attachment\.unreadable"):
            talk.attach(PHOTO, media / "pipe.png")
    assert session.vault.attachments.of_case(talk.view().case_ref) == ()


def test_file_and_answer_are_kept_together_or_not_at_all(
    session: Session, talk: Interviewing, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise VictimIDError("vault.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(Interviews, "save_answer", full)
        with pytest.raises(VictimIDError):
            talk.attach(PHOTO, media / "face.png")
    assert session.vault.attachments.to_export(talk.view().case_ref) == ()
    question = talk.view().question
    assert question is not None
    assert question.value == ""


def test_an_export_carries_it_once_in_parts_that_fit(
    session: Session, talk: Interviewing, media: Path, tmp_path: Path
) -> None:
    large = png() + bytes(2 * PART)
    (media / "large.png").write_bytes(large)
    case_ref = talk.attach(PHOTO, media / "large.png").case_ref
    records = [
        dict(record["data"])  # type: ignore[call-overload]  # data is a mapping
        for record in export_records.of_cases(session, [(case_ref, 1)])
        if record["kind"] == "attachment"
    ]
    content = b"".join(base64.b64decode(record["content"]) for record in records)
    assert [record["part"] for record in records] == [1, 2, 3]
    assert (content, records[0]["sha256"]) == (large, hashlib.sha256(large).hexdigest())
    first = exporting.write(session, tmp_path)
    talk.answer("/data/place", "1 2 0 0")
    second = exporting.write(session, tmp_path)
    assert first.export.records - 3 == second.export.records - 1
    assert MARKER not in first.path.read_bytes()


def test_a_file_that_was_replaced_or_taken_away_before_the_export_stays_on_the_laptop(
    session: Session, talk: Interviewing, media: Path, tmp_path: Path
) -> None:
    case_ref = talk.attach(PHOTO, media / "face.png").case_ref
    wrong = exported(session, case_ref)
    talk.attach(PHOTO, media / "other.png")
    assert len(exported(session, case_ref)) == 1
    assert exported(session, case_ref).isdisjoint(wrong)
    talk.answer(PHOTO, "")
    assert exported(session, case_ref) == set()
    talk.attach(PHOTO, media / "other.png")
    right = exported(session, case_ref)
    first = exporting.write(session, tmp_path)
    talk.answer(PHOTO, "")
    second = exporting.write(session, tmp_path)
    assert first.export.records - 1 == second.export.records
    assert (len(right), exported(session, case_ref)) == (1, set())
    assert len(session.vault.attachments.of_case(case_ref)) == 3


def test_a_file_goes_with_its_answer_where_that_moves(session: Session, media: Path, tmp_path: Path) -> None:
    survey = [
        {"type": "begin_repeat", "name": "wound", "label": "Wound"},
        {"type": "image", "name": "photo", "label": "Photo"},
        {"type": "end_repeat"},
    ]
    talk = interviewing.begin(session, Desk(session).open_case("es").ref, load(written(tmp_path, survey)), "en", "es")
    talk.attach("/data/wound[1]/photo", media / "face.png")
    talk.add_instance("/data/wound")
    case_ref = talk.attach("/data/wound[2]/photo", media / "other.png").case_ref
    before = exported(session, case_ref)
    talk.remove_instance("/data/wound[1]")
    assert len(before) == 2
    [left] = exported(session, case_ref)
    assert left == session.vault.interviews.answers(talk.interview_id)[0].value


def exported(session: Session, case_ref: str) -> set[str]:
    """Return the names of the files that the next export takes along."""
    return {kept.name for kept in session.vault.attachments.to_export(case_ref)}


def test_a_referral_never_says_a_word_of_it(session: Session, talk: Interviewing, media: Path) -> None:
    case_ref = talk.attach(PHOTO, media / "face.png", own_words="this arm").case_ref
    found = summary.summarise(session, case_ref, "en")
    assert len(found.answers) == 1
    assert list(_disclosable(i18n.load("documents", "en"), found)) == []


def test_a_place_typed_by_hand_or_left_out(talk: Interviewing) -> None:
    assert talk.answer("/data/place", "").question is not None
    talk.answer("/data/place", "-2.15 -79.9 0 0")
    with pytest.raises(VictimIDError) as refused:
        talk.answer("/data/place", "91 0 0 0")
    assert refused.value.code == "form.bad_value"
