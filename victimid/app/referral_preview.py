"""The preview of a referral: the very pages that would be written, and the fonts to paint them with."""

from collections.abc import Mapping
from dataclasses import dataclass

from victimid.app import referring
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.documents.fonts import Face, subset
from victimid.documents.page import GlyphRun, Page, Rule
from victimid.model.consent import Consent, GroupPermission, Manner

__all__ = ["ConsentGiven", "GlyphRun", "Page", "Preview", "Rule", "preview"]


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What the officer has noted of the person's consent, recorded or not yet."""

    permissions: tuple[GroupPermission, ...]
    manner: Manner
    language: str
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Laid-out pages; ``fonts`` by the name in a run and whether it is bold, with the glyph numbers of the runs."""

    pages: tuple[Page, ...]
    fonts: Mapping[tuple[str, bool], bytes]


def preview(session: Session, case_ref: str, request: ReferralRequest, given: ConsentGiven) -> Preview:
    """Lay out the document as it would be written now, on the consent as it stands on the screen."""
    consent = Consent(
        id="",
        case_ref=case_ref,
        service_id=request.service_id,
        permissions=given.permissions,
        manner=given.manner,
        language=given.language,
        interpreter=given.interpreter,
        by=session.officer_id,
        at=session.clock(),
    )
    pages = referring.pages(referring.preview(session, case_ref, request, consent))
    faces = {(run.font, run.bold) for page in pages for run in page.items if isinstance(run, GlyphRun)}
    return Preview(pages, {(font, bold): subset(Face(font, bold)) for font, bold in sorted(faces)})
