"""Whatever happens to a bundle on its way, it is refused with a code before anything of it is used."""

import gzip
import io
import itertools
import json
import random
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bundles import HEADQUARTERS, WHEN, Laptop, record
from tests.support.containers import cut, flipped, lengthened, members_of, packed, rearranged
from victimid.crypto import age, sshsig
from victimid.errors import VictimIDError
from victimid.exchange import canonical, compression, container, lines, manifest, signed
from victimid.exchange.bundle import (
    claimed_signer,
    read_manifest,
    read_receipt,
    read_records,
    verify_bundle,
    write_receipt,
)
from victimid.exchange.compression import heading
from victimid.exchange.limits import MAX_LINE, PART_LIMIT
from victimid.model.bundle import Manifest, Receipt

LAPTOP = Laptop()
REFUSED = r"^(exchange|signature|age)\."


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a bundle of three parts."""
    source = random.Random(3)  # noqa: S311 - filler, not a secret
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compression, "PART_TARGET", 1000)
        records = [record(number, source.randbytes(40_000).hex()) for number in range(3)]
        folder = tmp_path_factory.mktemp("original")
        written = Laptop(LAPTOP.key).write(folder, records)
    assert len(written.manifest.parts) == 3
    return written.path.read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place") / "bundle.tar"


def refused(place: Path, data: bytes) -> str:
    place.write_bytes(data)
    with pytest.raises(VictimIDError, match=REFUSED) as refusal:
        verify_bundle(place, LAPTOP.key.public)
    return refusal.value.code


def test_unchanged_bundle_is_accepted(original: bytes, place: Path) -> None:
    place.write_bytes(packed(members_of(original)))
    assert place.read_bytes() == original
    verify_bundle(place, LAPTOP.key.public)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_flipped_bit_is_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(flipped(original)))


def test_every_byte_of_headers_filler_and_documents_counts(original: bytes, place: Path) -> None:
    start = original.index(b"manifest.json\0")
    for position in range(start, len(original), 3):
        damaged = bytearray(original)
        damaged[position] ^= 1 << position % 8
        refused(place, bytes(damaged))


@settings(deadline=None)
@given(st.data())
def test_truncated_or_lengthened_bundle_is_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(cut(original)))
    refused(place, data.draw(lengthened(original)))
    refused(place, original + bytes(512))


@settings(deadline=None)
@given(st.data())
def test_members_in_any_other_arrangement_are_refused(original: bytes, place: Path, data: st.DataObject) -> None:
    refused(place, data.draw(rearranged(original)))


def test_swapped_contents_are_refused(original: bytes, place: Path) -> None:
    (one, first), (two, second), *others = members_of(original)
    assert refused(place, packed([(one, second), (two, first), *others])) == "exchange.damaged_part"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../data-0004.age",
        "data-0004.age",
        "a/data-0001.age",
        "readme.txt",
        "data-0001.age ",
        "manifest.JSON",
    ],
)
def test_extra_members_are_refused(original: bytes, place: Path, name: str) -> None:
    members = members_of(original)
    for position in (0, len(members)):
        changed = [*members[:position], (name, b"x"), *members[position:]]
        assert refused(place, packed(changed)) == "exchange.foreign_member"


@pytest.mark.parametrize(
    "change",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "manifest.json"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CHRTYPE},
        {"type": tarfile.FIFOTYPE},
        {"uid": 1000},
        {"uname": "jean"},
        {"mode": 0o777},
        {"mtime": 5},
    ],
)
def test_links_devices_and_foreign_headers_are_refused(original: bytes, place: Path, change: dict[str, object]) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members_of(original):
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(content), 0o600, 1_577_836_800
            if name == "data-0002.age":
                for field, value in change.items():
                    setattr(info, field, value)
                info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content))
    assert refused(place, target.getvalue()) in {"exchange.damaged_container", "exchange.foreign_member"}


@pytest.mark.parametrize("style", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_other_spellings_of_tar_are_refused(original: bytes, place: Path, style: int) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=style, pax_headers={"comment": "x"}) as archive:
        for name, content in members_of(original):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    refused(place, target.getvalue())


def test_member_that_claims_to_be_huge_is_refused_by_its_header(place: Path) -> None:
    info = tarfile.TarInfo("data-0001.age")
    info.size, info.mode, info.mtime = PART_LIMIT + 1, 0o600, 1_577_836_800
    assert refused(place, info.tobuf(tarfile.USTAR_FORMAT)) == "exchange.too_large"


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_refused_everywhere(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    readers: list[Callable[[], object]] = [
        lambda: claimed_signer(place),
        lambda: read_manifest(place, LAPTOP.key.public),
        lambda: verify_bundle(place, LAPTOP.key.public),
        lambda: read_receipt(place, LAPTOP.key.public),
    ]
    for reader in readers:
        with pytest.raises(VictimIDError, match=REFUSED):
            reader()


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    failing_medium = Path("/proc/self/mem")
    for path in (tmp_path, tmp_path / "none", Path("/dev/zero"), failing_medium):
        with pytest.raises(VictimIDError, match=r"exchange\.unreadable"):
            verify_bundle(path, LAPTOP.key.public)


def signed_bundle(clear: bytes, **changes: object) -> tuple[bytes, Manifest]:
    """Make a bundle whose signature holds, with any clear text in its one part and any change of its manifest."""
    sealed = age.encrypt(clear, [HEADQUARTERS.recipient])
    stream = io.BytesIO()
    with container.member(stream, "data-0001.age") as sink:
        sink.write(sealed)
    told: dict[str, object] = {
        "format": 1,
        "device": LAPTOP.device,
        "sequence": 1,
        "previous_sha256": "",
        "created_at": WHEN.isoformat(),
        "audit_head": "",
        "records": 1,
        "recipients": [age.fingerprint(HEADQUARTERS.recipient)],
        "parts": [{"name": "data-0001.age", "size": sink.size, "sha256": sink.sha256}],
    }
    document = canonical.encode({**told, **changes})
    made = manifest.decode(canonical.encode(told))
    signed.add(stream, manifest.NAME, document, LAPTOP.sign(sshsig.MANIFEST_NAMESPACE, document))
    sums = manifest.sums(made) if not changes else b""
    container.add(stream, manifest.SUMS_NAME, sums)
    container.end(stream)
    return stream.getvalue(), made


HEADING = heading(LAPTOP.device, 1, 1, (age.fingerprint(HEADQUARTERS.recipient),))
LINE = lines.encode(record(1))


@pytest.mark.parametrize(
    ("clear", "code"),
    [
        (gzip.compress(HEADING), "exchange.wrong_count"),
        (gzip.compress(HEADING + LINE + LINE), "exchange.wrong_count"),
        (gzip.compress(LINE), "exchange.wrapped_anew"),
        (gzip.compress(b""), "exchange.wrapped_anew"),
        (gzip.compress(heading(Laptop().device, 1, 1, ()) + LINE), "exchange.wrapped_anew"),
        (gzip.compress(HEADING.replace(b'"sequence":1', b'"sequence":2') + LINE), "exchange.wrapped_anew"),
        (b"no gzip at all", "exchange.damaged_part"),
        (gzip.compress(HEADING + LINE)[:-3], "exchange.damaged_part"),
        (gzip.compress(HEADING + b"{}\n"), "exchange.bad_record"),
        (gzip.compress(HEADING + b"[1]\n"), "exchange.bad_record"),
        (gzip.compress(HEADING + b"SQLite format 3\0\n"), "exchange.bad_record"),
        (gzip.compress(HEADING + LINE[:-1]), "exchange.bad_record"),
        (gzip.compress(HEADING + b"[" * 100_000 + b"\n"), "exchange.bad_record"),
        (gzip.compress(HEADING + LINE[:-2] + b',"n":' + b"9" * 5000 + b"}\n"), "exchange.bad_record"),
        (gzip.compress(HEADING + LINE[:-2] + b',"n":NaN}\n'), "exchange.bad_record"),
        (gzip.compress(HEADING + LINE[:-2] + b',"n":"\\ud800"}\n'), "exchange.bad_record"),
        (gzip.compress(HEADING + LINE[:-2] + b',"n":"\xff"}\n'), "exchange.bad_record"),
        (gzip.compress(HEADING + b"x" * (MAX_LINE + 1) + b"\n"), "exchange.unfolds_too_far"),
    ],
)
def test_hostile_contents_under_a_good_signature_are_refused(place: Path, clear: bytes, code: str) -> None:
    data, made = signed_bundle(clear)
    place.write_bytes(data)
    assert verify_bundle(place, LAPTOP.key.public) == made
    with pytest.raises(VictimIDError) as refusal:
        list(read_records(place, made, HEADQUARTERS.secret))
    assert refusal.value.code == code


def test_gzip_bomb_is_cut_off(place: Path) -> None:
    data, made = signed_bundle(gzip.compress(HEADING + lines.encode(record(1, "a" * 1_000_000)) * 100))
    place.write_bytes(data)
    assert len(data) < 200_000
    records = read_records(place, replace(made, records=1000), HEADQUARTERS.secret)
    with pytest.raises(VictimIDError, match=r"exchange\.unfolds_too_far"):
        list(itertools.islice(records, 34))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "exchange.newer_format"),
        ({"format": "1"}, "exchange.bad_manifest"),
        ({"device": "0" * 16}, "exchange.wrong_device"),
        ({"device": "A" * 16}, "exchange.bad_manifest"),
        ({"sequence": True}, "exchange.bad_manifest"),
        ({"sequence": -1}, "exchange.bad_manifest"),
        ({"sequence": 2}, "exchange.bad_manifest"),
        ({"records": 1.5}, "exchange.bad_manifest"),
        ({"created_at": "yesterday"}, "exchange.bad_manifest"),
        ({"created_at": "2026-11-21T08:30:00"}, "exchange.bad_manifest"),
        ({"created_at": "2026-11-21T10:30:00+02:00"}, "exchange.bad_manifest"),
        ({"created_at": "9999-12-31T23:59:59-12:00"}, "exchange.bad_manifest"),
        ({"recipients": "ab"}, "exchange.bad_manifest"),
        ({"recipients": ["ab" * 32] * 17}, "exchange.bad_manifest"),
        ({"parts": [[]]}, "exchange.bad_manifest"),
        ({"parts": [{"name": "../a", "size": 1, "sha256": "ab" * 32}]}, "exchange.bad_manifest"),
        ({"parts": [{"name": "data-0002.age", "size": 1, "sha256": "ab" * 32}]}, "exchange.bad_manifest"),
        ({"parts": [{"name": "data-0001.age", "size": 1, "sha256": "ab" * 32}]}, "exchange.damaged_part"),
        ({"parts": []}, "exchange.foreign_member"),
        ({"person": "Jean"}, "exchange.bad_manifest"),
        ({"records": 2}, "exchange.sums_differ"),
    ],
)
def test_hostile_manifest_under_a_good_signature_is_refused(place: Path, change: dict[str, object], code: str) -> None:
    data, _ = signed_bundle(gzip.compress(HEADING + LINE), **change)
    assert refused(place, data) == code


@pytest.mark.parametrize(
    "respelled",
    [
        lambda text: text.replace('"format":1', '"format": 1'),
        lambda text: text.replace('"format":1', '"format":1,"format":1'),
        lambda text: text.rstrip(),
        lambda text: "[" * len(text) * 200,
        lambda text: f'"{len(text)}"\n',
        lambda text: text.replace('"records":1', '"records":' + "9" * 5000),
    ],
)
def test_manifest_has_one_spelling(place: Path, respelled: Callable[[str], str]) -> None:
    data, made = signed_bundle(gzip.compress(HEADING + LINE))
    document = respelled(manifest.encode(made).decode()).encode()
    members = dict(members_of(data))
    members["manifest.json"] = document
    members["manifest.json.sig"] = LAPTOP.sign(sshsig.MANIFEST_NAMESPACE, document)
    assert refused(place, packed(list(members.items()))) == "exchange.bad_manifest"


def test_bundle_that_changes_between_verification_and_reading_gains_nothing(place: Path) -> None:
    data, made = signed_bundle(gzip.compress(HEADING + LINE))
    other, _ = signed_bundle(gzip.compress(HEADING + lines.encode(record(2))))
    place.write_bytes(data)
    verify_bundle(place, LAPTOP.key.public)
    place.write_bytes(other)
    with pytest.raises(VictimIDError, match=r"exchange\.damaged_part"):
        list(read_records(place, made, HEADQUARTERS.secret))


def test_signature_for_a_receipt_does_not_make_a_bundle(place: Path) -> None:
    data, made = signed_bundle(gzip.compress(HEADING + LINE))
    members = dict(members_of(data))
    members["manifest.json.sig"] = LAPTOP.sign(sshsig.RECEIPT_NAMESPACE, manifest.encode(made))
    assert refused(place, packed(list(members.items()))) == "signature.wrong_namespace"


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    answer = Receipt(LAPTOP.device, 7, "cd" * 32, 12, WHEN)
    path = write_receipt(tmp_path_factory.mktemp("receipt"), answer, LAPTOP.sign)
    assert path.name == f"{LAPTOP.device}-000007.receipt.tar"
    assert read_receipt(path, LAPTOP.key.public) == answer
    return path.read_bytes()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_flipped_bit_of_a_receipt_is_refused(receipt: bytes, place: Path, data: st.DataObject) -> None:
    bit = data.draw(st.integers(0, len(receipt) * 8 - 1))
    damaged = bytearray(receipt)
    damaged[bit // 8] ^= 1 << bit % 8
    place.write_bytes(damaged)
    with pytest.raises(VictimIDError, match=REFUSED):
        read_receipt(place, LAPTOP.key.public)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"format": 2}, "exchange.newer_format"),
        ({"sequence": 0}, "exchange.bad_receipt"),
        ({"note": "x"}, "exchange.bad_receipt"),
        ({"manifest_sha256": ""}, "exchange.bad_receipt"),
    ],
)
def test_receipt_is_checked_beyond_its_signature(
    receipt: bytes, place: Path, change: dict[str, object], code: str | None
) -> None:
    document = canonical.encode({**json.loads(dict(members_of(receipt))["receipt.json"]), **change})
    signature = LAPTOP.sign(sshsig.RECEIPT_NAMESPACE, document)
    members = [("receipt.json", document), ("receipt.json.sig", signature)]
    place.write_bytes(packed(members))
    if code is None:
        assert read_receipt(place, LAPTOP.key.public).sequence == 7
        place.write_bytes(packed(members[::-1]))
        code = "exchange.foreign_member"
    with pytest.raises(VictimIDError) as refusal:
        read_receipt(place, LAPTOP.key.public)
    assert refusal.value.code == code
