"""The commands behind make: `tidy SURVEY --out DIR`, `report SURVEY --out DIR`; `doctor SURVEY`, `checksum SURVEY`."""

import argparse
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .problems import InputError

if TYPE_CHECKING:
    from .survey import Survey

_NOUNS = {"error": ("Fehler", "Fehler"), "warning": ("Frage", "Fragen"), "info": ("Hinweis", "Hinweise")}


def main(arguments: list[str] | None = None) -> int:
    """0 done, 1 the input cannot be used (one clear line on stderr), 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Wertet eine Abfrage aus.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="BEFEHL")
    for name, run, text in (
        ("tidy", _tidy, "liest die Rückläufe und schreibt die Tabellen"),
        ("report", _report, "schreibt die Vorlage als PDF und die Seiten"),
        ("doctor", _doctor, "prüft, ob alles da ist, was ein Bericht braucht"),
        ("checksum", _checksum, "nennt die Prüfsumme der Eingaben, wie Vorlage und Seiten sie drucken"),
    ):
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.add_argument("survey", type=Path, metavar="ABFRAGE", help="Ordner der Abfrage")
        if run in (_tidy, _report):
            command.add_argument("--out", type=Path, required=True, metavar="ORDNER", help="Zielordner")
        command.set_defaults(run=run)
    options = parser.parse_args(arguments)
    if options.command == "doctor":
        return _doctor(options.survey)
    try:
        if options.run is _checksum:
            _checksum(options.survey)
        elif options.out.exists() and not options.out.is_dir():
            raise InputError(f"{options.out}: Das ist eine Datei. Bitte einen Ordner als Ziel angeben.")
        else:
            options.run(options.survey, options.out)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Abgebrochen; was im Zielordner lag, ist unverändert.", file=sys.stderr)
        return 130
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(f"{what}. Bitte Ordner und Rechte prüfen.", file=sys.stderr)
        return 1
    return 0


def _tidy(folder: Path, out: Path) -> None:
    from .store import write_survey
    from .survey import read_survey

    survey = read_survey(folder)
    write_survey(survey, out)
    print(f"{out}: {len(survey.programmes)} Nennungen aus {folder}")
    _say_doubts(survey)


def _report(folder: Path, out: Path) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from . import report

    notebooks = report.find_notebooks(report.project_folder() / "notebooks")
    inputs = report.fingerprint(folder, notebooks)
    if report.is_current(inputs, out):
        print(f"{out}: Nichts zu tun, der Bericht ist auf dem Stand der Rückläufe und Notebooks.")
        return
    from .survey import read_survey

    survey = read_survey(folder)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Start", total=report.count_steps(notebooks))

        pressed = _remember_ctrl_c()

        def step(what: str) -> None:
            if pressed:
                raise KeyboardInterrupt
            progress.update(task, description=what, advance=1)

        report.write_report(survey, folder, notebooks, inputs, out, step)
    print(f"{out / report.BRIEFING}: {len(survey.programmes)} Nennungen; Seiten: {out / report.INDEX}")
    _say_doubts(survey)


def _remember_ctrl_c() -> list[int]:
    """One item per Ctrl-C from now on: a package that catches everything while it is imported loses the exception."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, press)
    return pressed


def _doctor(folder: Path) -> int:
    from .doctor import examine

    return examine(folder, print)


def _checksum(folder: Path) -> None:
    from .survey_config import read_config
    from .survey_folder import checksum_of

    read_config(folder)
    print(f"{checksum_of(folder)}  {folder.name}")


def _say_doubts(survey: "Survey") -> None:
    counts = Counter(survey.problems["severity"])
    said = [
        f"{counts[severity]} {one if counts[severity] == 1 else many}"
        for severity, (one, many) in _NOUNS.items()
        if counts[severity]
    ]
    if said:
        print(f"Offen: {', '.join(said)} (Tabelle problems).", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
