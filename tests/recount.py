"""A recount with plain pandas, from what `tidy` writes, survey.toml and the code lists.

Nothing here uses the summaries, findings, overviews or evidence that made the pages; only their wording decides which
counts are printed in which order. `recount_tables` does the same for tables.
"""

import csv
import tomllib
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.codelists import PACKAGE_FOLDER

RECENT_YEARS = 5
EVERYBODY, DISABILITY = "alle_bewohner", "menschen_mit_behinderung"
TAKEN_AS = ("context", "header", "placed", "withheld", "nil", "unplaced")
# What a page tells in one go is made of these sentences.
PARTS = {
    "tell_returns": ("state_procedure", "state_response_rate"),
    "tell_work": ("state_working_dezernate", "state_mentions"),
    "tell_start_years": ("state_oldest", "state_recent", "state_ends"),
    "tell_audience": ("state_audience", "state_named_groups", "state_disability"),
    "tell_cooperation": ("state_cooperation", "state_responsibility"),
    "tell_places": ("state_coverage",),
    "tell_quality": ("state_doubts", "state_books"),
}


def codelist(name: str) -> list[dict[str, str]]:
    lines = (PACKAGE_FOLDER / f"{name}.csv").read_text("utf-8-sig").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def some(*counts: int) -> list[int]:
    """The counts that are no zeros: only these are printed as numbers with a link."""
    return [count for count in counts if count]


def leading(counts: dict[str, int]) -> list[int]:
    """The counts of the first three and of all that tie with the third."""
    ranked = sorted(some(*counts.values()), reverse=True)
    return [count for count in ranked if count >= ranked[min(3, len(ranked)) - 1]]


