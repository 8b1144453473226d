"""What the browsable table says in German: buttons, search, counts, and what a screen reader is told."""

from typing import Any, Final

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
}
