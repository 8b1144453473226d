"""Doubts that only show between returns: who was not asked, what came twice, what two departments say of one thing.

Nothing is merged or left out here; each doubt is a question with its cells. Every check looks at each row once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from .problems import Problem
from .publish.german import agree, capitalize_first, count_noun, join_words, number_word, part_of, quote
from .returns.doubts import doubt
from .spelling import fold

Columns = Mapping[str, Sequence[Any]]

# The columns that the checks look at, in the order in which they read them.
COMPARED: Final[Mapping[str, Sequence[str]]] = {
    "returns": ("dezernat", "workbook", "status"),
    "programmes": ("programme_id", "title", "dezernat", "responsible_dezernat", "workbook", "sheet", "row"),
    "cells": ("programme_id", "field", "cell"),
}
_WORD: Final = re.compile(r"[^\W_]+")
# Words that come and go with the same title: "Projekt „Veedel für alle“" and "Veedel für alle".
_FILLERS: Final = frozenset(
    ("projekt", "programm", "massnahme", "angebot", "initiative", "der", "die", "das", "den", "dem", "des")
)
_PLACES_SHOWN: Final = 3  # further cells that a message names; beyond them it counts


class _Named(NamedTuple):
    """One programme, as far as it is compared with others."""

    ident: str
    title: str
    key: str
    dezernat: str | None
    responsible: str | None
    workbook: str
    sheet: str
    row: int


class _Repeat(NamedTuple):
    """One return that says again what an earlier one says: how many of its programmes stand there too."""

    earlier: str
    later: str
    shared: int
    total: int
    dezernat: str | None


class _Conflict(NamedTuple):
    """One Dezernat that a return names as responsible while it sent no programmes itself."""

    responsible: str
    status: str
    workbook: str


def check_across(tables: Mapping[str, Columns], expected_names: Mapping[str, str]) -> list[Problem]:
    """One problem per doubt between the returns of a survey.

    `tables` holds the columns that are `COMPARED`, with None where a value is empty; `expected_names` the name of each
    Dezernat that was asked, by its code.
    """
    programmes = list(_read_programmes(tables["programmes"]))
    pairs = list(_pair_titles(programmes))
    repeats = _find_repeats(programmes, pairs)
    doubles = _find_doubles(pairs, {(item.earlier, item.later) for item in repeats})
    conflicts = _find_conflicts(programmes, tables["returns"])
    cells = _find_cells(
        tables["cells"], {item.ident for group in [*doubles, *conflicts.values()] for item in group}
    )
    return [
        *_ask_unexpected(tables["returns"], expected_names),
        *_ask_several(tables["returns"]),
        *map(_ask_repeat, repeats),
        *(_ask_double(group, cells) for group in doubles),
        *(_ask_responsible(conflict, group, cells) for conflict, group in conflicts.items()),
    ]


def title_key(title: str) -> str:
    """What the spellings of one title share: no case, umlauts, punctuation, nor words such as "Projekt"."""
    words = _WORD.findall(fold(title))
    return "".join([word for word in words if word not in _FILLERS] or words)


def _read_programmes(table: Columns) -> Iterator[_Named]:
    """One item per programme that has a title."""
    columns = (table[name] for name in COMPARED["programmes"])
    for ident, title, *rest in zip(*columns, strict=True):
        if title and (key := title_key(title)):
            yield _Named(ident, title, key, *rest)


def _pair_titles(programmes: Sequence[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """Each programme with the first of its title, and with the first in its own Dezernat, where that is another."""
    first_of: dict[str, _Named] = {}
    first_in: dict[tuple[str | None, str], _Named] = {}
    for item in programmes:
        first = first_of.setdefault(item.key, item)
        own = first_in.setdefault((item.dezernat, item.key), item)
        if first is not item:
            yield first, item
        if own is not item and own is not first:
            yield own, item


def _find_repeats(programmes: Sequence[_Named], pairs: Sequence[tuple[_Named, _Named]]) -> list[_Repeat]:
    """Pairs of returns of which the later says at least half of its programmes again.

    Two departments can have a programme of the same name: across Dezernate it takes three.
    """
    totals = Counter(item.workbook for item in programmes)
    shared: Counter[tuple[str, str]] = Counter()
    owners: dict[tuple[str, str], set[str | None]] = {}
    for earlier, later in pairs:
        if earlier.workbook != later.workbook:
            files = earlier.workbook, later.workbook
            shared[files] += 1
            owners.setdefault(files, set()).update((earlier.dezernat, later.dezernat))
    repeats = []
    for files, count in shared.items():
        owner = next(iter(owners[files])) if len(owners[files]) == 1 else None
        if 2 * count >= totals[files[1]] and (count >= 3 or owner is not None):
            repeats.append(_Repeat(*files, count, totals[files[1]], owner))
    return repeats


def _find_doubles(pairs: Sequence[tuple[_Named, _Named]], asked: set[tuple[str, str]]) -> list[list[_Named]]:
    """One group per title that several programmes share, but for pairs of returns that are `asked` about as such."""
    settled = {later.ident for earlier, later in pairs if (earlier.workbook, later.workbook) in asked}
    groups: dict[str, dict[str, _Named]] = {}
    for earlier, later in pairs:
        if later.ident not in settled:
            groups.setdefault(later.key, {}).update({earlier.ident: earlier, later.ident: later})
    return [list(group.values()) for group in groups.values()]


def _find_conflicts(programmes: Sequence[_Named], returns: Columns) -> dict[_Conflict, list[_Named]]:
    """The programmes whose responsible Dezernat was asked, or answered, and named no programme."""
    statuses: dict[str, set[str]] = {}
    for dezernat, status in zip(returns["dezernat"], returns["status"], strict=True):
        statuses.setdefault(dezernat, set()).add(status)
    conflicts: dict[_Conflict, list[_Named]] = {}
    for item in programmes:
        responsible = item.responsible
        if responsible is None or responsible == item.dezernat or responsible not in statuses:
            continue
        for status in ("received", "fehlanzeige", "unreadable", "outstanding"):
            if status in statuses[responsible]:
                if status != "received":
                    conflicts.setdefault(_Conflict(responsible, status, item.workbook), []).append(item)
                break
    return conflicts


def _find_cells(cells: Columns, idents: set[str]) -> dict[tuple[str, str], str]:
    """The cell of each field of these programmes: (programme_id, field) -> address."""
    if not idents:
        return {}
    columns = (cells[name] for name in COMPARED["cells"])
    return {(ident, field): cell for ident, field, cell in zip(*columns, strict=True) if ident in idents}


def _ask_unexpected(returns: Columns, expected_names: Mapping[str, str]) -> Iterator[Problem]:
    for dezernat, workbook in zip(returns["dezernat"], returns["workbook"], strict=True):
        if dezernat is not None and workbook is not None and dezernat not in expected_names:
            yield doubt(
                "unexpected_dezernat",
                f"Dezernat {dezernat} ist in survey.toml nicht vorgesehen; bitte dort ergänzen oder klären.",
                workbook=workbook,
                found=dezernat,
            )


def _ask_several(returns: Columns) -> Iterator[Problem]:
    """One question per Dezernat from which several files came: all are read, none is taken for the last word."""
    sent: dict[str, dict[str, str]] = {}
    columns = (returns[name] for name in COMPARED["returns"])
    for dezernat, workbook, status in zip(*columns, strict=True):
        if dezernat is not None and workbook is not None:
            sent.setdefault(dezernat, {})[workbook] = status
    for dezernat, statuses in sent.items():
        if len(statuses) > 1:
            names = list(statuses)
            none = [name for name in names if statuses[name] == "fehlanzeige"]
            beside = f" ({join_words(map(quote, none))} meldet Fehlanzeige)" if len(none) == 1 else ""
            yield doubt(
                "several_workbooks",
                f"Von Dezernat {dezernat} liegen {number_word(len(names))} Dateien vor{beside}; gelesen wurden alle, "
                "bitte klären, ob jede zählt oder eine die andere ersetzt.",
                workbook=names[-1],
                found=", ".join(names),
            )


def _ask_repeat(repeat: _Repeat) -> Problem:
    whose = f" von Dezernat {repeat.dezernat}" if repeat.dezernat else ""
    what = part_of(repeat.shared, repeat.total, "Nennung", "Nennungen", case="nominative")
    return doubt(
        "double_return",
        f"{capitalize_first(what)} {agree(repeat.shared, 'steht', 'stehen')} auch in der Datei "
        f"{quote(repeat.earlier)}{whose} und {agree(repeat.shared, 'zählt', 'zählen')} "
        "doppelt; bitte klären, welche Datei gilt, und die andere aus dem Ordner nehmen.",
        workbook=repeat.later,
        found=f"{repeat.shared} von {repeat.total}",
        expected=repeat.earlier,
    )


def _ask_double(group: Sequence[_Named], cells: Mapping[tuple[str, str], str]) -> Problem:
    """One question per title: at the second programme of that name, with the cells of the others."""
    here, *others = group[1], group[0], *group[2:]
    places = [_place(item, cells, here) for item in others[:_PLACES_SHOWN]]
    if left := len(others) - len(places):
        places.append(agree(left, "einer weiteren Stelle", f"{number_word(left)} weiteren Stellen"))
    return doubt(
        "double_programme",
        f"{quote(here.title)} steht auch in {join_words(places)}; bitte klären, ob es dieselbe Maßnahme ist, "
        "gezählt wurde jede Nennung.",
        workbook=here.workbook,
        sheet=here.sheet,
        cell=cells.get((here.ident, "title")),
        field="title",
        found=here.title,
        expected=others[0].title,
    )


def _ask_responsible(
    conflict: _Conflict, group: Sequence[_Named], cells: Mapping[tuple[str, str], str]
) -> Problem:
    """One question per return and Dezernat that it names as responsible, at the first such programme."""
    first, more = group[0], len(group) - 1
    also = f" und {count_noun(more, 'weitere Maßnahme', 'weitere Maßnahmen', gender='f')}" if more else ""
    state = {
        "fehlanzeige": "das selbst Fehlanzeige meldet",
        "outstanding": "von dem noch keine Rückmeldung vorliegt",
        "unreadable": "dessen Rückmeldung nicht lesbar ist",
    }[conflict.status]
    field = next((name for name in ("dezernat", "office") if (first.ident, name) in cells), "title")
    return doubt(
        "responsible_without_programmes",
        f"Für {quote(first.title)}{also} ist hier Dezernat {conflict.responsible} als zuständig genannt, {state}; "
        "bitte mit beiden Dezernaten klären.",
        workbook=first.workbook,
        sheet=first.sheet,
        cell=cells.get((first.ident, field)),
        field=field,
        found=conflict.responsible,
        expected=f"eine Rückmeldung von Dezernat {conflict.responsible} mit dieser Maßnahme",
    )


def _place(item: _Named, cells: Mapping[tuple[str, str], str], here: _Named) -> str:
    """Where a programme stands, as far as it stands elsewhere than `here`."""
    cell = cells.get((item.ident, "title")) or f"Zeile {item.row}"
    parts = [
        "" if item.workbook == here.workbook else quote(item.workbook),
        "" if (item.workbook, item.sheet) == (here.workbook, here.sheet) else f"Blatt {item.sheet}",
        cell if cell.startswith("Zeile") else f"Zelle {cell}",
    ]
    return ", ".join(part for part in parts if part)
