"""Notebooks tell, the package does: the rules that the six notebooks hold."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PACKAGES = {"analysis", "charts", "findings", "overviews"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=nbformat.NO_CONVERT)


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def headings(notebook):
    text = "\n".join(cell.source for cell in cells(notebook, "markdown"))
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def calls(source):
    """The dotted names that a cell calls."""
    return [ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def test_the_six_notebooks_are_there():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_returns",
        "02_start_years",
        "03_target_groups",
        "04_departments",
        "05_sozialraeume",
        "06_briefing",
    ]


def test_it_is_valid_with_stable_cell_ids_and_a_language(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\d\d-\d\d", ident) for ident in ids)
    assert notebook.metadata["lang"] == "de"
    assert notebook.metadata["kernelspec"]["name"] == "python3"


def test_it_is_committed_without_outputs(notebook):
    for cell in cells(notebook, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_it_has_one_title_and_headings_without_gaps(notebook):
    levels = headings(notebook)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_opens_with_a_title_and_a_short_summary(notebook):
    title, _, summary = notebook.cells[0].source.partition("\n\n")
    assert title.startswith("# ")
    assert 1 <= len(summary.splitlines()) <= 2


def test_the_first_code_cell_is_the_parameters_cell(notebook):
    first, second = cells(notebook, "code")[:2]
    assert first.metadata["tags"] == ["parameters"]
    assert re.search(r'^SURVEY = "data/raw/2014"$', first.source, re.MULTILINE)
    assert calls(first.source) == []
    assert "survey = analysis.open_survey(SURVEY)" in second.source.splitlines()
    assert second.source.splitlines()[-1] == "findings.state_sample(survey)"
    assert not any("tags" in cell.metadata for cell in cells(notebook, "code")[1:])


def test_prose_stands_before_each_code_cell(notebook):
    for before, cell in pairwise(notebook.cells):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown"
            assert re.search(r"^[^#\s].*[.:?]$", before.source, re.MULTILINE)


def test_each_code_cell_is_one_call_into_the_package(notebook):
    for cell in cells(notebook, "code")[2:]:
        assert len(cell.source.splitlines()) == 1
        [name] = calls(cell.source)
        assert re.fullmatch(r"charts\.draw_\w+|findings\.state_\w+|overviews\.tabulate_\w+", name)


def test_every_call_exists(notebook):
    import analysis.charts
    import analysis.findings
    import analysis.overviews

    for cell in cells(notebook, "code")[2:]:
        [name] = calls(cell.source)
        package, function = name.split(".")
        assert callable(getattr(getattr(analysis, package), function))


def test_it_computes_nothing_itself(notebook):
    forbidden = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.For,
        ast.While,
        ast.comprehension,
    )
    for cell in cells(notebook, "code"):
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)]
        assert not re.search(r"\bre\.|read_excel|read_csv|\bpandas\b|\bopen\(", cell.source)
        imported = {
            alias.name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= {"analysis"}
        strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert strings in ([], ["data/raw/2014"])


def test_prose_holds_no_result_and_no_path(notebook):
    for cell in cells(notebook, "markdown"):
        assert not re.search(r"\d", cell.source)
        assert not re.search(r"(^|[\s(])(/|[A-Z]:\\|~/)", cell.source)


def test_prose_is_german(notebook):
    words = re.findall(r"\w+", " ".join(cell.source for cell in cells(notebook, "markdown")).lower())
    german = sum(
        word in {"der", "die", "das", "und", "ist", "nicht", "den", "eine", "wird", "im"} for word in words
    )
    english = sum(word in {"the", "and", "is", "of", "with", "this", "are"} for word in words)
    assert german > 10
    assert english == 0


def test_each_chart_is_followed_by_its_table_in_its_section():
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        waiting = ""
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and re.search(r"^#", cell.source, re.MULTILINE):
                assert not waiting, f"{path.stem}: {waiting} stands without a table"
            if cell.source.startswith("charts."):
                waiting = cell.source
            if cell.source.startswith("overviews."):
                waiting = ""
        assert not waiting


def test_every_question_of_the_package_is_asked_somewhere():
    import analysis.charts
    import analysis.findings
    import analysis.overviews

    asked = {
        name
        for path in NOTEBOOKS
        for cell in cells(nbformat.read(path, 4), "code")
        for name in calls(cell.source)
    }
    offered = {
        f"{package}.{name}"
        for package in ("charts", "findings", "overviews")
        for name in getattr(analysis, package).__all__
        if re.match(r"draw_|state_|tabulate_", name)
    }
    assert offered - asked == set()
