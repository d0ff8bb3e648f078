"""The power goes at any moment: what was acknowledged is there, whatever of the rest reached the disk."""

from pathlib import Path

import pytest

from tests.support.crash.power_loss import Recording, lose_power, record
from tests.support.crash.tracing import Synced, strace_works
from victimid.errors import VictimIDError

STATES = 40


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    if not strace_works():
        pytest.skip("only strace tells what is written and synced, and it is not here")
    return record(tmp_path_factory.mktemp("recorded"))


def test_forty_power_losses_lose_nothing_acknowledged(recording: Recording, tmp_path: Path) -> None:
    crashes = lose_power(recording, STATES, tmp_path, seed=20261121)
    assert crashes.answers > STATES
    assert len(crashes.underway) > 3


def test_a_program_that_synced_nothing_would_be_found_out(recording: Recording, tmp_path: Path) -> None:
    careless = [event for event in recording.events if not isinstance(event, Synced)]
    with pytest.raises((AssertionError, VictimIDError)):
        lose_power(Recording(recording.before, careless), STATES, tmp_path, seed=20261121)


def test_a_program_that_never_synced_its_folder_would_be_found_out(recording: Recording, tmp_path: Path) -> None:
    folder = next(iter(recording.before)).parent
    careless = [event for event in recording.events if event != Synced(folder)]
    with pytest.raises((AssertionError, VictimIDError)):
        lose_power(Recording(recording.before, careless), STATES, tmp_path, seed=20261121)
