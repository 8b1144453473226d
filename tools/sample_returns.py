"""The seven hands that filled in the sample survey, one function per return."""

from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sample_readme import read_entries
from workbook_writing import Value, header, line, put, title, widths

# The headings of the form as the Fachstelle sent it, and the field whose values stand below each.
FORM = {
    "Nr.": "",
    "Dezernat/Amt": "office",
    "Maßnahme / Projekt / Programm": "title",
    "Beschreibung": "description",
    "Sozialraum": "sozialraum",
    "Zielgruppe(n)": "target_groups",
    "Seit wann?": "start",
    "Bis wann?": "end",
    "Kooperation mit": "partners",
    "Ansprechpartner/in": "contact",
    "Bemerkungen": "remarks",
}
FORM_WIDTHS = (6, 24, 30, 44, 34, 28, 14, 13, 22, 26, 22)
EXAMPLE = (
    "z. B.",
    "Dez. X/Amt 00",
    "z. B. Musterprojekt „Offener Treff“",
    "kurze Beschreibung in Stichworten",
    "z. B. Musterveedel",
    "z. B. Kinder, Senioren",
    "z. B. 2010",
    "z. B. unbefristet",
    "z. B. Musterverein e. V.",
    "Name, Telefon",
    "",
)
DEZERNATE = {
    "I": "Allgemeine Verwaltung, Ordnung und Recht",
    "II": "Finanzen",
    "III": "Wirtschaft und Liegenschaften",
    "IV": "Bildung, Jugend und Sport",
    "V": "Soziales, Integration und Umwelt",
    "VI": "Stadtentwicklung, Planen, Bauen und Verkehr",
    "VII": "Kunst und Kultur",
}
ASK = "Abfrage der Fachstelle Behindertenpolitik: Wo und wie wird bereits sozialräumlich gearbeitet?"
RETURN_BY = "Rückmeldung bitte bis zum 31.01.2014. Fehlanzeige ist erforderlich."


