"""More than a thousand crashes of each kind: nothing acknowledged is lost, and every vault opens."""

import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.support.crash.checking import Crashes
from tests.support.crash.kills import kill
from tests.support.crash.power_loss import lose_power, record
from tests.support.crash.tracing import strace_works


def tell(kind: str, crashes: Crashes, began: float) -> None:
    """Print what was measured."""
    sys.stdout.write(f"\n{kind}: {crashes}; {perf_counter() - began:.0f} s\n")


@pytest.mark.parametrize("seed", range(4))
def test_kills(seed: int, tmp_path: Path) -> None:
    began = perf_counter()
    crashes = kill(260, tmp_path, seed)
    tell("kill -9", crashes, began)
    assert crashes.times == 260


@pytest.mark.skipif(not strace_works(), reason="only strace tells what is written and synced, and it is not here")
@pytest.mark.parametrize("seed", range(4))
def test_power_losses(seed: int, tmp_path: Path) -> None:
    began = perf_counter()
    crashes = lose_power(record(tmp_path), 300, tmp_path, seed)
    tell("power loss", crashes, began)
    assert crashes.times == 300
