"""What the browsable table says in German: buttons, search, counts, and what a screen reader is told."""

from typing import Any, Final

_ALL: Final = {
    "empty": "leer",
    "notEmpty": "nicht leer",
    "equal": "ist gleich",
    "notEqual": "ist nicht gleich",
}
TEXTS: Final = {
    **_ALL,
    "contains": "enthält",
    "notContains": "enthält nicht",
    "starts": "beginnt mit",
    "ends": "endet mit",
    "clear": "Filter aufheben",
}
NUMBERS: Final = {
    **_ALL,
    "greater": "größer als",
    "greaterOrEqual": "mindestens",
    "less": "kleiner als",
    "lessOrEqual": "höchstens",
    "clear": "Filter aufheben",
}
GERMAN: Final[dict[str, Any]] = {
    "search": "Suchen:",
    "lengthMenu": "_MENU_ Zeilen je Seite",
    "info": "Zeile _START_ bis _END_ von _TOTAL_",
    "infoEmpty": "keine Zeile",
    "infoFiltered": "(gefiltert aus _MAX_)",
    "zeroRecords": "Keine Zeile passt zu Suche und Filtern.",
    "emptyTable": "Die Tabelle hat keine Zeilen.",
    "loadingRecords": "wird geladen …",
    "processing": "wird gerechnet …",
    "thousands": ".",
    "decimal": ",",
    "paginate": {"first": "«", "previous": "‹", "next": "›", "last": "»"},
    "aria": {
        "orderable": ": sortieren",
        "orderableReverse": ": umgekehrt sortieren",
        "orderableRemove": ": Sortierung aufheben",
        "paginate": {
            "first": "erste Seite",
            "previous": "vorige Seite",
            "next": "nächste Seite",
            "last": "letzte Seite",
            "number": "Seite ",
        },
    },
    "columnControl": {
        "order": "sortieren",
        "buttons": {"searchClear": "Filter aufheben"},
        "search": {"text": TEXTS, "number": NUMBERS, "datetime": NUMBERS},
    },
}
