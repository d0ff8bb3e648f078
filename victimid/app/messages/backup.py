"""Sentences for what can go wrong with backups, restoring and salvage."""

from typing import Final

from victimid.i18n import N_

SENTENCES: Final[dict[str, str]] = {
    "backup.damaged": N_(
        "This backup is damaged or not complete, so it is not used. Older backups and the vault are as they were. "
        "Choose another backup, or make a new one."
    ),
    "backup.none": N_("There is no backup in this place that can be read. Nothing was changed. Choose another folder."),
    "backup.altered": N_(
        "This backup does not belong to this vault, or somebody changed it, so it is not used. Nothing was changed. "
        "Choose another backup and tell headquarters."
    ),
    "backup.newer_version": N_(
        "This backup was made by a newer version of the program. Nothing was changed. Install the newer version."
    ),
    "backup.being_made": N_("A backup is being made already. Wait until it is done."),
    "salvage.nothing_readable": N_(
        "Nothing can be read from these records: the pages that say where everything is are damaged. "
        "The files are as they were. Keep a copy of the whole folder, then restore a backup."
    ),
    "job.cancelled": N_("Stopped as you wished. Everything is as it was before."),
}
