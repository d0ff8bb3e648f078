"""Runs that end by kill -9: at any moment, of everything an officer does."""

import shutil
from multiprocessing.connection import Connection
from pathlib import Path

from tests.support.crash.checking import Acknowledged, Crashes
from tests.support.crash.work import work
from tests.support.killed import heard_until_killed
from tests.support.vaults import begin, drawn_from, new_vault

ROUNDS = 2
SAID = 118  # about as much as a child says in two rounds


def work_and_say(folder: Path, pipe: Connection) -> None:
    """Work in a child that somebody listens to."""
    work(folder, pipe.send, ROUNDS)


def kill(times: int, place: Path, seed: int) -> Crashes:
    """Kill so many children, each in a vault of its own."""
    draw, origin, crashes = drawn_from(seed), place / "origin", Crashes()
    vault = new_vault(origin)
    begin(vault)
    vault.lock()
    for number in range(times):
        folder = place / f"killed-{number}"
        shutil.copytree(origin, folder)
        known = Acknowledged()
        for line in heard_until_killed(work_and_say, folder, draw.randint(0, SAID), draw.random() * 0.003):
            known.hear(line)
        crashes.check(folder, known)
        shutil.rmtree(folder)
    return crashes
