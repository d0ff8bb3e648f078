"""Nothing that was typed is in clear: every byte of the vault's folder is searched, open, locked and killed."""

import shutil
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.support.vaults import (
    CONSENT,
    DECISION,
    FORM,
    NOON,
    POST,
    REFERRAL,
    TEST_COST,
    FakeClock,
    a_case,
    an_answer,
    an_interview,
)
from victimid.crypto import age
from victimid.model.audit import Action
from victimid.model.bundle import Export
from victimid.store.vault import Vault, VaultSetup, create_vault, unlock_vault

MARKER = "ZQMARKERQZ"
NAME = f"{MARKER} officer"
PASSPHRASE = f"{MARKER} copper lanterns drifting"
Data = TypeVar("Data")


def marked(data: Data, **kept: Any) -> Data:
    """Return a record with the marker in every field that holds text, at any depth."""
    return replace(data, **{**_marks(data), **kept})  # type: ignore[type-var]  # only dataclasses are given


def _marks(data: Any) -> dict[str, Any]:
    return {field.name: _mark(getattr(data, field.name)) for field in fields(data)}


def _mark(value: Any) -> Any:
    match value:
        case Enum() | datetime() | bool() | int() | None:
            return value
        case str():
            return f"{MARKER} {value}"
        case tuple():
            return tuple(_mark(item) for item in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **_marks(value))
    raise AssertionError(value)


def filled(folder: Path) -> Vault:
    """Make a vault with the marker in every text of every record, and in the drafts."""
    recipient = age.new_identity().recipient
    setup = VaultSetup(marked(POST, prefix=POST.prefix), NAME, PASSPHRASE, (recipient,))
    vault = create_vault(folder, setup, FakeClock(), cost=TEST_COST)
    case, form, interview = marked(a_case()), marked(FORM), marked(an_interview())
    vault.cases.add(case)
    vault.interviews.keep_form(form)
    vault.interviews.begin(interview)
    vault.interviews.save_answer(interview.id, marked(an_answer()), MARKER, MARKER)
    vault.drafts.keep(case.ref, MARKER, MARKER * 500)
    vault.interviews.move(interview.id, MARKER, MARKER, NOON)
    vault.decisions.record(marked(DECISION))
    vault.consents.record(marked(CONSENT))
    vault.referrals.record(marked(REFERRAL))
    export = marked(Export(1, "a" * 64, 1, NOON, "officer-1"))
    vault.exports.record(export, vault.exports.changed_cases(), MARKER)
    vault.audit.append(Action.CASE_VIEWED, MARKER, MARKER, MARKER)
    return vault


def assert_nothing_in_clear(folder: Path) -> None:
    """Search names and bytes of every file for the marker in the encodings it could have."""
    traces = [MARKER.encode("utf-8"), MARKER.lower().encode("utf-8"), MARKER.encode("utf-16-le"), MARKER[2:8].encode()]
    searched = 0
    for path in folder.rglob("*"):
        content = str(path.name).encode() + path.read_bytes()
        searched += len(content)
        assert [trace for trace in traces if trace in content] == [], path.name
    assert searched > 100_000


def test_the_search_finds_what_is_in_clear(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text("x" * 100_000 + MARKER)
    with pytest.raises(AssertionError):
        assert_nothing_in_clear(tmp_path)


def test_nothing_typed_is_in_clear_while_open_after_a_kill_and_when_locked(tmp_path: Path) -> None:
    folder, killed = tmp_path / "vault", tmp_path / "killed"
    vault = filled(folder)
    assert (folder / "records.db-wal").stat().st_size > 10_000
    assert_nothing_in_clear(folder)
    shutil.copytree(folder, killed)
    vault.lock()
    assert_nothing_in_clear(folder)
    again = unlock_vault(killed, NAME, PASSPHRASE, FakeClock(), floor=TEST_COST)
    assert again.drafts.read(f"{MARKER} RU-7K2M", MARKER) == MARKER * 500
    again.lock()
    assert_nothing_in_clear(killed)


def test_a_wrong_try_leaves_nothing_in_clear(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    filled(folder).lock()
    with pytest.raises(Exception, match=r"vault\.wrong_passphrase") as refused:
        unlock_vault(folder, f"{MARKER} nobody", f"{MARKER} guess", FakeClock(), floor=TEST_COST)
    assert MARKER not in str(refused.value)
    assert_nothing_in_clear(folder)
