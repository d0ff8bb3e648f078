"""A small disk of its own, to be filled."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DISK_SIZE = 3 * 1024 * 1024


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """Mount a disk of three mebibytes, where this user may; skip the test otherwise."""
    disk = folder / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={DISK_SIZE}", "none"]
    try:
        done = subprocess.run(["mount", *options, disk], capture_output=True).returncode == 0
    except FileNotFoundError:
        done = False
    if not done:
        pytest.skip("only the administrator can mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)
