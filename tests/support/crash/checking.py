"""Whether a vault has, after a crash, everything that was acknowledged, and nothing half done."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.crash.work import GUEST, PLACE
from tests.support.killed import OTHER_PASSPHRASE
from tests.support.vaults import PASSPHRASE, REF, TEST_COST, reopened
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.store.vault import Vault


@dataclass
class Acknowledged:
    """What was said to be done, and the one act that may or may not be."""

    done: list[tuple[str, object]] = field(default_factory=list)
    begun: tuple[str, object] | None = None

    def last(self, name: str, before: object) -> object:
        """Return what was done last under a name."""
        return next((value for done, value in reversed(self.done) if done == name), before)

    def possible(self, name: str, before: object) -> set[object]:
        """Return what may be there: what was done last, or what was being done."""
        underway = {self.begun[1]} if self.begun and self.begun[0] == name else set()
        return {self.last(name, before)} | underway

    def all(self, name: str) -> list[object]:
        """Return everything that was done under a name."""
        return [value for done, value in self.done if done == name]

    def hear(self, line: str) -> None:
        """Take note of what was said."""
        word, name, value = json.loads(line)
        self.begun = (name, value) if word == "begun" else None
        if word == "done":
            self.done.append((name, value))


@dataclass
class Crashes:
    """What many crashes had: how many, acknowledged answers looked for and found, and what was being done."""

    times: int = 0
    answers: int = 0
    underway: Counter[str] = field(default_factory=Counter)

    def check(self, folder: Path, known: Acknowledged) -> None:
        """Check what one more crash left."""
        self.answers += check(folder, known)
        self.times += 1
        self.underway[known.begun[0] if known.begun else "between two acts"] += 1

    def __str__(self) -> str:
        during = ", ".join(f"{name} {count}" for name, count in self.underway.most_common())
        return f"{self.times} crashes, {self.answers} acknowledged answers all found; during: {during}"


def check(folder: Path, known: Acknowledged) -> int:
    """Open what was left with the product and compare; return how many acknowledged answers were found."""
    vault = _opened(folder, known)
    try:
        answers = [int(answer.value) for answer in vault.interviews.revisions("interview-1", "/data/q1")]
        _same(answers, known, "answer")
        _same([int(each.id.split("-")[1]) for each in vault.attachments.of_case(REF)], known, "attachment")
        assert vault.drafts.read(REF, PLACE) in known.possible("draft", "")
        for number in known.all("deletion"):
            with pytest.raises(VictimIDError, match=r"case\.unknown"):
                vault.cases.get(f"RU-{number:04d}")
        checkup = vault.verify()
        assert not vault.rolled_back
        assert (checkup.flaws, checkup.uncovered) == ((), 0)
    finally:
        vault.lock()
    for number in known.all("guest gone"):
        _require_refused(folder, f"{GUEST[0]} {number}", GUEST[1])
    return len(known.all("answer"))


def _same(found: list[int], known: Acknowledged, name: str) -> None:
    """Compare with all that was done: nothing of it is missing, and no more than the act underway was added."""
    done = known.all(name)
    assert found[: len(done)] == done
    assert len(found) <= len(done) + 1
    assert set(found[len(done) :]) <= known.possible(name, None)


def _opened(folder: Path, known: Acknowledged) -> Vault:
    """Unlock with the acknowledged passphrase, or the one that was being set."""
    for passphrase in (PASSPHRASE, OTHER_PASSPHRASE):
        try:
            vault = reopened(folder, passphrase=passphrase)
        except VictimIDError as error:
            if error.code != "vault.wrong_passphrase":
                raise
        else:
            assert passphrase in known.possible("passphrase", PASSPHRASE)
            return vault
    raise AssertionError("neither the old nor the new passphrase opens the vault")


def _require_refused(folder: Path, name: str, passphrase: str) -> None:
    """Make sure that somebody who was let out stays out."""
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        keyfile.unlock(folder / "header.json", name, passphrase, floor=TEST_COST)
