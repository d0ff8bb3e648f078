"""What was recorded is found, in every script, only as it stands now and only by those who may see it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import (
    CONSENT,
    DECISION,
    NOON,
    REF,
    a_case,
    an_answer,
    an_interview,
    begin,
    new_vault,
    reopened,
)
from victimid.errors import VictimIDError
from victimid.model.handover import Handover
from victimid.model.search import Place
from victimid.store import link_index, search_index, search_upkeep
from victimid.store.search import snippet
from victimid.store.vault import Vault

OTHER = "RU-4BCD"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    begin(made)
    yield made
    made.lock()


def say(vault: Vault, words: str, ref: str = "/data/q1", interview_id: str = "interview-1") -> None:
    vault.interviews.save_answer(interview_id, replace(an_answer(ref), own_words=words), "", "<data/>")


def snippets(vault: Vault, text: str, owner: str | None = None) -> list[str]:
    return [found.snippet for found in vault.search.find(text, owner)]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("La señora Peña vino", "pena"),
        ("أخذَ رَئِيسُ العملِ جوازي", "رئيس العمل"),
        ("أخذ جوازي إبراهيم", "ابراهيم"),
        ("老板拿走了我的护照", "护照"),
        ("老板拿走了我的护照", "板"),
        ("Хозяин всё забрал, ещё вчера", "еще ВСЕ"),
        ("Ông chủ giữ hộ chiếu", "ho chieu"),
        ("the foreman took it", "forem"),
        ("사장은 김 이라고 했다", "김"),
        ("김철수 씨가 여권을 가져갔다", "김"),
        ("김철수 씨가 여권을 가져갔다", "여권 김철"),
        ("葛\U000e0100城さんに会った", "葛城"),
        ("Ana \u2764\ufe0f Ruiz la llevó", "ana"),
    ],
)
def test_it_is_found_in_every_script(vault: Vault, said: str, typed: str) -> None:
    say(vault, said)
    assert snippets(vault, typed) == [said]


def test_a_korean_syllable_inside_a_word_is_not_found_and_its_letters_alone_are_nothing(vault: Vault) -> None:
    say(vault, "최김수 씨")
    assert snippets(vault, "김") == []
    assert snippets(vault, "ㄱ") == []


def test_a_text_that_has_the_word_no_more_is_shown_from_its_beginning() -> None:
    text = "nothing of it " * 40
    assert snippet([text], "foreman") == text[: len(snippet([text], "foreman")) - 1] + "…"


@pytest.mark.parametrize(
    "typed", ['"', "words:foreman", "forem* NEAR", "a OR", "-foreman x", "(", "NOT foreman z", "*"]
)
def test_nothing_typed_is_taken_for_syntax(vault: Vault, typed: str) -> None:
    say(vault, "the foreman took it")
    assert snippets(vault, typed) == []


def test_labels_are_found_and_question_texts_are_not(vault: Vault) -> None:
    say(vault, "x")
    assert [each.question for each in vault.search.find("Wi")] == ["¿Puede salir?"]
    assert snippets(vault, "puede") == []


def test_only_the_latest_revision_is_found(vault: Vault) -> None:
    say(vault, "a red lorry")
    say(vault, "a blue lorry")
    assert snippets(vault, "red") == []
    assert snippets(vault, "lorry") == ["a blue lorry"]


def test_a_withdrawn_answer_is_not_found(vault: Vault) -> None:
    say(vault, "a red lorry", "/data/r[1]/q")
    vault.interviews.save_answer("interview-1", an_answer(), "", "<data/>", ["/data/r[1]/q"])
    assert snippets(vault, "lorry") == []


def test_what_moves_is_found_once_where_it_now_stands(vault: Vault) -> None:
    say(vault, "the first child", "/data/r[1]/q")
    say(vault, "the second child", "/data/r[2]/q")
    where = {"/data/r[1]/q": None, "/data/r[2]/q": "/data/r[1]/q"}
    vault.interviews.remove_instance(
        "interview-1", "/data/r[1]", lambda ref: where.get(ref, ref), "", "<data/>", "officer-1", NOON
    )
    assert snippets(vault, "child") == ["the second child"]


def test_reasons_and_limits_are_found(vault: Vault) -> None:
    vault.decisions.record(DECISION)
    vault.consents.record(CONSENT)
    vault.handovers.record(Handover(REF, "officer-1", "officer-2", "end of shift", "officer-1", NOON))
    places = {text: [f.place for f in vault.search.find(text)] for text in ("cannot leave", "knee", "shift")}
    assert places == {"cannot leave": [Place.DECISION], "knee": [Place.CONSENT], "shift": [Place.HANDOVER]}
    assert snippets(vault, "knee") == ["the knee only"]


def test_an_officer_finds_own_cases_only_and_a_hand_over_takes_them_along(vault: Vault) -> None:
    say(vault, "a red lorry")
    assert (len(snippets(vault, "lorry", "officer-1")), snippets(vault, "lorry", "officer-2")) == (1, [])
    vault.handovers.record(Handover(REF, "officer-1", "officer-2", "shift", "officer-1", NOON))
    assert (snippets(vault, "lorry", "officer-1"), len(snippets(vault, "lorry", "officer-2"))) == ([], 1)


def test_pages_go_on_where_they_ended_newest_first(vault: Vault) -> None:
    for number in range(5):
        say(vault, f"lorry {number}", f"/data/q{number}")
    first = vault.search.find("lorry", limit=3)
    rest = vault.search.find("lorry", before=first[-1].number, limit=3)
    assert [found.snippet for found in first + rest] == [f"lorry {number}" for number in (4, 3, 2, 1, 0)]


def test_a_snippet_is_a_piece_of_a_long_text_around_the_word(vault: Vault) -> None:
    say(vault, "before " * 30 + "the LÓRRY\nwas red " + "after " * 30)
    [snippet] = snippets(vault, "lorry")
    assert snippet.startswith("…before")
    assert "the LÓRRY was red" in snippet
    assert snippet.endswith("…")
    assert len(snippet) < 150


INDEXED = "SELECT place, record, words, owner FROM searchable ORDER BY 1, 2"


def catch_up(vault: Vault) -> None:
    for _ in vault.search_upkeep.catch_up():
        pass


def blocks(vault: Vault) -> list[bytes]:
    return [block for (block,) in vault._database.rows("SELECT block FROM search_data ORDER BY id")]


def in_index(vault: Vault, word: bytes) -> bool:
    """Tell whether a word stands in the index as far as each leaf does not leave out what its neighbour begins with."""
    return any(word[1:] in block for block in blocks(vault))


def test_saving_leaves_the_index_alone(vault: Vault) -> None:
    say(vault, "a red lorry")
    catch_up(vault)
    before = blocks(vault)
    say(vault, "a blue lorry")
    vault.decisions.record(DECISION)
    vault.handovers.record(Handover(REF, "officer-1", "officer-2", "shift", "officer-1", NOON))
    assert blocks(vault) == before
    assert snippets(vault, "blue", "officer-2") == ["a blue lorry"]
    assert blocks(vault) != before


def test_an_index_made_again_finds_the_same(vault: Vault) -> None:
    say(vault, "a red lorry +593 99 123 4567")
    vault.decisions.record(DECISION)
    vault.consents.record(CONSENT)
    vault.cases.add(a_case(OTHER))
    catch_up(vault)
    before = vault._database.rows(INDEXED)
    assert len(before) == 3
    vault._database.execute("DELETE FROM link")
    vault._database.execute("UPDATE laptop SET search_version = 0")
    assert vault.search_upkeep.behind()
    assert list(vault.search_upkeep.differing()) == []
    assert list(vault.search_upkeep.catch_up(cases_at_once=1)) == [(1, 2), (2, 2)]
    assert not vault.search_upkeep.behind()
    assert vault._database.rows(INDEXED) == before
    assert snippets(vault, "lorry") == ["a red lorry +593 99 123 4567"]
    assert not any(differs for _, differs in vault.search_upkeep.differing())


def test_an_index_that_was_half_made_again_goes_on_there(vault: Vault) -> None:
    vault.cases.add(a_case(OTHER))
    vault._database.execute("UPDATE laptop SET search_version = 0")
    assert next(vault.search_upkeep.catch_up(cases_at_once=1)) == (1, 2)
    say(vault, "099 123 4567")
    vault._database.execute("DELETE FROM link")
    assert list(vault.search_upkeep.catch_up(cases_at_once=1)) == [(1, 1)]
    assert vault._database.value("SELECT count(*) FROM link") == 1


def test_a_calm_moment_takes_in_a_little(vault: Vault) -> None:
    for number in range(10):
        say(vault, f"lorry {number}", f"/data/q{number}")
    vault.search_upkeep.tidy()
    assert vault._database.value("SELECT count(*) FROM searchable") == 8
    assert list(vault.search_upkeep.differing()) == [(REF, False)]
    vault.search_upkeep.tidy()
    assert vault._database.value("SELECT count(*) FROM searchable") == 10
    assert vault._database.value("SELECT count(*) FROM search_due") == 0


def test_of_very_many_cases_a_search_takes_in_the_last_and_shows_nothing_that_may_be_wrong(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_upkeep, "_AT_A_SEARCH", 1)
    say(vault, "a red lorry")
    catch_up(vault)
    vault.handovers.record(Handover(REF, "officer-1", "officer-2", "shift", "officer-1", NOON))
    vault.cases.add(a_case(OTHER))
    vault.interviews.begin(an_interview("interview-2", OTHER))
    say(vault, "a green lorry", interview_id="interview-2")
    assert vault.search_upkeep.behind()
    assert snippets(vault, "lorry") == ["a green lorry"]
    assert (snippets(vault, "lorry", "officer-1"), vault.search_upkeep.behind()) == (["a green lorry"], False)
    assert snippets(vault, "lorry", "officer-2") == ["a red lorry"]


def test_what_was_said_last_is_taken_in_before_a_long_list(vault: Vault) -> None:
    vault.cases.add(a_case(OTHER))
    vault.interviews.begin(an_interview("interview-2", OTHER))
    say(vault, "a red lorry")
    assert vault._database.rows("SELECT case_ref FROM search_due ORDER BY number") == [(OTHER,), (REF,)]


def test_nothing_of_a_forgotten_case_is_found_or_stays_in_the_index(vault: Vault) -> None:
    say(vault, "zanahoria, call +593 99 123 4567")
    catch_up(vault)
    say(vault, "a red lorry")
    vault.decisions.record(DECISION)
    catch_up(vault)
    assert in_index(vault, b"zanahoria")
    search_index.forget_case(vault._database, REF)
    link_index.forget_case(vault._database, REF)
    assert snippets(vault, "lorry") == []
    assert not in_index(vault, b"zanahoria")
    assert not in_index(vault, b"lorry")
    assert vault._database.value("SELECT count(*) FROM searchable") == 0
    assert vault._database.value("SELECT count(*) FROM link") == 0
    vault._database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


def test_a_word_that_was_corrected_leaves_no_trace_in_the_index_after_calm_moments(vault: Vault) -> None:
    say(vault, "zanahoria")
    catch_up(vault)
    say(vault, "nothing")
    for _ in range(2):
        assert in_index(vault, b"zanahoria")
        vault.search_upkeep.tidy()
    assert not in_index(vault, b"zanahoria")
    assert vault.search_upkeep.whole()


def test_a_word_that_the_records_do_not_have_shows_as_a_difference(vault: Vault) -> None:
    say(vault, "a red lorry")
    catch_up(vault)
    vault._database.execute("UPDATE searchable SET words = 'a black lorry'")
    assert list(vault.search_upkeep.differing()) == [(REF, True)]


def test_the_check_takes_in_what_is_due_and_compares_it(vault: Vault) -> None:
    say(vault, "a red lorry")
    assert vault.verify().sound
    assert vault._database.value("SELECT count(*) FROM search_due") == 0
    vault._database.execute("UPDATE searchable SET superseded = 1")
    assert {flaw.code for flaw in vault.verify().flaws} == {"search.differs"}
    vault._database.execute("DELETE FROM searchable")
    assert {flaw.code for flaw in vault.verify().flaws} == {"search.differs", "search.damaged"}


def test_an_index_that_lost_the_way_to_its_words_is_not_whole(vault: Vault) -> None:
    say(vault, "a red lorry")
    catch_up(vault)
    assert vault.search_upkeep.whole()
    vault._database.execute("DELETE FROM search_idx")
    assert not vault.search_upkeep.whole()


def test_taking_in_very_many_cases_stops_for_a_lock_and_goes_on_later(vault: Vault, tmp_path: Path) -> None:
    say(vault, "the foreman took it")
    vault.stop()
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault.search.find("foreman", None)
    vault.lock()
    again = reopened(tmp_path / "vault")
    assert snippets(again, "foreman") == ["the foreman took it"]
    again.lock()
