"""How screens speak of backups: when one was made, how large it is, and what making or reading it came to."""

from victimid import formats
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.backup import Backup

_MIB = 1024 * 1024


def when_words(words: Words, backup: Backup) -> str:
    """Say when it was made; where it does not say so itself, the day in its name."""
    if backup.record is None:
        return isolated(formats.day(backup.day, words.language))
    return isolated(formats.moment(backup.record.made_at, words.language))


def size_words(words: Words, backup: Backup) -> str:
    """Say how much room it takes; nothing where it cannot be read."""
    if backup.record is None:
        return ""
    size = formats.number(mebibytes(backup.record.database.size + backup.record.header.size), words.language)
    # Translators: how large a file is, in mebibytes.
    return words.gettext("{size} MiB", size=size)


def made_words(words: Words) -> str:
    """Say that a backup was made."""
    return words.gettext("The backup is made and verified: it was read back from the disk and can be opened.")


def whole_words(words: Words) -> str:
    """Say that all were read again."""
    return words.gettext("Every backup was read from end to end and can be opened.")


def removed_words(words: Words, count: int) -> str:
    """Say that older ones had to go, and what that means for those elsewhere."""
    removed = words.ngettext(
        "{count} older backup was removed: it held what should be gone.",
        "{count} older backups were removed: they held what should be gone.",
        count,
    )
    elsewhere = words.gettext("Those on sticks are as they were: destroy or replace them too.")
    return f"{removed} {elsewhere}"


def mebibytes(size: int) -> int:
    """Return a size in bytes as mebibytes, rounded up."""
    return -(-size // _MIB)
