"""The program opens no socket: the whole journey under strace."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def traced(tmp_path: Path, *command: str) -> list[str]:
    """Run a command under strace and return what it did with sockets."""
    trace = tmp_path / "trace"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    strace = ["strace", "-f", "-qq", "-e", "trace=socket,connect,bind", "-e", "signal=none", "-o", str(trace)]
    subprocess.run([*strace, sys.executable, *command], check=True, capture_output=True, env=environment)
    return [line for line in trace.read_text().splitlines() if "exited" not in line]


def test_the_whole_journey_opens_no_socket(tmp_path: Path) -> None:
    assert traced(tmp_path, "-m", "victimid", "demo", "--out", str(tmp_path / "out")) == []


def test_the_window_opens_no_socket_of_a_network(tmp_path: Path) -> None:
    """A window may talk to the display of this machine through a local socket, and to nothing else."""
    walk = ["-m", "tests.support.walk", str(tmp_path / "vault"), "seven blue kettles whistle", "Zyxomma Petiolatum"]
    assert [line for line in traced(tmp_path, *walk) if "AF_UNIX" not in line] == []


def test_strace_would_have_seen_one(tmp_path: Path) -> None:
    """The checks above can fail: a socket opened on purpose shows."""
    assert "socket(AF_INET" in "".join(traced(tmp_path, "-c", "import socket; socket.socket().close()"))
