"""A database written by every earlier schema opens with all that was in it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.vaults import CONSENT, DECISION, NOON, REF, REFERRAL, FakeClock, reopened
from victimid.crypto import header, keyfile
from victimid.crypto.secret import DataKey
from victimid.model.audit import Action
from victimid.model.finding import Outcome
from victimid.store.audit import Audit
from victimid.store.case_log import CaseLog
from victimid.store.cases import Cases
from victimid.store.connection import Database, open_database
from victimid.store.consents import Consents
from victimid.store.decisions import Decisions
from victimid.store.drafts import Drafts
from victimid.store.exports import Exports
from victimid.store.interviews import Interviews
from victimid.store.migrations import STEPS, migrate, schema_version
from victimid.store.officers import Officers
from victimid.store.referrals import Referrals

WRITTEN = Path(__file__).parents[2] / "data" / "vaults"
KEY = bytes(range(32))


@pytest.fixture(params=sorted(path.name for path in WRITTEN.glob("schema-*.sqlcipher")))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    copy = tmp_path / "records.db"
    shutil.copy(WRITTEN / request.param, copy)
    opened = open_database(copy, DataKey(bytearray(KEY)))
    migrate(opened)
    yield opened
    opened.close()


def test_there_is_a_file_of_every_schema_but_this_one() -> None:
    written = {path.name for path in WRITTEN.glob("schema-*.sqlcipher")}
    assert written == {f"schema-{number}.sqlcipher" for number in range(1, len(STEPS))}


def test_a_whole_vault_of_before_opens_and_its_slots_get_their_age(tmp_path: Path) -> None:
    """Its header does not say when slots were written; the first anchor notes it."""
    for name, before in (("header.json", "header-1.json"), ("records.db", "schema-1.sqlcipher")):
        shutil.copy(WRITTEN / before, tmp_path / name)
    slots = [slot.id for slot in header.read(tmp_path / "header.json").slots]
    with closing(open_database(tmp_path / "records.db", DataKey(bytearray(KEY)))) as database:
        for number, slot_id in enumerate(slots, start=1):
            database.execute("UPDATE officer SET slot_id = ? WHERE id = ?", (slot_id, f"officer-{number}"))
    for _ in range(2):
        vault = reopened(tmp_path)
        assert vault.officer.id == "officer-1"
        vault.lock()
    state = keyfile.state(tmp_path / "header.json", DataKey(bytearray(KEY)))
    assert (state.slots, state.revision) == (dict.fromkeys(slots, 7), 11)


def test_it_comes_up_to_this_schema_and_is_whole(database: Database) -> None:
    assert schema_version(database) == len(STEPS)
    assert database.value("PRAGMA integrity_check") == "ok"
    assert database.rows("PRAGMA foreign_key_check") == []


def test_its_chain_holds_and_goes_on(database: Database) -> None:
    audit = Audit(database, FakeClock())
    before = audit.verify()
    audit.append(Action.CASE_VIEWED, "officer-1", REF, content="a" * 64, case_state="b" * 64)
    assert audit.verify() == before + 1 == 23


def test_every_record_is_there(database: Database) -> None:
    audit = Audit(database, FakeClock())
    log = CaseLog(database, audit)
    interviews = Interviews(database, log)
    assert [officer.name for officer in Officers(database, audit).all()] == ["Ana Example", "Eva Sample"]
    assert Decisions(database, log).of_case(REF) == (DECISION,)
    assert Consents(database, log).of_case(REF) == (CONSENT,)
    assert Referrals(database, log).of_case(REF) == (REFERRAL,)
    assert [answer.revision for answer in interviews.answers("interview-1")] == [2, 1, 1, 1, 1]
    assert interviews.answers("interview-1")[2].own_words == "Её паспорт у Семёна"
    assert interviews.get("interview-1").finished_at is not None
    assert Drafts(database).read("RU-4BCD", "interview-2 /data/q1") == "half a word"


def test_what_is_new_is_filled_from_what_was_known(database: Database) -> None:
    audit = Audit(database, FakeClock())
    assert [Cases(database, audit).get(ref).owner for ref in (REF, "RU-4BCD")] == ["officer-1", "officer-2"]
    assert database.rows("SELECT outcome FROM cases WHERE ref = ?", (REF,)) == [(Outcome.REFER.value,)]
    [export] = Exports(database, audit).all()
    assert (export.sequence, export.received_at, export.audit_head) == (1, NOON, "")
    assert [ref for ref, _ in Exports(database, audit).changed_cases()] == ["RU-4BCD"]
