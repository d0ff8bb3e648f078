"""Texts of a form as they are said: with their styles, and with the pictures and recordings kept with the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from victimid.forms.markup import Run, plain
from victimid.model.attachment import HEAD
from victimid.model.form_media import form_media_type
from victimid.store.form_media import FormMedia

__all__ = ["MediaFile", "Run", "Said", "Shelf"]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or recording; without content where it is named by the form and not kept with it."""

    sha256: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one language: plain, in its styles, with what is shown and played beside it.

    ``large`` is the picture that opens over the whole window.
    """

    text: str
    runs: tuple[Run, ...] = ()
    picture: MediaFile | None = None
    large: MediaFile | None = None
    recording: MediaFile | None = None


class Shelf:
    """The files of one form, each read from the vault at most once."""

    def __init__(self, files: Mapping[str, str], kept: FormMedia) -> None:
        self._files, self._kept = files, kept
        self._read: dict[str, MediaFile] = {}

    def said(self, runs: tuple[Run, ...], media: Mapping[str, str]) -> Said:
        """Put a text and its files together; a large picture alone stands for the small one too."""
        large = self._file(media.get("big-image", ""))
        picture = self._file(media.get("image", "")) or large
        return Said(plain(runs), runs, picture, large, self._file(media.get("audio", "")))

    def _file(self, name: str) -> MediaFile | None:
        if not name:
            return None
        if name not in self._read:
            sha256 = self._files.get(name, "")
            content = self._kept.read(sha256) if sha256 else b""
            self._read[name] = MediaFile(sha256, form_media_type(content[:HEAD]), content)
        return self._read[name]
