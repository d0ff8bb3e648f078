"""How the care of the vault says checks and reasons."""

from victimid.i18n import Words
from victimid.model.checkup import Check
from victimid.model.retention import Override


def check_words(words: Words, check: Check) -> str:
    """Say what a check compares."""
    return {
        Check.CHAIN: words.gettext("the record of actions, entry by entry"),
        Check.SEALS: words.gettext("this laptop's signatures over it"),
        Check.ANCHORS: words.gettext("what had been confirmed outside the records"),
        Check.CASES: words.gettext("cases"),
        Check.RECORDS: words.gettext("answers, decisions and other records of cases"),
        Check.OTHERS: words.gettext("officers, exports and settings"),
        Check.ATTACHMENTS: words.gettext("attached files"),
        Check.PAGES: words.gettext("pages of the encrypted file"),
    }.get(check, check.value)


def override(words: Words, reason: Override) -> str:
    """Say why a case is deleted that headquarters has not confirmed."""
    match reason:
        case Override.PERSON_ASKED:
            return words.gettext("The person asked for it")
        case Override.COURT_ORDER:
            return words.gettext("A court ordered it")
        case Override.OPENED_BY_MISTAKE:
            return words.gettext("The case was opened by mistake")
