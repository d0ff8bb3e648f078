"""A content pack on its way: published at headquarters, checked, installed by the administrator, used by an officer."""

import json
from pathlib import Path

import pytest

from tests.support.commands import ADMINISTRATOR, OFFICER, Program, program, program_on_a_vault
from tests.support.form_files import written
from tests.support.media import png
from tests.support.packs import HOUSE
from tests.support.vaults import NAME, PASSPHRASE
from victimid.cli.main import run

SURVEY = [
    {"type": "text", "name": "boat", "label": "Which boat?", "media::image": "boat.png"},
    {"type": "text", "name": "port", "label": "Which port?"},
]
SETTINGS = {"form_id": "harbour", "form_title": "Talk at the harbour", "version": "7"}


@pytest.fixture
def on(tmp_path: Path) -> Program:
    return program_on_a_vault(tmp_path)


def published(on: Program, *what: str | Path) -> Path:
    """Publish at headquarters and return the pack."""
    register = ("--register", on.folder / "register", "--passphrase-file", on.secret(PASSPHRASE))
    if not (on.folder / "register").exists():
        (on.folder / "hq.pub").write_text(program("hq", "init", *register).document["public_key"], "utf-8")
    done = program("hq", "publish", *register, *what, "--to", on.folder)
    assert done.code == 0, done.error
    return Path(done.document["path"])


def files(on: Program) -> tuple[str | Path, ...]:
    (on.folder / "boat.png").write_bytes(png())
    (on.folder / "services.toml").write_text(HOUSE, "utf-8")
    return "--services", on.folder / "services.toml", "--form", written(on.folder, SURVEY, settings=SETTINGS)


def test_from_headquarters_to_an_interview_and_a_referral(on: Program, capsys: pytest.CaptureFixture[str]) -> None:
    pack = published(on, *files(on))
    checked = program("content", "check", pack, "--key", on.folder / "hq.pub")
    assert checked.code == 0, checked.error
    assert checked.document["forms"] == [
        {"id": "harbour", "title": "Talk at the harbour", "version": "7", "languages": ["default"]}
    ]
    assert checked.document["services"] == ["house-of-cranes"]
    assert on.run("content", "show", name=OFFICER).document == {"number": None}
    assert on.run("content", "install", pack, name=ADMINISTRATOR).error.startswith("error[content.no_key]: ")
    assert on.run("vault", "receipt-key", on.folder / "hq.pub").code == 0
    for name in (NAME, OFFICER):
        assert on.run("content", "install", pack, name=name).error.startswith("error[officer.not_allowed]: ")
    installed = on.run("content", "install", pack, name=ADMINISTRATOR)
    assert (installed.code, installed.document) == (0, checked.document)
    shown = on.run("content", "show", name=OFFICER).document
    assert {**checked.document, "installed_at": shown["installed_at"], "by": ADMINISTRATOR} == shown
    steps = on.folder / "steps.json"
    steps.write_text(json.dumps([{"set": "/data/boat", "value": "the blue one"}]), "utf-8")
    case = on.run("case", "screen", "--form", "harbour", "--steps", steps, name=OFFICER)
    assert case.code == 0, case.error
    answers = on.run("case", "show", case.document["case"], name=OFFICER).document["answers"]
    assert [each["answer"] for each in answers][:1] == ["the blue one"]
    assert on.run("vault", "verify").code == 0
    consent = on.folder / "consent.json"
    groups = {"person": {"permission": "yes"}}
    consent.write_text(json.dumps({"manner": "oral", "language": "es", "groups": groups}), "utf-8")
    refer = ("refer", "write", case.document["case"], "--consent", consent, "--out", on.folder, "--service")
    assert on.run(*refer, "example-shelter", name=OFFICER).error.startswith("error[service.unknown]: ")
    assert on.run(*refer, "house-of-cranes", name=OFFICER).code == 0
    whose = (
        "--vault",
        on.vault,
        "--name",
        ADMINISTRATOR,
        "--passphrase-file",
        on.files["seven copper lanterns drifting"],
    )
    assert run(["content", "show", *map(str, whose)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Content pack 1, installed ")
    assert "Form harbour  Talk at the harbour  7  (default)" in lines
    assert "Service house-of-cranes  House of Cranes, Sample town" in lines


def test_a_pack_that_is_not_good_is_told_from_one_that_cannot_be_checked(on: Program) -> None:
    pack = published(on, *files(on))
    altered = on.folder / "altered.pack.tar"
    altered.write_bytes(pack.read_bytes().replace(b"House of Cranes", b"House of Wolves"))
    done = program("content", "check", altered, "--key", on.folder / "hq.pub")
    assert (done.code, done.error.split(":")[0]) == (1, "error[exchange.damaged_container]")
    done = program("content", "check", pack, "--key", on.folder / "nowhere.pub")
    assert (done.code, done.error.split(":")[0]) == (2, "error[file.not_there]")


def test_without_a_directory_the_examples_stay_and_that_is_said(
    on: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    key = on.folder / "hq.pub"
    pack = published(on, *files(on)[2:])
    assert run(["content", "check", str(pack), "--key", str(key)]) == 0
    assert "No directory of services: the examples of the program stand in its place" in capsys.readouterr().out
    for state, mark in (("example = true", "(example)"), ("", "(not confirmed)")):
        text = HOUSE.replace('"2026-11-01"', '""').replace('"Ana Example"', '""') + state
        (on.folder / "services.toml").write_text(text, "utf-8")
        pack = published(on, "--services", on.folder / "services.toml")
        assert run(["content", "check", str(pack), "--key", str(key)]) == 0
        assert f"House of Cranes, Sample town  {mark}" in capsys.readouterr().out
