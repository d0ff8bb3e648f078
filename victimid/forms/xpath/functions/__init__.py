"""The functions of XPath 1.0 and of ODK XForms, by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from victimid.forms.xpath.compiler import Function
from victimid.forms.xpath.functions import choices, geography, logic, naming, nodesets, numbers, randomness, text, time

FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        **logic.FUNCTIONS,
        **text.FUNCTIONS,
        **numbers.FUNCTIONS,
        **naming.FUNCTIONS,
        **nodesets.FUNCTIONS,
        **choices.FUNCTIONS,
        **time.FUNCTIONS,
        **geography.FUNCTIONS,
        **randomness.FUNCTIONS,
    }
)
