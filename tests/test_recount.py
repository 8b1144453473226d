"""A recount with plain pandas, from what `tidy` writes and survey.toml: the briefing prints the same numbers.

Nothing here uses the summaries, findings or evidence that made the briefing; only the wording decides which counts are
printed in which order.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT
from test_evidence import numbers_of, value_of

import analysis
from analysis import findings, overviews
from analysis.codelists import PACKAGE_FOLDER
from analysis.store import write_survey

SURVEYS = {"sample": ROOT / "data" / "raw" / "2014", "second": ROOT / "tests" / "data" / "second_survey"}


def codelist(name: str) -> list[dict[str, str]]:
    lines = (PACKAGE_FOLDER / f"{name}.csv").read_text("utf-8-sig").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def some(*counts: int) -> list[int]:
    """The counts that are no zeros: only these are printed as numbers with a link."""
    return [count for count in counts if count]


class Recount:
    """The counts of one survey, from the files that `tidy` wrote."""

    def __init__(self, survey_folder: Path, tables: Path) -> None:
        self.config = tomllib.loads((survey_folder / "survey.toml").read_text("utf-8"))
        for table in ("returns", "programmes", "cells", "sheets", "problems"):
            setattr(self, table, pd.read_parquet(tables / f"{table}.parquet"))
        self.groups = pd.read_parquet(tables / "programme_target_groups.parquet")
        self.places = pd.read_parquet(tables / "programme_sozialraeume.parquet")
        self.year = self.config["reference_date"].year
        self.asked = [item["dezernat"] for item in self.config["expected"]]
        self.total = len(self.programmes)

    def with_status(self, status: str) -> int:
        sent = self.returns[self.returns["status"] == status]
        return len(set(self.asked) & set(sent["dezernat"].dropna()))

    @cached_property
    def working(self) -> int:
        over = self.programmes["end_year"].fillna(9999) < self.year
        works = self.programmes[~over & (self.programmes["start_certainty"] != "planned")]
        return len(set(self.asked) & set(works["dezernat"].dropna()))

    @cached_property
    def by_dezernat(self) -> list[int]:
        counts = self.programmes["dezernat"].value_counts()
        return some(*(int(counts.get(dezernat, 0)) for dezernat in self.asked))

    @cached_property
    def begun(self) -> pd.DataFrame:
        table = self.programmes
        known = table["start_earliest"].notna() | table["start_latest"].notna()
        planned = (table["start_certainty"] == "planned") | (table["start_earliest"].fillna(0) > self.year)
        return table[known & ~planned]

    @cached_property
    def oldest(self) -> tuple[int, int]:
        """The age of the oldest and how many share it; the surveys here know it to the year."""
        ages = self.year - self.begun["start_latest"]
        mine = self.begun[ages == ages.max()]
        assert (mine["start_earliest"] == mine["start_latest"]).all()
        return int(ages.max()), len(mine)

    @cached_property
    def recent(self) -> int:
        return int((self.begun["start_earliest"] >= self.year - 5).sum())

    @cached_property
    def ends(self) -> list[int]:
        years = self.programmes["end_year"].dropna()
        return [int(kind.sum()) for kind in (years < self.year, years == self.year, years > self.year)]

    @cached_property
    def audiences(self) -> tuple[int, int, int]:
        """Special groups only, everybody only, both."""
        named = self.groups.groupby("programme_id")["target_group"].agg(set)
        everybody = {ident for ident, codes in named.items() if "alle_bewohner" in codes}
        special = {ident for ident, codes in named.items() if codes - {"alle_bewohner"}}
        return len(special - everybody), len(everybody - special), len(everybody & special)

    @cached_property
    def special_groups(self) -> dict[str, int]:
        labels = {row["code"]: row["label"] for row in codelist("target_groups")}
        named = self.groups[self.groups["target_group"] != "alle_bewohner"]
        counts = named.drop_duplicates(["programme_id", "target_group"])["target_group"].value_counts()
        return {labels[code]: int(count) for code, count in counts.items()}

    @cached_property
    def disability(self) -> tuple[int, int]:
        """Named, and only implied by a word of the code list."""
        named = set(
            self.groups.loc[self.groups["target_group"] == "menschen_mit_behinderung", "programme_id"]
        )
        words = [
            row["text"].casefold()
            for row in codelist("implied_groups")
            if row["target_group"] == "menschen_mit_behinderung"
        ]
        texts = (
            self.programmes[["title", "description", "target_groups_text"]].fillna("").agg("\n".join, axis=1)
        )
        hints = texts.str.casefold().map(lambda text: any(word in text for word in words))
        return len(named), int((hints & ~self.programmes["programme_id"].isin(named)).sum())

    @cached_property
    def partners(self) -> tuple[int, int]:
        """Given, and said that there are none."""
        cells = self.cells[(self.cells["field"] == "partners") & self.cells["programme_id"].notna()]
        answers = {row["text"].casefold(): row["answer"] for row in codelist("partner_answers")}
        kinds = [
            answers.get(text.strip().casefold(), "given")
            for text in cells[cells["taken_as"] == "placed"]["text"]
        ]
        return kinds.count("given"), kinds.count("none")

    @cached_property
    def responsibility(self) -> tuple[int, int]:
        """Another Dezernat than the reporting one, and how many say both."""
        both = self.programmes.dropna(subset=["dezernat", "responsible_dezernat"])
        return int((both["dezernat"] != both["responsible_dezernat"]).sum()), len(both)

    @cached_property
    def by_stadtbezirk(self) -> dict[str, int]:
        names = dict.fromkeys(row["stadtbezirk"] for row in codelist("stadtteile"))
        counts = self.places.groupby("stadtbezirk")["programme_id"].nunique()
        return {name: int(counts.get(name, 0)) for name in names}

    @cached_property
    def located(self) -> int:
        return int(self.places.dropna(subset=["stadtbezirk_nr"])["programme_id"].nunique())

    @cached_property
    def citywide(self) -> int:
        return int((self.programmes["area_scope"] == "citywide").sum())

    @cached_property
    def nowhere(self) -> int:
        located = self.programmes["programme_id"].isin(self.places["programme_id"])
        return int((~located & (self.programmes["area_scope"] != "citywide")).sum())

    def doubts(self, severity: str) -> pd.DataFrame:
        is_mine = (self.problems["severity"] == severity) & (self.problems["code"] != "contact_replaced")
        return self.problems[is_mine]

    def printed(self) -> Iterator[tuple[str, list[int]]]:
        """The numbers that each part of the briefing should print, in the order of its words."""
        asked, total = len(self.asked), self.total
        received, none = self.with_status("received"), self.with_status("fehlanzeige")
        answered = received + none
        percent = int(100 * answered / asked + 0.5)
        stray = int((self.returns["dezernat"].isna() & self.returns["workbook"].notna()).sum())
        rate = [answered] if answered == asked else [answered, asked]
        yield "tell_returns", [asked, *rate, received, none, percent, answered, asked, *some(stray)]
        yield "tell_work", [self.working, asked, total, *self.by_dezernat]
        age, tied = self.oldest
        dated, unknown = len(self.begun), total - len(self.begun)
        ends = some(*self.ends)
        yield (
            "tell_start_years",
            [
                *([tied] if tied > 1 else []),
                *(age, self.recent, dated, *some(unknown)),
                *some(sum(ends)),
                total,
                *(ends if len(ends) > 1 else []),
            ],
        )
        known, silent = sum(self.audiences), total - sum(self.audiences)
        named, implied = self.disability
        groups = list(self.special_groups.values())
        yield (
            "tell_audience",
            [
                known,
                *some(*self.audiences),
                *some(silent),
                len(groups),
                *groups,
                *some(named),
                known,
                *some(implied),
            ],
        )
        given, denied = self.partners
        differs, both = self.responsibility
        responsible = [*some(differs), both, *some(total - both)] if both else [total]
        yield "tell_cooperation", [given, total, *some(denied, total - given - denied), *responsible]
        served = len(some(*self.by_stadtbezirk.values()))
        bezirke = len(self.by_stadtbezirk)
        led = sorted(some(*self.by_stadtbezirk.values()), reverse=True)[:3]
        yield "tell_places", [self.located, total, served, bezirke, *led, *some(self.citywide, self.nowhere)]
        errors, warnings, remarks = (self.doubts(severity) for severity in ("error", "warning", "info"))
        asking = pd.concat([errors, warnings])["workbook"].dropna().nunique()
        quality = some(len(errors), len(warnings), asking, len(remarks), self.sheets["workbook"].nunique())
        yield (
            "tell_quality",
            [
                *quality,
                int(self.sheets["nonempty"].sum()),
                *some(int((self.cells["taken_as"] == "unplaced").sum())),
            ],
        )
        yield (
            "tell_summary",
            [
                *(self.working, asked, total, *self.by_dezernat, age, self.recent, dated, known),
                *some(*self.audiences, named),
                *(served, bezirke, self.located, total, *some(self.citywide), given, total),
            ],
        )
        missing = len(set(self.asked) - set(self.returns.dropna(subset=["workbook"])["dezernat"]))
        yield (
            "tell_in_plain_language",
            [
                *(
                    asked,
                    *rate,
                    *some(missing),
                    received,
                    asked,
                    none,
                    total,
                    given,
                    total,
                    dated,
                    total,
                    age,
                ),
                *(self.recent, *some(*self.audiences, silent, named, implied), served, bezirke),
                *some(self.citywide, self.nowhere, stray, len(errors) + len(warnings)),
            ],
        )


@pytest.fixture(scope="module", params=SURVEYS)
def counted(request, tmp_path_factory):
    tables = tmp_path_factory.mktemp("tables")
    survey = analysis.read_survey(SURVEYS[request.param])
    write_survey(survey, tables)
    return request.param, survey, Recount(SURVEYS[request.param], tables)


def test_the_briefing_prints_what_a_recount_gives(counted, measured):
    name, survey, recount = counted
    expected = dict(recount.printed())
    printed = {
        part: [value_of(n.words) for n in numbers_of(getattr(findings, part)(survey))] for part in expected
    }
    assert printed == expected
    total = sum(map(len, expected.values()))
    measured(f"numbers of the briefing's text recounted from the tables, {name}", f"{total} of {total}")


def test_names_have_the_numbers_that_a_recount_gives(counted):
    _, survey, recount = counted
    words = {
        count: n.words for n in numbers_of(findings.tell_places(survey)) for count in [value_of(n.words)]
    }
    text = findings.tell_places(survey).sentence
    found = dict(re.findall(r"(\w+) \((\w+)(?: Nennung(?:en)?)?\)", text))
    assert found
    for name, number in found.items():
        assert value_of(number) == recount.by_stadtbezirk[name], (name, words)


def test_the_tables_of_the_briefing_hold_what_a_recount_gives(counted):
    _, survey, recount = counted

    def column(table: Any, name: str) -> list[int]:
        return [int(value) for value in table.frame[name]]

    dezernate = overviews.tabulate_dezernate(survey)
    assert some(*column(dezernate, "Nennungen")) == recount.by_dezernat
    periods = column(overviews.tabulate_start_periods(survey), "Nennungen")
    assert sum(periods) == recount.total
    assert periods[-2] == recount.recent
    assert periods[-1] == recount.total - len(recount.begun)
    places = column(overviews.tabulate_stadtbezirke(survey), "Nennungen")
    assert places[: len(recount.by_stadtbezirk)] == list(recount.by_stadtbezirk.values())
    assert recount.citywide in places[len(recount.by_stadtbezirk) :]
    programmes = overviews.tabulate_programmes(survey).frame
    assert sorted(programmes["Maßnahme"]) == sorted(recount.programmes["title"])
    sources = overviews.tabulate_sources(survey).frame
    by_sheet = recount.programmes.groupby(["workbook", "sheet"]).size()
    assert {
        (row.Arbeitsmappe, row.Blatt): row.Nennungen for row in sources.itertuples()
    } == by_sheet.to_dict()
    questions = overviews.tabulate_questions(survey).frame
    open_ = pd.concat([recount.doubts("error"), recount.doubts("warning")])
    assert set(open_["message"]) == set(questions["Zu klären"])
