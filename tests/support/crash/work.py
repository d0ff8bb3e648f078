"""What officers do while a crash may come at any moment, every act said before and after: ``work FOLDER SAID``."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.support.killed import OTHER_PASSPHRASE
from tests.support.vaults import NOON, PASSPHRASE, REF, TEST_COST, FakeClock, an_answer, begin, reopened
from victimid.model.attachment import Attachment
from victimid.model.people import Role
from victimid.model.retention import Override
from victimid.store.vault import Vault

PLACE: Final = "interview-1 /data/q0"
GUEST: Final = ("Ida Example", "nine marble orchards whisper")
ROUNDS: Final = 6
PNG: Final = b"\x89PNG\r\n\x1a\n"


Say = Callable[[str], object]


class Acts:
    """Says what is begun and what is done; what was said to be done must not be lost."""

    def __init__(self, say: Say) -> None:
        self._say = say

    @contextmanager
    def act(self, name: str, value: object) -> Iterator[None]:
        """Say that something begins and that it is done."""
        self._say(json.dumps(["begun", name, value]))
        yield
        self._say(json.dumps(["done", name, value]))


def work(folder: Path, say: Say, rounds: int) -> None:
    """Answer, type, change the passphrase, let somebody in and out, rekey, delete and lock, a few times over."""
    saying, old, new, clock = Acts(say), PASSPHRASE, OTHER_PASSPHRASE, FakeClock()
    for number in range(rounds):
        vault = reopened(folder, clock, old)
        # The journal is taken over and begun anew as often as after very long work.
        vault._database.rows("PRAGMA wal_autocheckpoint = 60")
        _interview(vault, saying, number * 10)
        _anchor(vault, saying, clock)
        with saying.act("passphrase", new):
            vault.keys.change_passphrase(vault.officer, old, new, TEST_COST)
        old, new = new, old
        _keys(vault, saying, number)
        _deletion(vault, saying, number)
        _interview(vault, saying, number * 10 + 5)
        _anchor(vault, saying, clock)
        with saying.act("lock", number):
            vault.lock()


def _interview(vault: Vault, saying: Acts, first: int) -> None:
    for number in range(first, first + 5):
        with saying.act("draft", str(number)):
            vault.drafts.keep(REF, PLACE, str(number))
        with saying.act("answer", number):
            answer = replace(an_answer("/data/q1", str(number)), own_words="x" * 900)
            vault.interviews.save_answer("interview-1", answer, "", f"<data>{number}</data>")
    with saying.act("attachment", first):
        arriving = Attachment(f"attachment-{first}", "interview-1", "/data/photo", "officer-1", NOON)
        vault.attachments.add(arriving, [PNG + bytes([first]) * 9000] * 3)


def _anchor(vault: Vault, saying: Acts, clock: FakeClock) -> None:
    clock.move(600)
    with saying.act("anchor", str(clock())):
        vault.anchors.renew_now_and_then()


def _keys(vault: Vault, saying: Acts, number: int) -> None:
    if number % 2:
        with saying.act("rekey", number):
            vault.keys.rekey(vault.officer.id)
        return
    name, passphrase = GUEST
    with saying.act("guest", number):
        guest = vault.keys.enrol(f"{name} {number}", passphrase, Role.OFFICER, vault.officer.id)
    with saying.act("guest gone", number):
        vault.keys.disable(guest.id, vault.officer.id)


def _deletion(vault: Vault, saying: Acts, number: int) -> None:
    ref = f"RU-{number:04d}"
    with saying.act("case", number):
        begin(vault, f"interview-{ref}", ref)
    vault.interviews.save_answer(f"interview-{ref}", an_answer(), "", "<data/>")
    with saying.act("deletion", number):
        vault.retention.delete(ref, vault.officer.id, Override.PERSON_ASKED)


def main(folder: Path, said: Path) -> None:
    """Do it once, saying so in a file, where it stands in a trace of the program."""
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
    work(folder, lambda line: os.write(descriptor, line.encode() + b"\n"), ROUNDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
