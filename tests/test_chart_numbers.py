"""Picture, alternative text, long description and table of a chart tell the same numbers, whatever the survey."""

import re
from pathlib import Path

import numpy as np
import pytest
from surveys import NAMES, make_survey

import analysis
from analysis import charts
from analysis.charts.words import alt_text
from analysis.findings.wording import paired
from analysis.publish.display import LONGEST_ALT, Chart, Prose

ROOT = Path(__file__).parents[1]
BARS = [
    charts.draw_audiences,
    charts.draw_cooperation,
    charts.draw_dezernate,
    charts.draw_disability,
    charts.draw_offices,
    charts.draw_stadtbezirke,
    charts.draw_start_periods,
    charts.draw_target_groups,
]
HEATS = [charts.draw_groups_by_stadtbezirk, charts.draw_problems, charts.draw_responsibility]
ALL = [*BARS, *HEATS, charts.draw_start_timeline]
LONG = (
    "Geschäftsstelle für die Zusammenarbeit aller Ämter, Träger und Vereine in den Sozialräumen der Stadt "
    * 3
)


def some_problems(count):
    return [
        {"severity": ("error", "warning", "info")[n % 3], "workbook": f"Mappe {n % 7}.xlsx", "message": "?"}
        for n in range(count)
    ]


def small():
    return make_survey(
        {"I": "fehlanzeige", "II": "outstanding", "III": "unreadable", "IV": "received", "V": "received"},
        [
            {"dezernat": "IV", "title": "Alt", "start": (1994, 1996), "groups": ["kinder"], "places": [1]},
            {"dezernat": "IV", "title": "Davor", "start": (None, 1999), "office": "Sportamt"},
            {
                "dezernat": "V",
                "title": "Neu",
                "start": (2012, 2012),
                "groups": ["schueler"],
                "places": [1, 3],
            },
            {"dezernat": "V", "title": "Danach", "start": (2014, None), "responsible_dezernat": "IV"},
            {"dezernat": "V", "title": "Bald", "start": (2015, 2015), "start_certainty": "planned"},
            {"dezernat": "V", "title": "Offen", "area_scope": "citywide", "office": "Sportamt"},
        ],
        problems=[*some_problems(2), {"severity": "warning", "workbook": "IV.xlsx", "message": "?"}],
    )


def large(count=2000):
    """Thousands of programmes, with names as long as a cell can make them."""
    groups = ["kinder", "jugendliche", "schueler", "senioren", "psychisch_erkrankte", "alle_bewohner"]
    codes = list(NAMES)
    programmes = [
        {
            "dezernat": codes[n % 5],
            "title": f"{LONG} {n}",
            "office": f"{n % 90} {LONG}" if n % 11 else None,
            "responsible_dezernat": codes[n % 3] if n % 2 else None,
            "start": (1980 + n % 34, 1980 + n % 34 + n % 4),
            "groups": groups[n % 6 : n % 6 + 2],
            "places": [1 + n % 3],
        }
        for n in range(count)
    ]
    returns = [
        {
            "dezernat": code,
            "dezernat_name": LONG,
            "status": "received",
            "is_expected": True,
            "workbook": f"{code}.xlsx",
            "programme_count": count // 5,
        }
        for code in codes
    ]
    return make_survey(
        dict.fromkeys(codes, "received"), programmes, returns=returns, problems=some_problems(500)
    )


SURVEYS = {
    "sample": lambda: analysis.read_survey(ROOT / "data" / "raw" / "2014"),
    "second": lambda: analysis.read_survey(ROOT / "tests" / "data" / "second_survey"),
    "small": small,
    "one": lambda: make_survey({"I": "received"}, [{"dezernat": "I", "start": (2000, 2000), "places": [2]}]),
    "hostile": lambda: make_survey(
        programmes=[
            {
                "dezernat": "I",
                "title": "$x^2$ <b>&amp; 漢\u202e</b>\x07",
                "office": "Kosten: 5 $ bis 9 $; Amt*innen",
                "start": (2001, 2001),
            },
            {"dezernat": None, "title": None},
        ]
    ),
    "large": large,
}


@pytest.fixture(scope="module", params=list(SURVEYS))
def drawn(request):
    """Every chart of one survey by its function's name; what cannot be drawn is left out."""
    survey = SURVEYS[request.param]()
    shown = {draw: draw(survey) for draw in ALL}
    assert all(isinstance(chart, Chart | Prose) for chart in shown.values())
    return {draw: chart for draw, chart in shown.items() if isinstance(chart, Chart)}


def words_in(svg):
    """The words in a picture, in the order they are drawn."""
    return re.findall(r">([^<>\n]+)</t(?:ext|span)>", svg)


def texts(chart):
    return words_in(chart.svg)


def whole(text):
    return int(text.replace(".", ""))


