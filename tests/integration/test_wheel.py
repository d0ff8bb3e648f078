"""The wheel brings everything the program reads, compiled catalogues included, and is reproducible."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def build(target: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780000000", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([*command, "--wheel-dir", str(target), str(ROOT)], check=True, env=environment, capture_output=True)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_data_and_no_sources_of_translations(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "victimid/data/forms/second_line.md",
        "victimid/data/forms/rules/ilo-2009-adult-labour.toml",
        "victimid/data/resources/services.toml",
        "victimid/data/locales/languages.toml",
        "victimid/data/locales/ar/LC_MESSAGES/forms.mo",
        "victimid/data/locales/es/LC_MESSAGES/victimid.mo",
    ):
        assert wanted in names
    assert not [name for name in names if name.endswith((".po", ".pot")) or name.startswith(("tests/", "packaging/"))]


def test_two_builds_are_the_same_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_installed_program_reads_its_own_data(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = "from victimid import assets, i18n; print(assets.folder('forms')); print(i18n.languages()[-1].own_name)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True, cwd=tmp_path
    )
    folder, language = done.stdout.splitlines()
    assert Path(folder).is_relative_to(tmp_path / "site")
    assert language == "العربية"
