"""Small surveys for tests of what is computed from one: rows in, a stand-in for `Survey` out."""

from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from analysis.codelists import PACKAGE_FOLDER, CodeLists
from analysis.csvfiles import read_rows
from analysis.frames import make_frame
from analysis.schema import TAKEN_AS

GROUPS = {
    "kinder": "Kinder",
    "jugendliche": "Jugendliche",
    "schueler": "Schüler*innen",
    "senioren": "Senior*innen",
    "menschen_mit_behinderung": "Menschen mit Behinderung",
    "psychisch_erkrankte": "Menschen mit psychischer Erkrankung",
    "alle_bewohner": "alle Bewohner*innen",
    "keine_angabe": "keine Angabe",
    "unklar": "nicht zuzuordnen",
}
STADTBEZIRKE = {1: "Nordstadt", 2: "Südstadt", 3: "Oststadt"}
NAMES = {"I": "Allgemeines", "II": "Finanzen", "III": "Wirtschaft", "IV": "Bildung", "V": "Soziales"}
# For tests with any survey: the programmes that its returns name, and how each Dezernat answered.
PROGRAMMES = st.lists(
    st.fixed_dictionaries(
        {
            "dezernat": st.sampled_from(["I", "II", "III", "OB", None]),
            "responsible_dezernat": st.sampled_from(["I", "II", None]),
            "office": st.sampled_from(["Sportamt", "Jugendamt", None]),
            "start": st.tuples(st.none() | st.integers(1990, 2004), st.none() | st.integers(2004, 2020)),
            "end_year": st.none() | st.integers(2010, 2018),
            "groups": st.lists(st.sampled_from(list(GROUPS)), unique=True, max_size=3),
            "places": st.lists(st.integers(1, 3), unique=True),
            "partners_text": st.sampled_from([None, "keine", "Träger"]),
            "title": st.none() | st.text(max_size=8),
        }
    ),
    max_size=6,
)
STATUSES = st.dictionaries(
    st.sampled_from(["I", "II", "III", "OB"]),
    st.sampled_from(["received", "fehlanzeige", "outstanding", "unreadable"]),
)


class StandIn(SimpleNamespace):
    """As a `Survey`, it is itself and no other, whatever is in it."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def own_list(name: str, *columns: str) -> tuple[Any, ...]:
    return tuple(row for _, row in read_rows(PACKAGE_FOLDER / f"{name}.csv", columns))


CODES = CodeLists(
    MappingProxyType(
        {
            "target_groups": tuple(
                {"code": code, "label": label, "category": ""} for code, label in GROUPS.items()
            ),
            "stadtteile": tuple(
                {
                    "stadtbezirk_nr": str(n),
                    "stadtbezirk": name,
                    "stadtteil_nr": f"{n}01",
                    "stadtteil": f"{name} 1",
                }
                for n, name in STADTBEZIRKE.items()
            ),
            "implied_groups": own_list("implied_groups", "text", "target_group", "reason"),
            "partner_answers": own_list("partner_answers", "text", "answer"),
            "answers": own_list("answers", "text", "meaning"),
            "plain_words": own_list("plain_words", "word", "explanation"),
        }
    )
)


def make_survey(
    statuses: dict[str, str] | None = None,
    programmes: list[dict[str, Any]] | None = None,
    *,
    expected: tuple[str, ...] | None = None,
    returns: list[dict[str, Any]] | None = None,
    problems: list[dict[str, Any]] | None = None,
    sheets: list[dict[str, Any]] | None = None,
    **about: Any,
) -> Any:
    """A survey of the Dezernate in `statuses`; a programme has `start`, `groups`, `places` beside its columns."""
    programmes = programmes or []
    if statuses is None:
        statuses = {row["dezernat"]: "received" for row in programmes if row.get("dezernat")}
    rows, groups, places = [], [], []
    for number, programme in enumerate(programmes, start=1):
        extra = dict(programme)
        ident = f"P{number}"
        groups += [
            {"programme_id": ident, "target_group": code, "matched_text": GROUPS.get(code, code)}
            for code in extra.pop("groups", ())
        ]
        spots = extra.pop("places", ())
        places += [
            {"programme_id": ident, "stadtbezirk_nr": n, "stadtbezirk": STADTBEZIRKE[n], "matched_text": "x"}
            for n in spots
        ]
        earliest, latest = extra.pop("start", (None, None))
        certainty = (
            "unknown"
            if earliest is None and latest is None
            else "bounded"
            if None in (earliest, latest)
            else "exact"
            if earliest == latest
            else "approximate"
        )
        rows.append(
            {
                "programme_id": ident,
                "title": f"Titel {number}",
                "start_earliest": earliest,
                "start_latest": latest,
                "start_certainty": certainty,
                "area_scope": "named" if spots else "unknown",
                **extra,
            }
        )
    if returns is None:
        returns = [
            {
                "dezernat": code,
                "dezernat_name": NAMES.get(code, code),
                "status": status,
                "is_expected": expected is None or code in expected,
                "workbook": None if status == "outstanding" else f"{code}.xlsx",
                "programme_count": sum(row.get("dezernat") == code for row in rows),
            }
            for code, status in statuses.items()
        ]
    asked = tuple(statuses) if expected is None else expected
    facts = {
        "name": "probe",
        "title": "Probeabfrage",
        "reference_date": date(2014, 2, 26),
        "requested_on": date(2013, 12, 9),
        "deadline": date(2014, 1, 31),
        "committee": "Ausschuss der Probe",
        "meeting_date": date(2014, 3, 11),
        "is_sample": False,
        "codes": CODES,
        "checksum": "0123456789abcdef" * 4,
    }
    return StandIn(
        **{**facts, **about},
        expected=tuple(SimpleNamespace(dezernat=code, name=NAMES.get(code, code)) for code in asked),
        returns=make_frame("returns", returns),
        programmes=make_frame("programmes", rows),
        programme_target_groups=make_frame("programme_target_groups", groups),
        programme_sozialraeume=make_frame("programme_sozialraeume", places),
        problems=make_frame("problems", problems or []),
        sheets=make_frame("sheets", [dict.fromkeys(TAKEN_AS, 0) | row for row in sheets or []]),
        cells=make_frame("cells", []),
        columns=make_frame("columns", []),
    )
