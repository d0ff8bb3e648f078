"""How the care of the vault says checks and reasons."""

from victimid.i18n import Words
from victimid.model.checkup import Check
from victimid.model.retention import Override


def check_words(words: Words, check: Check) -> str:
    """Say what a check compares."""
    return {
        Check.CHAIN: words.gettext("Entries of the record of actions"),
        Check.SEALS: words.gettext("Signatures over them"),
        Check.ANCHORS: words.gettext("Confirmations outside the records"),
        Check.CASES: words.gettext("Cases"),
        Check.RECORDS: words.gettext("Answers, decisions and other records of cases"),
        Check.OTHERS: words.gettext("Officers, exports and settings"),
        Check.SEARCH: words.gettext("Index of words and what cases share"),
        Check.ATTACHMENTS: words.gettext("Attached files"),
        Check.PAGES: words.gettext("Pages of the encrypted file"),
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
