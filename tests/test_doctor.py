"""`make doctor` on machines that lack something: the exact line for each, and never a traceback."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import pytest

from analysis import doctor
from analysis.doctor import examine
from analysis.publish import typeface

ROOT = Path(__file__).parents[1]
SECOND = ROOT / "tests" / "data" / "second_survey"
WRITABLE = f"in Ordnung  Schreiben: data/processed, reports, .cache, .venv und {tempfile.gettempdir()}"
ELSEWHERE = "Bitte in der aktiven Umgebung `python -m pip install -e .` aufrufen oder sie vorher verlassen."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which all is well, with a lock of two packages that are installed."""
    for name in ("data/processed", "reports", ".venv"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    lock(tmp_path, f"rich=={metadata.version('rich')}", f"pandas[all]=={metadata.version('pandas')}")
    return tmp_path


def lock(project: Path, *pins: str) -> None:
    lines = [f"{pin} \\\n    --hash=sha256:00\n    # via\n    #   analysis\n" for pin in pins]
    (project / "requirements.lock").write_text("# made by\n" + "".join(lines), encoding="utf-8")


def said(project: Path, survey: Path = SECOND) -> list[str]:
    """What the doctor says of the project; its last line and its answer agree with the marks."""
    lines: list[str] = []
    answer = examine(survey, lines.append, project)
    missing = [line for line in lines if line.startswith("fehlt ")]
    assert answer == (1 if missing else 0)
    assert all(re.match(r"(in Ordnung|fehlt     |Hinweis   )  [A-Z]", line) for line in lines[:-1])
    last = {
        0: "Alles Nötige ist da: `make report` kann starten.",
        1: "Bitte erst beheben: 1 Punkt fehlt.",
    }.get(len(missing), f"Bitte erst beheben: {len(missing)} Punkte fehlen.")
    assert lines[-1] == last
    return lines[:-1]


def line_on(what: str, lines: list[str]) -> str:
    (line,) = [line for line in lines if line[12:].startswith(f"{what}:")]
    return line


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere: as somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_all_is_well(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (browser := project / "chromium").touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(browser))
    monkeypatch.setattr(doctor, "count_processes", lambda most: 4)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(0, 0, 7 * 1024**3))
    lists = Path(project, "lists")
    lists.mkdir()
    (lists / "fontlist-v390.json").touch()
    monkeypatch.setattr("matplotlib.get_cachedir", lambda: str(lists))
    assert said(project) == [
        f"in Ordnung  Python: {'.'.join(map(str, sys.version_info[:3]))}, {sys.executable}",
        f"in Ordnung  Umgebung: {sys.prefix}",
        "in Ordnung  Pakete: alle 2 wie in requirements.lock",
        "in Ordnung  Schrift: Atkinson Hyperlegible, 4 Schnitte",
        f"in Ordnung  Matplotlib: Liste der Schriften in {lists}",
        WRITABLE,
        "in Ordnung  Platz: 7,0 GB frei",
        f"in Ordnung  Abfrage: {SECOND}, 5 Dateien von 5 gefragten Dezernaten",
        "in Ordnung  Rechner: 4 Kerne",
        f"in Ordnung  Browser: {browser}",
    ]


