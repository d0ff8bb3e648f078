"""Every vault command: what it does, prints and exits with."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.commands import (
    ADMINISTRATOR,
    NEW_PASSPHRASE,
    OFFICER,
    OTHER_PASSPHRASE,
    Done,
    Program,
    program,
    program_on_a_vault,
)
from tests.support.sessions import HEADQUARTERS, shared_content
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST
from victimid.app.session import Door
from victimid.clock import now
from victimid.crypto import age, sshsig
from victimid.errors import VictimIDError

PAGE = 4096
OWN_PASSPHRASE = "nine quiet harbours glowing"


@pytest.fixture
def on(tmp_path: Path) -> Program:
    return program_on_a_vault(tmp_path, TEST_COST)


def refused(done: Done, code: str) -> bool:
    """Tell whether a command was refused as bad input, with its code and one sentence, and printed nothing else."""
    return done.code == 2 and done.error.startswith(f"error[{code}]: ") and not done.document


def key_file(folder: Path, secret: str) -> Path:
    path = folder / f"{hashlib.sha256(secret.encode()).hexdigest()[:8]}.key"
    path.write_text(f"# created for a test\n{secret}\n", "utf-8")
    return path


def damage(vault: Path) -> None:
    """Change one byte in a page of the database that is not needed to unlock it."""
    database = vault / "records.db"
    for page in range(database.stat().st_size // PAGE, 0, -1):
        content = bytearray(database.read_bytes())
        content[page * PAGE - 2000] ^= 1
        database.write_bytes(content)
        try:
            Door(vault, shared_content(), now, TEST_COST, TEST_COST).unlock(NAME, PASSPHRASE).lock()
        except VictimIDError:
            content = bytearray(database.read_bytes())
            content[page * PAGE - 2000] ^= 1
            database.write_bytes(content)
        else:
            return


def test_a_vault_is_created_with_two_persons_to_recover_it(tmp_path: Path) -> None:
    made = Program(tmp_path)
    first, second = age.new_identity(), age.new_identity()
    create = ("vault", "create", "--prefix", "RU", "--headquarters-key", HEADQUARTERS.recipient)
    alike = made.run(*create, "--recovery-pair", first.recipient, first.recipient)
    assert refused(alike, "recovery.persons")
    assert not made.vault.exists()
    assert refused(made.run(*create, "--recovery-pair", first.recipient, "age1nonsense"), "age.bad_recipient")
    created = made.run(*create, "--recovery-pair", first.recipient, second.recipient)
    assert created.code == 0
    assert created.document["recovery"]
    assert refused(made.run(*create), "vault.exists")

    new = ("--new-passphrase-file", made.secret(NEW_PASSPHRASE))
    asked = made.run("vault", "recover", "request", "--to", tmp_path, *new)
    assert asked.code == 0, asked.error
    keys = [key_file(tmp_path, person.secret) for person in (first, second)]
    answer = ("hq", "answer-recovery", asked.document["path"], "--out", tmp_path / "answer.age")
    assert refused(program(*answer, "--key", keys[0]), "recovery.answer_damaged")
    assert refused(program(*answer, "--key", keys[1], "--key", keys[0]), "age.wrong_key")
    answered = program(*answer, "--key", keys[0], "--key", keys[1])
    assert (answered.code, answered.document["code"]) == (0, asked.document["code"])
    assert made.run("vault", "recover", "answer", tmp_path / "answer.age", *new).code == 0
    assert refused(made.run("case", "list"), "vault.wrong_passphrase")
    assert made.run("case", "list", passphrase=NEW_PASSPHRASE).code == 0


def test_a_passphrase_never_comes_as_an_argument_and_has_to_be_good(on: Program) -> None:
    assert refused(program("vault", "due", "--vault", on.vault, "--name", NAME), "program.passphrase_needed")
    assert refused(on.run("vault", "passphrase"), "program.passphrase_needed")
    weak = ("--new-passphrase-file", on.secret("secret"))
    assert refused(on.run("vault", "passphrase", *weak), "passphrase.too_weak")
    missing = ("--new-passphrase-file", on.folder / "nothing")
    assert refused(on.run("vault", "passphrase", *missing), "program.passphrase_file")
    assert on.run("vault", "passphrase", "--new-passphrase-file", on.secret(NEW_PASSPHRASE)).code == 0
    assert refused(on.run("vault", "due"), "vault.wrong_passphrase")
    assert on.run("vault", "due", passphrase=NEW_PASSPHRASE).code == 0


def test_verify_tells_what_it_compared_and_finds_flaws(on: Program) -> None:
    sound = on.run("vault", "verify")
    assert (sound.code, sound.document["ok"], sound.document["flaws"]) == (0, True, [])
    assert sound.document["compared"]["records"] > 10
    assert "pages" not in sound.document["compared"]
    assert "younger" in sound.document["cannot_prove"]
    assert on.run("vault", "verify", "--full").document["compared"]["pages"] > 10
    assert refused(on.run("vault", "verify", name=OFFICER), "officer.not_allowed")
    damage(on.vault)
    flawed = on.run("vault", "verify", "--full")
    assert (flawed.code, flawed.document["ok"]) == (1, False)
    assert {flaw["check"] for flaw in flawed.document["flaws"]} >= {"pages"}
    assert all(flaw["says"] for flaw in flawed.document["flaws"])


def test_a_bundle_and_a_receipt_show_a_whole_folder_put_back(on: Program, tmp_path: Path) -> None:
    register = ("--register", tmp_path / "hq", "--passphrase-file", on.secret(PASSPHRASE))
    hq = program("hq", "init", *register).document
    kept = tmp_path / "kept"
    shutil.copytree(on.vault, kept)
    written = on.run("export", "write", "--to", tmp_path).document
    public_key = sshsig.new_key().public
    assert refused(program("export", "verify", written["path"], "--device-key", public_key), "signature.wrong_key")
    laptop = on.run("vault", "restore", tmp_path / "nothing").error
    assert laptop.startswith("error[backup.none]")

    bundle = ("--bundle", written["path"])
    assert on.run("vault", "verify", *bundle).document["outside"] == 1
    shutil.rmtree(on.vault)
    shutil.copytree(kept, on.vault)
    assert on.run("vault", "verify").code == 0
    put_back = on.run("vault", "verify", *bundle)
    assert put_back.code == 1
    assert {flaw["code"] for flaw in put_back.document["flaws"]} == {"audit.bundle_unknown", "audit.rolled_back_to"}
    nonsense = tmp_path / "nonsense.tar"
    nonsense.write_bytes(b"nonsense")
    assert refused(on.run("vault", "verify", "--receipt", nonsense), "receipt.no_key")
    assert on.run("vault", "receipt-key", hq["public_key"]).document == {"receipt_key": hq["fingerprint"]}
    wrong = on.run("vault", "verify", "--receipt", nonsense)
    assert wrong.code == 2
    assert wrong.error.startswith("error[exchange.")


def test_officers_come_and_go(on: Program) -> None:
    first = ("--officer-passphrase-file", on.secret(NEW_PASSPHRASE))
    added = on.run("vault", "officer", "add", "Eva Example", *first)
    assert (added.code, added.document["officer"]["role"]) == (0, "officer")
    assert refused(on.run("vault", "officer", "add", "eva example", *first), "officer.name_taken")
    assert refused(on.run("vault", "officer", "add", "Ida", *first, name=OFFICER), "officer.not_allowed")
    supervisor = ("vault", "officer", "add", "Ida", "--role", "supervisor", *first)
    assert refused(on.run(*supervisor, name=ADMINISTRATOR), "officer.not_allowed")

    eva = {"name": "Eva Example", "passphrase": NEW_PASSPHRASE}
    for command in (("vault", "backup"), ("case", "list"), ("vault", "search", "words"), ("vault", "officer", "list")):
        assert refused(on.run(*command, **eva), "officer.passphrase_given")
    same = ("--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    assert refused(on.run("vault", "passphrase", *same, **eva), "passphrase.same")
    assert on.run("vault", "passphrase", "--new-passphrase-file", on.secret(OWN_PASSPHRASE), **eva).code == 0
    eva["passphrase"] = OWN_PASSPHRASE
    assert on.run("vault", "backup", **eva).code == 0

    disabled = on.run("vault", "officer", "disable", "Eva Example", "--why", "left")
    assert (disabled.code, disabled.document["backups_removed"]) == (0, 1)
    assert refused(on.run("case", "list", **eva), "vault.wrong_passphrase")
    listed = on.run("vault", "officer", "list").document["officers"]
    assert [officer["name"] for officer in listed if officer["disabled_at"]] == ["Eva Example"]
    assert refused(on.run("vault", "officer", "disable", "Nobody", "--why", "left"), "officer.nobody")
    assert refused(on.run("vault", "officer", "disable", NAME, "--why", "left"), "officer.own")
    gone = on.run("vault", "restore", on.vault, "--vault", on.folder / "back", name="Eva Example")
    assert gone.code == 2


def test_a_case_is_handed_over_and_another_officer_says_why(on: Program) -> None:
    assert refused(on.run("case", "show", on.case), "case.reason_needed")
    assert on.run("case", "findings", on.case, "--why", "review").document["dimensions"]
    assert refused(on.run("case", "show", on.case, "--why", "review", name=ADMINISTRATOR), "officer.not_allowed")
    hand_over = ("case", "hand-over", on.case, "--reason", "end of shift", "--to")
    assert refused(on.run(*hand_over, ADMINISTRATOR, name=OFFICER), "handover.receiver")
    assert refused(on.run(*hand_over, "Nobody", name=OFFICER), "officer.nobody")
    assert on.run(*hand_over, NAME, name=OFFICER).document["cases"] == [on.case]
    assert refused(on.run("case", "show", on.case, name=OFFICER), "case.not_yours")
    assert refused(on.run(*hand_over, OFFICER, name=OFFICER), "case.not_yours")
    assert on.run("case", "show", on.case).document["answers"]
    assert on.run("case", "list", name=OFFICER).document["cases"] == []


def test_a_backup_is_restored_elsewhere_and_in_place(on: Program, tmp_path: Path) -> None:
    assert on.run("vault", "backups").document["due"]
    made = on.run("vault", "backup", "--if-due")
    assert (made.code, made.document["removed"]) == (0, 0)
    assert on.run("vault", "backup", "--if-due").document["backup"] is None
    stick = tmp_path / "stick"
    stick.mkdir()
    taken = on.run("vault", "backup", "--to", stick)
    assert Path(taken.document["path"]).parent.parent == stick
    assert [len(on.run("vault", "backups").document["backups"])] == [1]

    elsewhere = ("vault", "restore", stick, "--vault", tmp_path / "new laptop")
    assert refused(on.run("vault", "restore", stick), "vault.exists")
    wrong = program(*elsewhere, "--name", NAME, "--passphrase-file", on.secret(OTHER_PASSPHRASE))
    assert refused(wrong, "vault.wrong_passphrase")
    restored = program(*elsewhere, "--name", NAME, "--passphrase-file", on.secret(PASSPHRASE))
    assert restored.code == 0, restored.error
    moved = Program(tmp_path / "moved")
    moved.folder.mkdir()
    (tmp_path / "new laptop").rename(moved.vault)
    assert moved.run("case", "show", on.case, name=OFFICER).document["answers"]
    assert moved.run("vault", "verify", "--full").code == 0
    entries = moved.run("vault", "audit", "list").document["entries"]
    assert "wrong_passphrase backup" in {entry["detail"][:23] for entry in entries}

    replaced = on.run("vault", "restore", on.vault, "--replace")
    assert replaced.code == 0, replaced.error
    assert (Path(replaced.document["aside"]) / "records.db").exists()
    assert on.run("vault", "verify").code == 0


def test_what_a_damaged_vault_holds_is_salvaged(on: Program, tmp_path: Path) -> None:
    assert on.run("vault", "backup").code == 0
    into = ("vault", "salvage", "--into", tmp_path / "salvaged")
    assert refused(on.run(*into, "--backup", tmp_path / "nothing"), "backup.none")
    assert refused(on.run("vault", "salvage", "--into", on.vault), "vault.exists")
    damage(on.vault)
    told = on.run(*into, "--backup", on.vault)
    assert told.code == (0 if told.document["whole"] and not told.document["flaws"] else 1)
    assert told.document["read"] > 50
    salvaged = Program(tmp_path)
    shutil.rmtree(on.vault)
    (tmp_path / "salvaged").rename(salvaged.vault)
    assert salvaged.run("case", "show", on.case, name=OFFICER).document["answers"]


def test_a_forgotten_passphrase_is_recovered_with_plain_age(on: Program, tmp_path: Path) -> None:
    if not shutil.which("age"):
        pytest.skip("age is not installed here")
    new = ("--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    asked = on.run("vault", "recover", "request", "--to", tmp_path, *new, name=OFFICER)
    [line] = [line[2:] for line in (tmp_path / "request.txt").read_text("utf-8").splitlines() if "age -d -i" in line]
    key = key_file(tmp_path, HEADQUARTERS.secret)
    named = line.split(" -i ")[1].split()[0]
    key.rename(tmp_path / named)
    subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, check=True)
    taken = on.run("vault", "recover", "answer", tmp_path / "answer.age", *new, name=OFFICER)
    assert (asked.code, taken.code) == (0, 0)
    assert on.run("case", "show", on.case, name=OFFICER, passphrase=NEW_PASSPHRASE).code == 0


def test_the_recovery_is_rehearsed_with_the_register(on: Program, tmp_path: Path) -> None:
    rehearse = ("vault", "recover", "rehearse", "--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    assert refused(on.run(*rehearse, "--to", tmp_path, name=OFFICER), "officer.not_allowed")
    asked = on.run(*rehearse, "--to", tmp_path)
    assert asked.code == 0
    shown = program("hq", "answer-recovery", asked.document["path"])
    assert (shown.document["code"], shown.document["answer"]) == (asked.document["code"], None)
    key = key_file(tmp_path, HEADQUARTERS.secret)
    answer = ("hq", "answer-recovery", asked.document["path"], "--key", key, "--out", tmp_path / "answer.age")
    assert refused(program(*answer, "--way", "7"), "recovery.no_way")
    assert program(*answer).code == 0
    assert refused(program(*answer), "file.exists")
    assert on.run(*rehearse, "--answer", tmp_path / "answer.age").document == {"rehearsed": True}
    assert on.run("case", "list").code == 0
    (tmp_path / "request.txt").write_bytes(b"nonsense")
    assert refused(program("hq", "answer-recovery", tmp_path / "request.txt"), "recovery.request_damaged")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_progress_shows_where_standard_error_is_a_terminal(tmp_path: Path) -> None:
    on = program_on_a_vault(tmp_path)
    terminal, end = os.openpty()
    whose = ("--vault", on.vault, "--name", NAME, "--passphrase-file", on.secret(PASSPHRASE))
    command = [sys.executable, "-m", "victimid", "vault", "backup", *map(str, whose)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, stdin=subprocess.DEVNULL, check=True)
    os.close(end)
    assert b"Backup, verified: " in ran.stdout
    assert b"Backup: 100 %" in os.read(terminal, 100_000)
    os.close(terminal)


def test_everything_is_encrypted_anew(on: Program) -> None:
    before = (on.vault / "records.db").read_bytes()
    assert on.run("vault", "backup").code == 0
    rekeyed = on.run("vault", "rekey", "--why", "routine")
    assert (rekeyed.code, rekeyed.document["backups_removed"]) == (0, 1)
    assert (on.vault / "records.db").read_bytes()[:4096] != before[:4096]
    assert on.run("case", "show", on.case, name=OFFICER).code == 0
    assert on.run("vault", "verify", "--full").code == 0
    assert refused(on.run("vault", "rekey", "--why", "routine", name=OFFICER), "officer.not_allowed")


def test_a_key_and_a_pair_of_headquarters_come_later(on: Program) -> None:
    one, two = age.new_identity().recipient, age.new_identity().recipient
    assert one in on.run("vault", "headquarters-key", one).document["headquarters_keys"]
    assert refused(on.run("vault", "headquarters-key", one), "vault.key_known")
    assert refused(on.run("vault", "headquarters-key", two, name=OFFICER), "officer.not_allowed")
    assert refused(on.run("vault", "recovery-pair", one, one), "recovery.persons")
    assert refused(on.run("vault", "headquarters-key", two, name=ADMINISTRATOR), "officer.not_allowed")
    assert on.run("vault", "headquarters-key", one, "--remove").document["headquarters_keys"] == [
        HEADQUARTERS.recipient
    ]
    assert refused(on.run("vault", "headquarters-key", HEADQUARTERS.recipient, "--remove"), "vault.last_key")
    assert on.run("vault", "backup").code == 0
    paired = on.run("vault", "recovery-pair", one, two)
    assert (paired.code, paired.document["backups_removed"]) == (0, 1)
    assert refused(on.run("vault", "recovery-pair", one, two, "--remove"), "vault.last_key")
    assert on.run("vault", "recovery-pair", two, one).code == 0
    assert on.run("vault", "recovery-pair", one, two, "--remove").code == 0
    quantum = [age.new_identity(post_quantum=True).recipient for _ in range(2)]
    assert refused(on.run("vault", "headquarters-key", *quantum), "age.mixed_recipients")
    assert on.run("vault", "headquarters-key", *quantum, "--only").document["headquarters_keys"] == quantum
    assert refused(on.run("vault", "headquarters-key", *quantum, "--only"), "vault.key_known")


def test_the_key_that_signs_receipts_is_set_by_who_keeps_the_keys(on: Program, tmp_path: Path) -> None:
    key = sshsig.new_key("headquarters").public
    assert refused(on.run("vault", "receipt-key", "ssh-ed25519 nonsense"), "signature.bad_public_key")
    assert refused(on.run("vault", "receipt-key", key, name=OFFICER), "officer.not_allowed")
    (tmp_path / "hq.pub").write_text(key, "ascii")
    assert on.run("vault", "receipt-key", tmp_path / "hq.pub").document == {"receipt_key": sshsig.fingerprint(key)}
    assert refused(on.run("vault", "receipt-key", key), "vault.key_known")
    (tmp_path / "other").mkdir()
    made = Program(tmp_path / "other")
    create = ("vault", "create", "--prefix", "RU", "--receipt-key")
    assert refused(made.run(*create, "ssh-ed25519 nonsense"), "signature.bad_public_key")
    assert not made.vault.exists()


def test_the_record_of_actions_is_listed_filtered_and_written(on: Program, tmp_path: Path) -> None:
    assert refused(on.run("vault", "audit", "list", name=ADMINISTRATOR), "officer.not_allowed")
    listed = on.run("vault", "audit", "list", "--case", on.case, "--limit", "3").document["entries"]
    assert len(listed) == 3
    assert {entry["subject"] for entry in listed} == {on.case}
    before = on.run("vault", "audit", "list", "--case", on.case, "--before", str(listed[-1]["sequence"]))
    assert all(entry["sequence"] < listed[-1]["sequence"] for entry in before.document["entries"])
    unlocked = on.run("vault", "audit", "list", "--action", "unlocked", "--officer", OFFICER).document["entries"]
    assert {(entry["action"], entry["officer_name"]) for entry in unlocked} == {("unlocked", OFFICER)}
    assert on.run("vault", "audit", "list", "--until", "2020-01-01").document["entries"] == []
    assert refused(on.run("vault", "audit", "list", "--since", "yesterday"), "program.bad_date")
    written = on.run("vault", "audit", "export", "--to", tmp_path / "out")
    assert written.code == 0
    assert len(Path(written.document["path"]).read_text("utf-8-sig").splitlines()) == written.document["entries"] + 1
    signature = Path(written.document["signature"]).read_bytes()
    assert sshsig.signer(signature)


def test_wrong_tries_and_what_failed_are_listed_and_written(on: Program, tmp_path: Path) -> None:
    wrong = on.run("vault", "backups", passphrase=OTHER_PASSPHRASE + "x")
    assert refused(wrong, "vault.wrong_passphrase")
    (tmp_path / "stick").write_text("no folder", "utf-8")
    assert refused(on.run("vault", "backup", "--to", tmp_path / "stick"), "vault.write_failed")
    asked = ("--action", "refused", "--action", "failed")
    failed, tried = on.run("vault", "audit", "list", *asked).document["entries"]
    assert (failed["officer_name"], failed["detail"]) == (NAME, "backup_made vault.write_failed")
    assert (tried["officer"], tried["detail"][:24]) == ("", "wrong_passphrase unlock ")
    assert abs((datetime.fromisoformat(tried["detail"][24:]) - now()).total_seconds()) < 600
    written = on.run("vault", "audit", "export", "--to", tmp_path / "out", *asked).document
    text = Path(written["path"]).read_text("utf-8-sig")
    assert written["entries"] == 2
    assert failed["detail"] in text
    assert tried["detail"] in text
    assert "stick" not in text
    assert on.run("vault", "verify").code == 0


def test_the_policy_is_set_by_an_administrator_and_makes_cases_due(on: Program) -> None:
    change = ("vault", "policy", "set", "--keep-days")
    assert refused(on.run(*change, "undecided=1"), "officer.not_allowed")
    assert refused(on.run(*change, "undecided", name=ADMINISTRATOR), "policy.not_understood")
    assert refused(on.run(*change, "undecided=99999", name=ADMINISTRATOR), "policy.out_of_range")
    changed = on.run(*change, "undecided=30", "--idle-minutes", "5", "--erase", "yes", name=ADMINISTRATOR)
    assert changed.document == {"idle_minutes": 5, "erase": True, "keep_days": {"undecided": 30}}
    assert on.run(*change, "undecided=0", name=ADMINISTRATOR).document["keep_days"] == {}
    assert on.run("vault", "policy", "show").document["idle_minutes"] == 5
    assert on.run("vault", "due").document["cases"] == []
    assert refused(on.run("vault", "due", name=ADMINISTRATOR), "officer.not_allowed")


def test_a_case_is_deleted_and_old_backups_with_it(on: Program) -> None:
    assert on.run("vault", "backup").code == 0
    assert refused(on.run("vault", "delete"), "program.which_cases")
    assert refused(on.run("vault", "delete", on.case), "case.not_due")
    assert refused(on.run("vault", "delete", on.case, "--override", "court_order", name=OFFICER), "officer.not_allowed")
    assert on.run("vault", "delete", "--due").document["deleted"] == []
    gone = on.run("vault", "delete", on.case, "--override", "court_order")
    assert gone.code == 0
    assert [each["ref"] for each in gone.document["deleted"]] == [on.case]
    assert (gone.document["backups_removed"], gone.document["backup_problem"]) == (1, None)
    assert refused(on.run("case", "show", on.case), "case.unknown")
    assert gone.document["left"] == []
    assert [each["name"] for each in on.run("vault", "backups").document["backups"]] == [gone.document["backup"]]
    assert on.run("vault", "verify", "--full").code == 0


def test_the_keys_are_destroyed_only_by_policy_and_when_confirmed_twice(on: Program, tmp_path: Path) -> None:
    assert on.run("vault", "backup").code == 0
    device = on.run("vault", "audit", "export", "--to", tmp_path).document["check"].split(" -I ")[1].split()[0]
    assert refused(on.run("vault", "erase", "--device", device), "erase.not_confirmed")
    assert refused(on.run("vault", "erase", "--confirm", "--device", "another"), "erase.not_confirmed")
    assert refused(on.run("vault", "erase", "--confirm", "--device", device), "erase.not_allowed")
    assert on.run("vault", "policy", "set", "--erase", "yes", name=ADMINISTRATOR).code == 0
    assert on.run("vault", "erase", "--confirm", "--device", device, name=OFFICER).code == 0
    assert refused(on.run("case", "list"), "keyfile.erased")
    assert on.run("vault", "restore", on.vault, "--vault", tmp_path / "new").code == 2
    new = ("--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    asked = on.run("vault", "recover", "request", "--to", tmp_path, *new)
    answer = tmp_path / "answer.age"
    key = key_file(tmp_path, HEADQUARTERS.secret)
    assert program("hq", "answer-recovery", asked.document["path"], "--key", key, "--out", answer).code == 0
    assert on.run("vault", "recover", "answer", answer, *new).code == 0
    assert on.run("case", "show", on.case, "--why", "review", passphrase=NEW_PASSPHRASE).code == 0
