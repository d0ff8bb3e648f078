"""Searching what was recorded from the command line: the same as in the window, for the same roles."""

from pathlib import Path

import pytest

from tests.support.commands import ADMINISTRATOR, OFFICER, OTHER_PASSPHRASE, Program, program_on_a_vault
from tests.support.sessions import begun, shared_content
from tests.support.vaults import NAME, PASSPHRASE
from victimid.app import searching
from victimid.app.session import Door
from victimid.cli.main import run
from victimid.clock import now
from victimid.crypto.kdf import FLOOR
from victimid.model.audit import Action

SAID = "la señora Peña guardó los papeles"


@pytest.fixture
def on(tmp_path: Path) -> Program:
    return program_on_a_vault(tmp_path)


def say(on: Program, name: str, passphrase: str, times: int = 1) -> str:
    """Record words in a new case of an officer and return its reference."""
    session = Door(on.vault, shared_content(), now, FLOOR, FLOOR).unlock(name, passphrase)
    talk = begun(session)
    for _ in range(times):
        question = talk.view().question
        assert question is not None
        talk.answer(question.ref, question.options[0].value, own_words=SAID)
        talk.next()
    session.lock()
    return talk.case_ref


def test_words_are_found_in_the_cases_of_the_officer_only(on: Program) -> None:
    own, other = say(on, OFFICER, OTHER_PASSPHRASE), say(on, NAME, PASSPHRASE)
    found = on.run("vault", "search", "pena", "papeles", name=OFFICER)
    assert found.code == 0
    [row] = found.document["found"]
    assert (row["case"], row["place"], row["snippet"]) == (own, "answer", SAID)
    assert row["question"]
    assert not found.document["more"]
    every = on.run("vault", "search", typed="PEÑA\n")
    assert [(row["case"], row["shown"], row["snippet"]) for row in every.document["found"]] == [
        (other, True, SAID),
        (own, False, ""),
    ]
    assert on.run("vault", "search", "nobody", name=OFFICER).document == {"found": [], "more": False}


def test_it_is_refused_and_on_record_as_in_the_window(on: Program) -> None:
    assert on.run("vault", "search", "pena", name=ADMINISTRATOR).error.startswith("error[officer.not_allowed]: ")
    for words in ((), ("x",)):
        short = on.run("vault", "search", *words)
        assert (short.code, short.error.startswith("error[search.too_short]: ")) == (2, True)
    on.run("vault", "search", "pena", name=OFFICER)
    noted = on.run("vault", "audit", "list", "--action", "searched", "--action", "refused").document["entries"]
    assert [(entry["action"], entry["detail"]) for entry in noted] == [
        (Action.SEARCHED, "found=0"),
        (Action.REFUSED, "work_on_own_cases"),
    ]


def test_an_outdated_index_is_made_again_first(on: Program) -> None:
    ref = say(on, OFFICER, OTHER_PASSPHRASE)
    session = Door(on.vault, shared_content(), now, FLOOR, FLOOR).unlock(NAME, PASSPHRASE)
    session.vault._database.execute("DELETE FROM searchable")
    session.vault._database.execute("INSERT INTO search (search) VALUES ('rebuild')")
    session.vault._database.execute("UPDATE laptop SET search_version = 0")
    session.lock()
    assert [row["case"] for row in on.run("vault", "search", "pena").document["found"]] == [ref]


def test_a_long_list_goes_on_below_its_last_record(
    on: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(on, NAME, PASSPHRASE, times=2)
    monkeypatch.setattr(searching, "PAGE", 2)
    first = on.run("vault", "search", "pena").document
    assert first["more"]
    last = first["found"][-1]["number"]
    assert on.run("vault", "search", "pena", "--before", str(last)).document == {"found": [], "more": False}
    secret = str(on.secret(PASSPHRASE))
    assert run(["vault", "search", "pena", "--vault", str(on.vault), "--name", NAME, "--passphrase-file", secret]) == 0
    said = capsys.readouterr().out
    assert said.count(SAID) == 2
    assert said.splitlines()[-1] == f"Go on with --before {last}"
