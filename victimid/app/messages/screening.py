"""Sentences for the errors of the screening layer."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "screening.not_toml": N_(
        "The file {file} cannot be read as TOML. No case was changed. Replace it with the file of the "
        "release or of the content pack."
    ),
    "screening.missing_field": N_(
        "In the file {file} the entry {field} is missing or empty. No case was changed. Add it, or "
        "replace the file with the one of the release."
    ),
    "screening.unknown_word": N_(
        "The file {file} uses the word {word}, which this program does not know there. No case was "
        "changed. Correct the file, or update the program."
    ),
    "screening.sign_twice": N_(
        "The file {file} lists the sign {sign} twice. No case was changed. Keep one of the two entries."
    ),
    "screening.unknown_sign": N_(
        "The rule set {file} weighs the sign {sign}, which the catalogue of signs does not list. No case "
        "was changed. Add the sign to the catalogue, or take it out of the rule set."
    ),
    "screening.weights_unfit": N_(
        "In the rule set {file} the weight of the sign {sign} does not fit: a set with weights needs "
        "strong, medium or weak, a set without them only unweighted. No case was changed. Correct the "
        "file."
    ),
    "screening.permission_twice": N_(
        "The consent names the group {group} twice. Nothing was passed on. Record the consent again, each group once."
    ),
    "screening.no_rule_set": N_(
        "There is no rule set with weights for this group: {population}. The answers are safe. Install "
        "the forms of the release again."
    ),
}
