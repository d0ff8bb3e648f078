"""The command line as administrators, form authors and headquarters use it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from victimid.__main__ import main
from victimid.crypto import sshsig

HTCDS = Path(__file__).resolve().parents[1] / "data" / "forms" / "htcds_xlsform.xlsx"
FORM = """
| survey | | | | |
| | type | name | label | relevant |
| | text | a | First | |
| | text | b | Second | ${missing} = 'x' |
| settings | | | | |
| | form_id | version | form_title | |
| | broken | 1 | Broken | |
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Mapping[str, Any], str]:
    """Run a command with --json; returns exit code, document, standard error."""
    code = main([*arguments, "--json"])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out.strip() else {}, captured.err


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text("four quiet herons crossing\n", "utf-8")
    return path


def test_our_forms_are_listed_and_faultless(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = run(capsys, "form", "list")
    assert [form["id"] for form in listed["forms"]] == ["first_line", "second_line"]
    for form in ("first_line", "second_line"):
        code, checked, _ = run(capsys, "form", "check", form)
        assert (code, checked["errors"]) == (0, 0)


def test_the_questionnaire_of_the_data_standard_checks_and_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, checked, _ = run(capsys, "form", "check", str(HTCDS))
    assert (code, checked["errors"]) == (0, 0)
    code, state, _ = run(capsys, "form", "run", str(HTCDS))
    assert code == 0
    assert len(state["states"][0]) > 30
    first = next(n for n in state["states"][0] if n["kind"] == "input" and n["relevant"] and not n["readonly"])
    steps = tmp_path / "steps.json"
    steps.write_text(json.dumps([{"set": first["ref"], "value": "Ana"}, {"decline": first["ref"]}]), "utf-8")
    code, traced, _ = run(capsys, "form", "run", str(HTCDS), "--steps", str(steps), "--trace")
    values = [next(n["value"] for n in s if n["ref"] == first["ref"]) for s in traced["states"]]
    assert (code, values) == (0, ["", "Ana", ""])


def test_an_unknown_reference_names_sheet_row_and_column(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text(FORM, "utf-8")
    code, checked, _ = run(capsys, "form", "check", str(path))
    problem = next(p for p in checked["problems"] if p["severity"] == "error")
    assert code == 1
    assert (problem["sheet"], problem["row"], problem["column"]) == ("survey", 3, "relevant")
    assert "missing" in problem["message"]
    code, _, error = run(capsys, "form", "run", str(path))
    assert code == 2
    assert error.startswith("error[form.")
    assert "survey" in error


def test_from_vault_to_headquarters(capsys: pytest.CaptureFixture[str], tmp_path: Path, passphrase: Path) -> None:
    secret = ["--passphrase-file", str(passphrase)]
    register = ["--register", str(tmp_path / "hq"), *secret]
    _, hq, _ = run(capsys, "hq", "init", *register)
    vault = ["--vault", str(tmp_path / "vault"), "--name", "Ana Example", *secret]
    keys = ["--prefix", "RU", "--headquarters-key", hq["recipient"], "--receipt-key", hq["public_key"]]
    _, created, _ = run(capsys, "vault", "create", *vault, *keys)
    assert (
        run(capsys, "hq", "enrol", *register, "--device-key", created["public_key"])[1]["device"] == created["device"]
    )

    _, state, _ = run(capsys, "form", "run", "second_line")
    refs = {node["ref"].rsplit("/", 1)[-1]: node["ref"] for node in state["states"][0]}
    steps = tmp_path / "steps.json"
    answers = {"alone": "yes", "interpreter": "remote", "safe_now": "yes"}
    answers |= {"agrees": "yes", "age": "25_39", "may_be_child": "no", "work_same": "different"}
    steps.write_text(json.dumps([{"set": refs[name], "value": value} for name, value in answers.items()]), "utf-8")
    screened = ["case", "screen", "--form", "second_line", "--steps", str(steps), "--language", "ht"]
    code, case, error = run(capsys, *screened, *vault)
    assert (code, error) == (0, "")
    assert run(capsys, "case", "list", *vault)[1]["cases"][0]["ref"] == case["case"]
    _, shown, _ = run(capsys, "case", "show", case["case"], *vault)
    assert any(a["answer"] and a["ref"] == refs["work_same"] for a in shown["answers"])
    _, found, _ = run(capsys, "case", "findings", case["case"], *vault)
    assert [s["id"] for d in found["dimensions"] for s in d["signs"]] == ["DR.job"]

    _, written, _ = run(capsys, "export", "write", "--to", str(tmp_path), *vault)
    verified = run(capsys, "export", "verify", written["path"], "--device-key", created["public_key"])
    assert (verified[0], verified[1]["sequence"]) == (0, 1)
    code, received, _ = run(capsys, "hq", "receive", written["path"], *register)
    assert (code, received["bundles"][0]["outcome"]) == (0, "new")
    receipt = received["bundles"][0]["receipt"]
    taken = run(capsys, "export", "receipt", receipt, *vault)
    assert taken[1] == {"sequence": 1}
    _, status, _ = run(capsys, "hq", "status", *register)
    assert (status["devices"][0]["last"], status["devices"][0]["missing"]) == (1, [])
    code, verified_vault, _ = run(capsys, "vault", "verify", *vault)
    assert (code, verified_vault["ok"]) == (0, True)


def test_a_damaged_bundle_is_refused_and_the_others_are_received(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, passphrase: Path
) -> None:
    register = ["--register", str(tmp_path / "hq"), "--passphrase-file", str(passphrase)]
    run(capsys, "hq", "init", *register)
    (tmp_path / "x.bundle.tar").write_bytes(b"not a bundle")
    code, received, error = run(capsys, "hq", "receive", str(tmp_path / "x.bundle.tar"), *register)
    assert (code, received["bundles"][0]["outcome"]) == (1, "refused")
    assert error.startswith("error[")


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", "program.bad_json"), ("{}", "program.bad_file"), ('[{"set": 1}]', "program.bad_file")],
)
def test_bad_steps_files_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "steps.json"
    path.write_text(content, "utf-8")
    assert main(["form", "run", "first_line", "--steps", str(path)]) == 2
    assert f"error[{code}]" in capsys.readouterr().err


def test_no_passphrase_no_entry(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["case", "list", "--name", "Ana", "--vault", str(tmp_path)]) == 2
    assert "error[program.passphrase_needed]" in capsys.readouterr().err


def test_the_program_tests_itself(capsys: pytest.CaptureFixture[str]) -> None:
    code, result, _ = run(capsys, "self-test")
    assert (code, result["ok"]) == (0, True)


def test_a_case_without_steps_waits_in_the_window(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VICTIMID_NAME", "Ana Example")
    monkeypatch.setenv("VICTIMID_VAULT", str(tmp_path / "vault"))
    secret = ["--passphrase-file", str(passphrase)]
    run(capsys, "vault", "create", "--prefix", "RU", *secret)
    _, case, _ = run(capsys, "case", "screen", "--form", "second_line", *secret)
    _, listed, _ = run(capsys, "case", "list", *secret)
    assert [(c["ref"], c["stage"]) for c in listed["cases"]] == [(case["case"], "interview")]


def test_without_a_name_nothing_is_tried(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VICTIMID_NAME", raising=False)
    assert main(["case", "list", "--vault", str(tmp_path), "--passphrase-file", str(passphrase)]) == 2
    assert "error[program.name_needed]" in capsys.readouterr().err


def test_a_key_may_come_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, passphrase: Path) -> None:
    register = ["--register", str(tmp_path / "hq"), "--passphrase-file", str(passphrase)]
    run(capsys, "hq", "init", *register)
    key = tmp_path / "laptop.pub"
    key.write_text(sshsig.new_key("laptop").public + "\n", "utf-8")
    assert run(capsys, "hq", "enrol", *register, "--device-key", str(key))[0] == 0
    assert len(run(capsys, "hq", "status", *register)[1]["devices"]) == 1
