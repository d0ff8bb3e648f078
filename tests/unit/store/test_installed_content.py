"""Installed content in the vault: one pack at a time, found by the check where altered, carried by a salvage."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.damaged_vaults import to_damage
from tests.support.vaults import NOON, a_case, an_interview, new_vault, reopened
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.installed_content import Installed, PackForm
from victimid.store.vault import Vault

SOUND, PICTURE = b"a recorded question", b"a picture"
PACK = Installed(3, "c" * 64, NOON, "ssh-ed25519 first", NOON, "officer-1")
SERVICES = '[[service]]\nid = "cranes"\n'


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def a_form(form_id: str, *media: bytes) -> tuple[PackForm, str]:
    """Return a form whose text names media."""
    text = f'<h:html id="{form_id}">' + "".join(f'<media sha256="{sha256(each)}"/>' for each in media)
    return PackForm(form_id, f"Talk: {form_id}", "1", ("English (en)", "Español (es)"), sha256(text.encode())), text


HARBOUR, BORDER = a_form("harbour", SOUND), a_form("border", SOUND, PICTURE)
BOTH = {sha256(each): each for each in (SOUND, PICTURE)}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    yield made
    made.lock()


def install(vault: Vault, number: int, *forms: tuple[PackForm, str], services: str = SERVICES) -> None:
    vault.content.install(replace(PACK, number=number), services, dict(forms), BOTH)


def flaws(vault: Vault) -> list[tuple[str, object]]:
    return [(flaw.code, flaw.fields.get("table")) for flaw in vault.verify(full=False).flaws]


def kept(vault: Vault) -> tuple[set[str], set[str]]:
    """Return the ids of the forms and the hashes of the media in the vault."""
    forms = {form_id for (form_id,) in vault._database.rows("SELECT id FROM form")}
    return forms, {media for (media,) in vault._database.rows("SELECT sha256 FROM form_media")}


def test_before_the_first_pack_there_is_nothing(vault: Vault) -> None:
    assert (vault.content.current(), vault.content.services(), vault.content.forms()) == (None, "", ())
    assert flaws(vault) == []


def test_a_pack_is_kept_as_it_came_and_stands_in_the_record(vault: Vault, tmp_path: Path) -> None:
    install(vault, 3, HARBOUR, BORDER)
    vault.lock()
    again = reopened(tmp_path / "vault")
    assert again.content.current() == PACK
    assert again.content.services() == SERVICES
    assert again.content.forms() == (HARBOUR[0], BORDER[0])
    assert again.interviews.form(BORDER[0].sha256).xform == BORDER[1]
    assert again.form_media.read(sha256(SOUND)) == SOUND
    [entry] = again.audit.entries(9, AuditQuery(actions=(Action.CONTENT_INSTALLED,)))
    assert (entry.officer, entry.subject, entry.detail) == ("officer-1", "", "number=3 sha256=cccccccccccccccc")
    assert flaws(again) == []
    again.lock()


def test_another_pack_takes_its_place_as_a_whole_and_only_what_is_needed_stays(vault: Vault) -> None:
    install(vault, 3, HARBOUR, BORDER)
    assert kept(vault) == ({"harbour", "border"}, set(BOTH))
    install(vault, 4, HARBOUR, services="")
    assert (vault.content.services(), vault.content.forms()) == ("", (HARBOUR[0],))
    assert kept(vault) == ({"harbour"}, {sha256(SOUND)})
    assert flaws(vault) == []


def test_a_form_that_an_interview_runs_on_stays_with_its_media_until_that_is_gone(vault: Vault) -> None:
    install(vault, 3, BORDER)
    vault.cases.add(a_case())
    vault.interviews.begin(replace(an_interview(), form_id="border", form_sha256=BORDER[0].sha256))
    install(vault, 4)
    assert vault.content.forms() == ()
    assert kept(vault) == ({"border"}, set(BOTH))
    vault._database.execute("DELETE FROM interview")
    install(vault, 5)
    assert kept(vault) == (set(), set())


@pytest.mark.parametrize(
    ("number", "code", "fields"),
    [
        (2, "content.older", {"number": 2, "installed": 3}),
        (3, "content.installed_already", {"number": 3}),
    ],
)
def test_an_older_pack_or_the_same_changes_nothing(
    vault: Vault, number: int, code: str, fields: dict[str, object]
) -> None:
    install(vault, 3, HARBOUR)
    before = vault.audit.standing()
    with pytest.raises(VictimIDError) as refused:
        install(vault, number, BORDER)
    assert (refused.value.code, refused.value.fields) == (code, fields)
    assert (vault.content.current(), vault.content.forms()) == (PACK, (HARBOUR[0],))
    assert vault.audit.standing() == before


def test_packs_of_another_key_are_numbered_by_themselves(vault: Vault) -> None:
    install(vault, 3, HARBOUR)
    other = replace(PACK, number=1, signed_by="ssh-ed25519 second")
    vault.content.install(other, "", dict([BORDER]), BOTH)
    assert vault.content.current() == other


def test_what_fails_on_the_way_leaves_the_pack_before(vault: Vault) -> None:
    install(vault, 3, HARBOUR)
    with pytest.raises(VictimIDError):
        vault.content.install(replace(PACK, number=4), SERVICES, dict([BORDER]), {sha256(SOUND): None})  # type: ignore[dict-item]  # what the database refuses
    assert (vault.content.current(), vault.content.forms()) == (PACK, (HARBOUR[0],))
    assert flaws(vault) == []


@pytest.mark.parametrize(
    "altered",
    [
        "UPDATE content_pack SET services = replace(services, 'cranes', 'wolves')",
        "UPDATE content_pack SET number = 2",
        "UPDATE content_form SET languages = '[]'",
        "UPDATE form SET title = 'another'",
        "UPDATE form SET xform = xform || ' '",
        "DELETE FROM content_form",
        "DELETE FROM content_pack",
    ],
)
def test_what_was_altered_is_found(vault: Vault, altered: str) -> None:
    install(vault, 3, HARBOUR)
    vault._database.execute(altered)
    assert flaws(vault) == [("audit.row_altered", "content_pack")]


def test_a_pack_put_in_without_an_entry_and_an_old_one_put_back_are_found(vault: Vault) -> None:
    database = vault._database
    database.execute(
        "INSERT INTO content_pack VALUES (1, 9, 'c', '2026-11-21T12:00:00Z', 'k', '2026-11-21T12:00:00Z', 'o', 's')"
    )
    assert flaws(vault) == [("audit.row_altered", "content_pack")]
    database.execute("DELETE FROM content_pack")
    install(vault, 3)
    [old] = database.rows("SELECT * FROM content_pack")
    install(vault, 4)
    database.execute("DELETE FROM content_pack")
    database.execute("INSERT INTO content_pack VALUES (?, ?, ?, ?, ?, ?, ?, ?)", old)
    assert flaws(vault) == [("audit.row_altered", "content_pack")]


FORMS = {form.id: (form, text) for form, text in (HARBOUR, BORDER, a_form("market", PICTURE), a_form("plain"))}
STEPS = st.lists(
    st.one_of(st.lists(st.sampled_from(sorted(FORMS)), unique=True), st.sampled_from(["begin", "delete"])), max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_came_before_just_what_the_pack_and_interviews_need_is_there(
    vault: Vault, steps: list[list[str] | str]
) -> None:
    current = vault.content.current()
    number = current.number if current else 0
    vault._database.execute("DELETE FROM interview")
    for step in [*steps, ["harbour"]]:
        offered = vault.content.forms()
        if step == "delete":
            vault._database.execute("DELETE FROM interview")
        elif isinstance(step, list):
            number += 1
            install(vault, number, *(FORMS[each] for each in step))
            assert [form.id for form in vault.content.forms()] == step
        elif offered:
            begin(vault, offered[0])
    running = {FORMS[each][0].id for (each,) in vault._database.rows("SELECT form_id FROM interview")}
    forms, media = kept(vault)
    assert forms == running | {"harbour"}
    assert media == {each for each in BOTH if any(each in FORMS[form][1] for form in forms)}
    assert vault.content.content() == vault.content.noted()


def begin(vault: Vault, form: PackForm) -> None:
    if not vault._database.rows("SELECT 1 FROM cases"):
        vault.cases.add(a_case())
    begun = replace(an_interview(secrets.token_hex(8)), form_id=form.id, form_sha256=form.sha256)
    vault.interviews.begin(begun)


def test_a_salvage_brings_it_over(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    install(vault, 3, HARBOUR, BORDER)
    vault.back_up()
    vault.lock()
    damaged = to_damage(tmp_path / "vault", tmp_path / "damaged")
    told = damaged.salvaged(tmp_path / "new")
    assert (told.whole, told.checkup.flaws) == (True, ())
    salvaged = reopened(tmp_path / "new")
    assert salvaged.content.current() == PACK
    assert salvaged.content.forms() == (HARBOUR[0], BORDER[0])
    salvaged.lock()
