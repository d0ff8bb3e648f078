"""Who may do what: every use case tried by every role on own, handed-over and others' cases, on real vaults."""

import inspect
import pkgutil
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.use_cases import EVERY, READING, WRITING, Scene, outcome, scene_of, vault_of_three_roles
from victimid import app
from victimid.app.access import Access, Why
from victimid.app.desk import Desk
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.case_list import CaseFilter
from victimid.model.people import Role

OWN, HANDED, OTHER = "own", "handed over", "another's"
COLUMNS: Final = [(role, whose) for role in Role for whose in (OWN, HANDED, OTHER)]

# What each role may do with an own case, one handed over to them, another's; in the order of COLUMNS.
#                    officer                  supervisor                  administrator
CONTENTS: Final = "yes yes not_yours         yes yes reason_needed       not_allowed not_allowed not_allowed"
GIVE_AWAY: Final = "yes yes not_yours        yes yes yes                 not_allowed not_allowed not_allowed"
ANYBODY: Final = "yes yes yes                yes yes yes                 yes yes yes"
CASE_WORK: Final = "yes yes yes              yes yes yes                 not_allowed not_allowed not_allowed"
REVIEWING: Final = "not_allowed not_allowed not_allowed  yes yes reason_needed   not_allowed not_allowed not_allowed"
LEADING: Final = "not_allowed not_allowed not_allowed  yes yes yes       not_allowed not_allowed not_allowed"
SETTINGS: Final = "not_allowed not_allowed not_allowed  not_allowed not_allowed not_allowed  yes yes yes"
CARE: Final = "not_allowed not_allowed not_allowed  yes yes yes          yes yes yes"

TABLE: Final = {
    # What is recorded in a case
    "Access.case": CONTENTS,
    "attaching.keep": CONTENTS,
    "attaching.view": CONTENTS,
    "case_draft.keep": CONTENTS,
    "case_draft.read": CONTENTS,
    "form_choice.begin_interview": CONTENTS,
    "form_choice.case_language": CONTENTS,
    "interviewing.begin": CONTENTS,
    "interviewing.resume": CONTENTS,
    "Interviewing.add_instance": CONTENTS,
    "Interviewing.answer": CONTENTS,
    "Interviewing.attach": CONTENTS,
    "Interviewing.back": CONTENTS,
    "Interviewing.finish": CONTENTS,
    "Interviewing.go_to_section": CONTENTS,
    "Interviewing.keep_draft": CONTENTS,
    "Interviewing.next": CONTENTS,
    "Interviewing.remove_instance": CONTENTS,
    "Interviewing.skip": CONTENTS,
    "Interviewing.view": CONTENTS,
    "referral_preview.preview": CONTENTS,
    "referring.preview": CONTENTS,
    "referring.record_consent": CONTENTS,
    "referring.view": CONTENTS,
    "referring.write": CONTENTS,
    "summary.decide": CONTENTS,
    "summary.summarise": CONTENTS,
    "Interviewing.mark": CONTENTS,
    "linking.mark": CONTENTS,
    "Interviewing.unmark": CONTENTS,
    "linking.unmark": CONTENTS,
    "linking.of_answer": CONTENTS,
    "linking.of_case": CONTENTS,
    "handing_over.of_case": CONTENTS,
    "reviewing.view": CONTENTS,
    "reviewing.review": REVIEWING,
    # Cases as a whole
    "Access.open_other": LEADING,
    "Access.to_hand_over": GIVE_AWAY,
    "deleting.delete": LEADING,
    "deleting.due": LEADING,
    "Desk.open_case": CASE_WORK,
    "Desk.view": CASE_WORK,
    "Desk.counts": CASE_WORK,
    "Desk.page": CASE_WORK,
    "Desk.page of what is due": LEADING,
    "Desk.case": GIVE_AWAY,
    "handing_over.open_cases": CASE_WORK,
    "handing_over.kept_reason": GIVE_AWAY,
    "handing_over.keep_reason": GIVE_AWAY,
    "searching.find": CASE_WORK,
    "waiting.for_me": CASE_WORK,
    "export_records.of_cases": CASE_WORK,
    "export_records.of_laptop": CASE_WORK,
    "receipts.take": CASE_WORK,
    "exporting.write": CASE_WORK,
    "form_choice.begin_first_line": CASE_WORK,
    "handing_over.hand_over": GIVE_AWAY,
    # Officers, keys, policy, record of actions
    "actions_file.write": LEADING,
    "anchoring.anchors": CARE,
    "backing_up.check": CARE,
    "exporting.add_headquarters_key": LEADING,
    "exporting.remove_headquarters_key": LEADING,
    "exporting.replace_headquarters_keys": LEADING,
    "receipts.set_key": LEADING,
    "officers.disable": CARE,
    "officers.disable a supervisor": LEADING,
    "officers.enrol": CARE,
    "officers.give_passphrase": CARE,
    "officers.give_passphrase to a supervisor": LEADING,
    "officers.enrol a supervisor": LEADING,
    "recovering.end_rehearsal": CARE,
    "recovering.rehearse": CARE,
    "vault_care.accept_rollback": LEADING,
    "vault_care.actions": LEADING,
    "vault_care.add_recovery_pair": LEADING,
    "vault_care.remove_recovery_pair": LEADING,
    "content_packs.examine": SETTINGS,
    "content_packs.install": SETTINGS,
    "vault_care.change_policy": SETTINGS,
    "vault_care.check": CARE,
    "vault_care.rekey": CARE,
    # What shows nothing of a case, or is an officer's own
    "backing_up.due": ANYBODY,
    "backing_up.make": ANYBODY,
    "backing_up.make_if_due": ANYBODY,
    "backing_up.renewed": ANYBODY,
    "backing_up.view": ANYBODY,
    "content_packs.installed": ANYBODY,
    "receipts.key_is_set": ANYBODY,
    "directory.service": ANYBODY,
    "directory.services": ANYBODY,
    "erasing.erase": ANYBODY,
    "exporting.view": ANYBODY,
    "form_choice.load": ANYBODY,
    "form_choice.named": ANYBODY,
    "form_choice.offers": ANYBODY,
    "handing_over.receivers": ANYBODY,
    "officer_draft.keep": ANYBODY,
    "officer_draft.read": ANYBODY,
    "officers.change_passphrase": ANYBODY,
    "officers.everyone": ANYBODY,
    "officers.named": ANYBODY,
    "officers.names": ANYBODY,
    "officers.may_disable": ANYBODY,
    "officers.may_give_passphrase": ANYBODY,
    "officers.roles_to_give": ANYBODY,
    "recovering.rehearsal_due": ANYBODY,
    "recovering.view": ANYBODY,
    "searching.rebuilding": ANYBODY,
    "searching.tidy": ANYBODY,
    "upkeep.at_start": ANYBODY,
    "upkeep.now_and_then": ANYBODY,
    "vault_care.device": ANYBODY,
    "vault_care.look_over": ANYBODY,
    "vault_care.policy": ANYBODY,
}

