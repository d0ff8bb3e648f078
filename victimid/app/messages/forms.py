"""Sentences for the codes of the form engine."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "form.file_not_found": N_("This form file cannot be opened. Check that it still exists and may be read."),
    "form.unknown_format": N_("Files ending in {format} are no forms. Forms are .xlsx, .xls, .csv, .md or .xml files."),
    "form.unreadable_workbook": N_(
        "This workbook is damaged or not a workbook at all. Open it in a spreadsheet program and save it again."
    ),
    "form.encrypted_workbook": N_(
        "This workbook is protected with a password. Open it in a spreadsheet program and save it without one."
    ),
    "form.no_survey_sheet": N_("This workbook has no sheet named survey, so it holds no questions."),
    "form.refused_by_converter": N_(
        "This workbook cannot be turned into a form ({reason}). Check it with the XLSForm tools of its author."
    ),
    "form.not_xml": N_("This file is not XML that can be read (line {line})."),
    "form.refused_xml": N_(
        "This file declares XML entities or a document type, which forms never need. "
        "It was refused and nothing was loaded."
    ),
    "form.not_xform": N_("This XML file is not an XForm."),
    "form.too_large": N_(
        "This is more than is safe: {what}, at most {limit}. It was stopped, and what was saved before is kept. "
        "Tell the author of the form."
    ),
    "form.bad_attachment": N_("The file {file} beside the form cannot be read."),
    "form.missing_file": N_("The file {file} is not beside the form. Its choices and data stay empty."),
    "form.missing_media": N_(
        "The picture or recording {file} is not beside the form (sheet {sheet}, row {row}, column {column}). "
        "It will be neither shown nor played."
    ),
    "form.missing_media_in_xform": N_(
        "The picture or recording {file} is not beside the form. It will be neither shown nor played."
    ),
    "form.media_refused": N_(
        "{file} is not of a kind that is shown or played here (sheet {sheet}, row {row}, column {column}). "
        "Pictures are PNG, JPEG, GIF, BMP or WebP, recordings WAV, MP3, Ogg Vorbis or FLAC."
    ),
    "form.media_refused_in_xform": N_(
        "{file} is not of a kind that is shown or played here. Pictures are PNG, JPEG, GIF, BMP or WebP, "
        "recordings WAV, MP3, Ogg Vorbis or FLAC."
    ),
    "form.media_opus": N_(
        "{file} is an Opus recording, which cannot be played here (sheet {sheet}, row {row}, column {column}). "
        "Use MP3, WAV, FLAC or Ogg Vorbis."
    ),
    "form.media_opus_in_xform": N_(
        "{file} is an Opus recording, which cannot be played here. Use MP3, WAV, FLAC or Ogg Vorbis."
    ),
    "form.media_too_large": N_(
        "The picture or recording {file} has more than 16 MB (sheet {sheet}, row {row}, column {column}). "
        "It will be neither shown nor played."
    ),
    "form.media_too_large_in_xform": N_(
        "The picture or recording {file} has more than 16 MB. It will be neither shown nor played."
    ),
    "form.unknown_reference": N_("There is no question named {reference} (sheet {sheet}, row {row}, column {column})."),
    "form.ambiguous_reference": N_(
        "Several questions are named {reference} (sheet {sheet}, row {row}, column {column}). "
        "Give them different names."
    ),
    "form.dead_reference": N_("There is nothing at {reference}, so it always reads as blank."),
    "form.unknown_list": N_("There is no list of choices named {list} (sheet {sheet}, row {row})."),
    "form.duplicate_name": N_("Another question of the same group is already named {name} (sheet {sheet}, row {row})."),
    "form.bad_name": N_(
        "{name} cannot be the name of a question (sheet {sheet}, row {row}). Names start with a letter "
        "and hold letters, digits, hyphens and underscores."
    ),
    "form.no_name": N_("This row has no name (sheet {sheet}, row {row})."),
    "form.no_type": N_("The question {name} has no type (sheet {sheet}, row {row})."),
    "form.unknown_type": N_("There is no question type {type} (sheet {sheet}, row {row})."),
    "form.begin_without_end": N_("The group {name} is never ended (sheet {sheet}, row {row})."),
    "form.end_without_begin": N_("This row ends a group that was never begun (sheet {sheet}, row {row})."),
    "form.duplicate_choice": N_("The list {list} holds the choice {name} more than once (sheet {sheet}, row {row})."),
    "form.choice_without_name": N_("A choice of the list {list} has no name (sheet {sheet}, row {row})."),
    "form.missing_translation": N_("There is no text in {language} (sheet {sheet}, row {row}, column {column})."),
    "form.more_problems": N_(
        "There are more problems than the {limit} listed here. Mend these first, then check the form again."
    ),
    "form.syntax": N_(
        "This expression is not well formed at character {at} (sheet {sheet}, row {row}, column {column})."
    ),
    "form.unknown_function": N_("There is no function named {function} (sheet {sheet}, row {row}, column {column})."),
    "form.argument_count": N_(
        "The function {function} does not take {count} values (sheet {sheet}, row {row}, column {column})."
    ),
    "form.nodes_expected": N_(
        "A reference to questions is needed here, not a value (sheet {sheet}, row {row}, column {column})."
    ),
    "form.syntax_at_node": N_("The expression {property} of {node} is not well formed at character {at}."),
    "form.unknown_function_at_node": N_("There is no function named {function} ({property} of {node})."),
    "form.argument_count_at_node": N_("The function {function} does not take {count} values ({property} of {node})."),
    "form.nodes_expected_at_node": N_("A reference to questions is needed here, not a value ({property} of {node})."),
    "form.unreachable": N_("The question {name} is never shown (sheet {sheet}, row {row}, column {column})."),
    "form.unknown_choice": N_(
        "The question {name} has no choice {choice} (sheet {sheet}, row {row}, column {column})."
    ),
    "form.bad_pattern": N_(
        "This regular expression is not well formed, or uses look-behind or back references, at character {at}."
    ),
    "form.cycle": N_("These questions depend on each other in a circle: {fields}."),
    "form.unknown_path": N_("The form refers to {path}, which it does not hold."),
    "form.first_instance": N_(
        "{reference} means the first instance of its repeat, not the one asked about ({property} of {node})."
    ),
    "form.ignored_attribute": N_(
        "The form works out {path}, an attribute. This program leaves attributes as they are."
    ),
    "form.bad_range": N_("The start or the end of this range is no number."),
    "form.endless": N_(
        "Something in this form depends on itself and never comes to rest. "
        "It was stopped, and what was saved before is kept. Tell the author of the form."
    ),
    "form.too_slow": N_(
        "This form asks for more work at once than is safe. It was stopped, and what was saved before is kept. "
        "Tell the author of the form."
    ),
    "form.unknown_question": N_("There is no question {ref} in this form."),
    "form.unknown_language": N_("This form has no language named {language}."),
    "form.bad_value": N_("This answer does not fit the question {ref}. Nothing was changed."),
    "form.readonly": N_("The question {ref} cannot be changed."),
    "form.not_a_repeat": N_("{ref} is no group that repeats."),
    "form.fixed_repeat": N_("The form itself decides how often {ref} repeats."),
    "form.bad_step": N_("Step {step} of the steps file is not a step."),
    "form.other_instance": N_("These answers belong to another form."),
}
