"""Runs of the simulator: record once what is written, then let the power go at very many moments."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.crash.checking import Acknowledged, Crashes
from tests.support.crash.replaying import Disk
from tests.support.crash.tracing import Event, Said, trace
from tests.support.vaults import begin, drawn_from, new_vault


@dataclass(frozen=True, slots=True)
class Recording:
    """The files of a vault in the beginning, and everything that was then done to them."""

    before: dict[Path, bytes]
    events: Sequence[Event]


def record(place: Path) -> Recording:
    """Make a vault, let somebody work in it, and record that."""
    folder, said = place / "vault", place / "said"
    vault = new_vault(folder)
    begin(vault)
    vault.lock()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    work = "tests.support.crash.work"
    return Recording(before, trace(work, [str(folder), str(said)], folder, said, place / "strace"))


def lose_power(recording: Recording, times: int, place: Path, seed: int) -> Crashes:
    """Check what is left at so many moments."""
    draw = drawn_from(seed)
    moments = sorted(draw.randint(0, len(recording.events)) for _ in range(times))
    disk, known, crashes, happened = Disk(recording.before), Acknowledged(), Crashes(), 0
    for number, moment in enumerate(moments):
        for event in recording.events[happened:moment]:
            disk.happen(event)
            if isinstance(event, Said):
                known.hear(event.line)
        happened = moment
        folder = place / f"state-{number}"
        folder.mkdir()
        for path, content in disk.left(draw).items():
            (folder / path.name).write_bytes(content)
        crashes.check(folder, known)
        shutil.rmtree(folder)
    return crashes
