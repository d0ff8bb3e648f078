"""Sentences for what can go wrong with documents."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "document.no_font": N_(
        "No document was written, because the character {character} (script: {script}) cannot be printed with "
        "the fonts of this program. The case is safe. Replace that character in the text and try again."
    ),
    "document.passphrase_empty": N_(
        "No document was written, because it would have had no passphrase. The case is safe. Try again with a "
        "passphrase."
    ),
    "document.passphrase_too_long": N_(
        "No document was written, because the passphrase is longer than the {most} bytes that PDF readers take. "
        "The case is safe. Try again with a shorter passphrase."
    ),
}
