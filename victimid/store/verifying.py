"""Checking a vault against its own audit, and the audit against what it was anchored in.

Found: entries or records edited, deleted, put in another order, cut off at the end, an old page put back, and a
database older than an anchor. Not found: a whole folder put back as it once was, unless a bundle or a receipt that
is younger is laid beside it; a record that was made anew, hashed and signed with the data key, which any officer's
passphrase gives, unless a bundle written before is laid beside it; and what was done after the last anchor, some
minutes, where the program was killed and its journal taken away.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from victimid.crypto import sshsig
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.model.bundle import Export
from victimid.model.checkup import Check, Checkup, Flaw, OutsideAnchor
from victimid.store.answers import Answers
from victimid.store.audit import Audit, sealed_message
from victimid.store.case_log import CaseLog, state_of
from victimid.store.connection import Database
from victimid.store.exports import Exports
from victimid.store.laptop import Laptop
from victimid.store.page_check import page_check
from victimid.store.recorded import Recorded
from victimid.store.search_upkeep import SearchUpkeep
from victimid.store.watching import Progress

# Entries too many in an index of some rows only are not what SQLite looks for.
_WHOLE: Final = (
    """SELECT (SELECT count(*) FROM cases INDEXED BY cases_unfinished WHERE open_interview <> '')
        = (SELECT count(*) FROM cases NOT INDEXED WHERE open_interview <> '')""",
    """SELECT (SELECT count(*) FROM cases INDEXED BY cases_to_export
            WHERE revision > exported_revision AND practice = 0)
        = (SELECT count(*) FROM cases NOT INDEXED WHERE revision > exported_revision AND practice = 0)""",
    """SELECT (SELECT count(*) FROM cases INDEXED BY cases_handed_over WHERE owner <> opened_by)
        = (SELECT count(*) FROM cases NOT INDEXED WHERE owner <> opened_by)""",
)
SLOW: Final = frozenset({Check.ATTACHMENTS, Check.PAGES})

Found = Iterator[Flaw | int]
"""Flaws as they are found, and in between how many things were compared."""


class Verifying:
    """The checks of one vault; ``anchors`` are what the header, bundles and receipts say about it."""

    def __init__(
        self,
        database: Database,
        audit: Audit,
        key: DataKey,
        anchor: Standing | None,
        outside: Sequence[OutsideAnchor] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._audit = audit
        self._key = key
        self._anchor = anchor
        self._outside = outside
        self._cancelled = cancelled
        self._recorded = Recorded(database, audit)

    def run(self, progress: Progress = lambda _done, _all: None, *, full: bool = True) -> Checkup:
        """Run every check, telling all along how many of how many are done; what ``progress`` raises stops it.

        What is not ``full`` leaves out what reads every byte.
        """
        compared: dict[Check, int] = {}
        flaws: list[Flaw] = []
        checks = {check: find for check, find in self._checks().items() if full or check not in SLOW}
        for done, (check, find) in enumerate(checks.items()):
            compared[check] = 0
            for found in _to_the_end(check, find):
                progress(done, len(checks))
                if isinstance(found, Flaw):
                    flaws.append(found)
                else:
                    compared[check] += found
            progress(done + 1, len(checks))
        return Checkup(compared, tuple(flaws), self._uncovered())

    def _uncovered(self) -> int:
        try:
            return self._recorded.all_uncovered()
        except VictimIDError:
            return 0

    def _checks(self) -> dict[Check, Callable[[], Found]]:
        return {
            Check.CHAIN: self._chain,
            Check.SEALS: self._seals,
            Check.ANCHORS: self._anchors,
            Check.CASES: self._cases,
            Check.RECORDS: self._records,
            Check.OTHERS: self._others,
            Check.ATTACHMENTS: self._attachments,
            Check.SEARCH: self._search,
            Check.PAGES: self._pages,
        }

    def _chain(self) -> Found:
        try:
            yield self._audit.verify()
        except VictimIDError as error:
            yield Flaw(Check.CHAIN, error.code, error.fields)

    def _seals(self) -> Found:
        laptop = Laptop(self._database)
        for seal in self._audit.seals():
            yield 1
            message = sealed_message(Standing(seal.sequence, self._audit.hash_at(seal.sequence)))
            if not _signed(laptop.public_key_at(seal.sequence), message, seal.signature):
                yield Flaw(Check.SEALS, "audit.seal_broken", {"sequence": seal.sequence})
        for sequence in self._audit.unsealed_locks():
            yield Flaw(Check.SEALS, "audit.seal_missing", {"sequence": sequence})

    def _anchors(self) -> Found:
        """Compare with what stands outside the database: a database behind it was put back."""
        if self._anchor is not None and self._anchor.sequence:
            yield 1
            if self._audit.hash_at(self._anchor.sequence) != self._anchor.hash:
                yield Flaw(Check.ANCHORS, "audit.rolled_back", {"sequence": self._anchor.sequence})
        written = self._written()
        heads = [(export.sequence, export.audit_head) for export in written]
        own = {(export.sequence, export.manifest_sha256) for export in written}
        for anchor in self._outside:
            yield 1
            if (anchor.sequence, anchor.manifest_sha256) not in own:
                yield Flaw(Check.ANCHORS, "audit.bundle_unknown", {"bundle": anchor.sequence})
            heads.append((anchor.sequence, anchor.audit_head))
        known = self._audit.known({head for _, head in heads})
        for bundle, head in heads:
            if head and head not in known:
                yield Flaw(Check.ANCHORS, "audit.rolled_back_to", {"bundle": bundle})

    def _written(self) -> list[Export]:
        """Return every bundle, those too that were written before these records were restored."""
        exports, former = Exports(self._database, self._audit), Laptop(self._database).former_devices()
        before = [export for last_entry, _ in former for export, _ in exports.former(last_entry).values()]
        return [*before, *exports.all()]

    def _cases(self) -> Found:
        """Compare each case with the state that its last entry covers, and look for cases that are gone."""
        for ref in self._recorded.cases():
            state = self._recorded.last_state(ref)
            if state:
                yield 1
                if state_of(self._database, ref) != state:
                    yield Flaw(Check.CASES, "audit.case_altered", {"case": ref})
        for ref in self._recorded.cases_gone():
            yield Flaw(Check.CASES, "audit.case_altered", {"case": ref})
        for ref in self._recorded.cases_without_entry():
            yield Flaw(Check.CASES, "audit.case_unknown", {"case": ref})

    def _records(self) -> Found:
        """Compare the hashes of all records with those that the audit says were written."""
        for ref in self._recorded.cases():
            kept, noted = self._recorded.kept(ref), self._recorded.noted(ref)
            yield kept.total()
            unexplained = (kept - noted).total() - self._recorded.uncovered(ref)
            if unexplained > 0 or (noted - kept).total():
                yield Flaw(Check.RECORDS, "audit.record_altered", {"case": ref})

    def _others(self) -> Found:
        for table, row, noted, now in self._recorded.others():
            yield 1
            if noted != now:
                yield Flaw(Check.OTHERS, "audit.row_altered", {"table": table, "row": row})

    def _attachments(self) -> Found:
        for name, whole in self._recorded.attachments():
            yield 1
            if not whole:
                yield Flaw(Check.ATTACHMENTS, "attachment.damaged", {"name": name})

    def _search(self) -> Found:
        """Compare the search index and the links with the records they are made of."""
        answers = Answers(self._database, CaseLog(self._database, self._audit))
        upkeep = SearchUpkeep(self._database, answers)
        for ref, differs in upkeep.differing():
            yield 1
            if differs:
                yield Flaw(Check.SEARCH, "search.differs", {"case": ref})
        if not upkeep.whole():
            yield Flaw(Check.SEARCH, "search.damaged", {})

    def _pages(self) -> Found:
        """Authenticate every page, also those that nothing reads, and let SQLite check their structure."""
        for pages, damaged in page_check(self._database, self._key):
            yield pages
            for number in damaged:
                yield Flaw(Check.PAGES, "vault.page_damaged", {"reason": f"page {number}"})
        for (message,) in self._database.long_rows("PRAGMA integrity_check", self._cancelled):
            if message != "ok":
                yield Flaw(Check.PAGES, "vault.structure_damaged", {})
        whole = all(self._database.value(sql) for sql in _WHOLE)
        if not whole or self._database.rows("PRAGMA foreign_key_check"):
            yield Flaw(Check.PAGES, "vault.structure_damaged", {})


def _to_the_end(check: Check, find: Callable[[], Found]) -> Found:
    """Yield what a check finds; a page that it cannot read ends it with a flaw, and the other checks go on."""
    try:
        yield from find()
    except VictimIDError as error:
        if error.code == "job.cancelled":
            raise
        yield Flaw(check, error.code, error.fields)


def _signed(public_key: str, message: bytes, signature: bytes) -> bool:
    try:
        sshsig.verify(public_key, sshsig.AUDIT_NAMESPACE, message, signature)
    except VictimIDError:
        return False
    return True
