"""What `make doctor` looks at: one line per thing that a report needs, and what to do where it is missing.

It has to run where next to nothing does, on any Python that there is: other people's packages are imported inside
the one check that asks for them, and a check that fails is a line, never a traceback.
"""

import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any, Final, Literal

from .problems import InputError
from .workers import count_processes

PROJECT: Final = Path(__file__).parents[2]
LOCK: Final = "requirements.lock"
STAMPS: Final = {"installed-report": LOCK, "installed-test": "requirements-test.lock"}
OLDEST_PYTHON: Final = (3, 11)
# What reports are written into, beside the folder for temporary files.
WRITTEN: Final = ("data/processed", "reports", ".cache", ".venv")
# An environment takes one and a half gigabytes with the test packages, the cache at most one.
SCARCE_BYTES: Final = 3 * 1024**3
LEAST_BYTES: Final = 200 * 1024**2
_NAMED_AT_MOST: Final = 4
_PIN: Final = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)(?: ; ([^\\\n]+))?", re.MULTILINE)

Mark = Literal["in Ordnung", "fehlt", "Hinweis"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; only what is marked `fehlt` keeps a report from being made."""

    mark: Mark
    text: str

    def __str__(self) -> str:
        return f"{self.mark:<10}  {self.text}"


def examine(survey: Path, say: Callable[[str], object], project: Path = PROJECT) -> int:
    """Say one line per thing looked at and a last one; 0 where a report can be made, 1 where something is missing."""
    has_environment = _is_installed("analysis")
    checks: list[Callable[[], Iterator[Finding]]] = [check_python, lambda: check_environment(project)]
    if has_environment:
        checks += [lambda: check_packages(project), lambda: check_typeface(project)]
        checks += [lambda: check_font_list(project)]
    checks += [
        lambda: check_folders(project),
        lambda: check_space(project),
        lambda: check_survey(survey),
        check_cores,
        check_browser,
    ]
    missing = 0
    for check in checks:
        for finding in _guarded(check):
            missing += finding.mark == "fehlt"
            say(str(finding))
    what = "1 Punkt fehlt" if missing == 1 else f"{missing} Punkte fehlen"
    say(f"Bitte erst beheben: {what}." if missing else "Alles Nötige ist da: `make report` kann starten.")
    return 1 if missing else 0


def _guarded(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings of the check; where the machine surprises it, the surprise is one more."""
    try:
        yield from check()
    except Exception as error:
        text = " ".join(str(error).split())
        what = "Bitte diese Zeile mitschicken, wenn jemand helfen soll."
        yield Finding("fehlt", f"Eine Prüfung brach ab ({type(error).__name__}: {text}). {what}")


def check_python() -> Iterator[Finding]:
    """The Python that runs this very check, which is the one a report would run with."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        yield Finding("fehlt", f"Python: {version} ist zu alt. Bitte {needed} oder neuer installieren.")
    else:
        yield Finding("in Ordnung", f"Python: {version}, {sys.executable}")


def check_environment(project: Path) -> Iterator[Finding]:
    """Whether this Python holds the project, else whether an environment can be made with it."""
    if _is_installed("analysis"):
        yield Finding("in Ordnung", f"Umgebung: {sys.prefix}")
        return
    if _is_own(project):
        yield Finding(
            "fehlt", f"Umgebung: In .venv ist das Projekt nicht eingerichtet. {_how_to_mend(project)}"
        )
        return
    yield Finding("fehlt", "Umgebung: noch nicht eingerichtet. `make report` richtet sie ein.")
    for module in ("venv", "ensurepip"):
        if util.find_spec(module) is None:
            yield Finding(
                "fehlt",
                f"Modul {module}: Ohne es entsteht keine Umgebung. "
                "Bitte installieren (Debian und Ubuntu: apt install python3-venv).",
            )


def check_packages(project: Path) -> Iterator[Finding]:
    """The installed packages against the lock; an environment of somebody's own may hold other versions."""
    lock = project / LOCK
    if not lock.is_file():
        yield Finding("fehlt", f"Pakete: {lock} gibt es nicht. Bitte den Projektordner noch einmal holen.")
        return
    pins = dict(_pins(lock.read_text(encoding="utf-8")))
    there = {name: _plain(metadata.version(name)) for name in pins if _is_installed(name)}
    missing = [f"{name} {pins[name]} (nicht da)" for name in pins if name not in there]
    other = [f"{name} {pins[name]} (da ist {there[name]})" for name in there if there[name] != pins[name]]
    if not missing and not other:
        yield Finding("in Ordnung", f"Pakete: alle {len(pins)} wie in {LOCK}")
        return
    mark: Mark = "fehlt" if missing or _is_own(project) else "Hinweis"
    verb = "ist" if len(missing + other) == 1 else "sind"
    yield Finding(
        mark,
        f"Pakete: {len(missing + other)} von {len(pins)} {verb} nicht wie in {LOCK}: {_some(missing + other)}. "
        + _how_to_mend(project),
    )


def check_typeface(project: Path) -> Iterator[Finding]:
    """Whether each file of the typeface can be opened as one."""
    try:
        from fontTools.ttLib import TTFont

        from .publish.typeface import FONT, FONT_FOLDER
    except ImportError as error:
        yield Finding(
            "fehlt", f"Schrift: Das Paket {error.name} lässt sich nicht laden. {_how_to_mend(project)}"
        )
        return
    files = sorted(FONT_FOLDER.glob("*.ttf"))
    broken = [path.name for path in files if not _opens(TTFont, path)]
    if files and not broken:
        yield Finding("in Ordnung", f"Schrift: {FONT}, {len(files)} Schnitte")
    else:
        what = f"{_some(broken)} beschädigt" if broken else "keine Schriftdatei"
        yield Finding("fehlt", f"Schrift: {FONT_FOLDER}: {what}. {_how_to_mend(project)}")


def check_font_list(project: Path) -> Iterator[Finding]:
    """Whether Matplotlib keeps its list of fonts; else each report makes it anew."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it would say the same in English
    try:
        import matplotlib
    except ImportError as error:
        yield Finding(
            "fehlt", f"Matplotlib: Das Paket {error.name} lässt sich nicht laden. {_how_to_mend(project)}"
        )
        return
    folder = Path(matplotlib.get_cachedir())
    if any(folder.glob("fontlist-*.json")):
        yield Finding("in Ordnung", f"Matplotlib: Liste der Schriften in {folder}")
    elif folder.parent == Path(tempfile.gettempdir()):  # where it turns to when it may not write
        yield Finding(
            "Hinweis",
            "Matplotlib: Die Liste der Schriften lässt sich nicht aufheben und entsteht in jedem Bericht neu. "
            "Bitte mit der Variablen MPLCONFIGDIR einen Ordner nennen, in den du schreiben darfst.",
        )
    else:
        yield Finding("Hinweis", "Matplotlib: Die Liste der Schriften entsteht mit dem nächsten Bericht.")


def check_folders(project: Path) -> Iterator[Finding]:
    """Whether all that a report writes can be written."""
    try:
        temporary = [Path(tempfile.gettempdir())]
    except FileNotFoundError:
        temporary = []
        yield Finding(
            "fehlt", "Schreiben: Kein Ordner für Zwischendateien. Bitte die Variable TMPDIR setzen."
        )
    reasons = [_cannot_write(folder) for folder in [*(project / name for name in WRITTEN), *temporary]]
    for reason in filter(None, reasons):
        yield Finding("fehlt", f"Schreiben: {reason}")
    if temporary and not any(reasons):
        yield Finding("in Ordnung", f"Schreiben: {', '.join(WRITTEN)} und {temporary[0]}")


def check_space(project: Path) -> Iterator[Finding]:
    """Whether the disk of the project has room for an environment, a report and what is kept of it."""
    free = shutil.disk_usage(project).free
    amount = f"{free / 1024**3:.1f}".replace(".", ",") + " GB frei"
    if free < LEAST_BYTES:
        yield Finding(
            "fehlt", f"Platz: nur {amount}. Bitte Platz schaffen, `make clean` entfernt Ergebnisse."
        )
    elif free < SCARCE_BYTES:
        yield Finding(
            "Hinweis", f"Platz: {amount}; eine neue Umgebung und ihre Ergebnisse brauchen bis zu 3 GB."
        )
    else:
        yield Finding("in Ordnung", f"Platz: {amount}")


def check_survey(survey: Path) -> Iterator[Finding]:
    """Whether the survey can be read: its survey.toml, and how many returns lie beside it."""
    from .survey_config import CONFIG, read_config  # which an older Python cannot load
    from .survey_folder import find_returns

    try:
        expected = len(read_config(survey)["expected"])
        count = len(find_returns(survey))
    except InputError as error:
        yield Finding("fehlt", f"Abfrage: {error}")
    except OSError as error:
        yield Finding("fehlt", f"Abfrage: {survey}: {error.strerror}. Bitte Ordner und Rechte prüfen.")
    else:
        files = "1 Datei" if count == 1 else f"{count} Dateien"
        asked = "1 gefragten Dezernat" if expected == 1 else f"{expected} gefragten Dezernaten"
        if count:
            yield Finding("in Ordnung", f"Abfrage: {survey}, {files} von {asked}")
        else:
            yield Finding(
                "Hinweis",
                f"Abfrage: {survey} hat noch keinen Rücklauf von {asked}. Bitte die Dateien neben {CONFIG} legen.",
            )


def check_cores() -> Iterator[Finding]:
    """How much can be done at a time."""
    cores = count_processes(os.cpu_count() or 1)
    count = "1 Kern" if cores == 1 else f"{cores} Kerne"
    if not sys.platform.startswith("linux"):
        yield Finding(
            "Hinweis", f"Rechner: {count}; hier startet jedes Notebook ein eigenes Python, das dauert länger."
        )
    elif cores == 1:
        yield Finding("Hinweis", "Rechner: 1 Kern; die Notebooks rechnen nacheinander, das dauert länger.")
    else:
        yield Finding("in Ordnung", f"Rechner: {count}")


def check_browser() -> Iterator[Finding]:
    """Whether there is a Chromium for the tests of pages; a report needs none."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named or "chromium")
    what = "Nur die Tests der Seiten und `jupyter nbconvert --to webpdf` brauchen ihn."
    if found:
        yield Finding("in Ordnung", f"Browser: {found}")
    elif named:
        yield Finding(
            "Hinweis", f"Browser: Die Variable CHROMIUM nennt {named}, das lässt sich nicht starten. {what}"
        )
    else:
        yield Finding(
            "Hinweis",
            f"Browser: kein Chromium. {what} Bitte chromium installieren oder CHROMIUM auf seinen Pfad setzen.",
        )


def _pins(lock: str) -> Iterator[tuple[str, str]]:
    """The name and version of each package that this machine needs."""
    try:
        from packaging.markers import Marker
    except ImportError:  # itself a package of the lock; until it is back, those with a condition are left out
        yield from (
            (name, _plain(version)) for name, version, condition in _PIN.findall(lock) if not condition
        )
        return
    for name, version, condition in _PIN.findall(lock):
        if not condition or Marker(condition.strip()).evaluate():
            yield name, _plain(version)


def _plain(version: str) -> str:
    """The version without leading zeros: 1.006 is 1.6."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", version)


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _is_own(project: Path) -> bool:
    """Whether the running Python is that of the environment which `make` keeps."""
    return Path(sys.prefix).resolve() == (project / ".venv").resolve()


def _how_to_mend(project: Path) -> str:
    """How the packages come to be as the lock says."""
    if not _is_own(project):
        return (
            "Bitte in der aktiven Umgebung `python -m pip install -e .` aufrufen oder sie vorher verlassen."
        )
    if any(_is_stamped(project, *pair) for pair in STAMPS.items()):
        return "Bitte den Ordner .venv löschen und `make report` aufrufen."  # which believes that all is well
    return "`make report` holt das nach."


def _is_stamped(project: Path, stamp: str, lock: str) -> bool:
    """Whether tools/environment.sh believes that just this lock is installed."""
    try:
        parts = [project / lock, project / "pyproject.toml"]
        for folder in ("etc", "share"):
            parts += sorted(path for path in (project / "lab" / folder).rglob("*") if path.is_file())
        wanted = b"".join(path.read_bytes() for path in parts)
        return (project / ".venv" / stamp).read_bytes() == wanted
    except OSError:
        return False


def _some(things: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(things) - _NAMED_AT_MOST
    return ", ".join(things[:_NAMED_AT_MOST]) + (f" und {more} weitere" if more > 0 else "")


def _opens(open_it: Callable[[Path], Any], path: Path) -> bool:
    try:
        open_it(path).close()
    except Exception:
        return False
    return True


def _cannot_write(folder: Path) -> str | None:
    """What to do so that files can be put into the folder; None where they can. A folder not there yet is made."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{place} ist eine Datei. Bitte sie umbenennen, hier gehört ein Ordner hin."
    try:
        with tempfile.TemporaryFile(dir=place):
            return None
    except OSError as error:
        return f"{place}: {error.strerror}. Bitte die Rechte am Ordner prüfen."