def as_value(text: str) -> Value:
    """A whole number as a number, an ISO date as a date cell, anything else as text; nothing for no text."""
    if text.isdigit():
        return int(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text or None


def fill(
    sheet: Worksheet, row: int, fields: Sequence[str], programmes: Sequence[str], *, numbered: bool = True
) -> int:
    """Writes one row per programme below the headings; returns the first free row."""
    texts = {(entry.programme, entry.field): entry.text for entry in read_entries()}
    for number, programme in enumerate(programmes, 1):
        values = [as_value(texts.get((programme, field), "")) for field in fields]
        if numbered:
            values[0] = number
        line(sheet, row, values)
        row += 1
    return row


def form(
    sheet: Worksheet, dezernat: str, *, heading: str = "Inklusion im Sozialraum", example: bool = True
) -> int:
    """The form as it was sent out, with the Dezernat filled in; returns the first free row of its table."""
    title(sheet, "A1:K1", heading)
    put(sheet, "A2", ASK)
    put(sheet, "A3", RETURN_BY, bold=True)
    put(sheet, "A5", "Dezernat:", bold=True)
    put(sheet, "C5", dezernat or None)
    header(sheet, 7, tuple(FORM))
    widths(sheet, FORM_WIDTHS)
    sheet.freeze_panes = "A8"
    sheet.page_setup.orientation = "landscape"
    if example:
        line(sheet, 8, EXAMPLE, grey=True)
        return 9
    return 8


def dezernat_1() -> Workbook:
    """Fehlanzeige as a word in the first cell of the table."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Abfrage"
    row = form(sheet, "I – Allgemeine Verwaltung, Ordnung und Recht", example=False)
    line(sheet, row, [None, None, "Fehlanzeige"] + [None] * 8)
    for free in range(row + 1, row + 6):
        line(sheet, free, [None] * 11)
    put(sheet, "A16", "Bearbeitet von:")
    put(sheet, "C16", "Clara Muster, Tel. 0221 000-0111")
    return book


def dezernat_2() -> Workbook:
    """Fehlanzeige as a sentence in the title row, above a table that nobody touched; two empty sheets."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tabelle1"
    form(sheet, "", heading="Für den Bereich des Dezernates II (Finanzen) wird Fehlanzeige gemeldet.")
    book.create_sheet("Tabelle2")
    book.create_sheet("Tabelle3")
    return book


def dezernat_3() -> Workbook:
    """Fehlanzeige as an x beside one of two lines of a cover sheet of its own making."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Rückmeldung"
    title(sheet, "A1:D1", "Dezernat III – Wirtschaft und Liegenschaften")
    put(sheet, "A2", "Rückmeldung zur Abfrage „Inklusion im Sozialraum“")
    put(sheet, "A4", "Bitte ankreuzen:", bold=True)
    line(sheet, 5, [None, "Maßnahmen siehe Tabelle"])
    line(sheet, 6, ["x", "Fehlanzeige"])
    put(sheet, "A8", "Datum:")
    put(sheet, "B8", datetime(2014, 1, 24)).number_format = "DD.MM.YYYY"
    put(sheet, "A9", "Bearbeiter/in:")
    put(sheet, "B9", "David Beispiel, david.beispiel@example.org")
    header(sheet, 11, ("lfd. Nr.", "Maßnahme", "Zielgruppe", "Sozialraum", "Beginn"))
    for free in range(12, 16):
        line(sheet, free, [None] * 5)
    widths(sheet, (16, 46, 30, 30, 14))
    return book


def dezernat_4() -> Workbook:
    """Eleven programmes on three sheets, each by another hand; a cover sheet and a hidden helper sheet."""
    book = Workbook()
    cover = book.active
    cover.title = "Deckblatt"
    title(cover, "A1:C1", "Dezernat IV – Bildung, Jugend und Sport", size=16)
    put(cover, "A3", "Abfrage „Inklusion im Sozialraum“, Stand: 30. Januar 2014")
    put(cover, "A4", "Die Angaben der Ämter stehen auf den Blättern Schule, Jugend und Sport.")
    put(cover, "A6", "Rückfragen:")
    put(cover, "B6", "Franziska Muster")
    put(cover, "A7", "Telefon:")
    put(cover, "B7", "0221 000-0400")
    put(cover, "A8", "E-Mail:")
    put(cover, "B8", "franziska.muster@example.org")
    widths(cover, (14, 40, 20))

    school = book.create_sheet("Schule")
    title(school, "A1:H1", "Sozialräumliches Arbeiten – Schule und Bildung", size=12)
    header(
        school,
        3,
        ("Dienststelle", "Angebot", "Kurzdarstellung", "Wo?", "Für wen?", "Beginn", "Ende", "Beteiligte"),
        fill="E2EFDA",
    )
    line(
        school,
        4,
        (
            "Amt XY",
            "Beispiel: Schule im Veedel",
            "Stichworte",
            "Musterstadtteil",
            "Schüler/innen",
            2005,
            None,
            None,
        ),
        grey=True,
    )
    fields = ("office", "title", "description", "sozialraum", "target_groups", "start", "end", "partners")
    fill(school, 5, fields, ("3", "4"), numbered=False)
    widths(school, (26, 34, 44, 34, 28, 18, 22, 18))

    youth = book.create_sheet("Jugend")
    title(youth, "A1:H1", "51 – Amt für Kinder, Jugend und Familie", size=12)
    put(youth, "A2", "hier: Abfrage Sozialraum / Behindertenpolitik", size=10)
    header(
        youth,
        4,
        (
            "lfd. Nr.",
            "Abt.",
            "Titel der Maßnahme",
            "Ziel",
            "Stadtbezirk(e)",
            "Adressat/innen",
            "besteht seit",
            "Kontakt",
        ),
        fill="FFF2CC",
    )
    fields = ("", "office", "title", "description", "sozialraum", "target_groups", "start", "contact")
    row = fill(youth, 5, fields, ("10", "11", "12"))
    put(youth, f"B{row + 1}", "Anm.: Die Beratungsstellen arbeiten seit jeher vor Ort.", size=9)
    widths(youth, (8, 30, 34, 44, 24, 26, 14, 30))

    sport = book.create_sheet("Sport")
    title(sport, "A1:H1", "Sport und Sozialraum", size=12)
    header(
        sport,
        2,
        (
            "Amt",
            "Projekt",
            "Worum geht es?",
            "Standorte",
            "Zielgr.",
            "Laufzeit",
            "Zusammenarbeit mit",
            "Stellenanteile",
        ),
        fill="FCE4D6",
    )
    fields = ("office", "title", "description", "sozialraum", "target_groups", "period", "partners", "staff")
    end = fill(sport, 3, fields, ("13", "14", "15", "16", "17", "18"), numbered=False)
    sport.merge_cells(f"A3:A{end - 1}")
    widths(sport, (14, 34, 40, 30, 28, 18, 22, 14))

    lists = book.create_sheet("Listen")
    for column, texts in enumerate(
        (
            ("Dezernat", "I", "II", "III", "IV", "V", "VI", "VII"),
            ("Zielgruppe", "Kinder", "Jugendliche", "Senioren"),
        ),
        1,
    ):
        for row, text in enumerate(texts, 1):
            lists.cell(row, column, text)
    lists.sheet_state = "hidden"
    return book


def dezernat_5() -> Workbook:
    """Thirteen programmes on the form, five of them of other Dezernate; group headings, a total, a note."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dezernat V"
    row = form(sheet, "V – Soziales, Integration und Umwelt")
    for merged, text in (
        ("A6:E6", "1. Angaben zur Maßnahme"),
        ("F6:H6", "2. Für wen und seit wann?"),
        ("I6:K6", "3. Wer noch?"),
    ):
        title(sheet, merged, text, size=10)
    programmes = ("1", "2a", "2b", "2c", "6a", "6b", "7", "8", "9", "19", "5", "20a", "20b")
    end = fill(sheet, row, tuple(FORM.values()), programmes)
    line(sheet, end, [None, "Summe", f"{len(programmes)} Maßnahmen"] + [None] * 8, bold=True)
    put(sheet, f"A{end + 2}", "Hinweis: Maßnahmen anderer Dezernate sind in Spalte B gekennzeichnet.", size=9)
    put(
        sheet,
        f"A{end + 3}",
        "Bearbeitet von: Gerd Exempel, Tel. 0221 000-0500, gerd@example.org",
        size=9,
    )
    choice = DataValidation(type="list", formula1="=Auswahl!$A$2:$A$4", allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"H{row}:H{end}")

    guide = book.create_sheet("Hinweise")
    title(guide, "A1:B1", "Hinweise zum Ausfüllen", size=12)
    for row, text in enumerate(
        (
            "1. Bitte je Maßnahme eine Zeile verwenden.",
            "2. Gefragt ist, seit wann sozialräumlich gearbeitet wird, nicht das Gründungsjahr.",
            "3. Gibt es keine Maßnahmen, bitte „Fehlanzeige“ eintragen.",
        ),
        3,
    ):
        put(guide, f"A{row}", text)
    widths(guide, (90, 4))

    choices = book.create_sheet("Auswahl")
    for row, text in enumerate(("Bis wann?", "unbefristet", "befristet", "offen"), 1):
        put(choices, f"A{row}", text)
    choices.sheet_state = "hidden"
    return book


def dezernat_6() -> Workbook:
    """Fehlanzeige without the word: entfällt and k. A. along the first row; the Dezernat names the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dez VI"
    row = form(sheet, "")
    line(sheet, row, [1, "k. A.", "entfällt", "entfällt"] + ["k. A."] * 4 + ["-", None, None])
    return book


def dezernat_7() -> Workbook:
    """Fehlanzeige as a reply on a sheet of its own, before the form as it came."""
    book = Workbook()
    reply = book.active
    reply.title = "Antwort"
    for row, text in enumerate(
        (
            "Dezernat VII – Kunst und Kultur",
            "",
            "Sehr geehrte Damen und Herren,",
            "im Dezernat Kunst und Kultur gibt es derzeit keine Maßnahmen mit sozialräumlichem Bezug.",
            "Ich bitte, dies als Fehlanzeige zu werten.",
            "",
            "Mit freundlichen Grüßen",
            "Im Auftrag",
            "Hanna Vorlage",
        ),
        1,
    ):
        put(reply, f"A{row}", text or None, bold=row == 1)
    widths(reply, (100,))
    form(book.create_sheet("Abfrage"), "")
    return book
