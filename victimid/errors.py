"""One exception type: a code with named fields; sentences for people live in the catalogues."""

from typing import Final


class VictimIDError(Exception):
    """A refusal or failure named by a code such as ``vault.wrong_passphrase``.

    Fields may hold counts, positions, file formats and names the officer chose on this machine's disk;
    never anything about a person, because codes and fields may reach logs.
    """

    def __init__(self, code: str, /, **fields: str | int) -> None:
        super().__init__(code)
        self.code: Final = code
        self.fields: Final = dict(fields)

    def __str__(self) -> str:
        """Code and fields on one line, for logs and tests."""
        fields = " ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code} {fields}".rstrip()
