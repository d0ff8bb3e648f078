"""Repeat instances: what is recorded or typed in one follows it when another is removed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import NOON, REF, an_answer, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.vault import Vault

NAMES = ("/data/p[1]/name", "/data/p[2]/name", "/data/p[3]/name")
AFTER_FIRST = {NAMES[0]: None, NAMES[1]: NAMES[0], NAMES[2]: NAMES[1]}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    opened = new_vault(tmp_path / "vault")
    begin(opened)
    yield opened
    opened.lock()


def where(ref: str) -> str | None:
    """Tell where a question is once the first person was removed."""
    return AFTER_FIRST.get(ref, ref)


def place(ref: str) -> str:
    return f"interview-1 {ref}"


def test_answers_and_typed_words_move_up_with_their_person(vault: Vault) -> None:
    for name, value in zip(NAMES, ("Ana", "Eva", "Ida"), strict=True):
        vault.interviews.add_instance("interview-1", "/data/p", name, "<data/>", "officer-1")
        vault.interviews.save_answer("interview-1", an_answer(name, value), name, "<data/>")
    vault.interviews.save_answer("interview-1", an_answer("/data/q1"), "", "<data/>")
    for name in NAMES:
        vault.drafts.keep(REF, place(name), f"typed at {name}")
    vault.drafts.keep(REF, "decision", "typed elsewhere")
    vault.interviews.remove_instance("interview-1", "/data/p[1]", where, "", "<data>2</data>", "officer-2", NOON)
    assert [(answer.ref, answer.value) for answer in vault.interviews.answers("interview-1")] == [
        (NAMES[0], "Eva"),
        (NAMES[1], "Ida"),
        ("/data/q1", "yes"),
    ]
    drafts = [vault.drafts.read(REF, place(name)) for name in NAMES]
    assert drafts == [f"typed at {NAMES[1]}", f"typed at {NAMES[2]}", ""]
    assert vault.drafts.read(REF, "decision") == "typed elsewhere"
    assert vault.interviews.get("interview-1").instance == "<data>2</data>"
    noted = [entry.action for entry in vault.audit.entries(4)]
    assert noted == [Action.INSTANCE_REMOVED, Action.ANSWER_WITHDRAWN, Action.ANSWER_MOVED, Action.ANSWER_MOVED]


def test_nothing_is_lost_of_what_moved(vault: Vault) -> None:
    said = replace(an_answer(NAMES[0], "Ana"), own_words="she said so")
    vault.interviews.save_answer("interview-1", said, "", "<data/>")
    vault.interviews.remove_instance("interview-1", "/data/p[1]", where, "", "<data/>", "officer-2", NOON)
    first, last = vault.interviews.revisions("interview-1", NAMES[0])
    assert (first.value, first.own_words, first.withdrawn) == ("Ana", "she said so", False)
    assert (last.value, last.own_words, last.withdrawn, last.by) == ("", "", True, "officer-2")


def test_an_interview_that_is_not_there_has_no_instances(vault: Vault) -> None:
    with pytest.raises(VictimIDError, match=r"interview\.unknown"):
        vault.interviews.add_instance("interview-9", "/data/p", "", "", "officer-1")
    with pytest.raises(VictimIDError, match=r"interview\.unknown"):
        vault.interviews.remove_instance("interview-9", "/data/p[1]", where, "", "", "officer-1", NOON)
