"""The audit of a large vault, written afterwards: what the store would have noted had it recorded every copied row.

The copies of a link, made to differ so that matches are as rare as they are, become what their answers say.
"""

from collections.abc import Iterator

from victimid.model.audit import Action
from victimid.store.answers import Answers
from victimid.store.audit import _INSERT, _link
from victimid.store.case_log import CaseLog, state_of
from victimid.store.connection import Row
from victimid.store.contents import digest
from victimid.store.vault import Vault

_MISSING = """SELECT ref, id, opened_at, opened_by FROM cases JOIN interview ON case_ref = ref
    WHERE NOT EXISTS (SELECT 1 FROM audit WHERE subject = ref) ORDER BY opened_at"""
_TRUE_LINKS = """UPDATE link SET fingerprint = made.fingerprint FROM
    (SELECT DISTINCT kind, value, fingerprint FROM link WHERE case_ref IN (SELECT subject FROM audit)) AS made
    WHERE made.kind = link.kind AND made.value = link.value"""


def write_audit(vault: Vault) -> None:
    """Note every case that the audit does not know, with all its answers, in one chain with the entries there are."""
    with vault.together():
        vault._database.execute(_TRUE_LINKS)
        vault._database._connection.executemany(_INSERT, _chained(vault))


def _chained(vault: Vault) -> Iterator[Row]:
    sequence, previous = vault.audit.standing().sequence, vault.audit.head()
    for facts, content, case_state in _entries(vault):
        sequence += 1
        previous = _link((sequence, *facts, "", content, case_state), previous)
        yield (sequence, *facts, previous, content, case_state)


def _entries(vault: Vault) -> Iterator[tuple[Row, str, str]]:
    database = vault._database
    answers = Answers(database, CaseLog(database, vault.audit))
    for ref, interview_id, at, by in database.rows(_MISSING):
        yield (at, by, Action.CASE_OPENED.value, ref, ""), "", state_of(database, ref)
        for answer in answers.every(interview_id):
            detail = f"{interview_id} {answer.ref} {answer.revision}"
            yield (at, by, Action.ANSWERED.value, ref, detail), digest(answer), ""
