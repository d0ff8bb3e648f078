"""Encryption of finished PDF files: AES-256, revision 6 of the standard handler, in memory."""

import io

from victimid.errors import VictimIDError

_LONGEST_PASSPHRASE = 127
"""Bytes of UTF-8 that revision 6 reads; it would ignore the rest without a word."""


def encrypt_pdf(pdf: bytes, passphrase: str, owner: str) -> bytes:
    """Encrypt a PDF for whoever knows ``passphrase``; readers may print and copy, ``owner`` may do all.

    Raises ``document.passphrase_empty`` and ``document.passphrase_too_long``.
    """
    import pikepdf

    if not passphrase:
        raise VictimIDError("document.passphrase_empty")
    if len(passphrase.encode()) > _LONGEST_PASSPHRASE:
        raise VictimIDError("document.passphrase_too_long", most=_LONGEST_PASSPHRASE)
    allowed = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_lowres=True,
        print_highres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, encryption=pikepdf.Encryption(user=passphrase, owner=owner, R=6, allow=allowed))
    return target.getvalue()
