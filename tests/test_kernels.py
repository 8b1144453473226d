"""Notebooks run in real kernels, forked or not, with the same results."""

import os
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import kernels, running

CODE = "import os, sys\nprint(os.path.basename(os.getcwd()), os.environ['ASKED'], 'seaborn' in sys.modules)"


def outputs(notebook) -> list:
    return [[dict(output) for output in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("can_fork", [True, False])
def test_a_kernel_runs_in_the_folder_and_with_the_environment(
    can_fork: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if can_fork and not kernels.CAN_FORK:
        pytest.skip("this system does not fork")
    monkeypatch.setattr(kernels, "CAN_FORK", can_fork)
    notebook, done = new_notebook(cells=[new_markdown_cell("# A"), new_code_cell(CODE)]), []
    running.run_notebooks([("01_a", notebook)], tmp_path, {"ASKED": "yes"}, done.append)
    # Only the forked kernel has what its parent imported.
    printed = f"{tmp_path.name} yes {can_fork}\n"
    assert outputs(notebook) == [[{"output_type": "stream", "name": "stdout", "text": printed}]]
    assert done == ["01_a"]
    assert "ASKED" not in os.environ


def test_notebooks_do_not_share_a_kernel(tmp_path: Path) -> None:
    first = new_notebook(cells=[new_code_cell("x = 1")])
    second = new_notebook(cells=[new_code_cell("'x' in globals()")])
    third = new_notebook(cells=[new_code_cell("import os; os.getpid()")])
    running.run_notebooks([("a", first), ("b", second), ("c", third)], tmp_path, {}, lambda name: None)
    assert outputs(second)[0][0]["data"] == {"text/plain": "False"}
    pid = int(outputs(third)[0][0]["data"]["text/plain"])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)  # no kernel is left behind


def test_a_failed_cell_is_named(tmp_path: Path) -> None:
    cells = [new_markdown_cell("# A"), new_code_cell("1"), new_code_cell("int('x')")]
    with pytest.raises(running.NotebookError) as caught:
        running.run_notebooks([("07_a", new_notebook(cells=cells))], tmp_path, {}, lambda name: None)
    assert str(caught.value) == (
        "07_a, Zelle 3: ValueError: invalid literal for int() with base 10: 'x' "
        "Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."
    )


def test_a_kernel_that_dies_is_said(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_code_cell("import os; os._exit(3)")])
    with pytest.raises(running.NotebookError) as caught:
        running.run_notebooks([("07_a", notebook)], tmp_path, {}, lambda name: None)
    assert str(caught.value) == (
        "07_a: Der Rechenkern wurde beendet, vielleicht fehlte Speicher. Bitte noch einmal starten."
    )