class TestPackages:
    def test_missing_and_other_versions_are_named_a_few_at_most(self, project: Path) -> None:
        lock(project, "rich==0.1", *(f"nirgends-{n}==1.{n}" for n in range(5)), "mac==1 ; os_name == 'mac'")
        assert line_on("Pakete", said(project)) == (
            "fehlt       Pakete: 6 von 6 sind nicht wie in requirements.lock: nirgends-0 1.0 (nicht da), "
            "nirgends-1 1.1 (nicht da), nirgends-2 1.2 (nicht da), nirgends-3 1.3 (nicht da) und 2 weitere. "
            f"{ELSEWHERE}"
        )

    def test_another_version_in_an_environment_of_ones_own_is_a_note(self, project: Path) -> None:
        version = metadata.version("rich")
        lock(project, "rich==0.1")
        assert line_on("Pakete", said(project)) == (
            f"Hinweis     Pakete: 1 von 1 ist nicht wie in requirements.lock: rich 0.1 (da ist {version}). "
            f"{ELSEWHERE}"
        )

    def test_zeros_in_front_make_no_other_version(self, project: Path) -> None:
        name = "fontpkg-atkinson-hyperlegible"
        assert metadata.version(name) == "1.006"  # the lock says 1.6
        lock(project, f"{name}==1.6")
        assert line_on("Pakete", said(project)) == "in Ordnung  Pakete: alle 1 wie in requirements.lock"

    @pytest.mark.parametrize(
        ("stamp", "advice"),
        [
            ("installed-report", "Bitte den Ordner .venv löschen und `make report` aufrufen."),
            (None, "`make report` holt das nach."),
        ],
    )
    def test_in_the_environment_of_make_the_way_out_depends_on_its_stamp(
        self, project: Path, monkeypatch: pytest.MonkeyPatch, stamp: str | None, advice: str
    ) -> None:
        monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
        lock(project, "rich==0.1")
        if stamp:
            wanted = [(project / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
            (project / ".venv" / stamp).write_bytes(b"".join(wanted))
        assert line_on("Pakete", said(project)) == (
            "fehlt       Pakete: 1 von 1 ist nicht wie in requirements.lock: "
            f"rich 0.1 (da ist {metadata.version('rich')}). {advice}"
        )

    def test_without_a_lock(self, project: Path) -> None:
        (project / "requirements.lock").unlink()
        assert line_on("Pakete", said(project)) == (
            f"fehlt       Pakete: {project / 'requirements.lock'} gibt es nicht. "
            "Bitte den Projektordner noch einmal holen."
        )

    def test_every_line_of_the_locks_is_understood(self) -> None:
        for name in ("requirements.lock", "requirements-test.lock"):
            text = (ROOT / name).read_text(encoding="utf-8")
            assert len(doctor._PIN.findall(text)) == len(re.findall(r"^[a-z0-9]", text, flags=re.M))
            assert ("colorama" in dict(doctor._pins(text))) is (sys.platform == "win32")


class TestTypeface:
    def test_a_damaged_and_a_missing_file(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (fonts := project / "fonts").mkdir()
        monkeypatch.setattr(typeface, "FONT_FOLDER", fonts)
        assert (
            line_on("Schrift", said(project))
            == f"fehlt       Schrift: {fonts}: keine Schriftdatei. {ELSEWHERE}"
        )
        (fonts / "Fett.ttf").write_bytes(b"no font")
        assert (
            line_on("Schrift", said(project))
            == f"fehlt       Schrift: {fonts}: Fett.ttf beschädigt. {ELSEWHERE}"
        )

    def test_a_package_that_is_not_there(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "fontpkg_atkinson_hyperlegible", None)
        monkeypatch.delitem(sys.modules, "analysis.publish.typeface")
        assert line_on("Schrift", said(project)) == (
            f"fehlt       Schrift: Das Paket fontpkg_atkinson_hyperlegible lässt sich nicht laden. {ELSEWHERE}"
        )


class TestFontList:
    def test_not_made_yet(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("matplotlib.get_cachedir", lambda: str(project))
        assert line_on("Matplotlib", said(project)) == (
            "Hinweis     Matplotlib: Die Liste der Schriften entsteht mit dem nächsten Bericht."
        )

    def test_nowhere_to_keep_it(self, project: Path) -> None:
        (home := project / "home").write_text("a file where Matplotlib wants a folder")
        code = f"from analysis.doctor import check_font_list; print(*check_font_list({str(project)!r}), sep='\\n')"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "MPLCONFIGDIR": str(home)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert (done.stdout, done.stderr) == (
            "Hinweis     Matplotlib: Die Liste der Schriften lässt sich nicht aufheben und entsteht in jedem "
            "Bericht neu. Bitte mit der Variablen MPLCONFIGDIR einen Ordner nennen, in den du schreiben darfst.\n",
            "",
        )

    def test_no_matplotlib(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        assert line_on("Matplotlib", said(project)) == (
            f"fehlt       Matplotlib: Das Paket matplotlib lässt sich nicht laden. {ELSEWHERE}"
        )


class TestWriting:
    def test_a_file_in_the_place_of_a_folder(self, project: Path) -> None:
        (project / "reports").rmdir()
        (project / "reports").touch()
        assert line_on("Schreiben", said(project)) == (
            f"fehlt       Schreiben: {project / 'reports'} ist eine Datei. "
            "Bitte sie umbenennen, hier gehört ein Ordner hin."
        )

    def test_a_folder_that_one_may_only_read(self) -> None:
        # Not below pytest's folder, which nobody else may enter.
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder)
            project.chmod(0o755)
            for name in doctor.WRITTEN:
                (project / name).mkdir(parents=True)
                (project / name).chmod(0o777)
            (project / "reports").chmod(0o555)
            with as_nobody():
                found = list(map(str, doctor.check_folders(project)))
        assert found == [
            f"fehlt       Schreiben: {project / 'reports'}: Permission denied. "
            "Bitte die Rechte am Ordner prüfen."
        ]

    def test_folders_that_will_be_made_count_as_there(self, project: Path) -> None:
        shutil.rmtree(project / "data")
        assert line_on("Schreiben", said(project)) == WRITABLE

    def test_no_folder_for_temporary_files(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def none() -> str:
            raise FileNotFoundError

        monkeypatch.setattr(tempfile, "gettempdir", none)
        monkeypatch.setattr("matplotlib.get_cachedir", lambda: str(project))
        found = list(map(str, doctor.check_folders(project)))
        assert found == [
            "fehlt       Schreiben: Kein Ordner für Zwischendateien. Bitte die Variable TMPDIR setzen."
        ]


@pytest.mark.parametrize(
    ("free", "line"),
    [
        (
            150 * 1024**2,
            "fehlt       Platz: nur 0,1 GB frei. Bitte Platz schaffen, `make clean` entfernt Ergebnisse.",
        ),
        (
            2 * 1024**3,
            "Hinweis     Platz: 2,0 GB frei; eine neue Umgebung und ihre Ergebnisse brauchen bis zu 3 GB.",
        ),
    ],
)
def test_little_space(project: Path, monkeypatch: pytest.MonkeyPatch, free: int, line: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(0, 0, free))
    assert line_on("Platz", said(project)) == line


class TestSurvey:
    def test_no_folder(self, project: Path) -> None:
        missing = project / "nirgends"
        assert line_on("Abfrage", said(project, missing)) == (
            f"fehlt       Abfrage: {missing}: Diesen Ordner gibt es nicht. "
            "Bitte den Ordner einer Abfrage angeben, zum Beispiel data/raw/2014."
        )

    def test_broken_toml(self, project: Path) -> None:
        (config := project / "survey.toml").write_text("title = \n")
        line = line_on("Abfrage", said(project, project))
        assert line.startswith(f"fehlt       Abfrage: {config}: Die Datei ist kein gültiges TOML (")

    def test_no_return_yet_and_one(self, project: Path) -> None:
        (survey := project / "2027").mkdir()
        shutil.copy(SECOND / "survey.toml", survey)
        assert line_on("Abfrage", said(project, survey)) == (
            f"Hinweis     Abfrage: {survey} hat noch keinen Rücklauf von 5 gefragten Dezernaten. "
            "Bitte die Dateien neben survey.toml legen."
        )
        (survey / "IV.xlsx").touch()
        assert line_on("Abfrage", said(project, survey)) == (
            f"in Ordnung  Abfrage: {survey}, 1 Datei von 5 gefragten Dezernaten"
        )


@pytest.mark.parametrize(
    ("platform", "cores", "line"),
    [
        (
            "win32",
            8,
            "Hinweis     Rechner: 8 Kerne; hier startet jedes Notebook ein eigenes Python, das dauert länger.",
        ),
        (
            "linux",
            1,
            "Hinweis     Rechner: 1 Kern; die Notebooks rechnen nacheinander, das dauert länger.",
        ),
    ],
)
def test_slow_machines(monkeypatch: pytest.MonkeyPatch, platform: str, cores: int, line: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(doctor, "count_processes", lambda most: cores)
    assert list(map(str, doctor.check_cores())) == [line]


def test_a_browser_is_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    purpose = "Nur die Tests der Seiten und `jupyter nbconvert --to webpdf` brauchen ihn."
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "weg"))
    assert list(map(str, doctor.check_browser())) == [
        f"Hinweis     Browser: Die Variable CHROMIUM nennt {tmp_path / 'weg'}, das lässt sich nicht starten. {purpose}"
    ]
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(map(str, doctor.check_browser())) == [
        f"Hinweis     Browser: kein Chromium. {purpose} "
        "Bitte chromium installieren oder CHROMIUM auf seinen Pfad setzen."
    ]


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert list(map(str, doctor.check_python())) == [
        "fehlt       Python: 3.9.2 ist zu alt. Bitte 3.11 oder neuer installieren."
    ]


def test_what_nobody_thought_of_is_a_line_too(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def surprise(folder: Path) -> list[Path]:
        raise RuntimeError("zwei\nZeilen")

    monkeypatch.setattr("analysis.survey_folder.find_returns", surprise)
    assert (
        "fehlt       Eine Prüfung brach ab (RuntimeError: zwei Zeilen). "
        "Bitte diese Zeile mitschicken, wenn jemand helfen soll."
    ) in said(project)


class TestBeforeThereIsAnEnvironment:
    """The command itself, by a Python that holds nothing but what it came with."""

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        code = "import runpy, sys; " + "".join(more) + "runpy.run_module('analysis', run_name='__main__')"
        return subprocess.run(
            [sys.executable, "-S", "-c", code, "doctor", str(SECOND)],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_it_says_so_and_how_to_get_one(self) -> None:
        done = self.run("sys.prefix = '/nirgends'; ")
        assert (done.returncode, done.stderr) == (1, "")
        lines = done.stdout.splitlines()
        assert line_on("Umgebung", lines) == (
            "fehlt       Umgebung: noch nicht eingerichtet. `make report` richtet sie ein."
        )
        assert [line for line in lines if line.startswith("fehlt")] == [line_on("Umgebung", lines)]
        assert line_on("Abfrage", lines).endswith(", 5 Dateien von 5 gefragten Dezernaten")
        assert lines[-1] == "Bitte erst beheben: 1 Punkt fehlt."

    def test_a_python_that_cannot_make_one(self) -> None:
        done = self.run(
            "sys.prefix = '/nirgends'; import importlib.util as util; find = util.find_spec; ",
            "util.find_spec = lambda name: None if name == 'ensurepip' else find(name); ",
        )
        assert (
            "fehlt       Modul ensurepip: Ohne es entsteht keine Umgebung. "
            "Bitte installieren (Debian und Ubuntu: apt install python3-venv)."
        ) in done.stdout.splitlines()


def test_an_environment_that_was_only_begun(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
    monkeypatch.setattr(doctor, "_is_installed", lambda name: False)
    lines = said(project)
    assert line_on("Umgebung", lines) == (
        "fehlt       Umgebung: In .venv ist das Projekt nicht eingerichtet. `make report` holt das nach."
    )
    assert not any("Pakete" in line for line in lines)
