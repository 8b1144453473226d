"""Cells run as in a fresh kernel: what each shows, in its order, and what is said of one that fails."""

import base64
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import running, side_by_side
from analysis.report import steps
from analysis.side_by_side import Job, Watch, do_all


def run(*sources: str | nbformat.NotebookNode, folder: Path = Path("/"), **environment: str) -> Any:
    """The outputs of each code cell, or the lines that say what failed; in a process of its own."""
    cells = [new_code_cell(source) if isinstance(source, str) else source for source in sources]
    found: list[Any] = []

    def take(outputs: Any) -> list[Job]:
        found.extend(outputs)
        return []

    arguments = ("07_versuch", dict(new_notebook(cells=cells)), folder, environment)
    failed = do_all([Job("07_versuch rechnen", steps.run, arguments, take)], Watch())
    return failed or found


def text(of_cell: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Kind and text of each output."""
    return [
        (output.get("name") or output["output_type"], output.get("text") or output["data"]["text/plain"])
        for output in of_cell
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 + 1", [("execute_result", "2")]),
        ("1 + 1;", []),
        ("print('a')\nprint('b')\n3", [("stdout", "a\nb\n"), ("execute_result", "3")]),
        (
            "import sys\nprint('a')\nprint('e', file=sys.stderr)\nprint('b')",
            [("stdout", "a\n"), ("stderr", "e\n"), ("stdout", "b\n")],
        ),
        (
            "from IPython.display import display\nprint(1)\ndisplay('x')\nprint(2)",
            [("stdout", "1\n"), ("display_data", "'x'"), ("stdout", "2\n")],
        ),
        ("from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)", [("stdout", "2\n")]),
        ("import asyncio\nawait asyncio.sleep(0)\n5", [("execute_result", "5")]),
        ("import os\nos.system('echo gerufen');", [("stdout", "gerufen\n")]),
        ("%%bash\necho gerufen", [("stdout", "gerufen\n")]),
        ("# nur ein Satz", []),
    ],
)
def test_what_a_cell_shows(source: str, shown: list[tuple[str, str]]) -> None:
    [of_cell] = run(source)
    assert text(of_cell) == shown


def test_what_was_shown_can_be_changed_later() -> None:
    first, second = run(
        "from IPython.display import display\nplace = display('alt', display_id=True)", "place.update('neu')"
    )
    assert text(first) == [("display_data", "'neu'")]
    assert second == []


def test_figures_are_pictures_of_their_cell() -> None:
    _, of_cell = run("import matplotlib.pyplot as plt", "plt.plot([1, 2]);")
    [picture] = of_cell
    assert picture["output_type"] == "display_data"
    assert base64.b64decode(picture["data"]["image/png"]).startswith(b"\x89PNG")


def test_a_notebook_runs_in_its_folder_and_with_its_environment(tmp_path: Path) -> None:
    [of_cell] = run(
        "import os\nprint(os.getcwd(), os.environ['GEFRAGT'], __name__)", folder=tmp_path, GEFRAGT="ja"
    )
    assert text(of_cell) == [("stdout", f"{tmp_path} ja __main__\n")]


def test_notebooks_share_nothing() -> None:
    run("x = 1\nimport pandas\npandas.x = 1")
    [of_cell] = run("import pandas\n'x' in globals(), hasattr(pandas, 'x')")
    assert text(of_cell) == [("execute_result", "(False, False)")]


def test_what_somebody_has_their_shell_do_is_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "profile_default" / "startup").mkdir(parents=True)
    (tmp_path / "profile_default" / "startup" / "00.py").write_text("x = 1", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    assert text(run("'x' in globals()")[0]) == [("execute_result", "False")]


def test_cells_can_be_left_out_and_errors_be_meant() -> None:
    skipped = new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]})
    meant = new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    outputs = run(skipped, meant, "1")
    assert outputs[0] == []
    assert (outputs[1][0]["ename"], outputs[1][0]["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert text(outputs[2]) == [("execute_result", "1")]


ADVICE = "  Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "x = 1\nint('x')",
            ["ValueError: invalid literal for int() with base 10: 'x'", "  Zeile 2 der Zelle: int('x')"],
        ),
        ("x =", ["SyntaxError: invalid syntax", "  Zeile 1 der Zelle: x ="]),
        (
            "import json\njson.loads('{')",
            [
                "JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
                "  Zeile 2 der Zelle: json.loads('{')",
                "  zuletzt in decoder.py",
            ],
        ),
        ("input()", ["EOFError: EOF when reading a line", "  Zeile 1 der Zelle: input()"]),
        (
            "import analysis\nanalysis.open_survey('gibt/es/nicht')",
            [
                "gibt/es/nicht: Diesen Ordner gibt es nicht. "
                "Bitte den Ordner einer Abfrage angeben, zum Beispiel data/raw/2014."
            ],
        ),
        ("exit()", ["„exit()“ hat in einem Bericht nichts zu beenden; bitte entfernen."]),
    ],
)
def test_a_cell_that_fails_is_named_with_its_last_lines(source: str, said: list[str]) -> None:
    [lines] = run(new_markdown_cell("# A"), "1", source, "raise AssertionError")
    first, *rest = said
    got = [line.partition(", Zeile")[0] if "zuletzt in" in line else line for line in lines.splitlines()]
    assert got[0].startswith(f"07_versuch, Zelle 3: {first}")
    assert got[1:] == [*rest, ADVICE]


def test_a_cell_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    if not side_by_side.CAN_FORK:
        pytest.skip("another process would not have the shorter limit")
    monkeypatch.setattr(running, "SECONDS_PER_CELL", 0.2)
    [lines] = run("while True: pass")
    assert lines.splitlines()[0] == (
        "07_versuch, Zelle 1: TimeoutError: Die Zelle rechnete länger als 0.2 Sekunden."
    )


def test_a_process_that_dies_is_said() -> None:
    assert run("import os; os._exit(3)") == [
        "07_versuch rechnen: Der Prozess wurde beendet (Status 3), vielleicht fehlte Speicher. "
        "Bitte noch einmal starten."
    ]
