"""The program as it is started: worker thread, real cost of unlocking, a clean end, and nothing in the clear."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from victimid.ui.app import language_for

MARKER = "Zyxomma Petiolatum"
PASSPHRASE = "seven blue kettles whistle"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("home")
    temporary = home / "tmp"
    temporary.mkdir()
    places = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_CONFIG_HOME": home / "config", "TMPDIR": temporary}
    environment = {**os.environ, **{name: str(path) for name, path in places.items()}, "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "tests.support.walk", str(home / "vault"), PASSPHRASE, MARKER]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    return home, done


def test_first_start_lock_unlock_and_a_clean_end(walked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    home, done = walked
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])
    assert done.stdout == "titles: {'Casework'}\n"
    assert len(list((home / "vault").glob("*.db"))) == 1


def test_a_window_closed_at_once_ends_cleanly(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from victimid.paths import places
from victimid.ui.app import run

def close():
    for window in QApplication.topLevelWidgets():
        window.close()

QTimer.singleShot(0, lambda: QTimer.singleShot(300, close))
raise SystemExit(run(places(Path({str(tmp_path / "vault")!r}))))
"""
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=30)
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])


def test_nothing_typed_is_anywhere_in_the_clear(walked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    home, _ = walked
    files = [path for path in home.rglob("*") if path.is_file()]
    forms = [text.encode(code) for text in (MARKER, PASSPHRASE) for code in ("utf-8", "utf-16-le")]
    assert len(files) >= 3
    assert [path.name for path in files if any(form in path.read_bytes() for form in forms)] == []
    assert [path.name for path in home.rglob("*") if MARKER in path.name] == []


def test_only_our_own_files_are_written(walked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    home, _ = walked
    written = {path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    assert written <= {"vault", "data", "config"}
    assert list(home.rglob("QtProject.conf")) == []


@pytest.mark.parametrize(("chosen", "language"), [("ar", "ar"), ("ht", "ht"), ("xx", "en"), ("", "en")])
def test_the_language_is_the_one_remembered(monkeypatch: pytest.MonkeyPatch, chosen: str, language: str) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert language_for(chosen) == language
