"""Words for coded values on documents and screens, translated where they are shown."""

from victimid.i18n import Words
from victimid.model.answer import Precision
from victimid.model.attachment import SUFFIXES
from victimid.model.consent import DataGroup, Manner
from victimid.model.finding import Dimension
from victimid.model.referral import Urgency, WithheldBecause


def group_title(words: Words, group: DataGroup) -> str:
    """Name a group of data."""
    titles = {
        DataGroup.PERSON: words.gettext("Name and safe contact"),
        DataGroup.NEEDS: words.gettext("Needs and risks"),
        DataGroup.ACCOUNT: words.gettext("Short account"),
        DataGroup.HEALTH: words.gettext("Health"),
        DataGroup.SIGNS: words.gettext("Signs recorded"),
        DataGroup.EXPLOITERS: words.gettext("People named as exploiters"),
        DataGroup.OTHERS: words.gettext("Other persons"),
        DataGroup.STATUS: words.gettext("Status and offences"),
        DataGroup.COOPERATION: words.gettext("Co-operation with the police"),
    }
    return titles[group]


def withheld_reason(words: Words, reason: WithheldBecause) -> str:
    """Say why a group is not in a copy."""
    reasons = {
        WithheldBecause.NO_CONSENT: words.gettext("the person did not agree"),
        WithheldBecause.NOT_ASKED: words.gettext("the person was not asked"),
        WithheldBecause.LIMITED: words.gettext("limited by the person"),
        WithheldBecause.NEVER: words.gettext("never passed to a service"),
    }
    return reasons[reason]


def manner(words: Words, given: Manner) -> str:
    """Say how consent was given."""
    ways = {
        # Translators: consent given by spoken word
        Manner.ORAL: words.gettext("orally"),
        # Translators: consent given by signature
        Manner.SIGNED: words.gettext("signed"),
        # Translators: consent given on a recording
        Manner.RECORDED: words.gettext("recorded"),
    }
    return ways[given]


def urgency(words: Words, soon: Urgency) -> str:
    """Say how soon help is needed."""
    times = {
        Urgency.HOURS: words.gettext("within 3 hours"),
        Urgency.DAY: words.gettext("within a day"),
        Urgency.DAYS: words.gettext("within 3 days"),
        Urgency.WEEKS: words.gettext("within 2 weeks"),
    }
    return times[soon]


def date_given(words: Words, written: str, precision: Precision) -> str:
    """Say a date that is not exact; ``written`` is the day, month or year in the same language."""
    match precision:
        case Precision.SPRING:
            # Translators: a season of a year; {year} is for example 2024.
            return words.gettext("spring {year}", year=written)
        case Precision.SUMMER:
            return words.gettext("summer {year}", year=written)
        case Precision.AUTUMN:
            return words.gettext("autumn {year}", year=written)
        case Precision.WINTER:
            return words.gettext("winter {year}", year=written)
        case Precision.ABOUT_DAY | Precision.ABOUT_MONTH | Precision.ABOUT_YEAR:
            # Translators: an approximate date; {date} is a day, a month or a year, for example 2019.
            return words.gettext("about {date}", date=written)
        case _:
            return written


def file_kind(words: Words, name: str) -> str:
    """Say what an attachment is, by the ending of the name it is kept under."""
    media = next((kind for kind, suffix in SUFFIXES.items() if name.endswith(suffix)), "")
    kinds = {
        # Translators: an attached file is a picture.
        "image": words.pgettext("attachment", "picture"),
        "audio": words.pgettext("attachment", "sound recording"),
        "video": words.pgettext("attachment", "video"),
    }
    return kinds.get(media.partition("/")[0], words.pgettext("attachment", "document"))


def dimension_title(words: Words, dimension: Dimension) -> str:
    """Name a group of signs."""
    titles = {
        Dimension.DECEPTIVE_RECRUITMENT: words.gettext("Deception in recruitment"),
        Dimension.COERCIVE_RECRUITMENT: words.gettext("Coercion in recruitment"),
        Dimension.RECRUITMENT_BY_VULNERABILITY: words.gettext("Vulnerability used in recruitment"),
        Dimension.EXPLOITATION: words.gettext("Working and living conditions"),
        Dimension.COERCION_AT_DESTINATION: words.gettext("Coercion at the place of work"),
        Dimension.VULNERABILITY_AT_DESTINATION: words.gettext("Vulnerability at the place of work"),
    }
    return titles[dimension]


def help_name(words: Words, kind: str) -> str:
    """Name a kind of help, or whom a service helps; a kind the program does not know names itself."""
    names = {
        "shelter": words.gettext("safe housing"),
        "medical": words.gettext("medical help"),
        "psychological": words.gettext("psychological help"),
        "legal": words.gettext("legal advice"),
        "return": words.gettext("help with going home"),
        "interpreter": words.gettext("interpreter"),
        "women": words.gettext("women"),
        "men": words.gettext("men"),
        "families": words.gettext("families"),
        "children": words.gettext("children"),
    }
    return names.get(kind, kind)
