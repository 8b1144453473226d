"""The commands behind make: `tidy`, `report` and `status SURVEY --out DIR`; `doctor SURVEY`, `checksum SURVEY`."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from .problems import InputError

_NOUNS = {"error": ("Fehler", "Fehler"), "warning": ("Frage", "Fragen"), "info": ("Hinweis", "Hinweise")}


def main(arguments: list[str] | None = None) -> int:
    """0 done, 1 the input cannot be used (one clear line on stderr), 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Wertet eine Abfrage aus.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="BEFEHL")
    for name, run, has_out, text in (
        ("tidy", _tidy, True, "liest die Rückläufe und schreibt die Tabellen"),
        ("report", _report, True, "schreibt die Vorlage als PDF und die Seiten"),
        (
            "status",
            _status,
            True,
            "sagt von jeder Datei des Berichts, ob sie aktuell ist, und sonst, warum nicht",
        ),
        ("doctor", _doctor, False, "prüft, ob alles da ist, was ein Bericht braucht"),
        (
            "checksum",
            _checksum,
            False,
            "nennt die Prüfsumme der Eingaben, wie Vorlage und Seiten sie drucken",
        ),
    ):
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.add_argument("survey", type=Path, metavar="ABFRAGE", help="Ordner der Abfrage")
        if has_out:
            command.add_argument("--out", type=Path, required=True, metavar="ORDNER", help="Zielordner")
        command.set_defaults(run=run, out=None)
    options = parser.parse_args(arguments)
    try:
        if options.out is not None and options.out.exists() and not options.out.is_dir():
            raise InputError(f"{options.out}: Das ist eine Datei. Bitte einen Ordner als Ziel angeben.")
        status: int = options.run(options)
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
    return status


def _tidy(options: argparse.Namespace) -> int:
    from .report.build import open_cache
    from .report.notebooks import project_folder
    from .store import write_survey
    from .survey import read_survey

    survey = read_survey(options.survey, cache=open_cache(project_folder()))
    write_survey(survey, options.out)
    print(f"{options.out}: {_mentions(len(survey.programmes))} aus {options.survey}")
    _say_doubts(Counter(survey.problems["severity"]))
    return 0


def _report(options: argparse.Namespace) -> int:
    from .report.inputs import BRIEFING, INDEX
    from .report.notebooks import project_folder
    from .report.state import look_at

    out = options.out
    state = look_at(options.survey, project_folder(), out)
    if state.is_current:
        print(f"{out}: Nichts zu tun, der Bericht ist auf dem Stand der Rückläufe und Notebooks.")
        return 0
    from .report.build import write_report
    from .report.interrupts import heed_interrupts
    from .report.progress import Progress, TerminalProgress

    with heed_interrupts() as check:
        progress = TerminalProgress(check) if sys.stderr.isatty() else Progress(check)
        try:
            front = write_report(state, progress)
        finally:
            progress.close()
    first = BRIEFING if BRIEFING in state.inputs else INDEX
    print(f"{out / first}: {_mentions(front.mentions)}; Seiten: {out / INDEX}")
    _say_doubts(front.doubts)
    return 0


def _status(options: argparse.Namespace) -> int:
    from .report.notebooks import project_folder
    from .report.state import describe, look_at

    print("\n".join(describe(look_at(options.survey, project_folder(), options.out))))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from .doctor import examine

    return examine(options.survey, print)


def _checksum(options: argparse.Namespace) -> int:
    from .survey_config import read_config
    from .survey_folder import checksum_of

    read_config(options.survey)
    print(f"{checksum_of(options.survey)}  {options.survey.name}")
    return 0


def _mentions(count: int) -> str:
    from .publish.german import agree, format_number

    return f"{format_number(count)} {agree(count, 'Nennung', 'Nennungen')}"


def _say_doubts(counts: Mapping[str, int]) -> None:
    said = [
        f"{counts[severity]} {one if counts[severity] == 1 else many}"
        for severity, (one, many) in _NOUNS.items()
        if counts.get(severity)
    ]
    if said:
        print(f"Offen: {', '.join(said)} (Tabelle problems).", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