def entries(chart):
    """The lines of the description, as pairs of name and value."""
    lines = [line.rstrip(";.").replace("\xa0", " ") for line in chart.description.splitlines()[1:]]
    return [tuple(line.rsplit(": ", 1)) for line in lines]


def is_whole(chart):
    """Whether picture and description hold every row: a survey of thousands has them in the table."""
    return "gezeigt" not in chart.subtitle and "alle stehen in der Tabelle" not in chart.description


def table_counts(chart):
    return chart.table.frame["Nennungen"].fillna(0).astype(int).tolist()


def test_bars_descriptions_and_tables_have_the_same_numbers(drawn):
    compared = 0
    for draw in BARS:
        if draw not in drawn or not is_whole(drawn[draw]):
            continue
        chart = drawn[draw]
        told = [value for _, value in entries(chart)]
        assert len(told) == len(chart.table.frame)
        beside = texts(chart)[-len(told) :]
        shown = [re.sub(r" Nennung(en)?( \(.*\))?$", "", value) for value in told]
        assert beside == shown  # the picture says what the description says, in its order
        assert words_in(chart.narrow)[: len(told)] == shown  # and so does the one for narrow screens
        numbers = [whole(text) if text[0].isdigit() else 0 for text in shown]
        lengths = [patch.get_width() for patch in chart.figure.axes[0].patches]
        assert numbers == lengths  # and draws it as long
        if draw is charts.draw_offices:
            assert sorted(numbers) == sorted(table_counts(chart))
        else:
            assert numbers == table_counts(chart)
        shares = [match[1] for value in told if (match := re.search(r"\((.+ %)\)", value))]
        if "Anteil" in chart.table.frame.columns[-1]:
            assert sorted(shares) == sorted(chart.table.frame.iloc[:, -1].str.replace("\xa0", " "))
        compared += 1
    assert compared


def test_bars_are_called_as_the_rows_of_their_table(drawn):
    for draw in set(BARS) - {charts.draw_dezernate, charts.draw_offices}:
        if draw in drawn and is_whole(drawn[draw]):
            names = [paired(name) for name in drawn[draw].table.frame.iloc[:, 0]]
            assert [name for name, _ in entries(drawn[draw])] == names


def test_every_office_has_its_own_number_in_picture_and_table():
    chart = charts.draw_offices(small())
    assert entries(chart) == [
        ("Sportamt (Dezernat IV)", "1 Nennung (17 %)"),
        ("Sportamt (Dezernat V)", "1 Nennung (17 %)"),
        ("keine Angabe (Dezernat IV)", "1 Nennung (17 %)"),
        ("keine Angabe (Dezernat V)", "3 Nennungen (50 %)"),
    ]


def test_heatmaps_descriptions_and_tables_have_the_same_numbers(drawn):
    for draw in HEATS:
        if draw not in drawn or not is_whole(drawn[draw]):
            continue
        chart = drawn[draw]
        frame = chart.table.frame
        if draw is charts.draw_responsibility:
            pairs = frame.astype(object).where(frame.notna(), "keine Angabe")
            expected = {
                (f"{row[0]} meldet", row[1] if row[1] == "keine Angabe" else f"{row[1]} zuständig"): int(
                    row[2]
                )
                for row in pairs.itertuples(index=False)
            }
        else:
            leading = 1 if draw is charts.draw_groups_by_stadtbezirk else 2
            names = [name for name, _ in entries(chart)]
            numbers = frame[frame.columns[leading:]]
            expected = {
                (name, column): int(row[column])
                for name, (_, row) in zip(names, numbers.iterrows(), strict=True)
                for column in numbers.columns
                if row[column]
            }
            if leading == 1:
                assert names == [paired(name) for name in frame.iloc[:, 0]]
        told = {
            (name, cell.rsplit(" ", 1)[0]): whole(cell.rsplit(" ", 1)[1])
            for name, values in entries(chart)
            for cell in values.split(", ")
            if cell not in ("sonst 0", "überall 0")
        }
        assert told == expected
        fields = [whole(text) for text in texts(chart) if re.fullmatch(r"[\d.]+", text)]
        colours = chart.figure.axes[0].collections[0].get_array()
        assert (
            fields == np.asarray(colours).ravel().tolist()
        )  # the number in a field is the one it is coloured by
        assert sorted(number for number in fields if number) == sorted(expected.values())


