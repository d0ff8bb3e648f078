"""A content pack is read as it was written; whatever else happens to it on its way, it is refused with a code."""

import hashlib
import json
import tarfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bundles import WHEN, Laptop
from tests.support.containers import cut, flipped, lengthened, members_of, packed, rearranged
from tests.support.packs import KEY, content, sign, written_pack
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange import canonical
from victimid.exchange.bundle import read_receipt, verify_bundle
from victimid.exchange.content_pack import NAME, draft, read_pack, write_pack
from victimid.exchange.limits import MAX_PACK_FILES, MAX_SEQUENCE, PACK_FORM, PACK_SERVICES
from victimid.model.content import PackContent

REFUSED = r"^(exchange|signature)\."
SIGNATURE = f"{NAME}.sig"
FORMS = ("<one/>", "<two>ñ</two>")
MEDIA = (b"a picture", b"a recording" * 100)
HASHES = sorted(hashlib.sha256(data).hexdigest() for data in MEDIA)
HASH = "ab" * 32

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)
contents = st.builds(
    content,
    st.one_of(st.just(""), texts),
    st.lists(texts, max_size=12),
    st.lists(st.binary(min_size=1, max_size=2000), max_size=4),
).filter(lambda made: bool(made.services or made.forms or made.media))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.just(ZoneInfo("America/Belem")))  # noqa: DTZ001 - the strategy adds the zone


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = written_pack(tmp_path_factory.mktemp("original"), content(forms=FORMS, media=MEDIA), 3)
    assert path.name == "content-000003.pack.tar"
    return path.read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place") / "content.pack.tar"


def refused(place: Path, data: bytes) -> str:
    place.write_bytes(data)
    with pytest.raises(VictimIDError, match=REFUSED) as refusal:
        read_pack(place, KEY.public)
    return refusal.value.code


def signed_anew(original: bytes, document: bytes, *files: tuple[str, bytes]) -> bytes:
    """Return the pack with another manifest that headquarters signed, and its files or others."""
    kept = files or tuple(members_of(original)[2:])
    return packed([(NAME, document), (SIGNATURE, sign(sshsig.CONTENT_NAMESPACE, document)), *kept])


def told(original: bytes) -> dict[str, object]:
    read: dict[str, object] = json.loads(dict(members_of(original))[NAME])
    return read


@settings(deadline=None)
@given(contents, st.integers(1, MAX_SEQUENCE), moments)
def test_a_pack_is_read_as_it_was_drafted(
    tmp_path_factory: pytest.TempPathFactory, brings: PackContent, number: int, at: datetime
) -> None:
    pack = draft(number, at, brings)
    path = write_pack(tmp_path_factory.mktemp("stick"), pack, sign)
    assert read_pack(path, KEY.public) == pack
    assert (pack.content, pack.number) == (brings, number)
    assert 0 <= (at - pack.issued_at).total_seconds() < 1
    assert pack.sha256 == hashlib.sha256(dict(members_of(path.read_bytes()))[NAME]).hexdigest()


def test_members_stand_in_the_order_of_the_manifest(original: bytes) -> None:
    named = ["form-001.xml", "form-002.xml", *(f"media-{sha256}" for sha256 in HASHES), "services.toml"]
    assert [name for name, _ in members_of(original)] == [NAME, SIGNATURE, *named]
    assert [file["name"] for file in json.loads(dict(members_of(original))[NAME])["files"]] == named


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_flipped_bit_is_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(flipped(original)))


@settings(deadline=None)
@given(st.data())
def test_a_shorter_or_longer_pack_is_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(cut(original)))
    refused(place, data.draw(lengthened(original)))
    refused(place, original + bytes(512))


