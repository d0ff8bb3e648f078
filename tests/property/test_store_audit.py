"""The hash of an audit entry is that of its canonical JSON, whatever is in it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.vaults import new_vault
from victimid.model.audit import Action
from victimid.store.moments import to_text
from victimid.store.vault import Vault

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    opened = new_vault(tmp_path_factory.mktemp("audit") / "vault")
    yield opened
    opened.lock()


@settings(deadline=None)
@given(st.sampled_from(Action), TEXT, TEXT, TEXT, TEXT, TEXT)
def test_an_entry_is_hashed_as_canonical_json(
    vault: Vault, action: Action, officer: str, subject: str, detail: str, content: str, case_state: str
) -> None:
    previous = vault.audit.head()
    entry = vault.audit.append(action, officer, subject, detail, content=content, case_state=case_state)
    hashed = {name: value for name, value in asdict(entry).items() if value or name not in {"content", "case_state"}}
    hashed |= {"at": to_text(entry.at), "previous": previous}
    del hashed["hash"]
    canonical = json.dumps(hashed, sort_keys=True, separators=(",", ":")).encode("ascii")
    assert entry.hash == hashlib.sha256(canonical).hexdigest()
    assert vault.audit.verify(entry.sequence - 1) == entry.sequence
