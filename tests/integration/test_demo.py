"""The demo as a newcomer runs it, and everything it wrote checked with standard tools alone."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "victimid", "demo", "--out", str(folder / "out"), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    result: Mapping[str, Any] = json.loads(done.stdout)
    return result


def shell(command: str) -> str:
    done = subprocess.run(["bash", "-c", f"set -eo pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def opened(demo: Mapping[str, Any]) -> list[dict[str, Any]]:
    unpack, _, _, decrypt, _ = demo["commands"]
    shell(unpack)
    return [json.loads(line) for line in shell(decrypt).splitlines()]


def test_the_bundle_is_signed_by_the_laptop_for_ssh_keygen(demo: Mapping[str, Any]) -> None:
    unpack, verify, *_ = demo["commands"]
    shell(unpack)
    assert f'Good "bundle@victimid.example" signature for {demo["device"]}' in shell(verify)


def test_every_part_is_whole_for_sha256sum(demo: Mapping[str, Any]) -> None:
    unpack, _, check, *_ = demo["commands"]
    shell(unpack)
    lines = shell(check).splitlines()
    assert "data-0001.age: OK" in lines
    assert all(line.endswith(": OK") for line in lines)


def test_headquarters_opens_it_with_age_and_zcat(demo: Mapping[str, Any]) -> None:
    records = opened(demo)
    kinds = [record["kind"] for record in records if "kind" in record]
    assert {"case", "interview", "answer", "decision", "consent", "referral", "findings"} <= set(kinds)
    words = [r["data"]["own_words"] for r in records if r.get("kind") == "answer"]
    assert "Yo te di m kizin. Yo mennen m nan min nan." in words


def test_non_answers_travel_as_what_they_are(demo: Mapping[str, Any]) -> None:
    said = {r["data"]["ref"].rsplit("/")[-1]: r["data"] for r in opened(demo) if r.get("kind") == "answer"}
    assert said["work_harm"]["non_answer"] == "declined"
    assert said["birth_date"]["non_answer"] == "unknown"
    assert said["work_tasks"]["non_answer"] == "not_understood"
    assert said["police_later"]["non_answer"] == "deferred"
    assert said["work_same"] == said["work_same"] | {"non_answer": None, "value": "different", "kind": "statement"}


def test_the_rule_reads_the_invented_case_and_names_the_answers(demo: Mapping[str, Any]) -> None:
    assert demo["reading"] == "signs_of_trafficking"
    found = next(r["data"] for r in opened(demo) if r.get("kind") == "findings")
    refs = {sign["id"]: sign["refs"] for sign in found["signs"]}
    assert refs["DR.job"][0].endswith("/work_same")
    assert refs["CD.documents"][0].endswith("/papers_where")


def test_the_referral_opens_with_its_passphrase_and_holds_only_what_was_agreed(demo: Mapping[str, Any]) -> None:
    text = shell(demo["commands"][4])
    assert "Ejemplo Premye" in text
    assert "solo después de las 18:00" in text
    assert "Trabajo distinto del prometido" in text
    for withheld in ("Me llevaron a una mina", "Tos desde hace semanas", "Ejemplo Uno", "1400", "kizin"):
        assert withheld not in text
    encryption = shell(f"qpdf --show-encryption --password={demo['referral_passphrase']!r} {demo['referral']!r}")
    assert "R = 6" in encryption
    assert "AESv3" in encryption


def test_the_referral_does_not_open_without_it(demo: Mapping[str, Any]) -> None:
    done = subprocess.run(["pdftotext", demo["referral"], "-"], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout == ""


def test_nothing_of_the_person_is_readable_in_any_file(demo: Mapping[str, Any]) -> None:
    """Only the folder of the checks, made for the demo, holds an opened key; nothing holds an answer."""
    folder = Path(demo["vault"]).parent
    secrets = [b"Ejemplo Premye", b"mina de oro", b"kizin", b"Ejemplo Uno", b"Rumichaca", demo["passphrase"].encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        content = path.read_bytes() + path.name.encode()
        assert [secret for secret in secrets if secret in content] == [], path


def test_a_second_demo_leaves_the_first_alone(demo: Mapping[str, Any]) -> None:
    from victimid.cli.demo import demo_folder

    out = Path(demo["vault"]).parent
    assert demo_folder(out) == out.with_name("out-2")
