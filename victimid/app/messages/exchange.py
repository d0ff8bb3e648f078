"""Sentences for keys, signatures, bundles, receipts and content packs."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "age.bad_identity": N_("This is not a secret key. It begins with AGE-SECRET-KEY- and must be copied as a whole."),
    "age.bad_recipient": N_(
        "This is not a complete key of headquarters. It begins with age1; copy it again as a whole."
    ),
    "age.damaged": N_("The encrypted data is damaged, so nothing of it was used. Ask for a new copy."),
    "age.mixed_recipients": N_(
        "Some of these keys of headquarters are post-quantum and some are not; one file cannot be written for both. "
        "Nothing was written; use keys of one kind."
    ),
    "age.no_recipient": N_("No key of headquarters was given. Nothing was written; enter the key first."),
    "age.not_encrypted": N_("The data could not be encrypted. Nothing was written; try again."),
    "age.recipient_kind": N_(
        "This kind of key cannot be used: hardware and SSH keys are not supported. "
        "Ask headquarters for a key made by age-keygen."
    ),
    "age.secret_for_recipient": N_(
        "This is the secret key, which must never leave headquarters. Use the public one, which begins with age1."
    ),
    "age.wrong_key": N_(
        "This key does not open the data: it was encrypted to another key, or its beginning is damaged."
    ),
    "signature.bad_public_key": N_(
        "This is not a complete public key. It is one line that begins with ssh-ed25519; copy it again."
    ),
    "signature.invalid": N_(
        "The signature does not fit the content: somebody changed it or the copy is damaged. Nothing was taken in."
    ),
    "signature.malformed": N_("The signature cannot be read. Nothing was taken in; ask for a new copy."),
    "signature.wrong_key": N_("This was signed with another key than the expected one. Nothing was taken in."),
    "signature.wrong_namespace": N_("This signature was made for another purpose. Nothing was taken in."),
    "exchange.bad_content": N_("This is not a valid content pack. Nothing was changed."),
    "exchange.bad_manifest": N_("The bundle's list of contents is not valid. Nothing was taken in."),
    "exchange.bad_medium": N_(
        "The disk or stick gave back something else than was written. The file was removed and nothing is "
        "lost; use another stick."
    ),
    "exchange.bad_receipt": N_("This is not a valid receipt. Nothing was changed."),
    "exchange.bad_record": N_(
        "A record cannot be passed on in this form: it is too large, too deep or incomplete. Nothing was taken over."
    ),
    "exchange.cannot_write": N_(
        "Writing there failed and no file was left behind. Nothing is lost; choose another folder or stick."
    ),
    "exchange.damaged_container": N_(
        "The file is damaged, cut short or was repacked. Nothing was taken in; copy the original again."
    ),
    "exchange.damaged_part": N_("A part of the bundle is damaged. Nothing was taken in; copy the bundle again."),
    "exchange.disk_full": N_(
        "There is not enough room, or the stick cannot hold so large a file. No file was left behind and "
        "nothing is lost; free some room or use another stick."
    ),
    "exchange.exists": N_(
        "The folder already holds {name}. It was left as it is; move it away or choose another folder."
    ),
    "exchange.foreign_member": N_("The file holds something that does not belong in it. Nothing was taken in."),
    "exchange.missing_member": N_("A part of the file is missing. Nothing was taken in; copy it again."),
    "exchange.newer_format": N_(
        "This file was written by a newer version of the program. Update this one, then read it again."
    ),
    "exchange.sums_differ": N_("The bundle's list of hashes contradicts its contents. Nothing was taken in."),
    "exchange.too_large": N_("This is larger than the program accepts. Nothing was taken over."),
    "exchange.unfolds_too_far": N_(
        "The compressed data would grow beyond all measure, as made to do harm. Nothing was taken in."
    ),
    "exchange.unreadable": N_("The file cannot be read. Check the stick and the name of the file."),
    "exchange.wrapped_anew": N_("The contents belong to another bundle. Nothing was taken in."),
    "exchange.wrong_count": N_("The bundle holds fewer or more records than it says. Nothing was taken in."),
    "exchange.wrong_device": N_("The bundle names another laptop than the one that signed it. Nothing was taken in."),
    "exchange.wrong_signer": N_("The signing key does not belong to this laptop. Nothing was written."),
}
