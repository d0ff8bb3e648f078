"""Sentences for the register of headquarters."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "register.cannot_write": N_("The register could not be made there. Choose another folder."),
    "register.device_clash": N_(
        "Another laptop is already enrolled as {device}. Nothing was changed; let that laptop make a new vault."
    ),
    "register.exists": N_("This folder is not empty. It was left as it is; choose a new folder for the register."),
    "register.fork": N_(
        "Bundle {sequence} contradicts a bundle of this laptop that was received before, as after a copied or "
        "restored vault. Nothing was taken in; ask the unit what happened."
    ),
    "register.incomplete": N_("The register's database is missing or empty. Restore the folder from its backup."),
    "register.missing": N_("There is no register in this folder."),
    "register.newer_version": N_(
        "A newer version of the program wrote this register (version {version}). Update this program first."
    ),
    "register.record_changed": N_(
        "Bundle {sequence} holds a record that came before with other content under the same revision. Nothing "
        "was taken in; ask the unit what happened."
    ),
    "register.unknown_device": N_(
        "The laptop {device} is not enrolled. Nothing was taken in; compare its fingerprint with the unit, then "
        "enrol it."
    ),
}
