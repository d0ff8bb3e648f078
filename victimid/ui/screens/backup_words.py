"""How screens say when a backup was made and how large it is."""

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


def mebibytes(size: int) -> int:
    """Return a size in bytes as mebibytes, rounded up."""
    return -(-size // _MIB)
