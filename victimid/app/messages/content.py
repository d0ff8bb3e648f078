"""Sentences for the service directory and content packs."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "content.bad_services": N_(
        "Entry {entry} of the service directory is not as it must be: look at its field “{field}”. "
        "Nothing was changed; mend the file and try again."
    ),
    "content.not_services": N_("This is not a service directory with at least one service. Nothing was changed."),
    "content.empty": N_("Nothing was given to publish. Name a service directory, a form, or both."),
    "content.form_twice": N_(
        "Two of these forms have the id {form}. Nothing was done; each form needs an id of its own."
    ),
    "content.own_form": N_("{form} is the id of one of the program's own forms. Nothing was done; choose another id."),
}
