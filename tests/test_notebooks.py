"""Notebooks tell, the package does: the rules that the six notebooks hold, and what they say of other surveys."""

import ast
import re
import shutil
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("0*.ipynb"))  # 90 and up are for exploring


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


def test_the_paper_answers_first_and_has_one_page_to_take_out():
    notebook = nbformat.read(FOLDER / "06_briefing.ipynb", 4)
    opened = [re.findall(r"^## (.+)", cell.source, re.MULTILINE) for cell in cells(notebook, "markdown")]
    assert [heading for found in opened for heading in found] == [
        "Das Ergebnis in vier Sätzen",
        "Das Wichtigste in einfacher Sprache",
        "Verfahren und Rücklauf",
        "Ergebnisse",
        "Einordnung",
        "Über dieses Dokument",
        "Anlage: Nennungen",
        "Anhang: Datenqualität",
    ]
    tagged = [cell.source for cell in cells(notebook, "markdown") if cell.metadata]
    assert len(tagged) == 1
    assert tagged[0].startswith("## Das Wichtigste in einfacher Sprache")


def test_prose_stands_before_each_code_cell(notebook):
    for before, cell in pairwise(notebook.cells):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown"
            assert re.search(r"^[^#\s].*[.:?]$", before.source, re.MULTILINE)


def test_each_code_cell_is_one_call_into_the_package(notebook):
    for cell in cells(notebook, "code")[2:]:
        assert len(cell.source.splitlines()) == 1
        [name] = calls(cell.source)
        assert re.fullmatch(
            r"charts\.draw_\w+|findings\.(state|tell)_\w+|overviews\.tabulate_\w+|analysis\.show_\w+", name
        )


def test_every_call_exists(notebook):
    import analysis.charts
    import analysis.findings
    import analysis.overviews

    for cell in cells(notebook, "code")[2:]:
        [name] = calls(cell.source)
        package, function = name.split(".")
        assert callable(getattr(analysis if package == "analysis" else getattr(analysis, package), function))


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
        if re.match(r"draw_|state_|tell_|tabulate_", name)
    }
    assert offered - asked == set()


def tell(survey_folder):
    """What the notebooks show of a survey, cell by cell, without a kernel: rich texts by notebook."""
    shown = {}
    for path in NOTEBOOKS:
        names = {}
        for cell in cells(nbformat.read(path, 4), "code"):
            tree = ast.parse(cell.source.replace("data/raw/2014", survey_folder.as_posix()))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.name, "exec"), names)
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), names) if last else None
            if value is not None:
                data, about = value._repr_mimebundle_()
                shown.setdefault(path.stem, []).append(
                    "\n".join([data["text/plain"], *map(str, about.values())])
                )
    return {name: "\n".join(texts) for name, texts in shown.items()}


def told(notebooks):
    """What executed notebooks show: rich texts by notebook."""
    return {
        name: "\n".join(
            text
            for cell in cells(notebook, "code")
            for output in cell.outputs
            for text in (output.data["text/plain"], *map(str, output.metadata.values()))
        )
        for name, notebook in notebooks.items()
    }


@pytest.fixture(scope="module")
def surveys(tmp_path_factory, sample_notebooks, second_notebooks):
    """The sample; the sample with one return that nobody can read and one that never came; and another survey."""
    sample = FOLDER.parent / "data" / "raw" / "2014"
    broken = tmp_path_factory.mktemp("folder") / "2014"
    shutil.copytree(sample, broken)
    returns = sorted(broken.glob("*.xlsx"))
    fourth = next(path for path in returns if "IV" in path.name)
    first = next(path for path in returns if path.stem.endswith("Dez I"))
    fourth.write_bytes(b"PK\x03\x04 no workbook")
    first.unlink()
    return told(sample_notebooks), tell(broken), told(second_notebooks)


def test_the_findings_of_the_paper_come_out_of_the_sample(surveys):
    briefing = surveys[0]["06_briefing"]
    for sentence in (
        "Alle sieben Dezernate haben geantwortet: zwei mit Maßnahmen (IV und V), fünf mit Fehlanzeige",
        "In zwei von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet.",
        "Insgesamt wurden 24 Nennungen gezählt",
        "Die beiden ältesten Maßnahmen mit Angabe zum Beginn sind 20 Jahre alt",
        "Die meisten Maßnahmen sind in den letzten fünf Jahren vor dem Stichtag (seit 2009) begonnen worden: ",
        "Manche Maßnahmen richten sich an besondere Zielgruppen, andere an alle Bewohnerinnen und Bewohner.",
        "Eine Zusammenarbeit mit anderen Stellen wird nur vereinzelt angegeben",
    ):
        assert sentence in briefing
    assert all("Musterdaten" in page for page in surveys[0].values())


def test_the_first_page_shows_the_return_with_most_questions(surveys):
    page = surveys[0]["01_returns"]
    assert "So wurde „Rückmeldung Dez. IV_final.xlsx“ gelesen" in page
    assert "Gezeigt ist die Rückmeldung, die am meisten offen lässt: sechs offene Fragen." in page
    assert "Die Rückmeldung ist nachgebaut (Musterdaten)." in page


def test_cells_with_personal_data_are_for_analysts_and_not_for_the_committee(surveys):
    assert "Zellen mit Personendaten" in surveys[0]["01_returns"]
    assert "Personendaten" not in surveys[0]["06_briefing"]


def test_a_missing_and_an_unreadable_return_change_the_briefing(surveys):
    briefing = surveys[1]["06_briefing"]
    for sentence in (
        "Fünf von sieben Dezernaten haben geantwortet: eines mit Maßnahmen (V), vier mit Fehlanzeige",
        "Noch keine Antwort liegt vor von: Dezernat I.",
        "Nicht lesbar ist die Rückmeldung von: Dezernat IV.",
        "In mindestens einem von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet",
        "Insgesamt wurden 13 Nennungen gezählt, alle stammen aus Dezernat V.",
    ):
        assert sentence in briefing


def test_nothing_of_the_sample_is_told_of_another_survey(surveys):
    other = "\n".join(surveys[2].values())
    assert "Musterdaten" not in other
    for word in ("Behindertenpolitik", "24 Nennungen", "20 Jahre", "Veedel", "Mülheim 2020", "seit 2009"):
        assert word not in other
