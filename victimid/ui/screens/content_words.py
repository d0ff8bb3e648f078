"""How screens speak of a content pack."""

from datetime import datetime

from victimid import formats
from victimid.app.content_changes import Change
from victimid.formats import isolated, listing
from victimid.i18n import Words
from victimid.model.installed_content import PackForm

_UNNAMED = "default"


def number_words(words: Words, number: int) -> str:
    """Name a pack."""
    # Translators: {number} is the number headquarters gave to a content pack.
    return words.gettext("Content pack {number}", number=number)


def issued_words(words: Words, issued_at: datetime) -> str:
    """Say when headquarters issued a pack."""
    day = isolated(formats.day(issued_at.astimezone().date(), words.language))
    # Translators: headquarters made and signed a content pack on this date.
    return words.gettext("Issued and signed by headquarters on {date}", date=day)


def forms_words(words: Words, count: int) -> str:
    """Say how many forms a pack brings."""
    return words.ngettext(
        "{count} form beside those of the program", "{count} forms beside those of the program", count
    )


def services_words(words: Words, count: int) -> str:
    """Say how many services a pack brings; without any the examples of the program are offered."""
    if not count:
        return words.gettext("No services: officers are offered only examples, none of them real.")
    return words.ngettext("{count} service", "{count} services", count)


def form_facts(words: Words, form: PackForm) -> str:
    """Say version and languages of a form."""
    # Translators: {version} is the version of a form, as its author wrote it.
    version = words.gettext("Version {version}", version=isolated(form.version)) if form.version else ""
    languages = [isolated(name) for name in form.languages if name != _UNNAMED]
    return " · ".join(part for part in (version, listing(languages, words.language)) if part)


def change_words(words: Words, change: Change) -> str:
    """Say what becomes of a form or a service; nothing where it stays."""
    match change:
        case Change.NEW:
            # Translators: a form or a service that was not there before.
            return words.pgettext("content", "new")
        case Change.CHANGED:
            # Translators: a form or a service that is other than before.
            return words.pgettext("content", "changed")
        case Change.GONE:
            # Translators: a form or a service that will not be there any more.
            return words.pgettext("content", "goes")
        case Change.SAME:
            return ""
