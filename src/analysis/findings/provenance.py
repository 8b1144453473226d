"""What a document was made from, and how anybody can check that."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from ..publish.display import Prose
from ..publish.german import format_date
from .wording import escape

if TYPE_CHECKING:
    from ..survey import Survey


def state_provenance(survey: "Survey") -> Prose:
    """Folder, reference date, checksum of the inputs and version of the program, then how to check them.

    Nothing of it comes from the clock or the machine. The checksum is `survey_folder.checksum_of`.
    """
    lines = {
        "Ordner der Abfrage": escape(survey.name),
        "Stichtag": format_date(survey.reference_date),
        "Prüfsumme (SHA-256)": f"`{survey.checksum}`",
        "Programm": f"analysis, Fassung {escape(version('analysis'))}",
    }
    facts = "\n".join(f"- **{name}:** {value}" for name, value in lines.items())
    return Prose(
        f"{facts}\n\n"
        "Dieselben Eingaben ergeben mit derselben Fassung des Programms und seiner Umgebung Byte für Byte dasselbe "
        "Dokument; Datum und Rechner der Auswertung gehen nicht ein. Die Prüfsumme gilt für die "
        "Rückmeldungen, `survey.toml` und, wo es sie gibt, Berichtigungen und eigene Wortlisten. Nachrechnen lässt "
        "sie sich mit `python -m analysis checksum` und dem Ordner der Abfrage oder, ohne dieses Programm, mit dem "
        "Werkzeug `sha256sum`; wie, steht in der Anleitung."
    )