MADE_OF_OTHERS: Final = {"demo.screen", "demo.refer"}
"""The invented journey: nothing but use cases of the table."""
ABOUT_ACCESS: Final = {
    "Access.may",
    "Access.require",
    "Access.lets_see",
    "Access.require_listed",
    "Access.require_own_passphrase",
    "Access.forget",
}
"""What asks and answers, and neither shows nor changes anything."""

Cases = dict[tuple[Role, str], tuple[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cases]:
    folder = tmp_path_factory.mktemp("roles")
    return folder / "vault", vault_of_three_roles(folder / "vault")


@pytest.fixture
def vault(made: tuple[Path, Cases], tmp_path: Path) -> Path:
    shutil.copytree(made[0], tmp_path / "vault")
    return tmp_path / "vault"


def tried(scene: Scene, folder: Path) -> Iterator[tuple[str, str]]:
    """Try every use case in turn, nothing seen before each."""
    for number, (name, use_case) in enumerate(EVERY.items()):
        yield name, outcome(use_case, scene.anew(folder / str(number)))


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=lambda column: " ".join(COLUMNS[column]))
def test_each_role_may_do_what_the_table_says(
    made: tuple[Path, Cases], vault: Path, tmp_path: Path, column: int
) -> None:
    role, whose = COLUMNS[column]
    with scene_of(vault, role, made[1][role, whose]) as scene:
        found = dict(tried(scene, tmp_path / "out"))
    assert found == {name: expected.split()[column] for name, expected in TABLE.items()}


def test_a_given_passphrase_lets_nobody_do_what_asks_for_a_right(
    vault: Path, tmp_path: Path, made: tuple[Path, Cases]
) -> None:
    with scene_of(vault, Role.SUPERVISOR, made[1][Role.SUPERVISOR, OWN]) as scene:
        own = scene.session.vault.officer
        scene.session.vault.officer = replace(own, passphrase_given=True)
        for number, (name, use_case) in enumerate(EVERY.items()):
            if TABLE[name] is not ANYBODY:
                with pytest.raises(VictimIDError, match=r"officer\.passphrase_given"):
                    use_case(scene.anew(tmp_path / "out" / str(number)))
        scene.session.vault.officer = own


