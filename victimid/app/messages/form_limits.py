"""What the limits of forms are called in a sentence: "This is more than is safe: rows, at most 60,000"."""

from collections.abc import Mapping

from victimid.i18n import Words


def limit_names(words: Words) -> Mapping[str, str]:
    """Return the words for each name that `forms.limits.require` is given."""
    return {**_of_files(words), **_of_expressions(words), **_of_answers(words)}


def _of_files(words: Words) -> dict[str, str]:
    return {
        "bytes": words.gettext("bytes"),
        "bytes of pictures and recordings": words.gettext("bytes of pictures and recordings"),
        "unzipped bytes": words.gettext("bytes when unpacked"),
        "zip members": words.gettext("files in the workbook"),
        # Translators: names a limit: how many times larger a packed file may become when unpacked.
        "zip ratio": words.gettext("times its packed size"),
        # Translators: of a table.
        "rows": words.gettext("rows"),
        # Translators: of a table.
        "columns": words.gettext("columns"),
        # Translators: of a table.
        "cells": words.gettext("cells"),
        "cell": words.gettext("characters in a cell"),
        "line": words.gettext("characters in a line"),
        "features": words.gettext("features of a GeoJSON file"),
        "xml nodes": words.gettext("XML elements"),
        "xml depth": words.gettext("levels of XML elements"),
        "xml attributes": words.gettext("attributes of an XML element"),
    }


def _of_expressions(words: Words) -> dict[str, str]:
    return {
        "expression": words.gettext("characters in an expression"),
        "expression depth": words.gettext("levels in an expression"),
        "characters of expressions": words.gettext("characters in all expressions"),
        # Translators: places in the expressions of a form that name a question.
        "references": words.gettext("references to questions"),
        # Translators: a pattern (regular expression) that answers have to follow.
        "pattern": words.gettext("characters and states of a pattern"),
    }


def _of_answers(words: Words) -> dict[str, str]:
    return {
        "questions": words.gettext("questions"),
        "choices": words.gettext("choices"),
        "languages": words.gettext("languages"),
        "repeat instances": words.gettext("repeats of a group"),
        "instance nodes": words.gettext("questions with all repeats"),
        "value": words.gettext("characters in an answer"),
        "text": words.gettext("characters in a text"),
        # Translators: points of a line or an area on a map.
        "points": words.gettext("points"),
    }
