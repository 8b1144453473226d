"""Surveys of thousands: papers show what comes first and say where the rest stands; tables keep every row."""

import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from surveys import make_survey

import analysis
from analysis import charts, overviews
from analysis.cache import Cache
from analysis.overviews.style import MOST_ROWS
from analysis.publish.display import Table
from analysis.publish.tables import RESOURCE
from analysis.schema import TABLES, TAKEN_AS

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

MANY = MOST_ROWS + 100


def printed(table: Any) -> list[dict[str, Any]]:
    """The rows that a document shows."""
    data, _ = table._repr_mimebundle_()
    rows: list[dict[str, Any]] = data[RESOURCE]["data"]
    return rows


def programmes(count: int) -> list[dict[str, Any]]:
    return [
        {
            "dezernat": "I" if number < count - 3 else "II",
            "office": f"Amt {number}",
            "start": (1990 + number % 20, 1990 + number % 20),
            "start_text": "1990",
            "end_year": 2012,
            "end_text": "2012",
            "groups": ["menschen_mit_behinderung"] if number % 100 == 99 else ["kinder"],
            "places": [1],
            "partners_text": "Träger" if number == count - 1 else None,
            "workbook": f"{number // 10}.xlsx",
            "sheet": "Abfrage",
            "row": number,
        }
        for number in range(count)
    ]


def large(count: int = MANY) -> Any:
    """A survey that is large in every way: programmes, workbooks, doubts of all kinds."""
    names = [f"{number}.xlsx" for number in range(count)]
    doubts = [("warning", "start_question", name, "D2", name) for name in names]
    doubts += [("warning", "double_programme", names[-1], f"B{row}", f"B{row}") for row in range(2, 5)]
    doubts += [("info", "remark", name, "D2", name) for name in names]
    doubts += [("info", "contact_replaced", name, "D2", name) for name in names]
    doubts += [("info", "corrected", name, "D2", name) for name in names]
    doubts += [("error", "unreadable_workbook", "kaputt.xlsx", None, "kaputt")]
    columns = ("severity", "code", "workbook", "cell", "message")
    problems = [
        {**dict(zip(columns, row, strict=True)), "sheet": "Abfrage", "found": row[4], "expected": "x"}
        for row in doubts
    ]
    sheets = [
        {
            "workbook": name,
            "sheet": "Abfrage",
            "nonempty": 10,
            **dict.fromkeys(TAKEN_AS, 0),
            "placed": 10 - (name == names[-1]),
            "unplaced": int(name == names[-1]),
        }
        for name in names
    ]
    returns = [
        {"dezernat": "I", "status": "received", "workbook": name, "is_expected": True} for name in names
    ]
    return make_survey(
        programmes=programmes(count), expected=("I", "II"), returns=returns, problems=problems, sheets=sheets
    )


SURVEY = large()


def test_as_many_rows_as_somebody_reads_are_all_shown() -> None:
    table = overviews.tabulate_starts(make_survey(programmes=programmes(MOST_ROWS)))
    assert isinstance(table, Table)
    assert (len(printed(table)), table.note) == (MOST_ROWS, None)


def test_of_more_rows_the_first_are_shown_and_the_others_accounted_for() -> None:
    table = overviews.tabulate_starts(SURVEY)
    assert isinstance(table, Table)
    assert table.note == (
        "Gezeigt sind 500 von 600 Zeilen, die ältesten Maßnahmen zuerst; alle Angaben stehen bei der Fachstelle in "
        "data/processed/probe/programmes.csv."
    )
    starts = [row["Beginn"] for row in printed(table)]
    assert len(starts) == MOST_ROWS
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", overviews.__all__)
def test_no_table_is_longer_and_none_is_cut_without_a_word(name: str) -> None:
    table = getattr(overviews, name)(SURVEY)
    rows = printed(table)
    assert len(rows) <= MOST_ROWS
    if len(rows) < len(table.frame):
        file = re.search(
            r"Gezeigt sind 500 von [\d.]+ Zeilen, .+ in data/processed/probe/(\w+)\.\w+\.$", table.note
        )
        assert file is not None and file[1] in TABLES
    else:
        assert "Gezeigt" not in (table.note or "") or name == "tabulate_programmes"
    assert max(len(str(value)) for row in rows for value in row.values()) < 3_000