def test_the_timeline_draws_each_interval_where_its_words_say(drawn):
    if charts.draw_start_timeline not in drawn:
        return
    chart = drawn[charts.draw_start_timeline]
    labels = chart.table.frame["Beginn"].tolist()
    assert [value for _, value in entries(chart)] == [label.replace("–", " bis ") for label in labels]
    assert texts(chart)[-len(labels) :] == labels
    axes = chart.figure.axes[0]
    for row, label in enumerate(labels):
        marks = {
            line.get_marker(): float(line.get_xdata()[0])
            for line in axes.lines
            if line.get_marker() != "None" and line.get_ydata()[0] == row
        }
        bounds = [
            float(line.get_xdata()[0])
            for line in axes.lines
            if line.get_marker() in ("o", "|") and line.get_ydata()[0] == row
        ]
        years = [float(year) for year in re.findall(r"\d{4}", label)]
        assert sorted(bounds) == years
        assert ("o" in marks) == (len(years) == 1 and not label.startswith(("ab", "bis")))
        assert ("<" in marks) == label.startswith("bis")
        assert (">" in marks) == label.startswith("ab")


def test_the_subtitle_names_the_whole_that_the_table_counts_in(drawn):
    for draw, chart in drawn.items():
        number = whole(re.match(r"([\d.]+) (Nennung|Nennungen|Zweifel) insgesamt", chart.subtitle)[1])
        frame = chart.table.frame
        if draw is charts.draw_problems:
            assert number == frame.iloc[:, 2:].to_numpy().sum()
        elif draw is charts.draw_start_timeline:
            assert number == len(frame)
        elif draw is charts.draw_dezernate:
            assert number == frame["Nennungen"].sum()
        elif draw is not charts.draw_groups_by_stadtbezirk:
            assert frame.columns[-1] == f"Anteil (von {chart.subtitle.split()[0]})"


def test_alternative_texts_are_short_and_name_no_other_denominator(drawn):
    for chart in drawn.values():
        assert len(chart.alt) <= LONGEST_ALT < 250 - len(" Werte in Tabelle 999.")
        assert re.match(r"(Balkendiagramm|Heatmap|Zeitstrahl) zu [^:]+: [A-ZÄÖÜ0-9]", chart.alt)
        assert chart.alt.endswith(".")
        assert "\n" not in chart.alt
        wholes = set(re.findall(r"von ([\d.]+) Nennung", chart.alt))
        assert wholes <= {chart.subtitle.split()[0]}


def test_a_picture_fits_on_a_page_with_no_letter_below_nine_points(drawn):
    template = (ROOT / "src/analysis/publish/templates/briefing.typ").read_text(encoding="utf-8")
    tallest = float(re.search(r"([\d.]+)cm / natural.height", template)[1])
    for chart in drawn.values():
        width, height = (
            float(re.search(rf'{side}="([\d.]+)pt"', chart.svg)[1]) / 72 * 2.54
            for side in ("width", "height")
        )
        assert width <= 16.1  # between the margins of the page
        assert height <= tallest  # else it is scaled down, and its letters with it
        both = chart.svg + chart.narrow
        sizes = [float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)px", both)]
        assert sizes
        assert min(sizes) >= 9


def test_bars_are_read_on_a_telephone_without_scrolling(drawn):
    for draw in BARS:
        if draw in drawn:
            width = float(re.search(r'width="([\d.]+)pt"', drawn[draw].narrow)[1])
            assert width / 72 * 96 < 320  # CSS pixels, at which letters keep their size


def test_a_message_that_would_be_too_long_loses_its_last_parts():
    assert alt_text("Bild", "x", "Eins", "z" * 210, "zwei") == "Bild zu x: Eins; zwei."
    assert alt_text("Bild", "x", "Wort " * 60).endswith("Wort Wort ….")
    assert len(alt_text("Bild", "x", "Wort " * 60)) <= LONGEST_ALT


def test_what_does_not_fit_is_said_and_stands_in_the_table():
    chart = charts.draw_offices(large(200))
    assert len(chart.table.frame) == 200 or len(chart.table.frame) > 40
    shown, of = map(int, re.search(r"gezeigt: (\d+) von (\d+) Zeilen der Tabelle$", chart.subtitle).groups())
    assert shown == len(chart.figure.axes[0].patches) < of == len(chart.table.frame)
    assert "alle stehen in der Tabelle. Die größten Werte:" in chart.description
    assert len(entries(chart)) == 5


def test_more_programmes_than_a_page_holds_make_no_timeline():
    rows = [{"dezernat": "I", "title": "Titel", "start": (2000, 2000)}]
    assert isinstance(charts.draw_start_timeline(make_survey(programmes=rows * 36)), Chart)
    assert charts.draw_start_timeline(make_survey(programmes=rows * 37)) == Prose(
        "Kein Diagramm: 37 Nennungen passen nicht auf einen Zeitstrahl. Die Tabelle nennt jeden Beginn; das "
        "Diagramm der Zeiträume fasst sie zusammen."
    )


def test_a_dollar_sign_is_a_dollar_sign_and_no_formula():
    chart = charts.draw_offices(SURVEYS["hostile"]())
    assert "Kosten: 5 $ bis 9 $; Amt*innen" in texts(chart)


