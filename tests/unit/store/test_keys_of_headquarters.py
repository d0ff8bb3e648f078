"""The keys of headquarters: one person or two recover a vault; keys give way to others, but never the last."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.vaults import a_case, new_vault, reopened
from victimid.crypto import age, header
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.policy import Policy
from victimid.store.vault import Vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_vault(tmp_path / "vault")
    made.cases.add(a_case())
    made.lock()
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    opened = reopened(folder)
    yield opened
    opened.lock()


def test_one_person_or_two_recover_the_vault(vault: Vault, folder: Path) -> None:
    alone, first, second = (age.new_identity() for _ in range(3))
    vault.keys.add_headquarters_key(alone.recipient, vault.officer.id)
    [way] = header.read(folder / "header.json").recovery
    assert vault.keys._key.material().hex() in age.decrypt(way.file, alone.secret).decode()
    vault.keys.add_recovery_pair(first.recipient, second.recipient, vault.officer.id)
    [way] = header.read(folder / "header.json").recovery
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(way.file, alone.secret)
    inner = age.decrypt(way.file, first.secret)
    assert vault.keys._key.material().hex() in age.decrypt(inner, second.secret).decode()
    assert vault.recovery_keys == (alone.recipient,)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        vault.keys.add_headquarters_key(alone.recipient, vault.officer.id)
    assert vault.verify().sound


def test_a_key_of_headquarters_is_replaced_but_the_last_is_never_removed(vault: Vault, folder: Path) -> None:
    old, new, unknown = (age.new_identity() for _ in range(3))
    by = vault.officer.id
    vault.keys.add_headquarters_key(old.recipient, by)
    with pytest.raises(VictimIDError, match=r"vault\.last_key"):
        vault.keys.remove_headquarters_key(old.recipient, by)
    with pytest.raises(VictimIDError, match=r"vault\.key_unknown"):
        vault.keys.remove_headquarters_key(unknown.recipient, by)
    vault.keys.add_headquarters_key(new.recipient, by)
    vault.keys.remove_headquarters_key(f" {old.recipient}\n", by)
    assert vault.recovery_keys == (new.recipient,)
    [way] = header.read(folder / "header.json").recovery
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        age.decrypt(way.file, old.secret)
    assert vault.keys._key.material().hex() in age.decrypt(way.file, new.secret).decode()
    removed = vault.audit.entries(1)[0]
    assert (removed.action, removed.detail) == (Action.HEADQUARTERS_KEY_REMOVED, age.fingerprint(old.recipient))
    assert vault.verify().sound


def test_keys_of_headquarters_give_way_to_keys_of_another_kind_at_once(vault: Vault, folder: Path) -> None:
    old = age.new_identity()
    quantum = [age.new_identity(post_quantum=True) for _ in range(2)]
    recipients, by = [identity.recipient for identity in quantum], vault.officer.id
    vault.keys.add_headquarters_key(old.recipient, by)
    with pytest.raises(VictimIDError, match=r"age\.mixed_recipients"):
        vault.keys.replace_headquarters_keys([old.recipient, *recipients], by)
    with pytest.raises(VictimIDError, match=r"age\.no_recipient"):
        vault.keys.replace_headquarters_keys([], by)
    vault.keys.replace_headquarters_keys([*recipients, recipients[0]], by)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        vault.keys.replace_headquarters_keys(recipients, by)
    assert vault.recovery_keys == tuple(recipients)
    ways = header.read(folder / "header.json").recovery
    opened = [age.decrypt(way.file, key.secret).decode() for way, key in zip(ways, quantum, strict=True)]
    assert all(vault.keys._key.material().hex() in text for text in opened)
    with pytest.raises(VictimIDError, match=r"age\."):
        age.decrypt(ways[0].file, old.secret)
    assert vault.verify().sound
    noted = [(entry.action, entry.detail) for entry in vault.audit.entries(3)]
    added = [(Action.HEADQUARTERS_KEY_ADDED, age.fingerprint(key)) for key in reversed(recipients)]
    assert noted == [*added, (Action.HEADQUARTERS_KEY_REMOVED, age.fingerprint(old.recipient))]


def test_two_persons_are_replaced_but_never_by_one(vault: Vault, folder: Path) -> None:
    alone, *persons = (age.new_identity() for _ in range(5))
    first, second, third, fourth = (person.recipient for person in persons)
    by = vault.officer.id
    vault.keys.add_headquarters_key(alone.recipient, by)
    vault.keys.add_recovery_pair(first, second, by)
    with pytest.raises(VictimIDError, match=r"vault\.last_key"):
        vault.keys.remove_recovery_pair(first, second, by)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        vault.keys.add_recovery_pair(first, second, by)
    vault.keys.add_recovery_pair(third, fourth, by)
    with pytest.raises(VictimIDError, match=r"vault\.key_unknown"):
        vault.keys.remove_recovery_pair(first, third, by)
    vault.keys.remove_recovery_pair(first, second, by)
    [way] = header.read(folder / "header.json").recovery
    inner = age.decrypt(way.file, persons[2].secret)
    assert vault.keys._key.material().hex() in age.decrypt(inner, persons[3].secret).decode()
    vault.policies.change(Policy(), by)
    assert vault.verify().sound
    vault._database.execute("INSERT INTO recovery_pair (first, second) VALUES (?, ?)", (first, second))
    assert {flaw.code for flaw in vault.verify().flaws} == {"audit.row_altered"}