def test_the_desk_lists_own_cases_and_for_a_supervisor_all(made: tuple[Path, Cases], vault: Path) -> None:
    cases = made[1]
    with scene_of(vault, Role.OFFICER, cases[Role.OFFICER, OWN]) as officer:
        counts, listed = Desk(officer.session).counts(), Desk(officer.session).page(CaseFilter()).cases
    assert {case.ref for case in listed} == {cases[Role.OFFICER, whose][0] for whose in (OWN, HANDED)}
    assert counts.unfinished == 2
    with scene_of(vault, Role.SUPERVISOR, cases[Role.SUPERVISOR, OWN]) as supervisor:
        listed = Desk(supervisor.session).page(CaseFilter()).cases
    assert {case.ref for case in listed} == {ref for ref, _ in cases.values()}


@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whoever_reads_or_changes_a_case_or_is_refused_stands_in_the_record(
    made: tuple[Path, Cases], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cases = made[1]
    folder = tmp_path_factory.mktemp("recorded")
    shutil.copytree(made[0], folder / "vault")
    role = data.draw(st.sampled_from(list(Role)))
    steps = st.tuples(st.sampled_from(sorted({**READING, **WRITING})), st.sampled_from(sorted(cases.values())))
    drawn = data.draw(st.lists(steps, min_size=1, max_size=6))
    with scene_of(folder / "vault", role, cases[role, OWN]) as scene:
        for number, (name, case) in enumerate(drawn):
            there = Scene(scene.session, *case, scene.colleague, scene.folder).anew(folder / str(number))
            found, noted = noted_by(there, name)
            wanted = {"yes": {Action.CASE_VIEWED}, "reason_needed": set[Action]()}.get(found, {Action.REFUSED})
            assert noted >= wanted, (name, found)
            assert found == "yes" or noted == wanted, (name, found)


def noted_by(scene: Scene, name: str) -> tuple[str, set[Action]]:
    """Try a use case; return what came of it, and what then stands in the record of this officer and this case."""
    audit = scene.session.vault.audit
    before = audit.standing().sequence
    found = outcome(EVERY[name], scene)
    query = AuditQuery(officer=scene.session.officer_id, subject=scene.ref)
    return found, {entry.action for entry in audit.entries(100, query) if entry.sequence > before}


def test_a_supervisor_who_says_why_is_let_in_and_the_reason_stands(made: tuple[Path, Cases], vault: Path) -> None:
    ref, interview = made[1][Role.SUPERVISOR, OTHER]
    with scene_of(vault, Role.SUPERVISOR, (ref, interview)) as scene:
        scene.session.access.open_other(ref, Why.DANGER)
        assert scene.talk().view().case_ref == ref
        [entry] = scene.session.vault.audit.entries(1, AuditQuery(actions=(Action.CASE_VIEWED,)))
    assert (entry.subject, entry.detail) == (ref, "danger")


def test_an_interview_on_screen_ends_for_whoever_handed_its_case_over(made: tuple[Path, Cases], vault: Path) -> None:
    with scene_of(vault, Role.OFFICER, made[1][Role.OFFICER, OWN]) as scene:
        talk = scene.talk()
        assert talk.view().case_ref == scene.ref
        assert outcome(EVERY["handing_over.hand_over"], scene) == "yes"
        assert outcome(lambda _: talk.view(), scene) == "not_yours"


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(app.__path__):
        if not found.ispkg:
            yield import_module(f"victimid.app.{found.name}")


def takes_a_session(function: object) -> bool:
    """Tell whether something has to be given a session, by the name or the type of what it takes."""
    if not inspect.isfunction(function):
        return False
    parameters = inspect.signature(function).parameters.values()
    return any(parameter.name == "session" or parameter.annotation in (Session, "Session") for parameter in parameters)


def use_cases_in(module: ModuleType) -> Iterator[str]:
    """Yield every public function of a module that takes a session, and every public method of what is built of one."""
    short = module.__name__.rpartition(".")[2]
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
            continue
        if takes_a_session(thing):
            yield f"{short}.{name}"
        elif inspect.isclass(thing) and takes_a_session(vars(thing).get("__init__")) and name not in INNER:
            yield from (f"{name}.{method}" for method in public_methods(thing))


INNER: Final = {"Running"}
"""Built by use cases for themselves; no front end may import it, see the guard of the layers."""


def public_methods(kind: type) -> list[str]:
    return [name for name, thing in vars(kind).items() if inspect.isfunction(thing) and not name.startswith("_")]


def test_the_table_knows_every_use_case() -> None:
    found = {name for module in modules() for name in use_cases_in(module)}
    found |= {f"Access.{method}" for method in public_methods(Access)}
    assert {"Interviewing.view", "Desk.view", "summary.summarise"} <= found
    assert found - set(TABLE) == MADE_OF_OTHERS | ABOUT_ACCESS
    assert {name.partition(" ")[0] for name in TABLE} <= found
    assert set(TABLE) == set(EVERY)
    assert {f"Interviewing.{method}" for method in public_methods(Interviewing)} <= set(TABLE)
