"""One action as a line of the record: when, who, what, about what."""

from collections.abc import Mapping

from victimid import formats
from victimid.app.access import Why
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.audit import Action, AuditEntry
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.model.retention import Override
from victimid.model.review import Verdict
from victimid.ui.screens import care_words, summary_words
from victimid.ui.screens.action_words import action_words
from victimid.ui.screens.gone_wrong import gone_wrong
from victimid.ui.screens.officer_words import role_words
from victimid.ui.screens.reason import why_words
from victimid.ui.screens.settings_words import settings_words
from victimid.ui.screens.summary_review import verdict_words
from victimid.ui.screens.why_words import why_chosen
from victimid.ui.widgets.paged_table import TableRow

_ABOUT_OFFICERS = {
    Action.OFFICER_ENROLLED,
    Action.OFFICER_DISABLED,
    Action.OFFICER_PUT_BACK,
    Action.SLOT_GIVEN,
    Action.SLOT_CHANGED,
    Action.SLOT_RECOVERED,
}
_DIGITS = 16  # of a fingerprint
_ABOUT_BUNDLES = {Action.EXPORT_WRITTEN, Action.EXPORT_RECEIVED}


def action_row(words: Words, entry: AuditEntry, names: Mapping[str, str]) -> TableRow:
    """Put an entry into words; ``names`` are those of the officers by their ids."""
    when = formats.moment(entry.at, words.language)
    who = names.get(entry.officer, "")
    cells = (when, who, action_words(words, entry.action), _about(words, entry, names), _detail(words, entry, names))
    return TableRow(str(entry.sequence), cells)


def _about(words: Words, entry: AuditEntry, names: Mapping[str, str]) -> str:
    if entry.action in _ABOUT_OFFICERS:
        return names.get(entry.subject, "")
    if entry.action in _ABOUT_BUNDLES:
        # Translators: {number} is the number of an export.
        return words.gettext("Bundle {number}", number=entry.subject)
    return entry.subject


def _detail(words: Words, entry: AuditEntry, names: Mapping[str, str]) -> str:
    """Say what else is known where it has words; codes and hashes stand in the file only."""
    detail = entry.detail
    match entry.action:
        case Action.CASE_VIEWED if detail in set(Why):
            return why_words(words, Why(detail))
        case Action.CASE_HANDED_OVER:
            return names.get(detail, "")
        case Action.OFFICER_ENROLLED | Action.OFFICER_PUT_BACK if (role := detail.split(" ")[0]) in set(Role):
            return role_words(words, Role(role))
        case Action.DECIDED if detail in set(Outcome):
            return summary_words.outcome(words, Outcome(detail))
        case Action.REVIEWED if detail in set(Verdict):
            return verdict_words(words, Verdict(detail))
        case Action.CASE_DELETED:
            return _override(words, detail)
        case Action.UNLOCKED | Action.REFUSED | Action.FAILED:
            return gone_wrong(words, entry)
        case _:
            return _about_the_vault(words, entry)


def _about_the_vault(words: Words, entry: AuditEntry) -> str:
    match entry.action:
        case Action.POLICY_CHANGED:
            return settings_words(words, entry.detail)
        case Action.CONTENT_INSTALLED:
            # Translators: {number} is the number headquarters gave to a content pack.
            return words.gettext("Content pack {number}", number=_number(entry.detail))
        case Action.HEADQUARTERS_KEY_ADDED | Action.HEADQUARTERS_KEY_REMOVED:
            return isolated(" ".join(each[:_DIGITS] for each in entry.detail.split()))
        case _:
            return why_chosen(words, entry.action, entry.detail.partition(" ")[0])


def _number(detail: str) -> str:
    return detail.partition(" ")[0].removeprefix("number=")


def _override(words: Words, detail: str) -> str:
    reason = detail.rpartition("override=")[2]
    return care_words.override(words, Override(reason)) if reason in set(Override) else ""
