"""One workbook's tables: taken from a survey, or read from a single file."""

import datetime
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..corrections import CORRECTIONS, Corrections, read_corrections
from ..frames import join_frames, make_frame
from ..intake import take_in_all
from ..problems import InputError, Problem
from ..publish.german import join_words, quote
from ..returns.privacy import redact_names
from ..store import find_in_project
from ..survey import hide_names, make_tasks
from ..survey_config import CONFIG, read_config
from ..survey_folder import workbook_name

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True, eq=False)
class OneReturn:
    """One workbook: its rows of the tables `cells`, `sheets` and `problems`, and whether it is made up."""

    workbook: str
    cells: pd.DataFrame
    sheets: pd.DataFrame
    problems: pd.DataFrame
    is_sample: bool


def pick_return(survey: "Survey", workbook: str) -> OneReturn:
    """One workbook of a survey, by its file's name. Raises: InputError where the survey has none of that name."""
    name = unicodedata.normalize("NFC", workbook)
    names = list(dict.fromkeys(survey.returns["workbook"].dropna()))
    if name not in names:
        name = redact_names([name]).get(name, name)
    if name not in names:
        there = join_words(map(quote, names)) or "keine"
        raise InputError(
            f"Die Abfrage hat keine Arbeitsmappe {quote(name)}; bitte eine von diesen nennen: {there}."
        )
    tables = {
        table: frame[frame["workbook"].eq(name).fillna(False).astype(bool)].reset_index(drop=True)
        for table, frame in (
            ("cells", survey.cells),
            ("sheets", survey.sheets),
            ("problems", survey.problems),
        )
    }
    return OneReturn(name, **tables, is_sample=survey.is_sample)


def read_return_file(path: Path) -> OneReturn:
    """One workbook read from its file, with the code lists and corrections of the survey folder it lies in, if any.

    Elsewhere today is the reference date. What only other returns can tell (the same programme twice) is not asked.
    Raises: InputError where there is no such file, or the survey folder cannot be used.
    """
    path, _ = find_in_project(path)
    if path.is_dir():
        raise InputError(f"{path}: Das ist ein Ordner. Bitte den Pfad einer Rückmeldung darin angeben.")
    if not path.is_file():
        raise InputError(f"{path}: Diese Datei gibt es nicht. Bitte den Pfad einer Rückmeldung angeben.")
    folder, name = path.parent, workbook_name(path)
    config: dict[str, Any] = {"reference_date": datetime.date.today(), "is_sample": False}
    corrections = Corrections()
    if (folder / CONFIG).is_file():
        config = read_config(folder)
        corrections = read_corrections(folder / CORRECTIONS)
    [result] = take_in_all(make_tasks([path], folder, config["reference_date"], corrections))
    frames = {
        table: join_frames(table, [result.tables[table]] if table in result.tables else [])
        for table in ("cells", "sheets")
    }
    frames["returns"] = make_frame("returns", [{"workbook": name}])
    frames["problems"] = make_frame("problems", map(Problem.as_row, result.problems))
    hide_names(frames)
    shown = str(frames.pop("returns")["workbook"].iloc[0])
    return OneReturn(shown, **frames, is_sample=config["is_sample"])
