"""Foundation: places for the owner only, durable files, settings that survive damage, a log without contents."""

import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from victimid import assets, formats, log, paths, settings, system
from victimid.errors import VictimIDError
from victimid.settings import Settings

MARKER = "Zanfan-Marker"


def test_a_private_folder_lets_only_its_owner_in(tmp_path: Path) -> None:
    folder = paths.private_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_is_replaced_as_a_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "file"
    paths.write_durably(target, b"old")
    paths.write_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    paths.write_durably(target, b"old")

    def no_room(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        paths.write_durably(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_write_once_never_replaces_and_names_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "RU-7K2M-1.pdf"
    assert len(paths.write_once(target, b"x")) == 64
    with pytest.raises(VictimIDError) as refused:
        paths.write_once(target, b"y")
    assert (refused.value.code, target.read_bytes()) == ("file.exists", b"x")

    def no_room(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(VictimIDError) as full:
        paths.write_once(tmp_path / "other.pdf", b"y")
    assert full.value.code == "file.disk_full"
    assert list(tmp_path.iterdir()) == [target]


def test_the_vault_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICTIMID_VAULT", str(tmp_path / "env"))
    assert paths.places().vault == tmp_path / "env"
    assert paths.places(tmp_path / "given").vault == tmp_path / "given"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'{"theme": 3}', b'{"other": 1}'])
def test_damaged_settings_mean_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert settings.read(path) == Settings()


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    settings.write(path, Settings(language="ar", theme="dark"))
    assert settings.read(path) == Settings("ar", "dark")


@pytest.fixture
def logger(tmp_path: Path) -> Iterator[logging.Logger]:
    started = log.start(tmp_path / "log" / "victimid.log")
    yield started
    for handler in list(started.handlers):
        handler.close()
        started.removeHandler(handler)
    started.propagate = True


def test_the_log_names_errors_and_places_but_no_contents(
    logger: logging.Logger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ValueError(f"cannot parse {MARKER}")
    except ValueError:
        logger.exception("job failed")
    try:
        raise VictimIDError("form.bad_value", row=3)
    except VictimIDError:
        logger.exception("job failed")
    text = (tmp_path / "log" / "victimid.log").read_text("utf-8")
    assert MARKER not in text
    assert "ValueError" in text
    assert "form.bad_value row=3" in text
    assert "test_foundation.py" in text
    caplog.clear()


def test_dates_and_numbers_follow_the_language() -> None:
    when = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)
    assert formats.day(date(2026, 11, 21), "es") == "21 nov 2026"
    assert "2026" in formats.moment(when, "fr", UTC)
    assert formats.number(1234.5, "pt") == "1.234,5"
    assert formats.listing(["a", "b", "c"], "es") == "a, b y c"
    assert formats.day(date(2026, 11, 21), "xx") == formats.day(date(2026, 11, 21), "en")
    assert formats.isolated("x") == "\u2068x\u2069"


def test_data_is_found_in_the_tree() -> None:
    assert (assets.folder("locales") / "languages.toml").is_file()


def test_what_is_missing_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = (system.Need("libno.so.1", "libno1", "no-libs"), system.Need("libno2.so.1", "libno1", "no2-libs"))
    monkeypatch.setattr(system, "LIBRARIES", needs)
    monkeypatch.setattr("sys.platform", "linux")
    missing = system.missing_libraries()
    assert missing == needs
    hint = system.install_hint(missing)
    assert "sudo apt-get install libno1\n" in hint
    assert "sudo dnf install no-libs no2-libs" in hint


def test_without_a_display_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not system.display_available()
    monkeypatch.setenv("DISPLAY", ":1")
    assert system.display_available()


@pytest.mark.parametrize(
    ("environment", "needed"),
    [
        ({"DISPLAY": ":1"}, system.X11_LIBRARIES),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ""}, system.WAYLAND_LIBRARIES),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":1"}, ()),
    ],
)
def test_what_the_window_needs_depends_on_the_display(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], needed: tuple[system.Need, ...]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(system, "_loads", lambda _name: False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system.missing_libraries() == system.LIBRARIES + needed


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says it in a file")
def test_free_memory_is_a_plausible_number_of_bytes() -> None:
    free = system.free_memory()
    assert free
    assert 2**24 < free < 2**44


def test_free_memory_that_is_not_said_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_: "MemTotal: 1 kB\n")
    assert system.free_memory() is None

    def missing(*_: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert system.free_memory() is None
