"""Rules for every test: offscreen unless asked otherwise, nothing left behind, any warning in a log fails it."""

import logging
import os
import tempfile
from collections.abc import Iterator

import pytest

_LONG_VALUE = 40


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer real windows for looking at what a test does."""
    parser.addoption("--onscreen", action="store_true", help="show windows on this display")


def pytest_configure(config: pytest.Config) -> None:
    """Choose Qt's platform before anything imports Qt."""
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes and long texts by their argument: keys drawn at random and times would make test names differ."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > _LONG_VALUE) else None


@pytest.fixture(autouse=True, scope="session")
def _own_temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let temporary files lie where pytest clears up, those too that a killed test leaves behind."""
    folder = str(tmp_path_factory.mktemp("temporary"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", folder)
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, folder)
        yield


@pytest.fixture(autouse=True)
def _no_log_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse; one that expects it clears the records it looked at."""
    yield
    records = caplog.get_records("setup") + caplog.get_records("call")
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert loud == []


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the settings, vault and log of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("VICTIMID_VAULT", raising=False)
