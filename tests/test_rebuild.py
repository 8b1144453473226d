"""What a report does again, and what not: it depends on the content of its inputs alone."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import nbformat
import openpyxl
import pytest
from make_workbooks import CONFIG, HEADINGS, TREFF, write_workbook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.__main__ import main
from analysis.problems import InputError
from analysis.report.build import write_report
from analysis.report.progress import Progress
from analysis.report.state import State, describe, look_at

# Each notebook writes its name into a file when it runs.
NOTE = """\
import os
with open(os.environ["GELAUFEN"], "a") as file:
    print("{}", file=file)
"""
ANSWER = (
    "import analysis\nfrom analysis import findings\nfindings.state_mentions(analysis.open_survey(SURVEY))"
)


class Project:
    """A small project with a survey, its report, and what was run and said since one last asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.survey, self.out = (
            folder,
            folder / "data" / "raw" / "2014",
            folder / "reports" / "2014",
        )
        self.ran = folder / "gelaufen"
        self.survey.mkdir(parents=True)
        (folder / "notebooks").mkdir()
        (folder / "pyproject.toml").touch()
        (self.survey / "survey.toml").write_text(CONFIG, encoding="utf-8")
        for dezernat, place in (("IV", "Porz"), ("V", "Kalk")):
            write_workbook(
                self.survey / f"Dezernat {dezernat}.xlsx", [HEADINGS, [f"Treff {place}", *TREFF[1:]]]
            )
        for name in ("01_eins", "02_zwei", "06_briefing"):
            self.write(name)

    def write(self, name: str, *, title: str = "", sentence: str = "Ein Satz.", code: str = ANSWER) -> None:
        cells = [
            new_markdown_cell(f"# {title or name[3:].title()}\n\nDarum geht es."),
            new_code_cell('SURVEY = "data/raw/2014"', metadata={"tags": ["parameters"]}),
            new_code_cell(NOTE.format(name)),
            new_markdown_cell(f"## Antwort\n\n{sentence}"),
            new_code_cell(code),
        ]
        for number, cell in enumerate(cells):
            cell.id = f"zelle-{number}"
        nbformat.write(new_notebook(cells=cells), self.folder / "notebooks" / f"{name}.ipynb")

    def look(self) -> State:
        return look_at(self.survey, self.folder, self.out)

    def make(self) -> "Done":
        """Make the report, if there is something to do."""
        self.ran.unlink(missing_ok=True)
        before = self.files()
        state, said = self.look(), StringIO()
        if not state.is_current:
            write_report(state, Progress(lambda: None, said))
        after = self.files()
        written = sorted(name for name in after if after[name] != before.get(name))
        return Done(
            self.names(), [name for name in written if name != ".report.json"], said.getvalue().splitlines()
        )

    def names(self) -> list[str]:
        """The notebooks that ran."""
        return sorted(self.ran.read_text(encoding="utf-8").split()) if self.ran.exists() else []

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Each file of the report: its number in the file system, new for each that is replaced, and its bytes."""
        found = self.out.iterdir() if self.out.exists() else ()
        return {path.name: (path.stat().st_ino, path.read_bytes()) for path in found}

    def status(self) -> dict[str, str]:
        return {line.split()[0]: line.split(maxsplit=1)[1] for line in describe(self.look())}


class Done(NamedTuple):
    """Which notebooks ran, which files were replaced, what was said."""

    ran: list[str]
    written: list[str]
    said: list[str]


ALL = ["01_eins", "02_zwei", "06_briefing"]
PAGES = ["01_eins.html", "02_zwei.html", "06_briefing.html"]
EVERY = sorted([*PAGES, "briefing.pdf", "index.html", "plain_language.html"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose report is current."""
    folder = tmp_path_factory.mktemp("projekt")
    with pytest.MonkeyPatch.context() as patch:
        set_variables(patch, folder)
        done = Project(folder).make()
    assert (done.ran, done.written) == (ALL, EVERY)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The same in a folder of its own, all times anew as after a checkout."""
    folder = tmp_path / "projekt"
    shutil.copytree(made, folder, copy_function=shutil.copyfile)
    set_variables(monkeypatch, folder)
    project = Project.__new__(Project)
    project.folder, project.survey, project.out = folder, folder / "data/raw/2014", folder / "reports/2014"
    project.ran = folder / "gelaufen"
    return project


def set_variables(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("GELAUFEN", str(folder / "gelaufen"))
    patch.setenv("ANALYSIS_CACHE", str(folder / ".cache"))


def test_a_fresh_checkout_of_the_same_files_has_nothing_to_do(project: Project) -> None:
    assert project.look().is_current
    assert set(project.status().values()) == {"ist aktuell"}
    assert project.make() == Done([], [], [])


def test_the_command_says_that_there_is_nothing_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    assert main(["report", "data/raw/2014", "--out", "reports/2014"]) == 0
    assert capsys.readouterr().out == (
        "reports/2014: Nichts zu tun, der Bericht ist auf dem Stand der Rückläufe und Notebooks.\n"
    )
    assert main(["status", "data/raw/2014", "--out", "reports/2014"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "briefing.pdf         ist aktuell",
        "01_eins.html         ist aktuell",
        "02_zwei.html         ist aktuell",
        "06_briefing.html     ist aktuell",
        "plain_language.html  ist aktuell",
        "index.html           ist aktuell",
    ]


def test_a_sentence_runs_no_cell_and_writes_one_page_and_the_index(project: Project) -> None:
    project.write("02_zwei", sentence="Ein anderer Satz.")
    reason = "ist veraltet; geändert: Notebook 02_zwei"
    assert {name: why for name, why in project.status().items() if why != "ist aktuell"} == {
        "02_zwei.html": reason,
        "index.html": reason,
    }
    done = project.make()
    assert (done.ran, done.written) == ([], ["02_zwei.html", "index.html"])
    assert [line[:6] for line in done.said] == ["[1/2] ", "[2/2] "]
    assert sorted(re.sub(r"\(.*\)", "(…)", line[6:]) for line in done.said) == [
        "02_zwei.html schreiben (…)",
        "index.html schreiben (…)",
    ]
    assert "Ein anderer Satz." in (project.out / "02_zwei.html").read_text(encoding="utf-8")
    assert project.make() == Done([], [], [])


def test_a_sentence_of_the_briefing_writes_the_paper_too(project: Project) -> None:
    project.write("06_briefing", sentence="Ein anderer Satz.")
    done = project.make()
    assert (done.ran, done.written) == ([], ["06_briefing.html", "briefing.pdf", "index.html"])


def test_code_runs_one_notebook_anew(project: Project) -> None:
    project.write("02_zwei", code="6 * 7")
    done = project.make()
    assert (done.ran, done.written) == (["02_zwei"], ["02_zwei.html", "index.html"])


def test_a_title_stands_on_every_page_and_runs_nothing(project: Project) -> None:
    project.write("02_zwei", title="Anders")
    assert project.status()["01_eins.html"] == "ist veraltet; geändert: Namen und Titel der Notebooks"
    done = project.make()
    assert (done.ran, done.written) == ([], sorted([*PAGES, "plain_language.html", "index.html"]))


def test_a_changed_return_is_read_again_and_no_other(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.survey / "Dezernat V.xlsx"
    book = openpyxl.load_workbook(path)
    book.active["A2"] = "Ein anderer Treff"
    book.save(path)
    assert set(project.status().values()) == {"ist veraltet; geändert: „Dezernat V.xlsx“"}
    import analysis.intake

    read = []
    run = analysis.intake.Run
    monkeypatch.setattr(
        analysis.intake,
        "Run",
        lambda function, items, *rest: read.extend(items) or run(function, items, *rest),
    )
    done = project.make()
    assert (done.ran, done.written) == (ALL, EVERY)
    assert "Dezernat V.xlsx" in str(read)
    assert "Dezernat IV.xlsx" not in str(read)
    assert done.said[0].startswith("[1/")
    assert "Rückläufe lesen" in done.said[0]


def test_a_notebook_that_is_renamed_is_linked_by_its_new_name(project: Project) -> None:
    notebooks = project.folder / "notebooks"
    (notebooks / "02_zwei.ipynb").rename(notebooks / "03_zwei.ipynb")
    assert project.status()["01_eins.html"] == "ist veraltet; geändert: Namen und Titel der Notebooks"
    project.make()
    for path in project.out.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert ("02_zwei.html" in text, "03_zwei.html" in text) == (False, True), path.name


def test_a_return_that_is_set_back_sets_the_tables_back(project: Project) -> None:
    path, table = project.survey / "Dezernat V.xlsx", project.folder / "data/processed/2014/programmes.csv"
    before, files, rows = path.read_bytes(), project.files(), table.read_bytes()
    write_workbook(path, [HEADINGS, ["Ein anderer Treff", *TREFF[1:]]])
    project.make()
    assert table.read_bytes() != rows
    path.write_bytes(before)
    assert project.make().ran == []
    assert table.read_bytes() == rows
    assert {name: content for name, (_, content) in project.files().items()} == {
        name: content for name, (_, content) in files.items()
    }


def test_a_file_saved_while_it_is_read_ends_the_run_and_nothing_is_kept(project: Project) -> None:
    config = project.survey / "survey.toml"
    before, kept = project.files(), sorted((project.folder / ".cache").rglob("*"))

    class Saving(Progress):
        def counts(self, done: int, total: int) -> None:
            config.write_text(CONFIG + "\n\n", encoding="utf-8")

    config.write_text(CONFIG + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Eine Datei wurde geändert, während sie gelesen wurde"):
        write_report(project.look(), Saving(lambda: None, StringIO()))
    assert project.files() == before
    assert sorted((project.folder / ".cache").rglob("*")) == kept


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "corrections.csv",
            "workbook,sheet,cell,expected,corrected,reason,decided_by\n",
            "neu: „corrections.csv“",
        ),
        ("codelists/headers.csv", "text;field\nKreis;target_groups\n", "neu: „codelists/headers.csv“"),
        ("survey.toml", CONFIG + "\n", "geändert: „survey.toml“"),
        ("Dezernat IV.xlsx", None, "nicht mehr da: „Dezernat IV.xlsx“"),
        ("Dezernat VI.xlsx", "kein Excel", "neu: „Dezernat VI.xlsx“"),
    ],
)
def test_whatever_is_read_counts(project: Project, name: str, text: str | None, reason: str) -> None:
    path = project.survey / name
    path.parent.mkdir(exist_ok=True)
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    assert set(project.status().values()) == {f"ist veraltet; {reason}"}


def test_program_and_packages_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import analysis.report.inputs as inputs

    monkeypatch.setattr(inputs, "package_digest", lambda: "anders")
    assert set(project.status().values()) == {"ist veraltet; geändert: das Programm"}
    monkeypatch.undo()
    (project.folder / "requirements.lock").write_text("pandas==1\n", encoding="utf-8")
    assert set(project.status().values()) == {"ist veraltet; geändert: die installierten Pakete"}


def test_files_lost_or_changed_by_hand_come_back_without_a_cell_run(project: Project) -> None:
    before = {name: content for name, (_, content) in project.files().items()}
    (project.out / "01_eins.html").write_text("von Hand", encoding="utf-8")
    (project.out / "briefing.pdf").unlink()
    assert [project.status()[name] for name in ("01_eins.html", "briefing.pdf", "02_zwei.html")] == [
        "wurde von Hand geändert",
        "fehlt",
        "ist aktuell",
    ]
    done = project.make()
    assert (done.ran, done.written) == ([], ["01_eins.html", "briefing.pdf", "index.html"])
    assert {name: content for name, (_, content) in project.files().items()} == before


def test_the_page_of_a_notebook_that_is_gone_goes(project: Project) -> None:
    (project.folder / "notebooks" / "02_zwei.ipynb").unlink()
    assert project.status()["02_zwei.html"] == "gehört nicht mehr zum Bericht"
    done = project.make()
    assert done.ran == []
    assert sorted(project.files()) == sorted([".report.json", *EVERY[:1], *EVERY[2:]])
    assert "02_zwei" not in (project.out / "index.html").read_text(encoding="utf-8")


def test_without_its_cache_the_report_is_the_same(project: Project) -> None:
    before = {name: content for name, (_, content) in project.files().items()}
    shutil.rmtree(project.folder / ".cache")
    shutil.rmtree(project.out)
    done = project.make()
    assert (done.ran, done.written) == (ALL, EVERY)
    assert {name: content for name, (_, content) in project.files().items()} == before


def test_notebooks_that_fail_are_named_the_others_finish_and_nothing_is_replaced(project: Project) -> None:
    before = project.files()
    project.write("01_eins", code="1 / 0")
    project.write("02_zwei", code="x = 1\nx.y")
    project.write("06_briefing", code="6 * 7")
    with pytest.raises(InputError) as caught:
        project.make()
    advice = "  Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."
    lines = str(caught.value).splitlines()
    assert sorted([lines[:3], lines[3:]]) == [
        ["01_eins, Zelle 5: ZeroDivisionError: division by zero", "  Zeile 1 der Zelle: 1 / 0", advice],
        [
            "02_zwei, Zelle 5: AttributeError: 'int' object has no attribute 'y'",
            "  Zeile 2 der Zelle: x.y",
            advice,
        ],
    ]
    assert project.names() == ALL
    assert project.files() == before
    project.write("01_eins")
    project.write("02_zwei")
    done = project.make()
    assert (done.ran, done.written) == (
        [],
        ["06_briefing.html", "briefing.pdf", "index.html"],
    )  # it had finished


def test_a_page_that_cannot_be_written_names_notebook_and_cell(project: Project) -> None:
    before = project.files()
    project.write("01_eins", code="import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    with pytest.raises(InputError, match=r"Notebook „01_eins“, Zelle 5: .*Alternativtext"):
        project.make()
    assert project.files() == before


def test_ctrl_c_leaves_no_file_and_no_process(project: Project) -> None:
    before = project.files()
    project.write(
        "01_eins",
        code="from pathlib import Path\nPath('pid').write_text(str(os.getpid()))\nimport time\ntime.sleep(600)",
    )
    command = [sys.executable, "-m", "analysis", "report", "data/raw/2014", "--out", "reports/2014"]
    # Whoever started the tests in the background may have told them to ignore what we send.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        command, cwd=project.folder, stderr=subprocess.PIPE, text=True, preexec_fn=heed
    )
    started = project.folder / "notebooks" / "pid"
    while not (started.exists() and started.read_text(encoding="utf-8")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert said.splitlines()[-1] == "Abgebrochen; was im Zielordner lag, ist unverändert."
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text(encoding="utf-8")), 0)
    assert project.files() == before
    assert list(project.folder.rglob(".neu-*")) == []


def test_a_terminal_sees_what_is_done_now_and_how_long_it_may_take(project: Project) -> None:
    project.write("02_zwei", sentence="Ein anderer Satz.")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "analysis", "report", "data/raw/2014", "--out", "reports/2014"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(
        command, cwd=project.folder, stderr=theirs, stdout=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 1000)
        except OSError:  # Linux tells so that nobody writes any more
            break
    assert process.wait() == 0
    shown = seen.decode("utf-8")
    assert re.search(r"Jetzt: [^·]*02_zwei\.html schreiben[^·]* · seit \d+,\d s · noch etwa \d+,\d s", shown)
    assert re.search(r"\[[12]/2\] 02_zwei\.html schreiben \(\d+,\d s\)", shown)
