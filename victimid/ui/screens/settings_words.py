"""How the record of actions says which settings were changed, from what to what."""

from victimid.i18n import Words
from victimid.model.finding import Outcome
from victimid.model.policy import NOTHING_DECIDED, Changed, changes_in
from victimid.ui.screens.policy import outcome_words

_OUTCOMES = {NOTHING_DECIDED: None, **{each.value: each for each in Outcome}}


def settings_words(words: Words, detail: str) -> str:
    """Say every change that an entry keeps."""
    return " · ".join(_said(words, change) for change in changes_in(detail))


def _said(words: Words, change: Changed) -> str:
    # Translators: a setting that was changed, such as "Lock without a touch after: 5, before 3".
    return words.gettext(
        "{setting}: {now}, before {before}",
        setting=_name(words, change.name),
        now=_value(words, change.now),
        before=_value(words, change.before),
    )


def _name(words: Words, name: str) -> str:
    if name == "idle_minutes":
        return words.gettext("Lock without a touch after")
    if name == "erase":
        return words.gettext("Destroying the keys in an emergency")
    outcome = name.partition(".")[2]
    if outcome not in _OUTCOMES:
        return name
    # Translators: how many days cases with a decision are kept, such as "Days to keep (Referral)".
    return words.gettext("Days to keep ({decision})", decision=outcome_words(words, _OUTCOMES[outcome]))


def _value(words: Words, value: str) -> str:
    # Translators: the value of a setting before or after it was changed.
    known = {
        "": words.pgettext("setting", "none"),
        "yes": words.pgettext("setting", "yes"),
        "no": words.pgettext("setting", "no"),
    }
    return known.get(value, value)
