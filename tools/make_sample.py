"""Writes the sample survey data/raw/2014: seven returns as departments would send them, and their README.

The values stand in sample_2014.csv, each with its origin. Usage: python tools/make_sample.py [FOLDER]
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sample_returns as hands
from openpyxl import Workbook
from sample_readme import readme
from workbook_writing import save

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "2014"


@dataclass(frozen=True)
class Return:
    """One workbook as it came: its name, the hand that filled it in, the day, what it says (German)."""

    name: str
    fill_in: Callable[[], Workbook]
    sent_on: datetime
    reply: str


RETURNS = {
    "I": Return(
        "Abfrage Inklusion im Sozialraum_Dez I.xlsx",
        hands.dezernat_1,
        datetime(2014, 1, 13),
        "„Fehlanzeige“ in der ersten Zelle der Tabelle",
    ),
    "II": Return(
        "2014-01-22 Antwort Finanzen.xlsx",
        hands.dezernat_2,
        datetime(2014, 1, 22),
        "Fehlanzeige als Satz in der Titelzeile; die Tabelle ist unberührt",
    ),
    "III": Return(
        "Dez. III Rückmeldung Sozialraum.xlsx",
        hands.dezernat_3,
        datetime(2014, 1, 24),
        "Kreuz neben „Fehlanzeige“",
    ),
    "IV": Return(
        "Rückmeldung Dez. IV_final.xlsx",
        hands.dezernat_4,
        datetime(2014, 1, 30),
        "elf Maßnahmen auf den Blättern Schule, Jugend und Sport; Deckblatt, ausgeblendetes Blatt Listen",
    ),
    "V": Return(
        "Abfrage_Inklusion_Sozialraum_Dezernat_V.xlsx",
        hands.dezernat_5,
        datetime(2014, 1, 31),
        "13 Maßnahmen, fünf davon anderer Dezernate; Blatt Hinweise, ausgeblendetes Blatt Auswahl",
    ),
    "VI": Return(
        "Kopie von Abfrage_Inklusion (2).xlsx",
        hands.dezernat_6,
        datetime(2014, 2, 4),
        "„entfällt“ und „k. A.“ in der ersten Zeile; das Dezernat steht nur im Blattnamen",
    ),
    "VII": Return(
        "Antwort Kulturdezernat.xlsx",
        hands.dezernat_7,
        datetime(2014, 1, 20),
        "Fehlanzeige als Schreiben auf einem eigenen Blatt; das Formular ist unberührt",
    ),
}

SURVEY = """\
# Die Musterabfrage zum Bericht „Inklusion im Sozialraum“; was Tatsache ist und was erfunden, sagt README.md.
title = "Inklusion im Sozialraum"
requested_on = 2013-12-09    # erfunden
deadline = 2014-01-31        # erfunden
reference_date = 2014-02-26  # Beratung im Arbeitskreis Behindertenpolitik
committee = "Stadtarbeitsgemeinschaft Behindertenpolitik"
meeting_date = 2014-03-11
sample = true
"""


def write_sample(folder: Path) -> None:
    """Writes the workbooks, survey.toml and README.md into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for sent in RETURNS.values():
        save(sent.fill_in(), folder / sent.name, sent.sent_on)
    expected = [
        f'\n[[expected]]\ndezernat = "{key}"\nname = "{name}"\n' for key, name in hands.DEZERNATE.items()
    ]
    (folder / "survey.toml").write_text(SURVEY + "".join(expected), encoding="utf-8", newline="\n")
    replies = [(key, sent.name, sent.reply) for key, sent in RETURNS.items()]
    (folder / "README.md").write_text(readme(replies), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