@settings(deadline=None)
@given(st.data())
def test_members_in_any_other_arrangement_are_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(rearranged(original)))


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_refused(place: Path, data: bytes) -> None:
    refused(place, data)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("form-003.xml", "exchange.foreign_member"),
        ("media-" + HASH, "exchange.foreign_member"),
        ("media-" + HASH.upper(), "exchange.foreign_member"),
        ("form-1.xml", "exchange.foreign_member"),
        ("../services.toml", "exchange.foreign_member"),
        ("receipt.json", "exchange.foreign_member"),
        ("content.json", "exchange.foreign_member"),
    ],
)
def test_foreign_members_are_refused(original: bytes, place: Path, name: str, code: str) -> None:
    members = members_of(original)
    for position in (0, 2, len(members)):
        assert refused(place, packed([*members[:position], (name, b"x"), *members[position:]])) == code


def test_altered_swapped_and_resized_files_are_refused(original: bytes, place: Path) -> None:
    members = members_of(original)
    name, data = members[2]
    for other in (data.swapcase(), data + b" ", data[:-1]):
        changed = [*members[:2], (name, other), *members[3:]]
        assert refused(place, packed(changed)) == "exchange.damaged_container"
    swapped = [*members[:2], (name, members[3][1]), (members[3][0], data), *members[4:]]
    assert refused(place, packed(swapped)) == "exchange.damaged_container"


@pytest.mark.parametrize(
    ("name", "size"), [("services.toml", PACK_SERVICES), ("form-001.xml", PACK_FORM), ("media-" + HASH, PACK_FORM)]
)
def test_a_member_that_claims_too_much_is_refused_by_its_header(place: Path, name: str, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size + 1, 0o600, 1_577_836_800
    assert refused(place, info.tobuf(tarfile.USTAR_FORMAT)) == "exchange.too_large"


def entry(name: str, size: int = 1, sha256: str = HASH) -> dict[str, object]:
    return {"name": name, "size": size, "sha256": sha256}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"format": 2}, "exchange.newer_format"),
        ({"format": 2, "anything": "else"}, "exchange.newer_format"),
        ({"format": True}, "exchange.bad_content"),
        ({"number": 0}, "exchange.bad_content"),
        ({"number": MAX_SEQUENCE + 1}, "exchange.bad_content"),
        ({"number": 1.0}, "exchange.bad_content"),
        ({"issued_at": "2026-11-22T10:30:00+02:00"}, "exchange.bad_content"),
        ({"issued_at": "2026-11-22"}, "exchange.bad_content"),
        ({"note": "x"}, "exchange.bad_content"),
        ({"files": []}, "exchange.bad_content"),
        ({"files": {}}, "exchange.bad_content"),
        ({"files": [[]]}, "exchange.bad_content"),
        ({"files": [{**entry("services.toml"), "mode": 7}]}, "exchange.bad_content"),
        ({"files": [entry("services.toml", 0)]}, "exchange.bad_content"),
        ({"files": [entry("services.toml", sha256="ab")]}, "exchange.bad_content"),
        ({"files": [entry("services.toml\n")]}, "exchange.bad_content"),
        ({"files": [entry("../services.toml")]}, "exchange.bad_content"),
        ({"files": [entry("form-000.xml")]}, "exchange.bad_content"),
        ({"files": [entry("form-002.xml")]}, "exchange.bad_content"),
        ({"files": [entry("form-001.xml"), entry("form-003.xml")]}, "exchange.bad_content"),
        ({"files": [entry("form-001.xml"), entry("form-001.xml")]}, "exchange.bad_content"),
        ({"files": [entry("form-002.xml"), entry("form-001.xml")]}, "exchange.bad_content"),
        ({"files": [entry("services.toml"), entry("form-001.xml")]}, "exchange.bad_content"),
        ({"files": [entry("media-" + "cd" * 32)]}, "exchange.bad_content"),
        ({"files": [entry("services.toml", PACK_SERVICES + 1)]}, "exchange.too_large"),
        ({"files": [entry("form-001.xml", PACK_FORM + 1)]}, "exchange.too_large"),
        ({"files": [entry(f"form-{number:03d}.xml") for number in range(1, 102)]}, "exchange.too_large"),
        ({"files": [entry(f"form-00{number}.xml", PACK_FORM) for number in range(1, 6)]}, "exchange.too_large"),
        ({"files": [entry(f"form-{number:03d}.xml") for number in range(1, 4)]}, "exchange.missing_member"),
        ({"files": [entry("form-001.xml", 6)]}, "exchange.foreign_member"),
        ({"files": [entry("services.toml")] * (MAX_PACK_FILES + 1)}, "exchange.bad_content"),
    ],
)
def test_a_hostile_manifest_under_a_good_signature_is_refused(
    original: bytes, place: Path, change: dict[str, object], code: str | None
) -> None:
    data = signed_anew(original, canonical.encode({**told(original), **change}))
    if code is None:
        assert data == original
    else:
        assert refused(place, data) == code


