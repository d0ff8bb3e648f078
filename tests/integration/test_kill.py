"""Killed at any moment: no acknowledged answer is lost, no vault is half made, a passphrase always fits."""

from pathlib import Path

from tests.support.crash.kills import kill
from tests.support.killed import (
    OTHER_PASSPHRASE,
    QUESTIONS,
    answer_for_ever,
    change_passphrase,
    create,
    fits,
    killed_while,
)
from tests.support.vaults import PASSPHRASE, begin, drawn_from, new_vault, reopened
from victimid.model.audit import Action
from victimid.store.vault import Vault, vault_exists


def answered(vault: Vault) -> list[int]:
    """Return every number ever answered, in order, having checked that nothing is half there."""
    refs = [f"/data/q{number}" for number in range(QUESTIONS)]
    revisions = [answer for ref in refs for answer in vault.interviews.revisions("interview-1", ref)]
    numbers = sorted(int(answer.value) for answer in revisions)
    noted = [entry for entry in vault.audit.entries(10**6) if entry.action is Action.ANSWERED]
    assert len(noted) == len(numbers)
    assert vault.audit.verify() > 0
    last = numbers[-1] if numbers else 0
    instance = f"<data>{last}</data>" * 50 if last else "<data/>"
    assert vault.interviews.get("interview-1").instance == instance
    assert not any(differs for _, differs in vault.search_upkeep.differing())
    assert len(vault.search.find("xxx")) == len({number % QUESTIONS for number in numbers})
    assert not any(differs for _, differs in vault.search_upkeep.differing())
    assert vault.search_upkeep.whole()
    return numbers


def test_sixty_kills_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    rng = drawn_from(20261121)
    folder = tmp_path / "vault"
    vault = new_vault(folder)
    begin(vault)
    vault.lock()
    total = 0
    for _ in range(60):
        said = killed_while(answer_for_ever, folder, rng.randint(1, 30), rng.random() * 0.002)
        vault = reopened(folder)
        numbers = answered(vault)
        vault.lock()
        assert numbers == list(range(1, len(numbers) + 1))
        assert said <= len(numbers) <= said + 1
        total = said
    assert total > 500


def test_a_kill_while_a_vault_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    rng = drawn_from(7)
    finished = 0
    for number in range(30):
        folder = tmp_path / str(number) / "vault"
        acts = 2 if number % 10 == 9 else 1
        done = killed_while(create, folder, acts, rng.random() * 0.03) == 1
        assert vault_exists(folder) or not done
        vault = reopened(folder) if vault_exists(folder) else new_vault(folder)
        assert vault.audit.verify() >= 3
        vault.lock()
        assert [path.name for path in folder.parent.iterdir()] == ["vault"]
        finished += done
    assert finished >= 3


def test_a_kill_while_the_passphrase_changes_leaves_one_that_fits(tmp_path: Path) -> None:
    rng = drawn_from(11)
    folder = tmp_path / "vault"
    new_vault(folder).lock()
    for _ in range(20):
        killed_while(change_passphrase, folder, rng.randint(1, 10), rng.random() * 0.002)
        assert fits(folder, PASSPHRASE) is not fits(folder, OTHER_PASSPHRASE)


def test_forty_kills_in_all_that_officers_do_lose_nothing_acknowledged(tmp_path: Path) -> None:
    crashes = kill(40, tmp_path, seed=20261121)
    assert crashes.answers > 100
    assert len(crashes.underway) > 3
