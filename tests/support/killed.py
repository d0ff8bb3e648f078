"""Work that is done in a child process to be killed in the middle of it, and the killing."""

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock, an_answer, new_vault, reopened
from victimid.crypto import keyfile, rekeying
from victimid.errors import VictimIDError
from victimid.store.backup_folder import BackupFolder
from victimid.store.restoring import restore_vault
from victimid.store.salvaging import Salvage, unlocked_key

Work = Callable[[Path, Connection], None]

OTHER_PASSPHRASE = "seven copper lanterns drifting"
QUESTIONS = 7


def answer_for_ever(folder: Path, pipe: Connection) -> None:
    """Save numbered answers, say each number once it is saved, and take them into the search index now and then."""
    vault = reopened(folder)
    number = sum(answer.revision for answer in vault.interviews.answers("interview-1"))
    while True:
        number += 1
        ref = f"/data/q{number % QUESTIONS}"
        answer = replace(an_answer(ref, str(number)), own_words="x" * 500)
        vault.interviews.save_answer("interview-1", answer, ref, f"<data>{number}</data>" * 50)
        pipe.send(number)
        if number % 3 == 0:
            vault.search_upkeep.tidy()


def create(folder: Path, pipe: Connection) -> None:
    """Make a vault."""
    pipe.send(0)
    new_vault(folder).lock()
    pipe.send(1)


def change_passphrase(folder: Path, pipe: Connection) -> None:
    """Change the passphrase back and forth."""
    old, new = sorted((PASSPHRASE, OTHER_PASSPHRASE), key=lambda passphrase: not fits(folder, passphrase))
    while True:
        keyfile.change_passphrase(folder / "header.json", NAME, old, new, floor=TEST_COST)
        old, new = new, old
        pipe.send(0)


def change_header(folder: Path, pipe: Connection) -> None:
    """Let an officer in and out, rekey and give it up, for ever."""
    path = folder / "header.json"
    key = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST).key
    while True:
        slot_id = keyfile.add_slot(path, key, "Ida Example", "nine marble orchards whisper")
        pipe.send(0)
        keyfile.remove_slot(path, key, slot_id)
        pipe.send(1)
        rekeying.begin(path, key, [])
        pipe.send(2)
        rekeying.abandon(path, key)
        pipe.send(3)
        new_key = rekeying.begin(path, key, [])
        pipe.send(4)
        rekeying.finish(path, key, new_key)
        pipe.send(5)
        key = new_key


def fits(folder: Path, passphrase: str) -> bool:
    """Tell whether a passphrase opens the header, whole as it must be."""
    try:
        keyfile.unlock(folder / "header.json", NAME, passphrase, floor=TEST_COST)
    except VictimIDError as error:
        if error.code != "keyfile.wrong_passphrase":
            raise
        return False
    return True


def killed_while(work: Work, folder: Path, acts: int, seconds: float) -> int:
    """Let a child work, kill it some time after so many acts, and return the last number it said (-1: none)."""
    said: list[int] = heard_until_killed(work, folder, acts, seconds)
    return said[-1] if said else -1


def heard_until_killed(work: Work, folder: Path, acts: int, seconds: float) -> list[Any]:
    """Let a child work, kill it some time after it said so many things, and return all that it said."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(folder, theirs))
    child.start()
    theirs.close()
    said: list[Any] = []
    try:
        said += (ours.recv() for _ in range(acts))
        until = perf_counter() + seconds
        while perf_counter() < until:
            pass
        child.kill()
        while True:
            said.append(ours.recv())
    except EOFError:
        pass
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()
    return said


def back_up_for_ever(folder: Path, pipe: Connection) -> None:
    """Make one backup after another and say when each is begun."""
    vault = reopened(folder)
    while True:
        pipe.send(len(vault.backups.own.all()))
        vault.back_up()


def restore(folder: Path, pipe: Connection) -> None:
    """Restore the newest backup of a vault into a folder beside it."""
    own = BackupFolder(folder / "backups")
    files = own.files(own.all()[-1])
    unlocked = keyfile.unlock(files.header, NAME, PASSPHRASE, floor=TEST_COST)
    pipe.send(0)
    restore_vault(files, folder.with_name("restored"), unlocked, FakeClock())
    pipe.send(1)


def salvage(folder: Path, pipe: Connection) -> None:
    """Salvage a vault into a folder beside it."""
    with unlocked_key(folder, NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
        pipe.send(0)
        Salvage(folder, unlocked, NAME, FakeClock()).into(folder.with_name("salvaged"))
    pipe.send(1)
