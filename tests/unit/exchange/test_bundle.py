"""Writing and reading bundles: what comes back, what is refused on the way out, what never touches a disk."""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.bundles import AUDIT_HEAD, HEADQUARTERS, MARKER, WHEN, Laptop, record
from victimid.crypto import age
from victimid.errors import VictimIDError
from victimid.exchange import compression, newfile, writing
from victimid.exchange.bundle import (
    BundleContent,
    WrittenBundle,
    claimed_signer,
    read_manifest,
    read_records,
    verify_bundle,
    write_bundle,
    write_receipt,
)
from victimid.exchange.limits import MAX_LINE, PART_LIMIT
from victimid.model.bundle import Receipt, Record


@pytest.fixture
def laptop() -> Laptop:
    return Laptop()


def read(written: WrittenBundle, laptop: Laptop, secret: str = HEADQUARTERS.secret) -> list[Record]:
    verified = verify_bundle(written.path, laptop.key.public)
    return list(read_records(written.path, verified, secret))


def incompressible(count: int, size: int) -> Iterator[Record]:
    source = random.Random(7)  # noqa: S311 - filler, not a secret
    for number in range(count):
        yield record(number, source.randbytes(size // 2).hex())


def test_records_come_back_as_they_went(tmp_path: Path, laptop: Laptop) -> None:
    records = [
        {"kind": "k", "id": "é\n<b>&", "revision": 2, "nested": {"a": [1, None, True, "ayiti 🇭🇹 \x00"]}},
        {"kind": "empty", "id": "1", "revision": 1},
    ]
    written = laptop.write(tmp_path, records)
    assert read(written, laptop) == records
    assert written.manifest == read_manifest(written.path, laptop.key.public)
    assert written.manifest.records == 2
    assert claimed_signer(written.path) == " ".join(laptop.key.public.split()[:2])


def test_name_and_manifest_say_nothing_but_numbers(tmp_path: Path, laptop: Laptop) -> None:
    written = laptop.write(tmp_path, [record(1)])
    assert written.path.name == f"{laptop.device}-000001.bundle.tar"
    assert [path.name for path in tmp_path.iterdir()] == [written.path.name]
    assert written.manifest.audit_head == AUDIT_HEAD
    assert written.manifest.created_at == WHEN


def test_bundle_without_records_is_a_bundle(tmp_path: Path, laptop: Laptop) -> None:
    written = laptop.write(tmp_path, [])
    assert read(written, laptop) == []


def test_every_recipient_opens_it_and_nobody_else(tmp_path: Path, laptop: Laptop) -> None:
    cold = age.new_identity()
    laptop.recipients = [HEADQUARTERS.recipient, f" {cold.recipient.upper()} ", cold.recipient]
    written = laptop.write(tmp_path, [record(1)])
    assert written.manifest.recipients == tuple(age.fingerprint(key.recipient) for key in (HEADQUARTERS, cold))
    assert read(written, laptop) == read(written, laptop, cold.secret) == [record(1)]
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        read(written, laptop, age.new_identity().secret)


def test_large_exports_are_split_and_streamed(tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "PART_TARGET", 512 * 1024)
    written = laptop.write(tmp_path, incompressible(100, 80_000))
    assert len(written.manifest.parts) > 4
    assert all(0 < part.size < PART_LIMIT for part in written.manifest.parts)
    verified = verify_bundle(written.path, laptop.key.public)
    came = read_records(written.path, verified, HEADQUARTERS.secret)
    assert all(came_back == sent for came_back, sent in zip(came, incompressible(100, 80_000), strict=True))


def test_records_that_fold_well_stay_readable(tmp_path: Path, laptop: Laptop) -> None:
    line = record(1, "a" * 4_000_000)
    written = laptop.write(tmp_path, (line for _ in range(17)))
    assert len(written.manifest.parts) == 3
    assert sum(1 for _ in read(written, laptop)) == 17


def test_memory_stays_flat(tmp_path: Path) -> None:
    script = """
import random, resource, sys
from pathlib import Path
from tests.support.bundles import Laptop, record
source = random.Random(1)
def records(count):
    for number in range(count):
        yield record(number, source.randbytes(50_000).hex())
Laptop().write(Path(sys.argv[1]), records(10))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
Laptop().write(Path(sys.argv[1]), records(500))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, check=True, text=True)
    assert int(done.stdout) < 12 * 1024, "KiB more for 25 MiB of ciphertext"


def test_no_clear_text_is_written(tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    seen = 0

    def watched() -> Iterator[Record]:
        nonlocal seen
        for number in range(3000):
            if number % 500 == 0:
                for path in tmp_path.rglob("*"):
                    seen += 1
                    assert MARKER.encode() not in path.read_bytes()
            yield record(number, f"{MARKER} {os.urandom(200).hex()}")

    written = laptop.write(tmp_path, watched())
    assert seen > 2
    assert MARKER.encode() not in written.path.read_bytes()


def test_existing_bundle_is_not_overwritten(tmp_path: Path, laptop: Laptop) -> None:
    written = laptop.write(tmp_path, [record(1)])
    kept = written.path.read_bytes()
    laptop.sequence, laptop.previous_sha256 = 0, ""
    with pytest.raises(VictimIDError, match=r"exchange\.exists"):
        laptop.write(tmp_path, [record(2)])
    assert written.path.read_bytes() == kept


def test_partial_file_of_a_killed_run_is_replaced(tmp_path: Path, laptop: Laptop) -> None:
    victim = tmp_path / "elsewhere"
    victim.write_text("mine", "ascii")
    (tmp_path / f"{laptop.device}-000001.bundle.tar.partial").symlink_to(victim)
    written = laptop.write(tmp_path, [record(1)])
    assert victim.read_text("ascii") == "mine"
    assert not written.path.is_symlink()
    assert read(written, laptop) == [record(1)]


def test_failing_source_leaves_nothing(tmp_path: Path, laptop: Laptop) -> None:
    def records() -> Iterator[Record]:
        yield from incompressible(5, 200_000)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        laptop.write(tmp_path, records())
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_nothing(tmp_path: Path, laptop: Laptop) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        with pytest.raises(VictimIDError, match=r"exchange\.disk_full"):
            laptop.write(tmp_path, incompressible(20, 100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_device_that_is_full_is_told_from_other_failures(tmp_path: Path) -> None:
    def to_full_device(_: object) -> None:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(VictimIDError, match=r"exchange\.disk_full"):
        newfile.create(tmp_path / "a", to_full_device, lambda _: None)
    with pytest.raises(VictimIDError, match=r"exchange\.cannot_write"):
        newfile.create(tmp_path / "no folder" / "a", lambda _: None, lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_acceptance_comes_after_verification_and_before_the_name(tmp_path: Path, laptop: Laptop) -> None:
    noted: list[WrittenBundle] = []

    def accept(bundle: WrittenBundle) -> None:
        assert not bundle.path.exists()
        verify_bundle(bundle.path.with_name(bundle.path.name + ".partial"), laptop.key.public)
        noted.append(bundle)

    written = write_bundle(tmp_path, laptop.content(), [record(1)], laptop.recipients, laptop.sign, accept)
    assert noted == [written]


def test_refused_acceptance_leaves_nothing(tmp_path: Path, laptop: Laptop) -> None:
    def accept(_: WrittenBundle) -> None:
        raise VictimIDError("vault.busy")

    with pytest.raises(VictimIDError, match=r"vault\.busy"):
        write_bundle(tmp_path, laptop.content(), [record(1)], laptop.recipients, laptop.sign, accept)
    assert list(tmp_path.iterdir()) == []


def test_medium_that_returns_other_bytes_is_noticed(
    tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def forgetful(descriptor: int) -> None:
        sync(descriptor)
        os.pwrite(descriptor, b"\xff", 700)

    monkeypatch.setattr(os, "fsync", forgetful)
    with pytest.raises(VictimIDError, match=r"exchange\.bad_medium"):
        laptop.write(tmp_path, [record(1)])
    assert list(tmp_path.iterdir()) == []


def test_medium_that_returns_an_older_bundle_is_noticed(
    tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = laptop.write(tmp_path, [record(1)]).path.read_bytes()
    sync = os.fsync

    def stale(descriptor: int) -> None:
        sync(descriptor)
        os.pwrite(descriptor, older, 0)
        os.ftruncate(descriptor, len(older))

    monkeypatch.setattr(os, "fsync", stale)
    with pytest.raises(VictimIDError, match=r"exchange\.bad_medium"):
        laptop.write(tmp_path, [record(2)])
    assert len(list(tmp_path.iterdir())) == 1


def test_receipt_is_read_back_too(tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def forgetful(descriptor: int) -> None:
        sync(descriptor)
        os.pwrite(descriptor, b"\xff", 700)

    monkeypatch.setattr(os, "fsync", forgetful)
    with pytest.raises(VictimIDError, match=r"exchange\.bad_medium"):
        write_receipt(tmp_path, Receipt(laptop.device, 1, "ab" * 32, 1, WHEN), laptop.sign)
    assert list(tmp_path.iterdir()) == []


def test_export_beyond_all_parts_is_refused(tmp_path: Path, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "PART_TARGET", 1000)
    monkeypatch.setattr(writing, "MAX_PARTS", 2)
    with pytest.raises(VictimIDError, match=r"exchange\.too_large"):
        laptop.write(tmp_path, incompressible(3, 80_000))
    assert list(tmp_path.iterdir()) == []


def test_signer_must_be_the_device(tmp_path: Path, laptop: Laptop) -> None:
    with pytest.raises(VictimIDError, match=r"exchange\.wrong_signer"):
        write_bundle(tmp_path, laptop.content(), [record(1)], laptop.recipients, Laptop().sign)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"device": "../../etc/passwd"},
        {"device": "Jean Baptiste"},
        {"sequence": 0},
        {"sequence": 1_000_000},
        {"previous_sha256": "ab" * 32},
        {"sequence": 2},
        {"audit_head": "by Jean"},
    ],
)
def test_content_that_could_not_be_read_back_is_not_written(
    tmp_path: Path, laptop: Laptop, change: dict[str, str | int]
) -> None:
    content: BundleContent = replace(laptop.content(), **change)  # type: ignore[arg-type]  # mixed on purpose
    with pytest.raises(VictimIDError, match=r"exchange\.bad_manifest"):
        write_bundle(tmp_path, content, [record(1)], laptop.recipients, laptop.sign)
    assert list(tmp_path.iterdir()) == []


def nested(levels: int) -> Record:
    value: object = "x"
    for _ in range(levels - 1):
        value = [value]
    return {"kind": "k", "id": "1", "revision": 1, "value": value}


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"kind": "k", "id": "1"},
        {"kind": "k", "id": "1", "revision": 0},
        {"kind": "k", "id": "1", "revision": True},
        {"kind": "k", "id": "", "revision": 1},
        {"kind": "k", "id": "x" * 1001, "revision": 1},
        {"kind": 3, "id": "1", "revision": 1},
        record(1, "\ud800"),
        {**record(1), "value": float("nan")},
        {**record(1), "value": b"bytes"},
        nested(33),
        nested(5000),
        record(1, "x" * MAX_LINE),
    ],
)
def test_record_that_headquarters_would_refuse_is_not_written(tmp_path: Path, laptop: Laptop, bad: Record) -> None:
    with pytest.raises(VictimIDError, match=r"exchange\.bad_record"):
        laptop.write(tmp_path, [record(1), bad])
    assert list(tmp_path.iterdir()) == []


def test_deepest_record_that_is_allowed(tmp_path: Path, laptop: Laptop) -> None:
    assert read(laptop.write(tmp_path, [nested(32)]), laptop) == [nested(32)]


def test_nobody_to_send_to_is_refused(tmp_path: Path, laptop: Laptop) -> None:
    laptop.recipients = []
    with pytest.raises(VictimIDError, match=r"age\.no_recipient"):
        laptop.write(tmp_path, [record(1)])
