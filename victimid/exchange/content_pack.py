"""Headquarters' signed update of content, in the same kind of container as bundles and receipts."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange import canonical, container, newfile, signed
from victimid.exchange.container import Member
from victimid.exchange.limits import (
    MAX_PACK_FILES,
    MAX_PACK_FORMS,
    MAX_RECORDS,
    MAX_SEQUENCE,
    PACK_FORM,
    PACK_LIMIT,
    PACK_SERVICES,
)
from victimid.exchange.manifest import HASH
from victimid.exchange.signed import Sign
from victimid.model.content import ContentPack, PackContent

NAME: Final = "content.json"

_FORMAT: Final = 1
_BAD: Final = "exchange.bad_content"
_SERVICES: Final = "services.toml"
_MEDIA: Final = "media-"
_FORM_NAME: Final = r"form-[0-9]{3}\.xml"
_FILE_NAME: Final = rf"services\.toml|{_FORM_NAME}|{_MEDIA}{HASH}"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the manifest lists it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The signed list of what is in a pack."""

    format: int
    number: int
    issued_at: datetime
    files: tuple[_File, ...]


def draft(number: int, issued_at: datetime, content: PackContent) -> ContentPack:
    """Return the pack as it will be written and read; raises exchange.bad_content and exchange.too_large."""
    at = issued_at.astimezone(UTC).replace(microsecond=0)
    document = _document(number, at, content)
    _decode(document)
    return ContentPack(number, at, hashlib.sha256(document).hexdigest(), content)


def write_pack(folder: Path, pack: ContentPack, sign: Sign) -> Path:
    """Write ``content-<number>.pack.tar`` into a folder.

    Raises exchange.exists, exchange.disk_full, exchange.cannot_write and exchange.bad_medium.
    """
    path = folder / f"content-{pack.number:06d}.pack.tar"
    if path.exists():
        raise VictimIDError("exchange.exists", name=path.name)
    document = _document(pack.number, pack.issued_at, pack.content)
    signature = sign(sshsig.CONTENT_NAMESPACE, document)
    public_key = sshsig.signer(signature)

    def write(stream: BinaryIO) -> None:
        signed.add(stream, NAME, document, signature)
        for name, data in _files(pack.content).items():
            container.add(stream, name, data)
        container.end(stream)

    newfile.create(path, write, lambda partial: _read_back(partial, public_key, pack))
    return path


def read_pack(path: Path, public_key: str) -> ContentPack:
    """Return a pack that headquarters' key signed; what its files say is not looked at.

    Raises ``signature.*``, exchange.unreadable, exchange.damaged_container, exchange.foreign_member,
    exchange.missing_member, exchange.too_large, exchange.bad_content and exchange.newer_format.
    """
    with signed.opened(path) as stream:
        members = container.scan(stream, _limit)
        document = signed.read(stream, members, NAME, sshsig.CONTENT_NAMESPACE, public_key)
        manifest = _decode(document)
        _check_members(manifest, members)
        files = {file.name: _checked(stream, members, file) for file in manifest.files}
    return ContentPack(manifest.number, manifest.issued_at, hashlib.sha256(document).hexdigest(), _content(files))


def _read_back(partial: Path, public_key: str, pack: ContentPack) -> None:
    try:
        same = read_pack(partial, public_key) == pack
    except VictimIDError as error:
        raise VictimIDError("exchange.bad_medium") from error
    if not same:
        raise VictimIDError("exchange.bad_medium")


def _files(content: PackContent) -> Mapping[str, bytes]:
    """Return the files of a pack by name, in their order."""
    services = {_SERVICES: content.services.encode()} if content.services else {}
    forms = {_form_name(number): form.encode() for number, form in enumerate(content.forms, 1)}
    media = {f"{_MEDIA}{sha256}": data for sha256, data in content.media.items()}
    return dict(sorted({**services, **forms, **media}.items()))


def _content(files: Mapping[str, bytes]) -> PackContent:
    """Return what the files of a pack hold; raises exchange.bad_content."""
    try:
        services = files.get(_SERVICES, b"").decode()
        forms = tuple(data.decode() for name, data in files.items() if _is_form(name))
    except UnicodeDecodeError:
        raise VictimIDError(_BAD) from None
    media = {name.removeprefix(_MEDIA): data for name, data in files.items() if name.startswith(_MEDIA)}
    return PackContent(services, forms, media)


def _document(number: int, issued_at: datetime, content: PackContent) -> bytes:
    """Return the one spelling of the manifest."""
    files = tuple(_File(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in _files(content).items())
    written = canonical.written_moment(issued_at)
    return canonical.encode({**asdict(_Manifest(_FORMAT, number, issued_at, files)), "issued_at": written})


def _decode(data: bytes) -> _Manifest:
    members = canonical.decode(data, _BAD)
    if members.number("format", 1, MAX_RECORDS) != _FORMAT:
        raise VictimIDError("exchange.newer_format")
    members.only("format", "number", "issued_at", "files")
    manifest = _Manifest(
        format=_FORMAT,
        number=members.number("number", 1, MAX_SEQUENCE),
        issued_at=members.moment("issued_at"),
        files=tuple(_file(entry) for entry in members.members("files", MAX_PACK_FILES)),
    )
    _check_sizes(manifest)
    _check_names(manifest)
    return manifest


def _file(members: canonical.Members) -> _File:
    members.only("name", "size", "sha256")
    return _File(
        name=members.text("name", _FILE_NAME),
        size=members.number("size", 1, MAX_RECORDS),
        sha256=members.text("sha256", HASH),
    )


def _check_sizes(manifest: _Manifest) -> None:
    forms = sum(_is_form(file.name) for file in manifest.files)
    too_large = any(file.size > (_limit(file.name) or 0) for file in manifest.files)
    if too_large or forms > MAX_PACK_FORMS or sum(file.size for file in manifest.files) > PACK_LIMIT:
        raise VictimIDError("exchange.too_large")


def _check_names(manifest: _Manifest) -> None:
    """Files are in order of their names, each once; forms are numbered without a hole, media named by their hash."""
    names = [file.name for file in manifest.files]
    forms = [name for name in names if _is_form(name)]
    hashed = all(file.name == f"{_MEDIA}{file.sha256}" for file in manifest.files if file.name.startswith(_MEDIA))
    numbered = forms == [_form_name(number + 1) for number in range(len(forms))]
    if not names or names != sorted(set(names)) or not numbered or not hashed:
        raise VictimIDError(_BAD)


def _check_members(manifest: _Manifest, members: Mapping[str, Member]) -> None:
    """Demand exactly the members the manifest lists, in its order, with the sizes it gives."""
    expected = [NAME, signed.signature_name(NAME), *(file.name for file in manifest.files)]
    if set(expected) - set(members):
        raise VictimIDError("exchange.missing_member")
    if list(members) != expected:
        raise VictimIDError("exchange.foreign_member")
    if any(members[file.name].size != file.size for file in manifest.files):
        raise VictimIDError("exchange.damaged_container")


def _checked(stream: BinaryIO, members: Mapping[str, Member], file: _File) -> bytes:
    data = container.content(stream, members, file.name)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise VictimIDError("exchange.damaged_container")
    return data


def _form_name(number: int) -> str:
    return f"form-{number:03d}.xml"


def _is_form(name: str) -> bool:
    return re.fullmatch(_FORM_NAME, name, re.ASCII) is not None


def _limit(name: str) -> int | None:
    if re.fullmatch(_FILE_NAME, name, re.ASCII):
        return PACK_SERVICES if name == _SERVICES else PACK_FORM
    return signed.limit(name, NAME)
