"""What only shows between returns: sent twice, named twice, not expected, reported as none and named by another."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from analysis.cross_checks import check_across, title_key
from analysis.problems import Problem

NAMES = {"III": "Wirtschaft", "IV": "Bildung", "V": "Soziales", "VI": "Planen"}


def columns(rows: Sequence[Mapping[str, Any]], *names: str) -> dict[str, list[Any]]:
    return {name: [row.get(name) for row in rows] for name in names}


def check(
    returns: Sequence[tuple[str | None, str, str | None]], programmes: Sequence[Mapping[str, Any]] = ()
) -> list[Problem]:
    """The doubts about returns (dezernat, status, workbook) and their programmes, all on the sheet "Liste"."""
    rows = [
        {"programme_id": f"p{number}", "sheet": "Liste", "row": number + 2, "responsible_dezernat": None}
        | dict(row)
        for number, row in enumerate(programmes)
    ]
    cells = [
        {"programme_id": row["programme_id"], "field": field, "cell": f"{letter}{row['row']}"}
        for row in rows
        for letter, field in (("A", "office"), ("B", "title"))
    ]
    about = [dict(zip(("dezernat", "status", "workbook"), row, strict=True)) for row in returns]
    names = ("programme_id", "title", "dezernat", "responsible_dezernat", "workbook", "sheet", "row")
    return check_across(
        {
            "returns": columns(about, "dezernat", "status", "workbook"),
            "programmes": columns(rows, *names),
            "cells": columns(cells, "programme_id", "field", "cell"),
        },
        NAMES,
    )


def named(workbook: str, dezernat: str, *titles: str | None, **more: Any) -> list[dict[str, Any]]:
    return [{"title": title, "dezernat": dezernat, "workbook": workbook, **more} for title in titles]


def test_returns_without_anything_in_common_leave_no_doubt() -> None:
    returns = [("IV", "received", "a.xlsx"), ("V", "received", "b.xlsx"), (None, "received", "c.xlsx")]
    programmes = [
        *named("a.xlsx", "IV", "Treff", "Beratung", None, responsible_dezernat="IV"),
        *named("b.xlsx", "V", "Chor", None, responsible_dezernat="IV"),
        *named("c.xlsx", "V", "Malkurs", "…", "–", responsible_dezernat="OB"),
    ]
    assert check(returns, programmes) == []


def test_a_dezernat_that_nobody_asked() -> None:
    [problem] = check(
        [("I", "received", "a.xlsx"), ("IV", "outstanding", None), (None, "received", "b.xlsx")]
    )
    assert problem == Problem(
        "warning",
        "unexpected_dezernat",
        "Dezernat I ist in survey.toml nicht vorgesehen; bitte dort ergänzen oder klären.",
        workbook="a.xlsx",
        found="I",
    )


def test_several_files_of_one_dezernat_are_a_question_which_counts() -> None:
    returns = [("IV", "received", "a.xlsx"), ("IV", "fehlanzeige", "b.xlsx"), ("IV", "received", "c.xlsx")]
    [problem] = check(returns, [*named("a.xlsx", "IV", "Treff"), *named("c.xlsx", "IV", "Chor")])
    assert problem == Problem(
        "warning",
        "several_workbooks",
        "Von Dezernat IV liegen drei Dateien vor („b.xlsx“ meldet Fehlanzeige); gelesen wurden alle, "
        "bitte klären, ob jede zählt oder eine die andere ersetzt.",
        workbook="c.xlsx",
        found="a.xlsx, b.xlsx, c.xlsx",
    )


def test_one_file_for_two_dezernate_is_one_file_of_each() -> None:
    assert check([("IV", "received", "a.xlsx"), ("V", "received", "a.xlsx")]) == []


def test_a_return_sent_twice_counts_double_and_is_one_question() -> None:
    returns = [("IV", "received", "a.xlsx"), ("IV", "received", "a neu.xlsx")]
    titles = ["Jugendtreff", "Beratung", "Chor"]
    several, repeat = check(
        returns, [*named("a.xlsx", "IV", *titles), *named("a neu.xlsx", "IV", *titles, "Neu dabei")]
    )
    assert several.code == "several_workbooks"
    assert repeat == Problem(
        "warning",
        "double_return",
        "Drei von vier Nennungen stehen auch in der Datei „a.xlsx“ von Dezernat IV und zählen doppelt; "
        "bitte klären, welche Datei gilt, und die andere aus dem Ordner nehmen.",
        workbook="a neu.xlsx",
        found="3 von 4",
        expected="a.xlsx",
    )


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        (
            ["Treff"],
            "Die eine Nennung steht auch in der Datei „a.xlsx“ von Dezernat IV und zählt doppelt; ",
        ),
        (
            ["Treff", "Neu"],
            "Eine von zwei Nennungen steht auch in der Datei „a.xlsx“ von Dezernat IV und zählt doppelt; ",
        ),
        (
            ["Treff", "Chor"],
            "Beide Nennungen stehen auch in der Datei „a.xlsx“ von Dezernat IV und zählen doppelt; ",
        ),
    ],
)
def test_small_returns_sent_twice(titles: list[str], sentence: str) -> None:
    programmes = [*named("a.xlsx", "IV", "Treff", "Chor", "Lesen"), *named("b.xlsx", "IV", *titles)]
    _, repeat = check([("IV", "received", "a.xlsx"), ("IV", "received", "b.xlsx")], programmes)
    assert repeat.message.startswith(sentence)


def test_the_same_return_under_two_dezernate_is_found_too() -> None:
    titles = ["Jugendtreff", "Beratung", "Chor"]
    [repeat] = check(
        [("IV", "received", "a.xlsx"), ("V", "received", "b.xlsx")],
        [*named("a.xlsx", "IV", *titles), *named("b.xlsx", "V", *titles)],
    )
    assert (repeat.code, repeat.workbook) == ("double_return", "b.xlsx")
    assert repeat.message.startswith(
        "Alle drei Nennungen stehen auch in der Datei „a.xlsx“ und zählen doppelt;"
    )


def test_a_return_sent_twice_is_found_beside_a_third_file_that_names_the_same() -> None:
    returns = [(None, "received", "antwort.xlsx"), ("IV", "received", "a.xlsx"), ("IV", "received", "b.xlsx")]
    programmes = [
        *named("antwort.xlsx", "V", "Treff"),
        *named("a.xlsx", "IV", "Treff"),
        *named("b.xlsx", "IV", "Treff"),
    ]
    _, repeat, double = check(returns, programmes)
    assert (repeat.code, repeat.workbook, repeat.expected) == ("double_return", "b.xlsx", "a.xlsx")
    assert (double.code, double.workbook, double.cell) == ("double_programme", "a.xlsx", "B3")
    assert double.message.startswith("„Treff“ steht auch in „antwort.xlsx“, Blatt Liste, Zelle B2; ")


def test_a_programme_that_two_returns_name_is_one_question_with_both_cells() -> None:
    [problem] = check(
        [("IV", "received", "a.xlsx"), ("V", "received", "b.xlsx")],
        [
            *named("a.xlsx", "IV", "Chor", "Müllers Jugendtreff"),
            *named("b.xlsx", "V", "Projekt „MUELLERS Jugend-Treff“"),
        ],
    )
    assert problem == Problem(
        "warning",
        "double_programme",
        "„Projekt ‚MUELLERS Jugend-Treff‘“ steht auch in „a.xlsx“, Blatt Liste, Zelle B3; bitte klären, "
        "ob es dieselbe Maßnahme ist, gezählt wurde jede Nennung.",
        workbook="b.xlsx",
        sheet="Liste",
        cell="B4",
        field="title",
        found="Projekt „MUELLERS Jugend-Treff“",
        expected="Müllers Jugendtreff",
    )


def test_a_programme_named_twice_on_one_sheet() -> None:
    [problem] = check([("IV", "received", "a.xlsx")], named("a.xlsx", "IV", "Treff", "Chor", "Treff"))
    assert (problem.cell, problem.message) == (
        "B4",
        "„Treff“ steht auch in Zelle B2; bitte klären, ob es dieselbe Maßnahme ist, gezählt wurde jede Nennung.",
    )


def test_a_programme_named_by_many_is_still_one_question() -> None:
    returns = [("IV", "received", f"{number}.xlsx") for number in range(1)]
    programmes = [
        row
        for number in range(9)
        for row in named(
            f"{number}.xlsx", "IV" if number % 2 else "V", "Treff", f"Nur {number}", f"Und {number}"
        )
    ]
    [problem] = check(returns, programmes)
    assert (problem.workbook, problem.cell) == ("1.xlsx", "B5")
    assert problem.message.startswith(
        "„Treff“ steht auch in „0.xlsx“, Blatt Liste, Zelle B2, „2.xlsx“, Blatt Liste, Zelle B8, "
        "„3.xlsx“, Blatt Liste, Zelle B11 und fünf weiteren Stellen; "
    )


@pytest.mark.parametrize(
    ("status", "workbook", "state"),
    [
        ("fehlanzeige", "b.xlsx", "das selbst Fehlanzeige meldet"),
        ("outstanding", None, "von dem noch keine Rückmeldung vorliegt"),
        ("unreadable", "b.pdf", "dessen Rückmeldung nicht lesbar ist"),
    ],
)
def test_a_dezernat_that_named_none_and_is_named_as_responsible(
    status: str, workbook: str | None, state: str
) -> None:
    returns = [("V", "received", "a.xlsx"), ("VI", status, workbook), ("III", "received", "c.xlsx")]
    programmes = [
        *named("a.xlsx", "V", "Treff", responsible_dezernat="III"),
        *named("a.xlsx", "V", "Sanierung", "Büro", responsible_dezernat="VI"),
        *named("c.xlsx", "III", "Chor", responsible_dezernat="OB"),
    ]
    [problem] = check(returns, programmes)
    assert problem == Problem(
        "warning",
        "responsible_without_programmes",
        f"Für „Sanierung“ und eine weitere Maßnahme ist hier Dezernat VI als zuständig genannt, {state}; "
        "bitte mit beiden Dezernaten klären.",
        workbook="a.xlsx",
        sheet="Liste",
        cell="A3",
        field="office",
        found="VI",
        expected="eine Rückmeldung von Dezernat VI mit dieser Maßnahme",
    )


def test_one_answer_with_programmes_settles_who_is_responsible() -> None:
    returns = [("V", "received", "a.xlsx"), ("VI", "fehlanzeige", "b.xlsx"), ("VI", "received", "c.xlsx")]
    problems = check(returns, named("a.xlsx", "V", "Sanierung", responsible_dezernat="VI"))
    assert [problem.code for problem in problems] == ["several_workbooks"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Bürgerhäuser", "BUERGERHAEUSER", True),
        ("Programm „Lebenswerte Veedel“", "Lebenswerte  Veedel", True),
        ("Sport-Angebote (Kalk)", "Sportangebote Kalk", True),
        ("Mülheim 2020", "Mülheim 2021", False),
        ("Treff für Kinder", "Treff für Senioren", False),
        ("Projekt", "Programm", False),
    ],
)
def test_titles_are_the_same_whatever_their_spelling(left: str, right: str, same: bool) -> None:
    assert (title_key(left) == title_key(right)) is same


def test_every_row_is_looked_at_a_bounded_number_of_times() -> None:
    """Ten times the returns may take ten times the steps, not a hundred times."""

    class Counted(list[Any]):
        steps = 0

        def __iter__(self) -> Any:
            for item in list.__iter__(self):
                Counted.steps += 1
                yield item

    def steps(count: int) -> int:
        rows = [row for n in range(count) for row in named(f"{n}.xlsx", "IV", "Treff", f"Eigenes {n}")]
        names = ("programme_id", "title", "dezernat", "responsible_dezernat", "workbook", "sheet", "row")
        table = columns(
            [{"programme_id": f"p{n}", "row": n, "sheet": "x"} | row for n, row in enumerate(rows)], *names
        )
        returns = columns([], "dezernat", "status", "workbook")
        Counted.steps = 0
        tables = {"programmes": {name: Counted(values) for name, values in table.items()}, "returns": returns}
        check_across({**tables, "cells": columns([], "programme_id", "field", "cell")}, NAMES)
        return Counted.steps

    assert steps(200) == 10 * steps(20)
