"""What a backup says of itself: one spelling, authenticated, and no bytes whatever make the reader crash."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import NOON, drawn_from
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.model.backup import BackupFile, BackupRecord
from victimid.store import backup_record

KEY = DataKey(bytearray(range(32)))
RECORD = BackupRecord(NOON, 2, Standing(17, "a" * 64), BackupFile(900, "b" * 64), BackupFile(4096, "c" * 64))
WRITTEN = backup_record.encode(RECORD, KEY)
REFUSED = {"backup.damaged", "backup.newer_version", "backup.altered"}

numbers = st.integers(1, 2**53 - 1)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
files = st.builds(BackupFile, numbers, hashes)
records = st.builds(
    BackupRecord,
    st.integers(0, 10**12).map(lambda moved: NOON + timedelta(microseconds=moved)),
    numbers,
    st.builds(Standing, numbers, hashes),
    files,
    files,
)


@given(records)
def test_what_is_written_is_read(record: BackupRecord) -> None:
    written = backup_record.encode(record, KEY)
    assert len(written) <= backup_record.MAX_BYTES
    assert backup_record.decode(written) == backup_record.authenticate(written, KEY) == record


def test_another_key_did_not_write_it() -> None:
    with pytest.raises(VictimIDError, match=r"backup\.altered"):
        backup_record.authenticate(WRITTEN, DataKey(bytearray(32)))


def test_no_changed_byte_is_taken_as_true() -> None:
    for at in range(len(WRITTEN)):
        for bit in (1, 4, 32, 128):
            changed = WRITTEN[:at] + bytes([WRITTEN[at] ^ bit]) + WRITTEN[at + 1 :]
            with pytest.raises(VictimIDError) as refused:
                backup_record.authenticate(changed, KEY)
            assert refused.value.code in REFUSED


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        backup_record.decode(data)


def test_no_splice_or_nesting_crashes_the_reader() -> None:
    rng = drawn_from(13)
    for _ in range(3000):
        a, b = sorted(rng.randrange(len(WRITTEN)) for _ in range(2))
        piece = rng.choice(
            (b"null", b"[]", b"{}", b'"x"', b"-1", b"1e999", b"NaN", b"9" * 400, b"[" * 300, WRITTEN[a:b])
        )
        data = WRITTEN[:a] + piece + WRITTEN[b:]
        if data == WRITTEN:
            continue
        with pytest.raises(VictimIDError) as refused:
            backup_record.authenticate(data, KEY)
        assert refused.value.code in REFUSED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"schema":2', b'"schema":true'),
        (b'"schema":2', b'"schema":0'),
        (b'"size":900', b'"size":900.0'),
        (b"a" * 64, b"A" * 64),
        (b"2026-11-21T12:00", b"2026-11-21 12:00"),
        (b"+00:00", b"+01:00"),
        (b'"format":1', b'"extra":1,"format":1'),
    ],
)
def test_nothing_is_read_in_another_spelling(old: bytes, new: bytes) -> None:
    assert old in WRITTEN
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        backup_record.decode(WRITTEN.replace(old, new))


def test_a_later_format_is_told() -> None:
    with pytest.raises(VictimIDError, match=r"backup\.newer_version"):
        backup_record.decode(WRITTEN.replace(b'"format":1', b'"format":2'))


def test_what_is_far_too_long_is_not_even_parsed() -> None:
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        backup_record.decode(b"[" * 10**6)
