"""Sentences for the codes of playing recordings."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "sound.no_device": N_(
        "This machine has no speaker that can be used, so the recording cannot be played. Read the question aloud."
    ),
    "sound.unreadable": N_("This recording is damaged and cannot be played. Read the question aloud."),
}
