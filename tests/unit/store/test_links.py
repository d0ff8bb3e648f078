"""Cases that hold the same phone, name or plate know of one another; who may not see a case never learns its name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import REF, a_case, an_answer, an_interview, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Case
from victimid.model.link import Identifier, LinkKind, Shared
from victimid.store.vault import Vault

PHONE = Identifier(LinkKind.PHONE, "+593991234567")
OTHERS = ("RU-4BCD", "RU-5CDF")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Return a vault with three cases, the last one of another officer."""
    made = new_vault(tmp_path / "vault")
    begin(made)
    for minutes, (ref, owner) in enumerate(zip(OTHERS, ("officer-1", "officer-2"), strict=True), start=1):
        made.cases.add(replace(a_case(ref, minutes=minutes), owner=owner))
        made.interviews.begin(an_interview(f"interview-{minutes + 1}", ref))
    yield made
    made.lock()


def say(vault: Vault, words: str, interview_id: str = "interview-1", ref: str = "/data/q1") -> None:
    vault.interviews.save_answer(interview_id, replace(an_answer(ref), own_words=words), "", "<data/>")


def test_the_same_phone_is_seen_in_both_spellings(vault: Vault) -> None:
    say(vault, "llame al 099 123 4567")
    assert vault.links.of_case(REF) == ()
    say(vault, "+593 (99) 123-4567", "interview-2")
    assert vault.links.of_case(REF) == (Shared(PHONE, ("RU-4BCD",), 0),)
    assert vault.links.of_answer("interview-2", "/data/q1") == (Shared(PHONE, (REF,), 0),)


def test_a_case_that_may_not_be_seen_is_counted_and_not_named(vault: Vault) -> None:
    for interview_id in ("interview-1", "interview-2", "interview-3"):
        say(vault, "099 123 4567", interview_id)
    [all_named] = vault.links.of_case(REF)
    assert (all_named.cases, all_named.others) == (("RU-5CDF", "RU-4BCD"), 0)
    [some] = vault.links.of_case(REF, "officer-1")
    assert (some.cases, some.others, some.count) == (("RU-4BCD",), 1, 2)


def test_a_corrected_answer_links_by_what_it_says_now(vault: Vault) -> None:
    say(vault, "099 123 4567")
    say(vault, "099 123 4567", "interview-2")
    say(vault, "I was wrong", "interview-2")
    assert vault.links.of_case(REF) == ()


def test_practice_and_real_cases_are_never_linked(vault: Vault) -> None:
    case: Case = replace(a_case("RU-6DFG"), practice=True)
    vault.cases.add(case)
    vault.interviews.begin(an_interview("interview-p", case.ref))
    for interview_id in ("interview-1", "interview-p"):
        say(vault, "099 123 4567", interview_id)
    assert vault.links.of_case(REF) == ()


def test_marked_words_link_until_the_answer_says_something_else(vault: Vault) -> None:
    say(vault, "don Ramiro Cueva me trajo")
    say(vault, "CUEVA Ramiro", "interview-2")
    vault.links.mark(REF, "interview-1", "/data/q1", LinkKind.NAME, " Ramiro Cueva ", "officer-1")
    vault.links.mark("RU-4BCD", "interview-2", "/data/q1", LinkKind.NAME, "CUEVA Ramiro", "officer-1")
    [shared] = vault.links.of_case(REF)
    assert (shared.identifier.kind, shared.cases) == (LinkKind.NAME, ("RU-4BCD",))
    assert vault.links.marks("interview-1", "/data/q1") == ((LinkKind.NAME, "Ramiro Cueva"),)
    say(vault, "fue Ramiro Cueva, dijo")
    assert vault.links.of_case(REF) == (shared,)
    say(vault, "no recuerdo")
    assert (vault.links.of_case(REF), vault.links.marks("interview-1", "/data/q1")) == ((), ())


def test_a_mark_that_names_nothing_any_more_is_let_go(vault: Vault) -> None:
    """A salvage that could not read where the laptop is leaves national numbers that are none any more."""
    say(vault, "el noventa y nueve: 099 123 4567")
    vault.links.mark(REF, "interview-1", "/data/q1", LinkKind.PHONE, "099 123 4567", "officer-1")
    vault._database.execute("UPDATE laptop SET country = ''")
    say(vault, "repito: 099 123 4567")
    assert vault.links.marks("interview-1", "/data/q1") == ()


def test_a_mark_is_noted_without_the_words(vault: Vault) -> None:
    vault.links.mark(REF, "interview-1", "/data/q1", LinkKind.PLACE, "Río Verde", "officer-1")
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.MARKED, REF, "interview-1 /data/q1 place")


def test_what_cannot_be_compared_or_is_nowhere_is_refused(vault: Vault) -> None:
    with pytest.raises(VictimIDError, match=r"link\.nothing_to_compare kind='phone'"):
        vault.links.mark(REF, "interview-1", "/data/q1", LinkKind.PHONE, "later", "officer-1")
    with pytest.raises(VictimIDError, match=r"interview\.unknown"):
        vault.links.mark(REF, "interview-2", "/data/q1", LinkKind.NAME, "Ramiro", "officer-1")


def test_marks_follow_their_answer_when_an_instance_is_removed(vault: Vault) -> None:
    say(vault, "Ana", ref="/data/r[1]/q")
    say(vault, "Ramiro", ref="/data/r[2]/q")
    for ref, name in (("/data/r[1]/q", "Ana"), ("/data/r[2]/q", "Ramiro")):
        vault.links.mark(REF, "interview-1", ref, LinkKind.NAME, name, "officer-1")
    where = {"/data/r[1]/q": None, "/data/r[2]/q": "/data/r[1]/q"}
    vault.interviews.remove_instance(
        "interview-1", "/data/r[1]", lambda ref: where.get(ref, ref), "", "<data/>", "officer-1", a_case().opened_at
    )
    assert vault.links.marks("interview-1", "/data/r[1]/q") == ((LinkKind.NAME, "Ramiro"),)
    assert vault.links.marks("interview-1", "/data/r[2]/q") == ()


def test_fingerprints_are_keyed_by_the_vault(vault: Vault, tmp_path: Path) -> None:
    say(vault, "099 123 4567")
    other = new_vault(tmp_path / "other")
    begin(other)
    say(other, "099 123 4567")
    prints = [each._database.value("SELECT fingerprint FROM link") for each in (vault, other)]
    assert prints[0] != prints[1]
    assert len(prints[0]) == 32
    other.lock()


def test_links_that_the_answers_do_not_give_show_as_a_difference(vault: Vault) -> None:
    say(vault, "099 123 4567")
    assert not any(differs for _, differs in vault.search_upkeep.differing())
    vault._database.execute("UPDATE link SET value = '+593990000000'")
    assert (REF, True) in list(vault.search_upkeep.differing())
    vault._database.execute("DELETE FROM link")
    assert (REF, True) in list(vault.search_upkeep.differing())