def test_the_list_of_programmes_takes_turns_and_begins_with_people_with_disabilities() -> None:
    table = overviews.tabulate_programmes(SURVEY)
    assert isinstance(table, Table)
    rows = printed(table)
    assert len(rows) == MOST_ROWS
    assert table.caption == "Nennungen nach Dezernat (Auswahl)"
    assert table.note is not None and table.note.endswith(
        "Gezeigt sind 500 von 600 Zeilen, reihum aus allen Dezernaten, dabei zuerst die mit Bezug zu Menschen mit "
        "Behinderung; alle Angaben stehen bei der Fachstelle in data/processed/probe/programmes.csv."
    )
    assert [row["Dezernat"] for row in rows] == ["I"] * 497 + ["II"] * 3
    with_disability = [row["Maßnahme"] for row in rows if "Behinderung" in row["Zielgruppen"]]
    assert with_disability == [f"Titel {number}" for number in range(100, 601, 100)]


def test_the_key_names_the_sources_of_what_is_shown() -> None:
    shown = {row["Quelle"].split(",")[0] for row in printed(overviews.tabulate_programmes(SURVEY))}
    table = overviews.tabulate_sources(SURVEY)
    assert isinstance(table, Table)
    assert {row["Quelle"] for row in printed(table)} == shown
    assert sum(row["Nennungen"] for row in printed(table)) == MOST_ROWS
    assert table.note == "Genannt sind die Quellen der gezeigten Nennungen."


def test_questions_of_every_kind_are_shown_errors_first() -> None:
    rows = printed(overviews.tabulate_questions(SURVEY))
    assert [row["Zu klären"] for row in rows[:8]] == [
        "kaputt",
        "0.xlsx",
        "B2",
        "1.xlsx",
        "B3",
        "2.xlsx",
        "B4",
        "3.xlsx",
    ]


def test_a_chart_counts_what_its_table_does_not_show() -> None:
    table = overviews.tabulate_problems(SURVEY)
    assert isinstance(table, Table)
    assert printed(table)[0]["Arbeitsmappe"] == "599.xlsx"
    assert len(table.frame) == MANY + 1
    chart = charts.draw_problems(SURVEY)
    # A question, a remark and a correction of each workbook; three doubles; one that nobody can read.
    assert chart.subtitle.startswith("1.804 Zweifel insgesamt; gezeigt: ")
    assert chart.subtitle.endswith(" von 601 Zeilen der Tabelle")


def test_of_cells_and_partners_those_come_first_that_tell_something() -> None:
    assert printed(overviews.tabulate_cells(SURVEY))[0]["Arbeitsmappe"] == "599.xlsx"
    assert printed(overviews.tabulate_partners(SURVEY))[0]["Maßnahme"] == "Titel 600"


def test_a_stadtbezirk_names_fifty_titles_and_counts_the_others() -> None:
    table = overviews.tabulate_places(SURVEY)
    assert isinstance(table, Table)
    first = printed(table)[0]
    assert first["Nennungen"] == MANY
    assert first["Maßnahmen"].startswith("Titel 1; Titel 2; ")
    assert first["Maßnahmen"].endswith("; Titel 49; Titel 50 und 550 weitere")
    assert table.note == (
        "Genannt sind je Stadtbezirk höchstens 50 Maßnahmen; alle Angaben stehen bei der Fachstelle in "
        "data/processed/probe/programme_sozialraeume.csv."
    )


def test_a_table_is_not_cut_without_a_note() -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
    with pytest.raises(ValueError, match="shows 2 of 3 rows needs a note"):
        Table(frame, caption="Zahlen", shown=2)
    data, metadata = Table(frame, caption="Zahlen", shown=2, note="Zwei von drei.")._repr_mimebundle_()
    assert (len(data[RESOURCE]["data"]), data["text/html"].count("<tr>"), metadata["note"]) == (
        2,
        3,
        "Zwei von drei.",
    )


@pytest.mark.long
def test_a_thousand_returns_are_read_whole_and_again_from_the_cache(tmp_path: Path) -> None:
    from made_returns import write_survey

    folder = write_survey(tmp_path / "viele", 1_000)
    cache = Cache(tmp_path / "cache")
    survey = analysis.read_survey(folder, cache=cache)
    assert survey.returns["workbook"].nunique() == 1_000
    assert survey.returns["programme_count"].sum() == len(survey.programmes) > 15_000
    assert (survey.sheets[list(TAKEN_AS)].sum(axis=1) == survey.sheets["nonempty"]).all()
    assert len(survey.cells) == survey.sheets["nonempty"].sum()
    again = analysis.read_survey(folder, cache=cache)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(again, table), getattr(survey, table))
