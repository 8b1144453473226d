"""What a report has drawn before it takes from its cache: the same picture, and only where nothing has changed."""

import shutil
import subprocess
import sys

import pytest
from surveys import make_survey

from analysis.cache import CACHE_VARIABLE
from analysis.charts import draw_audiences, draw_groups_by_stadtbezirk, draw_start_timeline, drawing
from analysis.charts.drawing import KeptDrawing, new_figure
from analysis.digests import PACKAGE

ROWS = [
    {"dezernat": "IV", "title": "Alt", "start": (1994, 1996), "groups": ["kinder"], "places": [1]},
    {"dezernat": "V", "title": "Neu", "start": (2012, 2012), "groups": ["alle_bewohner"], "places": [1, 3]},
]
DRAWN = []


def draw(text, *more):
    DRAWN.append(text)
    figure, axes = new_figure(1)
    axes.text(0, 0, text)
    return figure


def draw_otherwise(text):
    return draw(text.upper())


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    DRAWN.clear()
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def pieces(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("chart", [draw_audiences, draw_groups_by_stadtbezirk, draw_start_timeline])
def test_a_picture_from_the_cache_is_the_one_that_would_be_drawn(chart, monkeypatch, cache):
    survey = make_survey(programmes=ROWS)
    first, kept = chart(survey), chart(survey)
    assert pieces(cache)
    monkeypatch.delenv(CACHE_VARIABLE)
    anew = chart(survey)
    assert (kept.svg, kept.narrow) == (first.svg, first.narrow) == (anew.svg, anew.narrow)
    assert len(kept.figure.axes) == 1  # who wants the figure still has it


def test_the_same_values_are_drawn_once():
    assert KeptDrawing(draw, "Wort", [1, 2]).svg() == KeptDrawing(draw, "Wort", [1, 2]).svg()
    assert DRAWN == ["Wort"]


@pytest.mark.parametrize(
    "other",
    [
        (draw, "Wort", [1, 3]),
        (draw, "Wort ", [1, 2]),
        (draw, "Wort", [2, 1]),
        (draw, "Wort", ["1", 2]),
        (draw, "Wort", [1, 2.0]),
        (draw, "Wort", [1, None]),
        (draw, "Wort", [1], 2),
        (draw_otherwise, "Wort"),
    ],
)
def test_any_other_value_or_way_is_another_drawing(other):
    KeptDrawing(draw, "Wort", [1, 2]).svg()
    KeptDrawing(draw, "Wort").svg()
    KeptDrawing(*other).svg()
    assert len(DRAWN) == 3


@pytest.mark.parametrize("module", ["charts/style.py", "charts/bars.py", "publish/drawing.py"])
def test_code_that_draws_otherwise_draws_anew(module, tmp_path, monkeypatch):
    for room in ("charts", "publish"):
        shutil.copytree(PACKAGE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(drawing, "PACKAGE", tmp_path)
    monkeypatch.setattr(drawing, "_pencils", drawing._pencils.__wrapped__)
    for _ in range(2):
        KeptDrawing(draw, "Wort").svg()
    (tmp_path / module).open("a").write("# Blau ist jetzt anders.\n")
    KeptDrawing(draw, "Wort").svg()
    assert len(DRAWN) == 2


def test_another_matplotlib_draws_anew(monkeypatch):
    KeptDrawing(draw, "Wort").svg()
    monkeypatch.setattr(drawing, "version", lambda name: "99" if name == "matplotlib" else "1")
    monkeypatch.setattr(drawing, "_pencils", drawing._pencils.__wrapped__)
    KeptDrawing(draw, "Wort").svg()
    assert len(DRAWN) == 2


def test_a_damaged_picture_is_drawn_anew(cache):
    whole = KeptDrawing(draw, "Wort").svg()
    (piece,) = pieces(cache)
    piece.write_bytes(piece.read_bytes()[:-1])
    assert KeptDrawing(draw, "Wort").svg() == whole
    assert len(DRAWN) == 2


def test_outside_a_report_nothing_is_kept(monkeypatch, cache):
    monkeypatch.delenv(CACHE_VARIABLE)
    for _ in range(2):
        KeptDrawing(draw, "Wort").svg()
    assert len(DRAWN) == 2
    assert not pieces(cache)


def test_who_draws_nothing_does_not_wait_for_matplotlib():
    code = (
        "import sys, analysis.charts, analysis.findings, analysis.overviews\n"
        "print(sorted({'matplotlib', 'seaborn'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
