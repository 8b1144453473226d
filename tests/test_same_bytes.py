"""The same returns give the same bytes: in another folder, for another user, at another place and time.

Each rebuild changes many things at once; where files differ, their names are the message. Published are the
report and its tables; `.report.json` tells a machine what it has built already and stays on it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Report
from make_workbooks import HEADINGS, TREFF, write_folder
from validators import page_texts

from analysis.survey_folder import checksum_of

NOBODY = 65534
STARTUP = """\
import matplotlib, pandas
matplotlib.rcParams.update({"patch.linewidth": 9, "font.weight": "bold"})
pandas.set_option("display.max_rows", 2)
analysis = survey = None
raise SystemExit("gestartet")
"""
MATPLOTLIBRC = """\
axes.formatter.use_locale: True
axes.linewidth: 9
axes.xmargin: 0.5
axes.titlesize: 40
figure.constrained_layout.h_pad: 1
figure.dpi: 30
figure.facecolor: red
font.size: 30
font.weight: bold
lines.linewidth: 9
patch.linewidth: 9
path.sketch: 3, 100, 2
savefig.dpi: 30
savefig.pad_inches: 3
svg.fonttype: path
text.color: red
xtick.major.size: 20
"""
TEMPLATE = ".local/share/jupyter/nbconvert/templates/accessible_html"
# What people put into their homes to change notebooks, charts and pages.
FURNITURE = {
    ".ipython/profile_default/startup/00.py": STARTUP,
    ".ipython/profile_default/ipython_config.py": "c.InteractiveShellApp.exec_lines = ['analysis = None']\n",
    ".jupyter/jupyter_config.py": "c.TemplateExporter.exclude_output = True\n",
    ".jupyter/jupyter_nbconvert_config.py": "c.TemplateExporter.exclude_output = True\n",
    ".config/matplotlib/matplotlibrc": MATPLOTLIBRC,
    f"{TEMPLATE}/conf.json": '{"mimetypes": {"text/html": true}}',
    f"{TEMPLATE}/index.html.j2": "<p>eine andere Vorlage</p>",
    f"{TEMPLATE}/frame.html.j2": "<p>eine andere Vorlage</p>",
}


@dataclass
class Machine:
    """Where a rebuild runs: a home of its own, its environment, its user where the test may change that."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    is_nobody: bool = False
    umask: int = 0o022
    one_core: bool = False
    furniture: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, text in self.furniture.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (self.home / "tmp").mkdir(parents=True)

    def run(self, project: Path, *arguments: str | Path) -> None:
        """One command of the program, from the project in a folder."""
        command = [sys.executable, "-m", "analysis", *map(str, arguments)]
        if self.one_core and shutil.which("taskset"):
            core = min(os.sched_getaffinity(0))
            command = ["taskset", "--cpu-list", str(core), *command]
        if self.is_nobody and can_be_nobody():
            # May read this Python, wherever it lies, and write nothing but what is its own.
            right = "+dac_read_search"
            ids = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            command = ["setpriv", *ids, f"--inh-caps={right}", f"--ambient-caps={right}", *command]
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", self.home, project], check=True)
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        home = {"HOME": str(self.home), "TMPDIR": str(self.home / "tmp")}
        done = subprocess.run(
            command,
            cwd=project,
            env={**kept, **home, **self.environment},
            umask=self.umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def can_be_nobody() -> bool:
    return os.name == "posix" and os.getuid() == 0 and shutil.which("setpriv") is not None


def locales(*wanted: str) -> str:
    """The first of these locales that the machine has; else the first, which then counts as C."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return next((name for name in wanted if name in known), wanted[0])


def copy_late(source: Path, target: Path, *names: str) -> Path:
    """The files of a folder, copied the last first, all as old as the year 1990."""
    for path in sorted((path for name in names for path in (source / name).rglob("*")), reverse=True):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (631_152_000, 631_152_000))
    return target


def published(report: Path, tables: Path) -> dict[str, bytes]:
    files = [*report.iterdir(), *tables.iterdir()]
    return {path.name: path.read_bytes() for path in files if path.name != ".report.json"}


def another_machine(tmp_path: Path) -> dict[str, bytes]:
    """Another folder for project and package, another user, time zone and locale, one core, files of 1990."""
    project = copy_late(ROOT, tmp_path / "Köln, Übersicht", "src", "notebooks", "data/raw/2014")
    shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")
    environment = {
        "PYTHONPATH": str(project / "src"),
        "PYTHONHASHSEED": "1",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "USER": "nobody",
        "LOGNAME": "nobody",
        "SOURCE_DATE_EPOCH": "1",
    }
    machine = Machine(tmp_path / "heim", environment, is_nobody=True, umask=0o077, one_core=True)
    machine.run(project, "report", "data/raw/2014", "--out", "aus")
    return published(project / "aus", project / "data" / "processed" / "2014")


def a_furnished_home(tmp_path: Path) -> dict[str, bytes]:
    """The survey outside the project, a home full of settings, a narrow terminal, Turkish letters."""
    survey = copy_late(ROOT / "data" / "raw", tmp_path / "fern ab", "2014") / "2014"
    locale = locales("tr_TR.utf8", "de_DE.utf8", "C.utf8")
    environment = {
        "PYTHONHASHSEED": "4294967295",
        "TZ": "America/St_Johns",
        "LANG": locale,
        "LC_ALL": locale,
        "SOURCE_DATE_EPOCH": "4102444800",
        "COLUMNS": "20",
        "TERM": "dumb",
        "MPLBACKEND": "agg",
        "USER": "erika",
    }
    machine = Machine(tmp_path / "heim", environment, furniture=FURNITURE)
    machine.run(ROOT, "report", survey, "--out", tmp_path / "aus")
    machine.run(ROOT, "tidy", survey, "--out", tmp_path / "tabellen")
    return published(tmp_path / "aus", tmp_path / "tabellen")


@pytest.fixture(scope="module")
def first(sample_report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    tables = tmp_path_factory.mktemp("tables")
    command = [sys.executable, "-m", "analysis", "tidy", str(sample_report.survey), "--out", str(tables)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return published(sample_report.folder, tables)


def differing(again: dict[str, bytes], first: dict[str, bytes]) -> list[str]:
    return sorted(name for name in again.keys() | first.keys() if again.get(name) != first.get(name))


def test_every_rebuild_has_the_same_bytes(
    first: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    measured: Callable[[str, object], None],
) -> None:
    builds = (another_machine, a_furnished_home)
    rebuilds = {build.__name__: build(tmp_path_factory.mktemp("r")) for build in builds}
    found = {name: differing(again, first) for name, again in rebuilds.items()}
    equal = sum(not names for names in found.values())
    who = "another user" if can_be_nobody() else "the same user"
    measured("rebuilds with the same bytes", f"{equal} of {len(found)} ({len(first)} files each; {who})")
    assert all(not names for names in found.values()), found


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 7, 1234567])
@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Pacific/Kiritimati", ["tr_TR.utf8", "C"]),
        ("America/St_Johns", ["de_DE.utf8", "C.utf8"]),
        ("UTC", ["ar_EG.utf8", "POSIX"]),
    ],
)
def test_any_seed_zone_and_locale_gives_the_same_bytes(
    seed: int, zone: str, names: list[str], first: dict[str, bytes], tmp_path: Path
) -> None:
    locale = locales(*names)
    environment = {"PYTHONHASHSEED": str(seed), "TZ": zone, "LC_ALL": locale, "LANGUAGE": locale[:2]}
    machine = Machine(tmp_path / "heim", environment, one_core=seed == 0)
    machine.run(ROOT, "report", ROOT / "data" / "raw" / "2014", "--out", tmp_path / "aus")
    machine.run(ROOT, "tidy", ROOT / "data" / "raw" / "2014", "--out", tmp_path / "tabellen")
    assert differing(published(tmp_path / "aus", tmp_path / "tabellen"), first) == []


def test_the_dates_are_the_surveys(sample_report: Report) -> None:
    with pikepdf.open(sample_report.folder / "briefing.pdf") as pdf, pdf.open_metadata() as metadata:
        dates = {str(value) for name, value in pdf.docinfo.items() if name.endswith("Date")}
        dates |= {value for name, value in metadata.items() if name.endswith("Date")}
    assert {re.sub(r"\D", "", date)[:14] for date in dates} == {"20140226000000"}
    for page in sample_report.folder.glob("*.html"):
        assert "Stand: 26.02.2014" in page.read_text(encoding="utf-8"), page.name


def test_the_program_never_asks_for_the_clock_or_the_machine() -> None:
    asked = re.compile(
        r"\b(today|now|utcnow|localtime|gmtime|time\.time|getuser|gethostname|datetime\.today)\("
    )
    sources = [path for kind in ("py", "j2", "typ") for path in (ROOT / "src").rglob(f"*.{kind}")]
    found = [path.name for path in sources if asked.search(path.read_text(encoding="utf-8"))]
    assert found == ["one_return.py"]  # a lone file without a survey is read as of today; no report does that


class TestChecksum:
    """What documents print of their inputs, against the tool that everybody has."""

    def by_hand(self, folder: Path, *names: str) -> str:
        lines = sorted(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def survey(self, folder: Path) -> Path:
        write_folder(folder, {"Dez IV.xlsx": [HEADINGS, TREFF], "Dez V ü.xlsx": [["Fehlanzeige"]]})
        (folder / "corrections.csv").write_text("")
        (folder / "codelists").mkdir()
        (folder / "codelists" / "headers.csv").write_text("text;field\nBegünstigte;target_groups\n")
        return folder

    def test_it_is_made_of_all_that_an_analyst_gives(self, tmp_path: Path) -> None:
        folder = self.survey(tmp_path / "2014")
        (folder / "README.md").write_text("zählt nicht")
        (folder / "~$Dez IV.xlsx").write_text("zählt nicht")
        names = ["Dez IV.xlsx", "Dez V ü.xlsx", "survey.toml", "corrections.csv", "codelists/headers.csv"]
        assert checksum_of(folder) == self.by_hand(folder, *names)

    @pytest.mark.parametrize(
        "name", ["Dez IV.xlsx", "survey.toml", "corrections.csv", "codelists/headers.csv"]
    )
    def test_each_input_counts(self, name: str, tmp_path: Path) -> None:
        folder = self.survey(tmp_path / "2014")
        before = checksum_of(folder)
        with (folder / name).open("ab") as file:
            file.write(b"\n")
        assert checksum_of(folder) != before

    def test_a_new_name_counts_but_neither_folder_nor_time_nor_order(self, tmp_path: Path) -> None:
        folder = self.survey(tmp_path / "2014")
        before = checksum_of(folder)
        copy = copy_late(tmp_path, tmp_path / "Köln ß", "2014") / "2014"
        assert checksum_of(copy) == before
        (copy / "Dez IV.xlsx").rename(copy / "Dezernat IV.xlsx")
        assert checksum_of(copy) != before

    def test_letters_in_parts_are_the_same_letters(self, tmp_path: Path) -> None:
        folder = self.survey(tmp_path / "2014")
        before = checksum_of(folder)
        (folder / "Dez V ü.xlsx").rename(folder / "Dez V u\u0308.xlsx")
        assert checksum_of(folder) == before

    @pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
    def test_sha256sum_says_the_same(self, tmp_path: Path) -> None:
        folder = self.survey(tmp_path / "2014")
        shutil.copy(folder / "Dez IV.xlsx", folder / "a\\b\nc.xlsx")
        shell = "sha256sum *.xlsx survey.toml corrections.csv codelists/* | LC_ALL=C sort | sha256sum"
        said = subprocess.run(
            ["sh", "-c", shell], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        assert said == f"{checksum_of(folder)}  -\n"

    def test_the_command_and_every_document_print_it(self, sample_report: Report) -> None:
        command = [sys.executable, "-m", "analysis", "checksum", str(sample_report.survey)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        checksum, name = said.split()
        assert (checksum, name) == (checksum_of(sample_report.survey), "2014")
        for page in sample_report.folder.glob("0*.html"):
            assert checksum in page.read_text(encoding="utf-8"), page.name
        assert checksum in "".join(
            "".join(page_texts((sample_report.folder / "briefing.pdf").read_bytes())).split()
        )
