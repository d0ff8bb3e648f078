"""Sentences for the service directory and content packs."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "content.bad_services": N_(
        "Entry {entry} of the service directory is not as it must be: look at its field “{field}”. "
        "Nothing was changed; mend the file and try again."
    ),
    "content.not_services": N_("This is not a service directory with at least one service. Nothing was changed."),
}