class Recount:
    """The counts of one survey, from the files that `tidy` wrote."""

    def __init__(self, survey_folder: Path, tables: Path) -> None:
        self.config = tomllib.loads((survey_folder / "survey.toml").read_text("utf-8"))
        for table in ("returns", "programmes", "cells", "sheets", "problems"):
            setattr(self, table, pd.read_parquet(tables / f"{table}.parquet"))
        self.groups = pd.read_parquet(tables / "programme_target_groups.parquet")
        self.places = pd.read_parquet(tables / "programme_sozialraeume.parquet")
        self.folder = survey_folder.name
        self.year = self.config["reference_date"].year
        self.asked = [item["dezernat"] for item in self.config["expected"]]
        self.total = len(self.programmes)
        by_request = {code: number for number, code in enumerate(self.asked)}
        self.programmes = self.programmes.sort_values(
            "dezernat", key=lambda codes: codes.map(by_request), kind="stable"
        )

    def with_status(self, status: str) -> int:
        sent = self.returns[self.returns["status"] == status]
        return len(set(self.asked) & set(sent["dezernat"].dropna()))

    @cached_property
    def working(self) -> int:
        over = self.programmes["end_year"].fillna(9999) < self.year
        works = self.programmes[~over & (self.programmes["start_certainty"] != "planned")]
        return len(set(self.asked) & set(works["dezernat"].dropna()))

    @cached_property
    def by_dezernat(self) -> dict[str, int]:
        counts = self.programmes["dezernat"].value_counts()
        return {dezernat: int(counts.get(dezernat, 0)) for dezernat in self.asked}

    @cached_property
    def by_office(self) -> dict[str, int]:
        return {name: int(count) for name, count in self.programmes["office"].value_counts().items()}

    @cached_property
    def start_answers(self) -> list[int]:
        """A year, and an interval."""
        first, last = self.programmes["start_earliest"], self.programmes["start_latest"]
        exact = int((first == last).fillna(False).sum())
        return [exact, int((first.notna() | last.notna()).sum()) - exact]

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
        return int((self.begun["start_earliest"] >= self.year - RECENT_YEARS).sum())

    @cached_property
    def ends(self) -> list[int]:
        years = self.programmes["end_year"].dropna()
        return [int(kind.sum()) for kind in (years < self.year, years == self.year, years > self.year)]

    @cached_property
    def audiences(self) -> tuple[int, int, int]:
        """Special groups only, everybody only, both."""
        named = self.groups.groupby("programme_id")["target_group"].agg(set)
        everybody = {ident for ident, codes in named.items() if EVERYBODY in codes}
        special = {ident for ident, codes in named.items() if codes - {EVERYBODY}}
        return len(special - everybody), len(everybody - special), len(everybody & special)

    @cached_property
    def by_group(self) -> dict[str, int]:
        """The groups that are named, and people with disabilities in any case."""
        labels = {row["code"]: row["label"] for row in codelist("target_groups")}
        named = self.groups.drop_duplicates(["programme_id", "target_group"])["target_group"].value_counts()
        return {labels[DISABILITY]: 0} | {labels[code]: int(count) for code, count in named.items()}

    @cached_property
    def special_groups(self) -> dict[str, int]:
        ranked = sorted(self.by_group.items(), key=lambda group: -group[1])
        return {name: count for name, count in ranked if count and not name.startswith("alle ")}

    @cached_property
    def disability(self) -> tuple[dict[str, str], dict[str, str]]:
        """The programmes that name people with disabilities, and those whose words only imply them, each with why."""
        named = set(self.groups.loc[self.groups["target_group"] == DISABILITY, "programme_id"])
        hints = [row for row in codelist("implied_groups") if row["target_group"] == DISABILITY]
        implied = {}
        for row in self.programmes[~self.programmes["programme_id"].isin(named)].itertuples():
            texts = (row.title, row.description, row.target_groups_text)
            said = "\n".join(text for text in texts if pd.notna(text)).casefold()
            reasons = [hint["reason"] for hint in hints if hint["text"].casefold() in said]
            if reasons:
                implied[row.programme_id] = reasons[0]
        return dict.fromkeys(named, "als Zielgruppe genannt"), implied

    @cached_property
    def partners(self) -> tuple[int, int]:
        """Given, and said that there are none."""
        cells = self.cells[(self.cells["field"] == "partners") & self.cells["programme_id"].notna()]
        answers = {row["text"].casefold(): row["answer"] for row in codelist("partner_answers")}
        placed = cells[cells["taken_as"] == "placed"]["text"]
        kinds = [answers.get(text.strip().casefold(), "given") for text in placed]
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

    @cached_property
    def groups_in_places(self) -> pd.DataFrame:
        """One row per programme, group and Stadtbezirk that it names."""
        pairs = self.groups.merge(self.places.dropna(subset=["stadtbezirk_nr"]), on="programme_id")
        return pairs.drop_duplicates(["programme_id", "target_group", "stadtbezirk_nr"])

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """What is no personal data: that has a table of its own."""
        return self.problems[self.problems["code"] != "contact_replaced"]

    def of_severity(self, *severities: str) -> pd.DataFrame:
        return self.doubts[self.doubts["severity"].isin(severities)]

    def numbers(self) -> dict[str, list[int]]:
        """The numbers with a link that each finding should print, in the order of its words."""
        asked, total = len(self.asked), self.total
        received, none = self.with_status("received"), self.with_status("fehlanzeige")
        answered = received + none
        rate = [answered] if answered == asked else [answered, asked]
        percent = int(100 * answered / asked + 0.5)
        stray = int((self.returns["dezernat"].isna() & self.returns["workbook"].notna()).sum())
        (age, tied), dated = self.oldest, len(self.begun)
        ends, starts = some(*self.ends), some(*self.start_answers)
        known, silent = sum(self.audiences), total - sum(self.audiences)
        named, implied = map(len, self.disability)
        given, denied = self.partners
        differs, both = self.responsibility
        served, bezirke = len(some(*self.by_stadtbezirk.values())), len(self.by_stadtbezirk)
        questions, remarks = self.of_severity("error", "warning"), self.of_severity("info")
        reach = self.groups_in_places.groupby("target_group")["stadtbezirk_nr"].nunique()
        missing = len(set(self.asked) - set(self.returns.dropna(subset=["workbook"])["dezernat"]))
        oldest = [tied, age] if tied > 1 else [age]
        work = [self.working, asked, total, *some(*self.by_dezernat.values())]
        numbers = {
            "state_procedure": [asked],
            "state_response_rate": [*rate, received, none, percent, answered, asked, *some(stray)],
            "state_working_dezernate": work[:2],
            "state_mentions": work[2:],
            "state_start_answers": [sum(starts), total, *(starts if len(starts) > 1 else [])],
            "state_oldest": oldest,
            "state_recent": [self.recent, dated, *some(total - dated)],
            "state_ends": [*some(sum(ends)), total, *(ends if len(ends) > 1 else [])],
            "state_audience": [known, *some(*self.audiences, silent)],
            "state_named_groups": [len(self.special_groups), *self.special_groups.values()],
            "state_disability": [*some(named), known, *some(implied)],
            "state_offices": [
                *(len(self.by_office), *leading(self.by_office)),
                *some(total - sum(self.by_office.values())),
            ],
            "state_cooperation": [given, total, *some(denied, total - given - denied)],
            "state_responsibility": [*some(differs), both, *some(total - both)] if both else [total],
            "state_coverage": [
                *(self.located, total, served, bezirke),
                *leading(self.by_stadtbezirk),
                *some(self.citywide, self.nowhere),
            ],
            "state_group_reach": [
                *(self.groups_in_places["programme_id"].nunique(), total, len(reach)),
                *some(int((reach == bezirke).sum())),
                *(bezirke, *some(int((reach == 1).sum()))),
            ],
            "state_doubts": some(
                *(int((questions["severity"] == severity).sum()) for severity in ("error", "warning")),
                *(questions["workbook"].nunique(), len(remarks)),
            ),
            "state_books": [
                *(self.sheets["workbook"].nunique(), int(self.sheets["nonempty"].sum())),
                *some(int((self.cells["taken_as"] == "unplaced").sum())),
            ],
            "tell_summary": [
                *(*work, age, self.recent, dated, known, *some(*self.audiences, named)),
                *(served, bezirke, self.located, total, *some(self.citywide), given, total),
            ],
            "tell_in_plain_language": [
                *(asked, *rate, *some(missing), received, asked, none, total, given, total, dated, total),
                *(*oldest, self.recent, dated, *some(*self.audiences, silent, named, implied)),
                *(served, bezirke, *some(self.citywide, self.nowhere, stray, len(questions))),
            ],
        }
        told = {whole: [n for part in parts for n in numbers[part]] for whole, parts in PARTS.items()}
        return numbers | told
