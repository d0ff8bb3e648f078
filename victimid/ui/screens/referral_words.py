"""Words of the referral that stand on the screen alone; those of the document are in ``app.document_words``."""

from datetime import date

from victimid import formats
from victimid.formats import isolated, listing
from victimid.i18n import Words
from victimid.model.consent import Permission
from victimid.model.referral import Service


def permission(words: Words, given: Permission) -> str:
    """Name what the person said about one group of data."""
    match given:
        case Permission.YES:
            return words.pgettext("consent", "Yes")
        case Permission.LIMITED:
            # Translators: the person agrees that only a certain text is passed on.
            return words.pgettext("consent", "Limited")
        case Permission.NO:
            return words.pgettext("consent", "No")
        case Permission.NOT_ASKED:
            return words.pgettext("consent", "Not asked")


def service_title(service: Service) -> str:
    """Name a service and where it is."""
    return " · ".join(isolated(part) for part in (service.name, service.place) if part)


def service_marks(words: Words, service: Service) -> list[str]:
    """Say whether a service is but an example, and whether anybody has confirmed what is known of it."""
    confirmed = words.gettext("Not confirmed by anybody: check before use")
    if service.confirmed_on:
        day = isolated(formats.day(date.fromisoformat(service.confirmed_on), words.language))
        confirmed = words.gettext("Confirmed {date} by {name}", date=day, name=isolated(service.confirmed_by))
    example = [words.gettext("Invented example, not a real service")] if service.example else []
    return [*example, confirmed]


def service_state(words: Words, service: Service, groups: list[str], languages: list[str]) -> str:
    """Say whom a service helps, in which languages, when, how to reach it, and whether anybody has confirmed that."""
    facts = [listing(groups, words.language), listing(languages, words.language)]
    facts += [isolated(text) for text in (service.hours, service.contact) if text]
    return "\n".join(part for part in (*service_marks(words, service), *facts) if part)
