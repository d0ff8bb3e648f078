"""How roles are said, and what an ended access left open."""

from victimid.app.officers import AccessEnded
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.people import Role


def role_words(words: Words, role: Role) -> str:
    """Name a role."""
    match role:
        case Role.OFFICER:
            # Translators: role on this laptop: works on cases.
            return words.pgettext("role", "Officer")
        case Role.SUPERVISOR:
            # Translators: role on this laptop: sees all cases and reviews decisions.
            return words.pgettext("role", "Supervisor")
        case Role.ADMINISTRATOR:
            # Translators: role on this laptop: looks after officers and settings and sees no cases.
            return words.pgettext("role", "Administrator")


def role_help(words: Words, role: Role) -> str:
    """Say what a role is for."""
    match role:
        case Role.OFFICER:
            return words.gettext("Works on own cases and on those handed over.")
        case Role.SUPERVISOR:
            return words.gettext("Sees all cases, reviews decisions, enrols officers, reads the record of actions.")
        case Role.ADMINISTRATOR:
            return words.gettext("Looks after officers, settings and checks. Sees nothing of any case.")


def still_open_words(words: Words, ended: AccessEnded) -> str:
    """Say what the passphrase of an officer whose access ended still opens; nothing where it opens nothing."""
    told = []
    if ended.renewal.problem is not None:
        told.append(words.gettext("Older backups on this laptop still open with that passphrase. Make a new backup."))
    for folder in ended.left:
        # Translators: {folder} is a folder on this laptop with older records.
        left = words.gettext(
            "{folder} may still open with that passphrase. Destroy it or lock it away.", folder=isolated(str(folder))
        )
        told.append(left)
    return " ".join([words.gettext("Access has ended."), *told]) if told else ""
