"""How reasons are said that were chosen from a short list."""

from victimid.i18n import Words
from victimid.model.audit import Action
from victimid.model.why import WhyAccepted, WhyDisabled, WhyLocked, WhyRekeyed


def disabled_words(words: Words, why: WhyDisabled) -> str:
    """Say why an officer's access ends."""
    return {
        WhyDisabled.LEFT: words.gettext("The officer has left this unit"),
        WhyDisabled.ABSENT: words.gettext("The officer is away for long"),
        WhyDisabled.DOUBT: words.gettext("Somebody else may use this access, or it may be misused"),
        WhyDisabled.MISTAKE: words.gettext("The officer was enrolled by mistake"),
    }[why]


def accepted_words(words: Words, why: WhyAccepted) -> str:
    """Say why one goes on with older records."""
    return {
        WhyAccepted.OWN_COPY: words.gettext("We put an older copy back ourselves"),
        WhyAccepted.DISK_FAILED: words.gettext("The disk or the machine failed"),
        WhyAccepted.HEADQUARTERS: words.gettext("Headquarters told us to go on"),
        WhyAccepted.URGENT: words.gettext("The cause is not known, but the work cannot wait"),
    }[why]


def rekeyed_words(words: Words, why: WhyRekeyed) -> str:
    """Say why the vault got a new key."""
    return {
        # Translators: why the vault got a new key: it is done from time to time.
        WhyRekeyed.ROUTINE: words.gettext("As is done from time to time"),
        WhyRekeyed.EXPOSED: words.gettext("A passphrase or a copy may be in wrong hands"),
        WhyRekeyed.OFFICER_LEFT: words.gettext("An officer has left"),
        WhyRekeyed.KEY_REPLACED: words.gettext("A key of headquarters was replaced"),
    }[why]


def locked_words(words: Words, why: WhyLocked) -> str:
    """Say what locked the vault."""
    return {
        # Translators: what locked the vault: the officer, with the button or the key for it.
        WhyLocked.OFFICER: words.gettext("by the officer"),
        WhyLocked.IDLE: words.gettext("nobody was at work"),
        # Translators: what locked the vault: the system, before it slept, locked its screen or ended.
        WhyLocked.SYSTEM: words.gettext("sleep, closed lid, locked screen or end of the session"),
        WhyLocked.PANIC: words.gettext("by the panic key"),
        WhyLocked.CLOSED: words.gettext("the program was closed"),
    }[why]


def why_chosen(words: Words, action: Action, why: str) -> str:
    """Say the reason that an entry of this action keeps; blank where it keeps none, as older ones do."""
    match action:
        case Action.OFFICER_DISABLED if why in set(WhyDisabled):
            return disabled_words(words, WhyDisabled(why))
        case Action.ROLLBACK_ACCEPTED if why in set(WhyAccepted):
            return accepted_words(words, WhyAccepted(why))
        case Action.VAULT_REKEYED if why in set(WhyRekeyed):
            return rekeyed_words(words, WhyRekeyed(why))
        case Action.LOCKED if why in set(WhyLocked):
            return locked_words(words, WhyLocked(why))
        case _:
            return ""
