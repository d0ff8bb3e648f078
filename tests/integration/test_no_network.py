"""The program opens no socket: the whole journey under strace."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_whole_journey_opens_no_socket(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=socket,connect,bind", "-o", str(trace)]
    journey = [sys.executable, "-m", "victimid", "demo", "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, *journey], check=True, capture_output=True, env=environment)
    assert trace.exists()
    assert [line for line in trace.read_text().splitlines() if "exited" not in line] == []


def test_strace_would_have_seen_one(tmp_path: Path) -> None:
    """The check above can fail: a socket opened on purpose shows."""
    trace = tmp_path / "trace"
    opener = [sys.executable, "-c", "import socket; socket.socket().close()"]
    command = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace)]
    subprocess.run([*command, *opener], check=True, capture_output=True)
    assert "socket(AF_INET" in trace.read_text()
