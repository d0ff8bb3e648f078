"""Our signatures against ssh-keygen's, in both directions, and everything that must be refused."""

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import sshsig
from victimid.errors import VictimIDError

NAMESPACE = sshsig.MANIFEST_NAMESPACE
KEY = sshsig.new_key("laptop of an example post")
MESSAGE = b'{"device":"example"}'
SIGNATURE = sshsig.sign(KEY.private, NAMESPACE, MESSAGE)


def ssh_keygen_verify(
    folder: Path, public: str, namespace: str, message: bytes, signature: bytes
) -> subprocess.CompletedProcess[bytes]:
    (folder / "allowed_signers").write_text(f"device {public}\n", "ascii")
    (folder / "message.sig").write_bytes(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "device", "-n", namespace]
    return subprocess.run([*command, "-s", "message.sig"], input=message, cwd=folder, capture_output=True)


@pytest.fixture(scope="module")
def ssh_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("ssh") / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "an example", "-f", str(path)]
    subprocess.run(command, check=True)
    return path, path.with_suffix(".pub").read_text("ascii")


def ssh_keygen_sign(key: Path, namespace: str, message: bytes, *options: str) -> bytes:
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace, *options]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout


def test_ssh_keygen_accepts_our_signature(tmp_path: Path) -> None:
    done = ssh_keygen_verify(tmp_path, KEY.public, NAMESPACE, MESSAGE, SIGNATURE)
    assert done.returncode == 0, done.stderr
    assert sshsig.fingerprint(KEY.public).encode() in done.stdout


def test_both_refuse_another_namespace(tmp_path: Path) -> None:
    assert ssh_keygen_verify(tmp_path, KEY.public, "file", MESSAGE, SIGNATURE).returncode != 0
    with pytest.raises(VictimIDError, match=r"signature\.wrong_namespace"):
        sshsig.verify(KEY.public, "file", MESSAGE, SIGNATURE)


def test_both_refuse_another_message(tmp_path: Path) -> None:
    assert ssh_keygen_verify(tmp_path, KEY.public, NAMESPACE, MESSAGE + b" ", SIGNATURE).returncode != 0
    with pytest.raises(VictimIDError, match=r"signature\.invalid"):
        sshsig.verify(KEY.public, NAMESPACE, MESSAGE + b" ", SIGNATURE)


def test_signature_of_ssh_keygen_is_accepted(ssh_key: tuple[Path, str]) -> None:
    key, public = ssh_key
    signature = ssh_keygen_sign(key, NAMESPACE, MESSAGE)
    sshsig.verify(public, NAMESPACE, MESSAGE, signature)
    assert sshsig.signer(signature) == sshsig.check_public(public)
    with pytest.raises(VictimIDError, match=r"signature\.wrong_namespace"):
        sshsig.verify(public, sshsig.RECEIPT_NAMESPACE, MESSAGE, signature)


def test_only_sha512_is_accepted(ssh_key: tuple[Path, str]) -> None:
    key, public = ssh_key
    signature = ssh_keygen_sign(key, NAMESPACE, MESSAGE, "-O", "hashalg=sha256")
    with pytest.raises(VictimIDError, match=r"signature\.malformed"):
        sshsig.verify(public, NAMESPACE, MESSAGE, signature)


def test_fingerprint_is_that_of_ssh_keygen(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(KEY.public + "\n", "utf-8")
    shown = subprocess.run(["ssh-keygen", "-l", "-f", tmp_path / "key.pub"], capture_output=True, check=True)
    assert sshsig.fingerprint(KEY.public) == shown.stdout.decode().split()[1]


def test_device_id_is_the_digest_of_the_key_blob(tmp_path: Path) -> None:
    blob = tmp_path / "blob"
    blob.write_bytes(base64.b64decode(KEY.public.split()[1]))
    digest = subprocess.run(["sha256sum", blob], capture_output=True, check=True).stdout.decode()
    assert sshsig.device_id(KEY.public) == digest[:16]


def test_another_key_is_refused() -> None:
    with pytest.raises(VictimIDError, match=r"signature\.wrong_key"):
        sshsig.verify(sshsig.new_key().public, NAMESPACE, MESSAGE, SIGNATURE)


def test_secret_is_not_shown() -> None:
    assert repr(KEY.private) not in repr(KEY)
    assert KEY.private.hex() not in repr(KEY)


@given(st.integers(0, len(SIGNATURE) * 8 - 1))
def test_every_flipped_bit_is_refused(bit: int) -> None:
    damaged = bytearray(SIGNATURE)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VictimIDError, match=r"signature\."):
        sshsig.verify(KEY.public, NAMESPACE, MESSAGE, bytes(damaged))


@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda blob: sshsig._armor(b"SSHSIG" + blob)))
def test_any_bytes_are_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(VictimIDError, match=r"signature\.malformed"):
        sshsig.verify(KEY.public, NAMESPACE, MESSAGE, data)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text.replace("\n", "", 3),
        lambda text: text * 20,
    ],
)
def test_signature_has_one_spelling(change: Callable[[str], str]) -> None:
    with pytest.raises(VictimIDError, match=r"signature\.malformed"):
        sshsig.verify(KEY.public, NAMESPACE, MESSAGE, change(SIGNATURE.decode()).encode())


@pytest.mark.parametrize(
    "public",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 é",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ",
        KEY.public.replace("ssh-ed25519 ", "ssh-rsa "),
        KEY.public.replace("AAAAC3", "AAAAC2"),
        "ssh-ed25519 " + base64.b64encode(base64.b64decode(KEY.public.split()[1]) + b"x").decode(),
    ],
)
def test_bad_public_key_is_refused(public: str) -> None:
    with pytest.raises(VictimIDError, match=r"signature\.bad_public_key"):
        sshsig.verify(public, NAMESPACE, MESSAGE, SIGNATURE)


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda blob: "ssh-ed25519 " + base64.b64encode(blob).decode()))
def test_whatever_is_typed_as_a_public_key_is_refused_by_code(text: str) -> None:
    for use in (sshsig.check_public, sshsig.fingerprint, sshsig.device_id):
        with pytest.raises(VictimIDError, match=r"signature\.bad_public_key"):
            use(text)


def test_fields_of_other_sizes_are_refused() -> None:
    blob = base64.b64decode(KEY.public.split()[1])
    short_key = sshsig._string(b"ssh-ed25519") + sshsig._string(blob[-31:])
    with pytest.raises(VictimIDError, match=r"signature\.bad_public_key"):
        sshsig.check_public("ssh-ed25519 " + base64.b64encode(short_key).decode())
    inside = sshsig._dearmor(SIGNATURE)
    tail = sshsig._string(b"ssh-ed25519") + sshsig._string(b"x" * 63)
    head = inside[: inside.index(b"sha512") + len(b"sha512")]
    with pytest.raises(VictimIDError, match=r"signature\.malformed"):
        sshsig.verify(KEY.public, NAMESPACE, MESSAGE, sshsig._armor(head + sshsig._string(tail)))


def test_public_key_loses_its_comment_and_spaces() -> None:
    assert sshsig.check_public(f"  {KEY.public}\n") == " ".join(KEY.public.split()[:2])
