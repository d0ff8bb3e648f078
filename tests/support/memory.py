"""Looking for a secret in this process's memory (Linux), without putting it there by looking."""

from typing import Final

_MASK: Final = bytes(byte ^ 0x55 for byte in range(256))


def masked(secret: bytearray) -> bytes:
    """Return a secret in a form that is not found when the secret itself is looked for."""
    return bytes(secret.translate(_MASK))


def masked_hex(secret: bytes) -> bytes:
    """Return the hex digits of a masked secret, masked."""
    return b"".join((b"%02x" % (byte ^ 0x55)).translate(_MASK) for byte in secret)


def copies(needle: bytes) -> int:
    """Count where in writable memory a masked secret stands in clear."""
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:  # noqa: PTH123 - no plain files
        for line in maps.read().splitlines():
            span, rights = line.split()[:2]
            if "rw" not in rights or "[v" in line:
                continue
            start, end = (int(address, 16) for address in span.split("-"))
            memory.seek(start)
            # Turning the bytes around in place leaves no clear copy of what was read.
            block = bytearray(end - start)
            memory.readinto(block)
            turned = block.translate(_MASK)
            block[:] = bytes(len(block))
            found += turned.count(needle)
    return found
