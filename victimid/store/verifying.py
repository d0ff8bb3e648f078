"""Checking a vault against its own audit, and the audit against what it was anchored in.

Found: entries or records edited, deleted, put in another order, cut off at the end, an old page put back, and a
database older than an anchor. Not found: a whole folder put back as it once was, unless a bundle or a receipt that
is younger is laid beside it; and whatever somebody wrote with an officer's passphrase while it was open.
"""

from collections.abc import Callable, Iterator, Sequence

from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.model.checkup import Check, Checkup, Flaw, OutsideAnchor
from victimid.store.audit import Audit, sealed_message
from victimid.store.case_log import state_of
from victimid.store.connection import Database
from victimid.store.exports import Exports
from victimid.store.laptop import Laptop
from victimid.store.recorded import Recorded

Progress = Callable[[int, int], None]
Found = Iterator[Flaw | int]
"""Flaws as they are found, and in between how many things were compared."""


class Verifying:
    """The checks of one vault; ``anchors`` are what the header, bundles and receipts say about it."""

    def __init__(
        self, database: Database, audit: Audit, anchor: Standing | None, outside: Sequence[OutsideAnchor] = ()
    ) -> None:
        self._database = database
        self._audit = audit
        self._anchor = anchor
        self._outside = outside
        self._recorded = Recorded(database, audit)

    def run(self, progress: Progress = lambda _done, _all: None) -> Checkup:
        """Run every check, telling all along how many of how many are done; what ``progress`` raises stops it."""
        compared: dict[Check, int] = {}
        flaws: list[Flaw] = []
        checks = self._checks()
        for done, (check, find) in enumerate(checks.items()):
            compared[check] = 0
            for found in find():
                progress(done, len(checks))
                if isinstance(found, Flaw):
                    flaws.append(found)
                else:
                    compared[check] += found
            progress(done + 1, len(checks))
        return Checkup(compared, tuple(flaws), self._recorded.all_uncovered())

    def _checks(self) -> dict[Check, Callable[[], Found]]:
        return {
            Check.CHAIN: self._chain,
            Check.SEALS: self._seals,
            Check.ANCHORS: self._anchors,
            Check.CASES: self._cases,
            Check.RECORDS: self._records,
            Check.OTHERS: self._others,
            Check.ATTACHMENTS: self._attachments,
            Check.PAGES: self._pages,
        }

    def _chain(self) -> Found:
        try:
            yield self._audit.verify()
        except VictimIDError as error:
            yield Flaw(Check.CHAIN, error.code, error.fields)

    def _seals(self) -> Found:
        public_key = Laptop(self._database).public_key()
        for seal in self._audit.seals():
            yield 1
            message = sealed_message(Standing(seal.sequence, self._audit.hash_at(seal.sequence)))
            if not _signed(public_key, message, seal.signature):
                yield Flaw(Check.SEALS, "audit.seal_broken", {"sequence": seal.sequence})

    def _anchors(self) -> Found:
        """Compare with what stands outside the database: a database behind it was put back."""
        if self._anchor is not None and self._anchor.sequence:
            yield 1
            if self._audit.hash_at(self._anchor.sequence) != self._anchor.hash:
                yield Flaw(Check.ANCHORS, "audit.rolled_back", {"sequence": self._anchor.sequence})
        own = {export.sequence: export for export in Exports(self._database, self._audit).all()}
        heads = [(export.sequence, export.audit_head) for export in own.values()]
        for anchor in self._outside:
            yield 1
            export = own.get(anchor.sequence)
            if export is None or export.manifest_sha256 != anchor.manifest_sha256:
                yield Flaw(Check.ANCHORS, "audit.bundle_unknown", {"bundle": anchor.sequence})
            heads.append((anchor.sequence, anchor.audit_head))
        for bundle, head in heads:
            if head and not self._database.value("SELECT 1 FROM audit WHERE hash = ?", (head,)):
                yield Flaw(Check.ANCHORS, "audit.rolled_back_to", {"bundle": bundle})

    def _cases(self) -> Found:
        """Compare each case with the state that its last entry covers, and look for cases that are gone."""
        states = self._recorded.last_states()
        for ref, state in states.items():
            yield 1
            if state_of(self._database, ref) != state:
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

    def _pages(self) -> Found:
        """Let SQLCipher authenticate every page and SQLite check its structure."""
        yield int(self._database.value("PRAGMA page_count"))
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        for (message,) in self._database.rows("PRAGMA cipher_integrity_check"):
            yield Flaw(Check.PAGES, "vault.page_damaged", {"reason": message})
        for (message,) in self._database.rows("PRAGMA integrity_check"):
            if message != "ok":
                yield Flaw(Check.PAGES, "vault.structure_damaged", {})
        if self._database.rows("PRAGMA foreign_key_check"):
            yield Flaw(Check.PAGES, "vault.structure_damaged", {})


def _signed(public_key: str, message: bytes, signature: bytes) -> bool:
    try:
        sshsig.verify(public_key, sshsig.AUDIT_NAMESPACE, message, signature)
    except VictimIDError:
        return False
    return True