@pytest.mark.parametrize(
    ("draw", "alt"),
    [
        (
            charts.draw_audiences,
            "Balkendiagramm zu Nennungen für besondere Zielgruppen und für alle: Am häufigsten genannt: "
            "besondere Zielgruppen (2 von 6 Nennungen); keine auswertbare Angabe: 4.",
        ),
        (
            charts.draw_cooperation,
            "Balkendiagramm zu Nennungen nach Angabe zur Zusammenarbeit: Angegeben ist sie bei 0 von 6 "
            "Nennungen; ausdrücklich verneint: 0; keine Angabe: 6.",
        ),
        (
            charts.draw_dezernate,
            "Balkendiagramm zu Antworten und Nennungen je Dezernat: 2 Dezernate nennen Maßnahmen; am meisten "
            "Dezernat V (4 von 6 Nennungen); Fehlanzeige: 1; noch keine Antwort: 1; nicht lesbar: 1.",
        ),
        (
            charts.draw_disability,
            "Balkendiagramm zu Nennungen mit Bezug zu Menschen mit Behinderung: Ausdrücklich genannt sind sie "
            "in 0 von 6 Nennungen; nur nahegelegt: 0.",
        ),
        (
            charts.draw_offices,
            "Balkendiagramm zu Nennungen je Amt oder Dienststelle: 1 Amt oder Dienststelle; am häufigsten "
            "Sportamt (Dezernat IV) und Sportamt (Dezernat V) (je 1 von 6 Nennungen); keine Angabe: 4.",
        ),
        (
            charts.draw_stadtbezirke,
            "Balkendiagramm zu Nennungen je Stadtbezirk: 2 von 3 Stadtbezirken mit Nennungen; am häufigsten "
            "Nordstadt (2 von 6 Nennungen); ganze Stadt: 1; keine auswertbare Angabe: 3.",
        ),
        (
            charts.draw_start_periods,
            "Balkendiagramm zu Nennungen nach Zeitraum des Beginns: Am häufigsten genannt: 2009 bis 2014 "
            "(2 von 6 Nennungen); nicht eindeutig: 1; erst geplant: 1; keine auswertbare Angabe: 1.",
        ),
        (
            charts.draw_target_groups,
            "Balkendiagramm zu Nennungen je Zielgruppe: Am häufigsten genannt: Kinder und Schülerinnen und "
            "Schüler (je 1 von 6 Nennungen); Menschen mit Behinderung: 0.",
        ),
        (
            charts.draw_groups_by_stadtbezirk,
            "Heatmap zu Nennungen je Zielgruppe und Stadtbezirk: Am häufigsten Kinder in Nordstadt, "
            "Schülerinnen und Schüler in Nordstadt und Schülerinnen und Schüler in Oststadt (je 1 von 6 "
            "Nennungen); 6 von 9 Feldern sind 0.",
        ),
        (
            charts.draw_problems,
            "Heatmap zu Zweifeln je Rückmeldung und Schwere: Fehler 1, Rückfragen 2, Hinweise 0.",
        ),
        (
            charts.draw_responsibility,
            "Heatmap zu Nennungen nach meldendem und zuständigem Dezernat: Bei 1 von 6 Nennungen ist ein "
            "anderes Dezernat zuständig als das meldende; keine Angabe: 5.",
        ),
        (
            charts.draw_start_timeline,
            "Zeitstrahl zu Beginn der Maßnahmen: Jahr oder Zeitraum bei 5 von 6 Nennungen; genannte Jahre von "
            "1994 bis 2015.",
        ),
    ],
)
def test_the_message_of_each_chart(draw, alt):
    assert draw(small()).alt == alt


def test_silence_is_no_zero_in_the_description():
    assert entries(charts.draw_dezernate(small())) == [
        ("I Allgemeines", "Fehlanzeige"),
        ("II Finanzen", "noch keine Antwort"),
        ("III Wirtschaft", "nicht lesbar"),
        ("IV Bildung", "2 Nennungen"),
        ("V Soziales", "4 Nennungen"),
    ]


def test_the_key_names_only_marks_that_are_drawn():
    def key(**programme):
        rows = [{"dezernat": "I", **programme}]
        return charts.draw_start_timeline(make_survey(programmes=rows)).subtitle

    assert key(start=(2000, 2000)) == "1 Nennung insgesamt; Punkt: Jahr"
    assert key(start=(2000, 2001)) == "1 Nennung insgesamt; Balken: Zeitraum"
    assert key(start=(2014, None)) == (
        "1 Nennung insgesamt; Balken: Zeitraum; Pfeil: nach dieser Seite offen"
    )
    planned = key(start=(2015, 2015), start_certainty="planned")
    assert planned == "1 Nennung insgesamt; Punkt: Jahr; hohl: geplant"
