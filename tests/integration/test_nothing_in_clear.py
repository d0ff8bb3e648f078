"""A marker typed into every field is found in clear nowhere; hostile text stays text to the end."""

import logging
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sessions import HEADQUARTERS, begun, shared_content
from tests.support.vaults import TEST_COST, FakeClock
from victimid import log
from victimid.app import exporting, interviewing, referring, summary
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.interviewing import Interviewing
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Door, Session, VaultSetup
from victimid.model.consent import SHAREABLE, GroupPermission, Manner, Permission
from victimid.model.finding import Outcome
from victimid.model.people import Post
from victimid.model.referral import Urgency

MARKER = "Zq7markeR"
PASSPHRASE = f"{MARKER} quiet herons crossing"
CHOICES = {"age": "25_39", "may_be_child": "no", "agrees": "yes", "alone": "yes", "work_same": "different"}
TYPED = {"string": MARKER, "int": "7", "date": "1990-02-03", "decimal": "1.5"}

HOSTILE = (
    '<img src="/etc/hostname">', "<b>bold</b>", "a & b", "&#60;i&#62;", '<a href="javascript:1">x</a>', "<para>",
    "<unclosed", "</p>", "{x} {0}", "%s %(x)s", "]]> <!--", "\\ ( ) \\)", '" onload="x', "<font color=red>", "$x `id`",
)  # fmt: skip


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every temporary file of this process and its children into one folder."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[logging.Logger]:
    logger = log.start(tmp_path / "log" / "victimid.log")
    yield logger
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    logger.propagate = True


def new_session(folder: Path, text: str) -> Session:
    post = Post(f"{text} organisation", f"{text} unit", f"{text} place", text, "RU", f"{text} laptop")
    setup = VaultSetup(post, f"{text[:90]} officer", PASSPHRASE, (HEADQUARTERS.recipient,))
    return Door(folder, shared_content(), FakeClock(), TEST_COST, TEST_COST).create(setup)


def answered(interview: Interviewing, text: str) -> int:
    """Answer everything, with the text wherever words can be typed; returns how often it was typed."""
    typed = 0
    view = interview.view()
    while view.question is not None:
        view = _answer(interview, view.question, text)
        typed += 2
    interview.finish()
    return typed


def _answer(interview: Interviewing, question: QuestionView, text: str) -> InterviewView:
    if question.type == "note":
        return interview.next()
    interview.keep_draft(question.ref, f"{text} draft")
    return interview.answer(question.ref, _value(question, text), own_words=f"{text} said")


def _value(question: QuestionView, text: str) -> str:
    name = question.ref.rsplit("/", 1)[-1]
    if question.options:
        return CHOICES.get(name, question.options[0].value)
    return text if question.type == "string" else TYPED.get(question.type, "")


def go_all_the_way(session: Session, text: str, out: Path) -> referring.WrittenReferral:
    """Interview, decide, consent, refer, export, with the text in every field there is."""
    interview = begun(session)
    ref = interview.view().case_ref
    assert answered(interview, text) > 60
    summary.decide(session, summary.summarise(session, ref, "es"), Outcome.REFER, f"{text} reason")
    service = session.content.services()[0]
    permissions = [GroupPermission(group, Permission.YES) for group in SHAREABLE]
    permissions[2] = GroupPermission(SHAREABLE[2], Permission.LIMITED, f"{text} limited")
    referring.record_consent(session, ref, service.id, permissions, Manner.ORAL, "ht", f"{text} interpreter")
    request = ReferralRequest(service.id, Urgency.DAY, (f"{text} help",), f"{text} contact", f"{text} deputy", "es")
    written = referring.write(session, ref, request, out)
    exporting.write(session, out)
    return written


def found_in(folder: Path) -> list[str]:
    """Return the files below a folder whose name or bytes hold the marker, in any of its spellings."""
    spellings = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(path)
        for path in folder.rglob("*")
        if MARKER in path.name or (path.is_file() and any(s in path.read_bytes() for s in spellings))
    ]


def test_a_marker_in_every_field_is_nowhere_in_clear(
    tmp_path: Path, temporary: Path, logged: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    session = new_session(tmp_path / "vault", MARKER)
    written = go_all_the_way(session, MARKER, out)
    logged.info("journey done")
    assert len(list(out.iterdir())) == 2
    assert found_in(tmp_path) == []
    session.lock()
    assert found_in(tmp_path) == []
    assert MARKER not in caplog.text
    assert MARKER not in written.path.name
    assert list(temporary.iterdir()) == []


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(MARKER, "utf-16-le")
    (tmp_path / MARKER).mkdir()
    assert len(found_in(tmp_path)) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    session = new_session(tmp_path / "vault", text)
    written = go_all_the_way(session, text, tmp_path)
    session.lock()
    command = ["pdftotext", "-upw", written.passphrase, str(written.path), "-"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert "".join(text.split()) in "".join(shown.stdout.split())


def test_hostile_text_comes_back_from_the_vault_as_it_was(tmp_path: Path) -> None:
    text = "".join(HOSTILE)
    session = new_session(tmp_path / "vault", text)
    interview = begun(session)
    answered(interview, text)
    resumed = interviewing.resume(session, interview.interview_id)
    kept = {a.ref: a for a in session.vault.interviews.answers(resumed.interview_id)}
    account = next(a for ref, a in kept.items() if ref.endswith("/account"))
    assert (account.value, account.own_words) == (text, f"{text} said")
    session.lock()
