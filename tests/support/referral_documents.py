"""Invented referral documents for tests; every name, number and address is an example."""

from dataclasses import replace

from victimid.model.referral import Line, ReferralDocument, Section

_ENGLISH_ACCOUNT = (
    "Says that a man met at a bus station promised kitchen work in a mining camp, with a room and monthly pay. "
    "The papers were taken on the first day “for the register”. After the first week the work was at the sluice, "
    "from before sunrise until dark, and food and transport were written down as a debt that grew every week.\n"
    "Says that nobody was allowed to leave alone, and that those who asked for pay were threatened. Left on foot "
    "together with two others on a night of heavy rain and reached the border post in the morning."
)


def english() -> ReferralDocument:
    """Return a complete example of two pages and the return slip."""
    return ReferralDocument(
        language="en",
        title="Referral to a protection service",
        reference="EX-7K2M-1",
        confidentiality="Confidential. Only for the service named below. This is not a determination of status.",
        sections=(
            _section("1  Sender", "Organisation|Example border police", "Place|Example post, second line",
                     "Officer|Officer A. Example, badge 0000", "Deputy contact|Officer B. Example",
                     "Written|21 Nov 2026, 10:14"),
            _section("2  Receiver", "Service|Example House", "Place|Example Town",
                     "Asked for|Safe housing tonight, legal advice", "Urgency|Within hours",
                     note="The entry of this service was confirmed on 2 Oct 2026 by the example desk."),
            _section("3  Consent", "Given by|The person, orally, in Kreyòl ayisyen, with an interpreter",
                     "Covers|Name and safe contact; needs and risks; a short account",
                     "Limited|The account only in short form",
                     "Withheld from this copy|Health (no consent); persons named as exploiters (never in this copy); "
                     "other persons (never in this copy); contact with the police later (not asked)"),
            _section("4  Person and safe contact", "Name used|Jean Example", "Languages|Kreyòl ayisyen, français",
                     "Interpreter|Needed; prefers a man", "Safe contact|Phone, only after 18:00; say “cousin”; "
                     "leave no message", "Where now|Example Town"),
            _section("5  Needs and deadlines", "Safe housing|Within 3 hours", "Food, clothing|Now",
                     "Doctor|Soon; hands and back", "Legal advice|This week", "Papers|Taken away; no copy",
                     "Consular contact|Not wanted"),
            _section("6  Risks", "Last contact|This week, by phone, by the man who recruited him",
                     "Fear|Asks not to be housed near the mining area", "Others at risk|Two persons, said to be "
                     "on the way to another town"),
            _section("7  Account in the person’s words", f"|{_ENGLISH_ACCOUNT}"),
            _section("8  Signs recorded", "Deception in recruitment|Said by the person",
                     "Working and living conditions|Said by the person; seen by the officer",
                     "Debt|Said by the person", "Papers withheld|Said by the person",
                     note="Signs start an enquiry. They are not a finding about the person, and signs that are "
                     "missing here say nothing."),
        ),
        footer="Page {page} of {pages}",
        return_slip=_section(
            "Return slip", "Reference|EX-7K2M-1", "Received by|", "Date and time|", "Accepted|",
            "Not accepted, because|", "More information needed|", "Reference at the service|", "Appointment|",
            note="Please fill in, and give or send this page back to the sender. It names nobody.",
        ),
    )  # fmt: skip


def spanish() -> ReferralDocument:
    """Return an example in Spanish."""
    return replace(
        english(),
        language="es",
        title="Derivación a un servicio de protección",
        confidentiality="Confidencial. Solo para el servicio indicado abajo. No determina ninguna condición.",
        sections=(
            _section("1  Remitente", "Organización|Policía de fronteras de ejemplo",
                     "Lugar|Puesto de ejemplo, segunda línea", "Escrito|21 nov 2026, 10:14"),
            _section("2  Destinatario", "Servicio|Casa Ejemplo", "Pedido|Alojamiento seguro esta noche y asesoría "
                     "jurídica", "Urgencia|En pocas horas"),
            _section("3  Consentimiento", "Dado por|La persona, de palabra, en kreyòl ayisyen, con intérprete",
                     "No se incluye|La salud (sin consentimiento); personas señaladas como explotadoras (nunca en "
                     "esta copia)"),
            _section("4  Relato en palabras de la persona", "|" + "¿Dónde está la cocina que le prometieron? Dice "
                     "que le ofrecieron trabajo de cocina, que le quitaron los documentos el primer día y que la "
                     "deuda crecía cada semana. " * 24),
        ),
        footer="Página {page} de {pages}",
        return_slip=_section("Comprobante de recepción", "Referencia|EX-7K2M-1", "Recibido por|", "Fecha y hora|",
                             "Aceptado|", note="Complete esta hoja y devuélvala al remitente."),
    )  # fmt: skip


def arabic() -> ReferralDocument:
    """Return an example in Arabic, with Latin names, digits and times inside."""
    return replace(
        english(),
        language="ar",
        title="إحالة إلى خدمة حماية",
        confidentiality="سرّي. للخدمة المذكورة أدناه فقط. هذه الوثيقة لا تحدّد أيّ وضع قانوني.",
        sections=(
            _section("1  المُرسِل", "الجهة|شرطة الحدود (مثال)", "المكان|مركز مثال، الخط الثاني",
                     "كُتبت في|21 نوفمبر 2026، 10:14"),
            _section("2  المُستلِم", "الخدمة|\u2068Example House (Casa Puente)\u2069، المدينة", "المطلوب|سكن آمن "
                     "هذه الليلة واستشارة قانونية", "الاستعجال|خلال 3 ساعات"),
            _section("3  الموافقة", "أعطاها|الشخص نفسه، شفهياً، بلغة Kreyòl ayisyen، بحضور مترجم رقمه 4471",
                     "لم يُدرج|الصحة (بلا موافقة)؛ الأشخاص المذكورون كمستغلّين (لا يُدرجون أبداً)"),
            _section("4  الشخص والاتصال الآمن", "الاسم|Jean Example", "الاتصال|الهاتف بعد الساعة 18:00 فقط، ولا "
                     "تُترك رسالة"),
            _section("5  الرواية بكلمات الشخص", "|" + "يقول إن رجلاً وعده بعمل في مطبخ بأجر شهري قدره 250 USD ثم "
                     "أُخذت أوراقه في اليوم الأول. " * 40),
        ),
        footer="صفحة {page} من {pages}",
        return_slip=_section("قسيمة الرد", "المرجع|EX-7K2M-1", "استلمها|", "التاريخ والوقت|", "قُبلت|",
                             note="يُرجى ملء هذه الصفحة وإعادتها إلى المُرسِل."),
    )  # fmt: skip


def with_text(text: str) -> ReferralDocument:
    """Return a small document that has the same text in every place where text may stand."""
    section = Section(text, (Line(text, text), Line("", text)), note=text)
    return ReferralDocument("en", text, text, text, (section,), "{page}/{pages}", section)


def _section(title: str, *lines: str, note: str = "") -> Section:
    """Write lines as label|text."""
    return Section(title, tuple(Line(*line.split("|", 1)) for line in lines), note)
