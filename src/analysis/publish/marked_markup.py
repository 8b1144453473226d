"""Marked worksheets -> HTML: a real table per sheet, every mark in words too, cells and notes linked both ways."""

from importlib.resources import files
from typing import Final

from markupsafe import Markup

from .german import format_number
from .marked import Cell, Kind, MarkedSheets, Note, Row, Sheet

_CORNER: Final = "Zeile"


def marked_style() -> str:
    """The style of marked sheets, the same in notebooks and on pages."""
    return files(__package__).joinpath("templates", "marked.css").read_text("utf-8")


def marked_markup(sheets: MarkedSheets, prefix: str, caption: str) -> Markup:
    """One figure with everything; `prefix` keeps its anchors apart from others of the page."""
    parts = [
        *(Markup("<p>{}</p>").format(line) for line in sheets.lines),
        _kinds(sheets.kinds) if sheets.kinds else Markup(""),
        _notes(sheets.notes, prefix, {}),
        *(
            _sheet(sheet, f"{prefix}-{number}", prefix, caption)
            for number, sheet in enumerate(sheets.sheets, 1)
        ),
    ]
    return Markup('<figure class="marked wide">\n<figcaption>{}</figcaption>\n{}\n</figure>').format(
        caption, _join(parts)
    )


def _kinds(kinds: tuple[Kind, ...]) -> Markup:
    items = (
        Markup('<li class="look-{}">{}{}: {}</li>').format(
            kind.look, _sign(kind.sign), kind.label, format_number(kind.count)
        )
        for kind in kinds
    )
    return Markup('<ul class="kinds" aria-label="Wofür die Zellen gehalten wurden">\n{}\n</ul>').format(
        _join(items)
    )


def _sheet(sheet: Sheet, anchor: str, prefix: str, whole: str) -> Markup:
    labels = {note.number: note.name for note in sheet.notes}
    shown = {
        f"{letter}{row.name}"
        for row in sheet.rows
        for letter, cell in zip(sheet.columns, row.cells, strict=False)
        if cell.look or cell.notes
    }
    anchors = {place: f"{anchor}-{place}" for place in shown}
    head = _join(Markup('<th scope="col">{}</th>').format(name) for name in (_CORNER, *sheet.columns))
    body = _join(_row(row, sheet.columns, anchors, labels, prefix) for row in sheet.rows)
    table = Markup(
        '<div class="sheet" role="region" aria-label="{}" tabindex="0">\n<table>\n<caption>{}</caption>\n'
        "<thead>\n<tr>{}</tr>\n</thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(
        f"Raster: {sheet.name} ({whole})", sheet.caption, head, body
    )  # sheets of several files are called alike
    parts = [
        table if sheet.rows else Markup("<p><strong>{}</strong></p>").format(sheet.caption),
        Markup('<p class="remark">{}</p>').format(sheet.remark) if sheet.remark else Markup(""),
        _notes(sheet.notes, prefix, anchors),
    ]
    return _join(parts)


def _row(
    row: Row, columns: tuple[str, ...], anchors: dict[str, str], labels: dict[int, str], prefix: str
) -> Markup:
    if row.gap:
        cells = Markup('<td class="gap" colspan="{}"><span>{}</span></td>').format(len(columns), row.gap)
    else:
        cells = _join(
            _cell(cell, anchors.get(f"{letter}{row.name}"), labels, prefix)
            for letter, cell in zip(columns, row.cells, strict=True)
        )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(row.name, cells)


def _cell(cell: Cell, anchor: str | None, labels: dict[int, str], prefix: str) -> Markup:
    if anchor is None:
        return Markup("<td></td>")
    look = Markup(' class="look-{}"').format(cell.look) if cell.look else Markup("")
    parts = [
        Markup('<span class="kind">{}{}</span>').format(_sign(cell.sign), cell.label)
        if cell.label
        else Markup(""),
        Markup('<span class="text">{}</span>').format(cell.text) if cell.text else Markup(""),
        *(Markup('<a href="#{}-n{}">{}</a>').format(prefix, number, labels[number]) for number in cell.notes),
    ]
    return Markup('<td id="{}"{}>{}</td>').format(anchor, look, _join(parts, " "))


def _notes(notes: tuple[Note, ...], prefix: str, anchors: dict[str, str]) -> Markup:
    if not notes:
        return Markup("")
    items = []
    for note in notes:
        places = [
            Markup('<a href="#{}">{}</a>').format(anchors[place], place) if place in anchors else place
            for place in note.places
        ]
        more = Markup(" und {} weitere").format(note.more) if note.more else ""
        where = Markup(" zu {}{}").format(_join(places, ", "), more) if places else ""
        items.append(
            Markup('<li id="{}-n{}"><strong>{}</strong>{}: {}</li>').format(
                prefix, note.number, note.name, where, note.text
            )
        )
    return Markup('<ul class="notes">\n{}\n</ul>').format(_join(items))


def _sign(sign: str) -> Markup:
    return Markup('<span class="sign" aria-hidden="true">{}</span> ').format(sign) if sign else Markup("")


def _join(parts: object, glue: str = "\n") -> Markup:
    return Markup(glue).join(part for part in parts if part)  # type: ignore[attr-defined]
