"""The referral document: laid out, rendered as PDF, encrypted for the service that gets it."""

import secrets
from collections.abc import Sequence

from victimid.documents.encrypting import encrypt_pdf
from victimid.documents.layout import is_right_to_left, lay_out
from victimid.documents.page import Page
from victimid.documents.pdf import Metadata, write_pdf
from victimid.model.referral import ReferralDocument

__all__ = ["encrypt", "lay_out", "render"]

_OWNER_BYTES = 32


def render(document: ReferralDocument, pages: Sequence[Page] | None = None) -> bytes:
    """Return the referral as a PDF; ``pages`` are those of ``lay_out``, if they are at hand.

    Its title is the reference alone. Raises ``document.no_font`` for a character that no font has.
    """
    metadata = Metadata(document.language, is_right_to_left(document.language), document.reference)
    return write_pdf(lay_out(document) if pages is None else pages, metadata)


def encrypt(pdf: bytes, passphrase: str) -> bytes:
    """Encrypt a rendered referral; the password to change its permissions is random and forgotten."""
    return encrypt_pdf(pdf, passphrase, secrets.token_urlsafe(_OWNER_BYTES))
