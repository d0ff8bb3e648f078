"""How commands tell what became of backups that held what should be gone."""

from victimid.app.backing_up import Renewal
from victimid.cli.output import GOOD, WANTING, report


def renewal_document(renewal: Renewal) -> dict[str, object]:
    """Return it as JSON-ready data."""
    made = renewal.made
    return {
        "backup": made.backup.name if made else None,
        "backups_removed": made.removed if made else 0,
        "backup_problem": renewal.problem.code if renewal.problem else None,
    }


def renewal_lines(renewal: Renewal) -> list[str]:
    """Say it; backups on sticks and elsewhere are beyond this program."""
    made = renewal.made
    if not made:
        return []
    return [
        f"New backup {made.backup.name}. Older ones removed from this laptop: {made.removed}.",
        "Backups elsewhere, such as on sticks, are as they were: destroy or replace them too.",
    ]


def renewal_exit(renewal: Renewal) -> int:
    """Report a backup that could not be made and return the exit code."""
    if not renewal.problem:
        return GOOD
    report(renewal.problem)
    return WANTING
