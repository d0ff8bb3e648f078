"""How the record of actions says what went wrong: wrong tries, and what could not be done and why."""

import re

from victimid import formats
from victimid.i18n import Words
from victimid.model.audit import Action, AuditEntry
from victimid.model.wrong_try import TriedAt, wrong_try_of

_NO_ROOM = {"disk_full", "no_room"}
_NOT_WRITTEN = {"read_only", "write_failed", "cannot_write", "not_written"}
_DAMAGED = ("damaged", "altered", "broken", "unreadable")


def gone_wrong(words: Words, entry: AuditEntry) -> str:
    """Say what an entry tells of wrong passphrases or of a failure; blank if it tells of none."""
    match entry.action:
        case Action.UNLOCKED:
            return _wrong_tries(words, entry.detail)
        case Action.REFUSED:
            return _wrong_try(words, entry.detail)
        case Action.FAILED:
            return _failure(words, entry.detail)
        case _:
            return ""


def _wrong_tries(words: Words, detail: str) -> str:
    found = re.search(r"wrong_tries=([0-9]{1,6})", detail)
    if found is None:
        return ""
    # Translators: how often a wrong passphrase was typed before the vault was unlocked.
    return words.ngettext("after {count} wrong try", "after {count} wrong tries", int(found[1]))


def _wrong_try(words: Words, detail: str) -> str:
    """Say where and when a passphrase was wrong: the entry was written later, when somebody had unlocked."""
    found = wrong_try_of(detail)
    if found is None:
        return ""
    when = formats.isolated(formats.moment(found.at, words.language))
    match found.where:
        case TriedAt.UNLOCK:
            return words.gettext("wrong passphrase to unlock, {moment}", moment=when)
        case TriedAt.CHANGE:
            return words.gettext("wrong passphrase to change it, {moment}", moment=when)
        case TriedAt.RECOVERY:
            # Translators: the new passphrase typed with headquarters' answer to a request for recovery.
            return words.gettext("wrong passphrase with headquarters' answer, {moment}", moment=when)
        case TriedAt.SALVAGE:
            return words.gettext("wrong passphrase to repair the vault, {moment}", moment=when)
        case TriedAt.BACKUP:
            return words.gettext("wrong passphrase to restore a backup, {moment}", moment=when)
        case TriedAt.LIST_GONE:
            # Translators: the file that counts and lists wrong passphrases had been deleted.
            return words.gettext("the list of wrong tries was gone, {moment}", moment=when)


def _failure(words: Words, detail: str) -> str:
    """Say what an entry keeps as an action and the code of an error; what has no words is said by its code."""
    tried, _, code = detail.partition(" ")
    what = _tried(words).get(tried)
    if what is None or not code:
        return ""
    # Translators: what could not be done, and why, such as "Backup: no room on the disk".
    return words.gettext("{what}: {why}", what=what, why=_why(words, code))


def _tried(words: Words) -> dict[str, str]:
    return {
        # Translators: things that somebody tried to do and that failed.
        Action.ANSWERED: words.pgettext("failed", "Answer"),
        Action.INSTANCE_ADDED: words.pgettext("failed", "Another entry"),
        Action.INSTANCE_REMOVED: words.pgettext("failed", "Removing an entry"),
        Action.BACKUP_MADE: words.pgettext("failed", "Backup"),
        Action.EXPORT_WRITTEN: words.pgettext("failed", "Export for headquarters"),
        Action.EXPORT_RECEIVED: words.pgettext("failed", "Receipt of headquarters"),
        Action.REFERRAL_WRITTEN: words.pgettext("failed", "Referral"),
        Action.CASE_DELETED: words.pgettext("failed", "Deletion"),
        Action.CHECKED: words.pgettext("failed", "Check"),
        Action.RECOVERY_REHEARSED: words.pgettext("failed", "Rehearsal of the recovery"),
        Action.VAULT_REKEYED: words.pgettext("failed", "New key"),
        Action.AUDIT_EXPORTED: words.pgettext("failed", "Record of actions as a file"),
        Action.ATTACHED: words.pgettext("failed", "Attaching a file"),
        Action.OFFICER_ENROLLED: words.pgettext("failed", "Enrolment"),
        Action.SLOT_GIVEN: words.pgettext("failed", "First passphrase"),
        Action.REVIEWED: words.pgettext("failed", "Review"),
        Action.CASE_HANDED_OVER: words.pgettext("failed", "Hand-over"),
        Action.HEADQUARTERS_KEY_ADDED: words.pgettext("failed", "Key of headquarters"),
        Action.HEADQUARTERS_KEY_REMOVED: words.pgettext("failed", "Removing a key of headquarters"),
    }


def _why(words: Words, code: str) -> str:
    kind = code.rpartition(".")[2]
    if kind in _NO_ROOM:
        return words.gettext("no room on the disk")
    if kind in _NOT_WRITTEN:
        return words.gettext("it could not be written")
    if any(word in kind for word in _DAMAGED):
        return words.gettext("something is damaged")
    return formats.isolated(code)
