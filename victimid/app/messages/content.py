"""Sentences for the service directory and content packs."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "content.bad_media": N_(
        "The pictures and recordings of this content pack are not those of its forms. Nothing was changed; ask "
        "headquarters for another pack."
    ),
    "content.bad_services": N_(
        "Entry {entry} of the service directory is not as it must be: look at its field “{field}”. "
        "Nothing was changed; mend the file and try again."
    ),
    "content.empty": N_("Nothing was given to publish. Name a service directory, a form, or both."),
    "content.form_twice": N_(
        "Two of these forms have the id {form}. Nothing was done; each form needs an id of its own."
    ),
    "content.installed_already": N_("Content pack {number} is installed already. Nothing was changed."),
    "content.no_key": N_(
        "This laptop cannot tell yet what comes from headquarters. A supervisor sets headquarters' signing key first, "
        "under Headquarters."
    ),
    "content.not_services": N_("This is not a service directory with at least one service. Nothing was changed."),
    "content.older": N_(
        "This is content pack {number}, older than number {installed}, which is in use. Nothing was changed; ask "
        "headquarters for the newest one."
    ),
    "content.own_form": N_("{form} is the id of one of the program's own forms. Nothing was done; choose another id."),
}
