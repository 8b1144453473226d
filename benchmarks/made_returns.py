"""Makes returns for the benchmarks: workbooks of 10 to 30 rows whose texts differ, the same ones on every run."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from analysis.codelists import package_codes

CONFIG: Final = """\
title = "Erfundene Rückmeldungen für Messungen"
reference_date = 2014-02-26
requested_on = 2013-12-09
deadline = 2014-01-31
committee = "Ausschuss"
meeting_date = 2014-03-11
sample = true

[[expected]]
dezernat = "IV"
name = "Bildung, Jugend und Sport"
"""
_HEADINGS: Final = (
    (
        "Lfd. Nr.",
        "Maßnahme",
        "Amt",
        "Kurzbeschreibung",
        "Sozialraum",
        "Zielgruppe",
        "Beginn",
        "Partner",
        "Ansprechpartner",
        "Bemerkungen",
    ),
    (
        "Nr.",
        "Bezeichnung des Programms",
        "Dienststelle",
        "Inhalt",
        "Stadtteile",
        "Für wen?",
        "Seit wann?",
        "Kooperation mit",
        "Kontakt",
        "Anmerkung",
    ),
    (
        "Pos.",
        "Projekt",
        "Fachamt",
        "Ziele und Inhalte",
        "räumlicher Bezug",
        "Zielgruppe(n)",
        "Laufzeit",
        "Beteiligte",
        "Tel.",
        "Sonstiges",
    ),
)
_KINDS: Final = (
    "Treff",
    "Beratung",
    "Werkstatt",
    "Sprachkurs",
    "Lesestube",
    "Stadtteilfest",
    "Elterncafé",
    "Bewegungsangebot",
)
_ADJECTIVES: Final = (
    "offener",
    "mobiler",
    "inklusiver",
    "nachbarschaftlicher",
    "wöchentlicher",
    "kostenfreier",
)
_GROUPS: Final = (
    "Kinder",
    "Jugendliche",
    "junge Erwachsene",
    "Seniorinnen und Senioren",
    "Familien",
    "Alleinerziehende",
    "Menschen mit Behinderung",
    "Schüler/innen",
    "Menschen mit Migrationshintergrund",
    "Arbeitslose",
    "alle Bewohner",
)
_STARTS: Final = (
    "{y}",
    "seit {y}",
    "01.{m:02}.{y}",
    "{m:02}/{y}",
    "Anfang {y}",
    "Herbst {y}",
    "ca. {y}",
    "{y}-{z}",
    "seit {n} Jahren",
    "Schuljahr {y}/{s:02}",
    "Ende {y}",
    "Frühjahr {y} (Pilotphase)",
    "seit dem {d}.{m}.{y}",
    "Projektstart {y}, Regelbetrieb {z}",
)
_OFFICES: Final = (
    "Jugendamt",
    "Amt für Soziales und Senioren",
    "Gesundheitsamt",
    "Sportamt",
    "Stadtbibliothek",
    "Schulamt",
)
_NAMES: Final = ("Meier", "Schmitz", "Yilmaz", "Kowalski", "Hansen", "Weber")


def write_survey(folder: Path, count: int) -> Path:
    """A survey folder with `count` returns."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "survey.toml").write_text(CONFIG, encoding="utf-8")
    for number in range(count):
        chance = random.Random(number)
        write_return(folder / f"Dezernat {number}.xlsx", chance, list(rows(chance, chance.randint(10, 30))))
    return folder


def write_return(path: Path, chance: random.Random, body: Sequence[Sequence[str | int]]) -> None:
    """One return: title rows, headings, body."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Abfrage")
    sheet.write(0, 0, "Abfrage: sozialräumliche Programme der Stadtverwaltung")
    sheet.write(1, 0, f"Dezernat {chance.choice(('I', 'II', 'III', 'IV', 'V', 'VI', 'VII'))}")
    for row, values in enumerate((chance.choice(_HEADINGS), *body), start=3):
        sheet.write_row(row, 0, values)
    book.close()


def rows(chance: random.Random, count: int) -> Iterator[list[str | int]]:
    """Rows of a return, no two alike."""
    places = [row["stadtteil"] for row in package_codes()["stadtteile"]]
    for number in range(1, count + 1):
        kind, place, other = chance.choice(_KINDS), chance.choice(places), chance.choice(places)
        year = chance.randint(1994, 2012)
        start = chance.choice(_STARTS).format(
            y=year,
            z=chance.randint(2013, 2019),
            s=(year + 1) % 100,
            m=chance.randint(1, 12),
            d=chance.randint(1, 28),
            n=chance.randint(2, 20),
        )
        name = chance.choice(_NAMES)
        yield [
            number,
            f"{kind} {place} {chance.randint(1, 999)}",
            chance.choice(_OFFICES),
            f"{chance.choice(_ADJECTIVES)} {kind} für den Stadtteil, {chance.randint(2, 60)} Plätze, "
            f"Träger {chance.randint(1, 99)}",
            chance.choice(
                (place, f"{place}, {other}", f"{place} und {other}", f"Stadtteil {place}", "stadtweit")
            ),
            chance.choice((", ", " und ", "; ")).join(chance.sample(_GROUPS, chance.randint(1, 3)))
            + chance.choice(
                (
                    "",
                    f" ab {chance.randint(3, 70)} Jahren",
                    f" im Alter von {chance.randint(3, 9)} bis {chance.randint(10, 27)} Jahren",
                )
            ),
            int(start) if start.isdigit() else start,
            f"{chance.choice(('Caritas', 'Diakonie', 'AWO', 'Bürgerverein'))} {other}",
            f"Frau {name}, Tel. 221-{chance.randint(10000, 99999)}",
            chance.choice(
                (
                    "",
                    "",
                    f"Bericht vom {chance.randint(1, 28)}.{chance.randint(1, 12)}.2013",
                    "wird fortgesetzt",
                )
            ),
        ]