@pytest.mark.parametrize(
    "respelled",
    [
        lambda text: text.replace('"format":1', '"format": 1'),
        lambda text: text.replace('"format":1', '"format":1,"format":1'),
        lambda text: text.rstrip(),
        lambda text: "[" * len(text) * 200,
    ],
)
def test_the_manifest_has_one_spelling(original: bytes, place: Path, respelled: Callable[[str], str]) -> None:
    document = respelled(dict(members_of(original))[NAME].decode()).encode()
    assert refused(place, signed_anew(original, document)) == "exchange.bad_content"


@pytest.mark.parametrize("name", ["services.toml", "form-001.xml"])
def test_files_of_text_are_utf_8(original: bytes, place: Path, name: str) -> None:
    data = "ñandú".encode("latin-1")
    document = canonical.encode({**told(original), "files": [entry(name, len(data), hashlib.sha256(data).hexdigest())]})
    assert refused(place, signed_anew(original, document, (name, data))) == "exchange.bad_content"


@pytest.mark.parametrize(
    ("namespace", "code"),
    [
        (sshsig.RECEIPT_NAMESPACE, "signature.wrong_namespace"),
        (sshsig.MANIFEST_NAMESPACE, "signature.wrong_namespace"),
        (sshsig.CONTENT_NAMESPACE, "signature.wrong_key"),
    ],
)
def test_a_signature_for_something_else_or_by_somebody_else_is_refused(
    original: bytes, place: Path, namespace: str, code: str
) -> None:
    document = dict(members_of(original))[NAME]
    signature = sign(namespace, document) if "namespace" in code else Laptop().sign(namespace, document)
    assert refused(place, packed([(NAME, document), (SIGNATURE, signature), *members_of(original)[2:]])) == code


def test_a_pack_is_neither_bundle_nor_receipt(original: bytes, place: Path) -> None:
    place.write_bytes(original)
    for reader in (verify_bundle, read_receipt):
        with pytest.raises(VictimIDError, match=r"exchange\.foreign_member"):
            reader(place, KEY.public)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(VictimIDError, match=r"exchange\.unreadable"):
            read_pack(path, KEY.public)


@pytest.mark.parametrize(
    ("brings", "code"),
    [
        (content(""), "exchange.bad_content"),
        (content(forms=["<x/>", ""]), "exchange.bad_content"),
        (content(media=[b""]), "exchange.bad_content"),
        (PackContent("", ("<x/>",), {HASH: b"something else"}), "exchange.bad_content"),
        (content("#" * (PACK_SERVICES + 1)), "exchange.too_large"),
        (content(forms=["<x/>"] * 101), "exchange.too_large"),
    ],
)
def test_what_no_laptop_would_read_is_not_drafted(brings: PackContent, code: str) -> None:
    with pytest.raises(VictimIDError) as refusal:
        draft(1, WHEN, brings)
    assert refusal.value.code == code


def test_a_pack_as_a_whole_has_a_limit() -> None:
    media = [bytes([number]) * PACK_FORM for number in range(4)]
    draft(1, WHEN, content("", media=media))
    with pytest.raises(VictimIDError, match=r"exchange\.too_large"):
        draft(1, WHEN, content("#", media=media))
