"""Cases that hold the same phone, name or plate know of one another; who may not see a case never learns its name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import NOON, REF, a_case, an_answer, an_interview, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Case
from victimid.model.checkup import Check, Flaw
from victimid.model.link import Identifier, LinkKind, Mark, Shared
from victimid.store.case_log import CaseLog
from victimid.store.marks import Marks
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


def mark(text: str, kind: LinkKind = LinkKind.NAME, interview_id: str = "interview-1", ref: str = "/data/q1") -> Mark:
    return Mark(interview_id, ref, kind, text, "officer-1", NOON)


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
    vault.links.mark(REF, mark("Ramiro Cueva"))
    vault.links.mark("RU-4BCD", mark("CUEVA Ramiro", interview_id="interview-2"))
    [shared] = vault.links.of_case(REF)
    assert (shared.identifier.kind, shared.cases) == (LinkKind.NAME, ("RU-4BCD",))
    assert vault.links.marks("interview-1", "/data/q1") == ((LinkKind.NAME, "Ramiro Cueva"),)
    say(vault, "fue Ramiro Cueva, dijo")
    assert vault.links.of_case(REF) == (shared,)
    say(vault, "no recuerdo")
    assert (vault.links.of_case(REF), vault.links.marks("interview-1", "/data/q1")) == ((), ())


def test_a_mark_that_names_nothing_any_more_stands_and_links_nothing(vault: Vault) -> None:
    """A salvage that could not read where the laptop is leaves national numbers that are none any more."""
    for interview_id, ref in (("interview-1", REF), ("interview-2", "RU-4BCD")):
        say(vault, "el noventa y nueve: 099 123 4567", interview_id)
        vault.links.mark(ref, mark("099 123 4567", LinkKind.PHONE, interview_id=interview_id))
    assert vault.links.of_case(REF)
    vault._database.execute("UPDATE laptop SET country = ''")
    say(vault, "repito: 099 123 4567")
    assert vault.links.marks("interview-1", "/data/q1") == ((LinkKind.PHONE, "099 123 4567"),)
    assert vault.links.of_case(REF) == ()


def test_a_mark_is_noted_without_the_words(vault: Vault) -> None:
    vault.links.mark(REF, mark("Río Verde", LinkKind.PLACE))
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.MARKED, REF, "interview-1 /data/q1 place")


def test_a_mark_is_taken_back_and_both_stay_on_record(vault: Vault) -> None:
    say(vault, "099 123 4567 Ramiro")
    say(vault, "Ramiro, 099 123 4567", "interview-2")
    for interview_id, ref in (("interview-1", REF), ("interview-2", "RU-4BCD")):
        vault.links.mark(ref, mark("Ramiro", interview_id=interview_id))
        vault.links.mark(ref, mark("099 123 4567", LinkKind.PHONE, interview_id))
    assert {shared.identifier.kind for shared in vault.links.of_case(REF)} == {LinkKind.NAME, LinkKind.PHONE}
    vault.links.unmark(REF, mark("Ramiro"))
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.UNMARKED, REF, "interview-1 /data/q1 name")
    vault.links.unmark(REF, mark("099 123 4567", LinkKind.PHONE))
    assert vault.links.of_case(REF) == (Shared(PHONE, ("RU-4BCD",), 0),)  # the answer still says it
    assert vault.links.marks("interview-1", "/data/q1") == ()
    with pytest.raises(VictimIDError, match=r"link\.not_marked"):
        vault.links.unmark(REF, mark("Ramiro"))
    vault.links.mark(REF, mark("Ramiro"))
    assert LinkKind.NAME in {shared.identifier.kind for shared in vault.links.of_case(REF)}
    assert sound(vault)


def test_marking_twice_is_one_mark(vault: Vault) -> None:
    vault.links.mark(REF, mark("Ramiro"))
    before = vault.audit.standing()
    vault.links.mark(REF, mark("Ramiro"))
    assert vault.audit.standing() == before


def sound(vault: Vault) -> bool:
    return vault.verify().sound


@pytest.mark.parametrize(
    "behind_the_back",
    [
        "DELETE FROM mark",
        "DELETE FROM mark WHERE removed",
        "UPDATE mark SET text = 'Ana' WHERE NOT removed",
        "UPDATE mark SET removed = 0",
        "INSERT INTO mark SELECT 9, case_ref, interview_id, ref, kind, 'Ana', by, at, 0 FROM mark WHERE id = 1",
    ],
)
def test_a_mark_changed_behind_the_programs_back_is_noticed(vault: Vault, behind_the_back: str) -> None:
    say(vault, "Ramiro")
    vault.links.mark(REF, mark("Ramiro"))
    vault.links.unmark(REF, mark("Ramiro"))
    vault.links.mark(REF, mark("Ramiro"))
    assert sound(vault)
    vault._database.execute("DROP TRIGGER mark_not_changed")
    vault._database.execute(behind_the_back)
    assert Flaw(Check.RECORDS, "audit.record_altered", {"case": REF}) in vault.verify().flaws


def test_no_row_of_a_mark_changes(vault: Vault) -> None:
    vault.links.mark(REF, mark("Ramiro"))
    with pytest.raises(VictimIDError):
        vault._database.execute("UPDATE mark SET text = 'Ana'")


def test_a_mark_that_cannot_be_compared_links_to_nothing(vault: Vault) -> None:
    say(vault, "later")
    say(vault, "later", "interview-2")
    marks = Marks(vault._database, CaseLog(vault._database, vault.audit))
    for interview_id, ref in (("interview-1", REF), ("interview-2", "RU-4BCD")):
        marks.add(ref, mark("later", LinkKind.PHONE, interview_id), Action.MARKED)
        say(vault, "later", interview_id)
    assert vault.links.of_case(REF) == ()
    assert sound(vault)


def test_a_link_taken_away_behind_the_back_is_noticed_and_made_again(vault: Vault) -> None:
    say(vault, "Ramiro")
    for words in ("Ramiro", "Ramiro in words not recorded yet"):
        vault.links.mark(REF, mark(words, ref="/data/q1" if words == "Ramiro" else "/data/q2"))
    vault._database.execute("DELETE FROM link")
    assert (REF, True) in list(vault.search_upkeep.differing())
    vault._database.execute("UPDATE laptop SET search_version = 0")
    for _ in vault.search_upkeep.catch_up():
        pass
    assert sound(vault)


def test_what_cannot_be_compared_or_is_nowhere_is_refused(vault: Vault) -> None:
    with pytest.raises(VictimIDError, match=r"link\.nothing_to_compare kind='phone'"):
        vault.links.mark(REF, mark("later", LinkKind.PHONE))
    with pytest.raises(VictimIDError, match=r"interview\.unknown"):
        vault.links.mark(REF, mark("Ramiro", interview_id="interview-2"))


def test_marks_follow_their_answer_when_an_instance_is_removed(vault: Vault) -> None:
    say(vault, "Ana", ref="/data/r[1]/q")
    say(vault, "Ramiro", ref="/data/r[2]/q")
    for ref, name in (("/data/r[1]/q", "Ana"), ("/data/r[2]/q", "Ramiro")):
        vault.links.mark(REF, mark(name, ref=ref))
    where = {"/data/r[1]/q": None, "/data/r[2]/q": "/data/r[1]/q"}
    vault.interviews.remove_instance(
        "interview-1", "/data/r[1]", lambda ref: where.get(ref, ref), "", "<data/>", "officer-1", a_case().opened_at
    )
    assert vault.links.marks("interview-1", "/data/r[1]/q") == ((LinkKind.NAME, "Ramiro"),)
    assert vault.links.marks("interview-1", "/data/r[2]/q") == ()
    assert sound(vault)


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
