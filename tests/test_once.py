"""What follows from a survey is worked out once, and anew as soon as somebody has changed the survey."""

import gc
import weakref

import pytest
from surveys import make_survey

from analysis.summaries import count_offices, is_active, list_programmes
from analysis.summaries.once import once_per_survey


@pytest.fixture
def survey():
    return make_survey(programmes=[{"dezernat": "V", "office": "Sportamt"}, {"dezernat": "V"}])


@pytest.fixture
def asked():
    """A function that counts rows once per survey, and how often it has worked."""
    calls = []

    @once_per_survey
    def count(survey, table="programmes"):
        calls.append(table)
        return len(getattr(survey, table))

    count.calls = calls
    return count


def test_it_works_once_for_each_survey_and_arguments(asked, survey):
    assert [asked(survey), asked(survey), asked(survey, "returns"), asked(make_survey())] == [2, 2, 1, 0]
    assert asked.calls == ["programmes", "returns", "programmes"]


CHANGES = {
    "a cell": lambda frame: frame.loc.__setitem__((0, "title"), "Neu"),
    "a cell by place": lambda frame: frame.iat.__setitem__((0, 1), "Neu"),
    "a row more": lambda frame: frame.loc.__setitem__(2, frame.loc[0]),
    "a column": lambda frame: frame.__setitem__("title", "Neu"),
    "a column more": lambda frame: frame.__setitem__("mine", 1),
    "a column less": lambda frame: frame.pop("remarks"),
    "a column's name": lambda frame: frame.rename(columns={"remarks": "mine"}, inplace=True),
    "a row less": lambda frame: frame.drop(index=0, inplace=True),
    "the order": lambda frame: frame.sort_values("title", ascending=False, inplace=True),
    "all gaps": lambda frame: frame.fillna({"title": "ohne"}, inplace=True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_table_changed_in_place_is_asked_anew(change, asked, survey):
    asked(survey)
    change(survey.programmes)
    asked(survey)
    asked(survey)
    assert len(asked.calls) == 2


def test_what_is_counted_follows_a_table_that_an_analyst_changes(survey):
    assert count_offices(survey)["office"].fillna("").tolist() == ["Sportamt", ""]
    survey.programmes.loc[1, "office"] = "Jugendamt"
    assert count_offices(survey)["office"].tolist() == ["Sportamt", "Jugendamt"]


def test_everybody_has_a_frame_of_their_own(survey):
    mine, active = list_programmes(survey), is_active(survey)
    mine.loc[0, "title"] = "Meine"
    active[0] = False
    assert list_programmes(survey)["title"].tolist() == ["Titel 1", "Titel 2"]
    assert is_active(survey).tolist() == [True, True]


def test_a_survey_that_nobody_needs_is_given_up(asked):
    survey = make_survey()
    asked(survey)
    left = weakref.ref(survey)
    del survey
    gc.collect()
    assert left() is None
