"""How the desk says stages, decisions and times."""

from datetime import datetime, timedelta

from victimid import formats
from victimid.i18n import Words
from victimid.model.case import CaseOverview, Stage
from victimid.model.finding import Outcome


def stage_words(words: Words, stage: Stage, outcome: Outcome | None) -> str:
    """Say how far a case has come, and what was decided."""
    if stage is Stage.DECIDED and outcome is not None:
        return _decided_words(words, outcome)
    return {
        # Translators: stage of a case: nothing asked yet.
        Stage.OPENED: words.pgettext("stage", "Opened"),
        # Translators: stage of a case: an interview has begun.
        Stage.INTERVIEW: words.pgettext("stage", "Interview under way"),
        # Translators: stage of a case: interview done, the officer has yet to decide.
        Stage.INTERVIEWED: words.pgettext("stage", "To be decided"),
        # Translators: stage of a case: the officer has decided.
        Stage.DECIDED: words.pgettext("stage", "Decided"),
        # Translators: stage of a case: handed over to a protection service.
        Stage.REFERRED: words.pgettext("stage", "Referred"),
    }[stage]


def _decided_words(words: Words, outcome: Outcome) -> str:
    return {
        Outcome.REFER: words.gettext("Decided: refer"),
        Outcome.INFORM: words.gettext("Decided: information given"),
        Outcome.CONTINUE_LATER: words.gettext("Decided: continue another day"),
        Outcome.NO_FURTHER_STEP: words.gettext("Decided: no further step now"),
    }[outcome]


def opened_words(words: Words, at: datetime, now: datetime) -> str:
    """Say when a case was opened: time for today and yesterday, otherwise the date."""
    opened, today = at.astimezone(), now.astimezone().date()
    if opened.date() < today - timedelta(days=1):
        return formats.day(opened.date(), words.language)
    time = formats.isolated(formats.time_of_day(at, words.language))
    if opened.date() == today:
        # Translators: {time} is a time of day.
        return words.gettext("today {time}", time=time)
    if opened.date() == today - timedelta(days=1):
        # Translators: {time} is a time of day.
        return words.gettext("yesterday {time}", time=time)
    return formats.day(opened.date(), words.language)


def tag_words(words: Words, row: CaseOverview) -> str:
    """Say in a word what a case waits for; empty where nothing does."""
    if row.open_interview:
        # Translators: tag on a case whose interview can be gone on with.
        return words.gettext("unfinished")
    if row.stage is Stage.INTERVIEWED:
        # Translators: tag on a case that waits for the officer's decision.
        return words.gettext("decide")
    return ""
