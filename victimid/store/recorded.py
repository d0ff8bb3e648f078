"""The hashes of what is in the vault, and of what the audit says was written there."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.attachment import Attachment
from victimid.model.audit import Action
from victimid.store.answers import Answers
from victimid.store.attachments import Attachments
from victimid.store.audit import Audit
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database
from victimid.store.consents import Consents
from victimid.store.contents import digest, digest_of
from victimid.store.decisions import Decisions
from victimid.store.exports import Exports
from victimid.store.handovers import Handovers
from victimid.store.installed_content import InstalledContent
from victimid.store.laptop import Laptop
from victimid.store.marks import Marks
from victimid.store.officers import Officers
from victimid.store.policies import Policies, as_plain
from victimid.store.referrals import Referrals
from victimid.store.reviews import Reviews

_NOTED: Final = """SELECT content FROM audit WHERE subject = ? AND content <> '' AND action IN (
    'answered', 'answer_moved', 'answer_withdrawn', 'attached', 'decided', 'consent_recorded', 'referral_written',
    'case_handed_over', 'reviewed', 'marked', 'unmarked')"""
_UNCOVERED: Final = """SELECT count(*) FROM audit WHERE {subject} content = '' AND action IN (
    'answered', 'answer_moved', 'answer_withdrawn', 'attached', 'decided', 'consent_recorded', 'referral_written',
    'case_handed_over', 'reviewed', 'marked', 'unmarked')"""
_CASES: Final = "SELECT ref FROM cases WHERE ref > ? ORDER BY ref LIMIT 1000"
_STATE: Final = """SELECT case_state FROM audit WHERE subject = ? AND case_state <> ''
    ORDER BY sequence DESC LIMIT 1"""
# The plus sign keeps SQLite from reading all entries of an action where those of one subject are few.
_GONE: Final = """SELECT subject FROM (SELECT DISTINCT subject FROM audit) AS known
    WHERE NOT EXISTS (SELECT 1 FROM cases WHERE ref = known.subject)
    AND EXISTS (SELECT 1 FROM audit AS entry WHERE entry.subject = known.subject AND case_state <> '')
    AND NOT EXISTS (SELECT 1 FROM audit AS entry WHERE entry.subject = known.subject AND +action = 'case_deleted')"""
_WITHOUT_ENTRY: Final = """SELECT ref FROM cases
    WHERE NOT EXISTS (SELECT 1 FROM audit WHERE subject = ref AND +action = 'case_opened')
    OR EXISTS (SELECT 1 FROM audit WHERE subject = ref AND +action = 'case_deleted') ORDER BY ref"""
_LAST_CONTENT: Final = """SELECT subject, content, max(sequence) FROM audit
    WHERE action IN ({actions}) AND content <> '' AND sequence > ? AND sequence <= ? GROUP BY subject"""
_ENDLESS: Final = 2**62


@dataclass(frozen=True, slots=True)
class _Covered:
    """A table whose rows the audit covers with these actions, between two of its entries."""

    table: str
    actions: tuple[Action, ...]
    now: Callable[[str], str]
    since: int = 0
    until: int = _ENDLESS


class Recorded:
    """Both sides of the comparison, case by case, so that memory stays small."""

    def __init__(self, database: Database, audit: Audit) -> None:
        log = CaseLog(database, audit)
        self._database = database
        self._answers = Answers(database, log)
        self._attachments = Attachments(database, log)
        self._marks = Marks(database, log)
        self._decisions = Decisions(database, log)
        self._consents = Consents(database, log)
        self._referrals = Referrals(database, log)
        self._handovers = Handovers(database, log)
        self._reviews = Reviews(database, log)
        self._officers = Officers(database, audit)
        self._policies = Policies(database, audit)
        self._exports = Exports(database, audit)
        self._laptop = Laptop(database)
        self._content = InstalledContent(database, audit)

    def cases(self) -> Iterator[str]:
        """Yield the references of all cases, some at a time."""
        last = ""
        while page := self._database.rows(_CASES, (last,)):
            yield from (ref for (ref,) in page)
            [last] = page[-1]

    def kept(self, case_ref: str) -> Counter[str]:
        """Return the hashes of the records of a case as they are now."""
        interviews = self._database.rows("SELECT id FROM interview WHERE case_ref = ?", (case_ref,))
        found = Counter(digest(answer) for (each,) in interviews for answer in self._answers.every(each))
        found.update(map(digest, self._attachments.of_case(case_ref)))
        found.update(map(digest, self._marks.of_case(case_ref)))
        found.update(map(digest, self._decisions.of_case(case_ref)))
        found.update(map(digest, self._consents.of_case(case_ref)))
        found.update(map(digest, self._referrals.of_case(case_ref)))
        found.update(map(digest, self._handovers.of_case(case_ref)))
        found.update(map(digest, self._reviews.of_case(case_ref)))
        return found

    def noted(self, case_ref: str) -> Counter[str]:
        """Return the hashes of the records of a case as the audit has them."""
        return Counter(content for (content,) in self._database.rows(_NOTED, (case_ref,)))

    def uncovered(self, case_ref: str) -> int:
        """Count the records of a case that were noted before the audit kept hashes."""
        return int(self._database.value(_UNCOVERED.format(subject="subject = ? AND"), (case_ref,)))

    def all_uncovered(self) -> int:
        """Count the records of all cases that were noted before the audit kept hashes."""
        return int(self._database.value(_UNCOVERED.format(subject="")))

    def last_state(self, case_ref: str) -> str:
        """Return the state of a case after its last change, as the audit has it; empty if it has none."""
        return str(self._database.value(_STATE, (case_ref,)) or "")

    def cases_gone(self) -> tuple[str, ...]:
        """Return cases that the audit covers and nobody deleted, but that are not there."""
        return tuple(ref for (ref,) in self._database.rows(_GONE))

    def cases_without_entry(self) -> tuple[str, ...]:
        """Return cases that the audit does not know, or knows as deleted."""
        return tuple(ref for (ref,) in self._database.rows(_WITHOUT_ENTRY))

    def others(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield for all else that the audit covers: which table, which row, its hash by the audit, and now."""
        yield from self._compared(self._bundles())
        noted, now = self._content.noted(), self._content.content()
        if noted or now:
            yield "content_pack", "", noted, now
        yield from self.settings()

    def settings(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the same for officers, policy and laptop, of which there are few."""
        yield from self._compared(self._settings())

    def _compared(self, every: Iterable[_Covered]) -> Iterator[tuple[str, str, str, str]]:
        for covered in every:
            asked = _LAST_CONTENT.format(actions=", ".join("?" * len(covered.actions)))
            for subject, noted, _ in self._database.rows(asked, (*covered.actions, covered.since, covered.until)):
                yield covered.table, subject, noted, covered.now(subject)

    def _settings(self) -> tuple[_Covered, ...]:
        enrolled, put_back, disabled = Action.OFFICER_ENROLLED, Action.OFFICER_PUT_BACK, Action.OFFICER_DISABLED
        keys = Action.HEADQUARTERS_KEY_ADDED, Action.HEADQUARTERS_KEY_REMOVED, Action.RECEIPT_KEY_SET
        officers = {officer.id: self._officers.content(officer) for officer in self._officers.all()}
        return (
            _Covered(
                "officers",
                (enrolled, put_back, disabled, Action.SLOT_GIVEN, Action.SLOT_CHANGED, Action.SLOT_RECOVERED),
                partial(_found, officers),
            ),
            _Covered("policy", (Action.POLICY_CHANGED,), lambda _: digest_of(as_plain(self._policies.read()))),
            _Covered("laptop", (Action.VAULT_CREATED, Action.VAULT_RESTORED, *keys), lambda _: self._laptop.content()),
        )

    def _bundles(self) -> Iterator[_Covered]:
        """Cover the bundles of this device and of those that the records were before: each began with number one."""
        actions = (Action.EXPORT_WRITTEN, Action.EXPORT_RECEIVED)
        since = 0
        for last_entry, _ in self._laptop.former_devices():
            former = {str(number): content for number, (_, content) in self._exports.former(last_entry).items()}
            yield _Covered("exports", actions, partial(_found, former), since, last_entry)
            since = last_entry
        present = {str(export.sequence): self._exports.content(export.sequence) for export in self._exports.all()}
        yield _Covered("exports", actions, partial(_found, present), since)

    def attachments(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of every attachment and whether its bytes are what was kept."""
        for case_ref in self.cases():
            for attachment in self._attachments.of_case(case_ref):
                yield attachment.name, self._whole(attachment)

    def _whole(self, attachment: Attachment) -> bool:
        try:
            for _ in self._attachments.read(attachment):
                pass
        except VictimIDError:
            return False
        return True


def _found(contents: Mapping[str, str], subject: str) -> str:
    return contents.get(subject, "")
