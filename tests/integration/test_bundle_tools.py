"""A bundle checked and opened with nothing but tar, ssh-keygen, sha256sum, age and zcat."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.bundles import HEADQUARTERS, Laptop, record
from victimid.crypto import sshsig
from victimid.exchange import canonical, container, manifest, signed
from victimid.exchange.bundle import WrittenBundle, read_records, write_receipt
from victimid.model.bundle import Receipt


def run(command: list[str], folder: Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, input=data, capture_output=True)


def unpack(bundle: Path, folder: Path) -> Path:
    done = run(["tar", "xf", str(bundle)], folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return folder


@pytest.fixture
def laptop() -> Laptop:
    return Laptop()


@pytest.fixture
def written(tmp_path: Path, laptop: Laptop) -> WrittenBundle:
    return laptop.write(tmp_path, [record(number) for number in range(50)])


@pytest.fixture
def unpacked(tmp_path: Path, written: WrittenBundle) -> Path:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return unpack(written.path, folder)


def test_tar_finds_exactly_the_promised_members(unpacked: Path) -> None:
    names = sorted(path.name for path in unpacked.iterdir())
    assert names == ["SHA256SUMS", "data-0001.age", "manifest.json", "manifest.json.sig"]


@pytest.mark.parametrize(("namespace", "accepted"), [("bundle@victimid.example", True), ("file", False)])
def test_ssh_keygen_verifies_the_manifest(unpacked: Path, laptop: Laptop, namespace: str, accepted: bool) -> None:
    (unpacked / "allowed_signers").write_text(f"laptop {laptop.key.public}\n", "ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "laptop", "-n", namespace]
    done = run([*command, "-s", "manifest.json.sig"], unpacked, (unpacked / "manifest.json").read_bytes())
    assert (done.returncode == 0) is accepted


def test_sha256sum_checks_the_members(unpacked: Path) -> None:
    assert run(["sha256sum", "--strict", "-c", "SHA256SUMS"], unpacked).returncode == 0
    with (unpacked / "data-0001.age").open("ab") as part:
        part.write(b"x")
    assert run(["sha256sum", "--strict", "-c", "SHA256SUMS"], unpacked).returncode == 1


def test_age_and_zcat_give_the_records(unpacked: Path, laptop: Laptop, written: WrittenBundle) -> None:
    (unpacked / "key.txt").write_text(HEADQUARTERS.secret + "\n", "ascii")
    compressed = run(["age", "-d", "-i", "key.txt", "data-0001.age"], unpacked)
    lines = run(["zcat"], unpacked, compressed.stdout).stdout.splitlines()
    heading, *records = [json.loads(line) for line in lines]
    assert heading == {
        "device": laptop.device,
        "sequence": 1,
        "part": 1,
        "recipients": list(written.manifest.recipients),
    }
    assert records == [record(number) for number in range(50)]


def test_manifest_tells_numbers_and_hashes_only(unpacked: Path, laptop: Laptop) -> None:
    told = json.loads((unpacked / "manifest.json").read_bytes())
    assert told["device"] == laptop.device
    assert set(told) == {
        "audit_head",
        "created_at",
        "device",
        "format",
        "parts",
        "previous_sha256",
        "records",
        "recipients",
        "sequence",
    }


def test_bundle_made_with_the_tools_opens_here(tmp_path: Path, laptop: Laptop, unpacked: Path) -> None:
    (unpacked / "key.txt").write_text(HEADQUARTERS.secret + "\n", "ascii")
    clear = run(["age", "-d", "-i", "key.txt", "data-0001.age"], unpacked).stdout
    unfolded = run(["zcat"], unpacked, clear).stdout
    folded = run(["gzip", "-9", "-c"], unpacked, unfolded).stdout
    sealed = run(["age", "-r", HEADQUARTERS.recipient], unpacked, folded).stdout
    told = json.loads((unpacked / "manifest.json").read_bytes())
    path = tmp_path / "by-hand.tar"
    with path.open("wb") as stream:
        with container.member(stream, "data-0001.age") as sink:
            sink.write(sealed)
        told["parts"] = [{"name": "data-0001.age", "size": sink.size, "sha256": sink.sha256}]
        made = manifest.decode(canonical.encode(told))
        signature = laptop.sign(sshsig.MANIFEST_NAMESPACE, manifest.encode(made))
        signed.add(stream, manifest.NAME, manifest.encode(made), signature)
        container.add(stream, manifest.SUMS_NAME, manifest.sums(made))
        container.end(stream)
    assert len(list(read_records(path, made, HEADQUARTERS.secret))) == 50


def test_ssh_keygen_verifies_a_receipt(tmp_path: Path, written: WrittenBundle) -> None:
    key = sshsig.new_key()
    content = written.manifest
    receipt = Receipt(content.device, 1, written.manifest_sha256, content.records, content.created_at)
    path = write_receipt(tmp_path, receipt, lambda space, message: sshsig.sign(key.private, space, message))
    unpack(path, tmp_path)
    (tmp_path / "allowed_signers").write_text(f"hq {key.public}\n", "ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "hq", "-n", "receipt@victimid.example"]
    done = run([*command, "-s", "receipt.json.sig"], tmp_path, (tmp_path / "receipt.json").read_bytes())
    assert done.returncode == 0
