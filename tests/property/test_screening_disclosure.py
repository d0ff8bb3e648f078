"""No combination of permissions lets a text through that a service must not read."""

from hypothesis import given
from hypothesis import strategies as st

from victimid.model.consent import SHAREABLE, DataGroup, GroupPermission, Permission
from victimid.screening.disclosure import Disclosable, disclose

GROUPS = st.one_of(st.none(), st.sampled_from(list(DataGroup)))
TEXTS = st.text(min_size=1, max_size=12).filter(str.strip)
ANSWERS = st.lists(st.tuples(GROUPS, TEXTS), max_size=12).map(
    lambda pairs: [Disclosable(f"/data/q{n}", group, "Label", text) for n, (group, text) in enumerate(pairs)]
)
PERMISSIONS = st.dictionaries(
    st.sampled_from(list(DataGroup)), st.tuples(st.sampled_from(list(Permission)), st.text(max_size=12))
).map(lambda given: [GroupPermission(group, *said) for group, said in given.items()])


@given(ANSWERS, PERMISSIONS)
def test_only_consented_shareable_texts_are_shown(
    answers: list[Disclosable], permissions: list[GroupPermission]
) -> None:
    said = {permission.group: permission for permission in permissions}
    for item in disclose(answers, permissions).shown:
        assert item.group in SHAREABLE
        permission = said[item.group]
        if permission.permission is Permission.LIMITED:
            assert item == Disclosable("", item.group, "", permission.limited_to)
        else:
            assert permission.permission is Permission.YES
            assert item in answers


@given(ANSWERS, PERMISSIONS)
def test_every_answer_is_either_shown_or_named_as_withheld(
    answers: list[Disclosable], permissions: list[GroupPermission]
) -> None:
    result = disclose(answers, permissions)
    shown = [item.ref for item in result.shown if item.ref]
    withheld = [ref for entry in result.withheld for ref in entry.refs]
    assert sorted(shown + withheld) == sorted(answer.ref for answer in answers)
