"""What a screen reader must meet in the PDF of an executed notebook, derived from the notebook alone.

Another Markdown parser than the exporters', and none of their code: what both get wrong in the same way
must be two mistakes. Where paper differs from the notebook by design, a rule here says so in a line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pdf_reading import plain

TABLE = "application/vnd.dataresource+json"
MARKED = "application/vnd.marked-sheets+json"
ON_SCREEN = "Jede Zelle mit ihrer Bedeutung zeigt nur die HTML-Seite."
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
NOTE = re.compile(r"^\[\^([^\]]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)\n?", re.MULTILINE)
REFERENCE = re.compile(r"\[\^([^\]]+)\]")


@dataclass
class Line:
    """One thing that is said, and what is said inside it."""

    kind: str
    text: str = ""
    inner: list["Line"] = field(default_factory=list)
    caption: str = ""
    role: str = ""

    def lines(self, depth: int = 0) -> Iterator[str]:
        yield f"{'  ' * depth}{self.kind} {plain(self.text)}".rstrip()
        for line in self.inner:
            yield from line.lines(depth + 1)


def read_notebook(notebook: Any, name: str = "probe") -> list[str]:
    """What `pdf_reading.Reading.lines` must be, line by line."""
    return [line for block in _document(notebook, name) for line in block.lines()]


def margin_texts(notebook: Any, name: str, page: int, pages: int) -> list[str]:
    """What stands above and below the text of this page."""
    facts = notebook.metadata.get("publish", {})
    head = [facts.get("running_head") or _title(notebook, name), _long(facts.get("date"))] if page > 1 else []
    texts = [*head, facts.get("organisation", ""), f"Seite {page} von {pages}"]
    return [plain(text) for text in texts if text]


def _document(notebook: Any, name: str) -> Iterator[Line]:
    blocks = _Blocks().read(notebook)
    title = next((block for block in blocks if block.role == "title"), None)
    words = title.text if title else _title(notebook, name)
    headings = [block for block in blocks if block.role == "heading"]
    yield Line("Language", "de-DE")
    yield Line("Window", words)
    yield Line("Standards", "1 2 A")
    yield Line("Tagged", "True")
    yield Line("Title in the window", "True")
    yield from (Line(f"Bookmark {block.kind[1:]}", block.text) for block in headings)
    facts = notebook.metadata.get("publish", {})
    for text in (facts.get("organisation"), _long(facts.get("date"))):
        if text:
            yield Line("P", text)
    yield title or Line("Title", words)
    yield from (line for block in blocks if block is not title for line in _with_caption(block))


def _title(notebook: Any, name: str) -> str:
    title = next((block for block in _Blocks().read(notebook) if block.role == "title"), None)
    return title.text if title else notebook.metadata.get("title") or name


def _long(day: str | None) -> str:
    when = date.fromisoformat(day) if day else None
    return f"{when.day}. {MONTHS[when.month - 1]} {when.year}" if when else ""


def _with_caption(block: Line) -> Iterator[Line]:
    """A figure's caption stands before it, a table's within it; an empty table is a sentence."""
    caption = [Line("Caption", block.caption)] if block.caption else []
    if block.kind == "Table":
        block.inner = caption + block.inner
    elif block.kind == "P" and block.role == "empty table":
        yield from ([Line("P", block.caption)] if block.caption else [])
    else:
        yield from caption
    yield block


class _Blocks:
    """The blocks of one notebook; numbers of notes, tables and figures go through all its cells."""

    def __init__(self) -> None:
        self._notes: dict[str, tuple[int, str]] = {}
        self._said: set[str] = set()
        self._count = 0

    def read(self, notebook: Any) -> list[Line]:
        blocks: list[Line] = []
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                blocks += self._markdown(cell.source, cell.get("attachments", {}))
            elif cell.cell_type == "code":
                options = dict(re.findall(r"^#\| (fig-alt|fig-cap): *(.*)$", cell.source, re.MULTILINE))
                for output in cell.outputs:
                    blocks += self._output(output, options)
        _set_levels(blocks)
        _set_numbers(blocks)
        return blocks

    def _output(self, output: Any, options: dict[str, str]) -> Iterator[Line]:
        if output.output_type == "stream":
            if output.name == "stdout":
                yield _code(re.sub(r"\x1b\[[\d;]*m", "", output.text))
            return
        data, about = output.data, output.metadata
        picture = next((kind for kind in PICTURES if kind in data), None)
        if about.get("role") == "note":
            yield Line("P", about["label"])
            yield from self._markdown(about["markdown"], {})
        elif MARKED in data:
            yield from _marked_table(data[MARKED])
        elif TABLE in data:
            yield from _data_table(data[TABLE], about)
        elif picture:
            about = {**about, **about.get(picture, {})}
            caption = _two_lines(about.get("title") or options.get("fig-cap", ""), about.get("subtitle", ""))
            yield Line("Figure", about.get("alt") or options["fig-alt"], caption=caption, role=_role(about))
        elif "text/markdown" in data:
            yield from self._markdown(data["text/markdown"], {})
        else:
            yield _code(data["text/plain"])

    def _markdown(self, source: str, attachments: Any) -> list[Line]:
        """The blocks of one cell; its footnotes are numbered by their first mention."""
        texts = dict(NOTE.findall(source))
        source = NOTE.sub("", source)
        self._notes = {}
        for name in REFERENCE.findall(source):
            if name in texts and name not in self._notes:
                self._count += 1
                self._notes[name] = (self._count, texts[name])
        self._said.clear()
        tree = SyntaxTreeNode(_parser().parse(source))
        return [line for node in tree.children for line in self._block(node)]

    def _block(self, node: SyntaxTreeNode) -> Iterator[Line]:
        match node.type:
            case "heading":
                line = self._line("P", node.children[0])
                yield Line(f"h{node.tag[1]}", line.text, line.inner)
            case "paragraph":
                yield self._paragraph(node.children[0])
            case "bullet_list" | "ordered_list":
                yield self._list(node)
            case "blockquote":
                yield Line("BlockQuote", inner=[line for kid in node.children for line in self._block(kid)])
            case "fence" | "code_block":
                yield _code(node.content)
            case "table":
                yield self._table(node)
            case "hr":  # a rule is decoration
                return
            case other:
                raise NotImplementedError(other)

    def _paragraph(self, inline: SyntaxTreeNode) -> Line:
        if formula := re.fullmatch(r"\$\$(.*)\$\$", inline.content, re.DOTALL):
            return _code(formula[1].strip())
        if [kid.type for kid in inline.children] == ["image"]:
            return Line(
                "Figure", inline.children[0].content, caption=inline.children[0].attrs.get("title", "")
            )
        return self._line("P", inline)

    def _list(self, node: SyntaxTreeNode) -> Line:
        start = int(node.attrs.get("start", 1))
        items = []
        for number, item in enumerate(node.children, start):
            first, *rest = [line for kid in item.children for line in self._block(kid)]
            first.text = re.sub(r"^\[x\] ", "☑ ", re.sub(r"^\[ \] ", "☐ ", first.text))
            label = f"{number}. " if node.type == "ordered_list" else ""
            items.append(Line("LI", label + first.text, first.inner + rest))
        return Line("L", inner=items)

    def _table(self, node: SyntaxTreeNode) -> Line:
        head, *bodies = node.children
        names = [self._line("TH-Column", cell.children[0]) for cell in head.children[0].children]
        for number, name in enumerate(names, start=1):
            name.text = name.text or ("Zeile" if number == 1 else f"Spalte {number}")
        rows = [
            [self._line("TD", cell.children[0]) for cell in row.children]
            for part in bodies
            for row in part.children
        ]
        return _table(names, rows, 1)

    def _line(self, kind: str, inline: SyntaxTreeNode) -> Line:
        """One line of text; links, code, pictures and notes in it are said once more by themselves."""
        line = Line(kind)
        for kid in inline.children:
            self._add(line, kid)
        return line

    def _add(self, line: Line, node: SyntaxTreeNode) -> None:
        match node.type:
            case "text":
                self._add_text(line, node.content)
            case "softbreak":
                line.text += " "
            case "hardbreak" | "html_inline":  # a new line on paper has no sign
                pass
            case "code_inline":
                line.text += node.content
                line.inner.append(Line("Code", node.content))
            case "image":
                line.inner.append(Line("Figure", node.content))
            case "link":
                inside = Line("Link")
                for kid in node.children:
                    self._add(inside, kid)
                inside.text = inside.text.removeprefix("mailto:")
                line.text += inside.text
                where = re.sub("^mailto:", "E-Mail ", str(node.attrs["href"]))
                line.inner += [Line("Link", f"{inside.text} -> {where}"), *inside.inner]
            case "strong" | "em" | "s":  # how a word looks is not said
                for kid in node.children:
                    self._add(line, kid)
            case other:
                raise NotImplementedError(other)

    def _add_text(self, line: Line, text: str) -> None:
        before, *rest = REFERENCE.split(text)
        line.text += before
        for name, after in zip(rest[::2], rest[1::2], strict=True):
            if name not in self._notes:
                line.text += f"[^{name}]{after}"
                continue
            number, words = self._notes[name]
            line.text += f"{number}{after}"
            line.inner.append(Line("Link", f"{number} -> Fußnote {number}"))
            if name not in self._said:
                self._said.add(name)
                inside = self._line("Note", SyntaxTreeNode(_parser().parse(words)).children[0].children[0])
                back = Line("Link", f"{number} -> Von Fußnote {number} zurück zum Text")
                line.inner.append(Line("Note", f"{number}{inside.text}", [back, *inside.inner]))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True
    return parser


def _set_levels(blocks: Sequence[Line]) -> None:
    """The first heading of the first level is the title; the others keep their nesting without gaps."""
    above: list[int] = []
    for block in blocks:
        if not re.fullmatch(r"h\d", block.kind):
            continue
        level = int(block.kind[1])
        if level == 1 and not any(other.role == "title" for other in blocks):
            block.kind, block.role = "Title", "title"
            continue
        above = [*(other for other in above if other < level), level]
        block.kind, block.role = f"H{len(above)}", "heading"


def _set_numbers(blocks: Sequence[Line]) -> None:
    """Captions are numbered; a chart names the table of its section that holds its numbers."""
    counts = {"Abbildung": 0, "Tabelle": 0}
    titles = [block.caption for block in blocks]
    for block in blocks:
        is_table = block.kind == "Table" or block.role == "empty table"
        if block.caption:
            name = "Tabelle" if is_table else "Abbildung"
            counts[name] += 1
            block.caption = f"{name} {counts[name]}: {block.caption}"
    for position, block in enumerate(blocks):
        if not block.role.startswith("chart") or "Tabelle" in block.text:
            continue
        wanted = block.role.removeprefix("chart").removeprefix(" of ")
        for other, title in zip(blocks[position + 1 :], titles[position + 1 :], strict=True):
            if other.role == "heading":
                break
            if other.kind == "Table" and title and wanted in ("", title):
                block.text = f"{block.text.rstrip('.')}. Werte in {other.caption.partition(':')[0]}."
                break


def _role(about: Any) -> str:
    return f"chart of {about['table']}" if about.get("table") else about.get("role", "")


def _code(text: str) -> Line:
    # Lines of a listing stand below each other on paper, without a sign between.
    return Line("Code", "".join(line.rstrip() for line in text.split("\n")))


def _table(names: Sequence[Line], rows: Sequence[Sequence[Line]], leading: int, caption: str = "") -> Line:
    """Column headings above all, the leading cells of each row are its name; no cell is silent."""
    # A single row needs no name, and one column must be left to be named.
    leading = min(leading, len(names) - 1) if len(rows) > 1 else 0
    for row in rows:
        for cell in row[:leading]:
            cell.kind = "TH-Row"
        for cell in row:
            cell.text = cell.text or "keine Angabe"
    return Line("Table", inner=[Line("TR", inner=list(row)) for row in (names, *rows)], caption=caption)


def _data_table(resource: Any, about: Any) -> Iterator[Line]:
    columns = [field["name"] for field in resource["schema"]["fields"]]
    texts = [_column([row.get(column) for row in resource["data"]]) for column in columns]
    names = [Line("TH-Column", column) for column in columns]
    rows = [[Line("TD", text) for text in row] for row in zip(*texts, strict=True)]
    yield from _noted_table(
        names, rows, about.get("row_headers", 1), about.get("caption", ""), about.get("note", "")
    )


def _two_lines(caption: str, second: str) -> str:
    """A caption with its second line; a space keeps their words apart for ears."""
    return f"{caption} {second}".rstrip()


def _noted_table(
    names: Sequence[Line], rows: Sequence[Sequence[Line]], leading: int, caption: str, note: str
) -> Iterator[Line]:
    """A table with its note on the second line of its caption; without rows it is a sentence."""
    if rows:
        yield _table(names, rows, leading, _two_lines(caption, note) if caption else "")
        yield from ([Line("P", note)] if note and not caption else [])
    else:
        yield Line("P", f"Die Tabelle hat keine Einträge. {note}", caption=caption, role="empty table")


def _column(values: Sequence[Any]) -> list[str]:
    """The texts of one column: numbers in German, with the same decimals, thousands parted from five digits on."""
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if not numbers or any(isinstance(value, str | bool | list) for value in values):
        return [_cell(value) for value in values]
    decimals = max(len(str(round(float(value), 2)).partition(".")[2].rstrip("0")) for value in numbers)
    is_parted = decimals > 0 or max(map(abs, numbers)) >= 10_000

    def text(value: float) -> str:
        shown = f"{value:{',' if is_parted else ''}.{decimals}f}"
        return shown.translate(str.maketrans(",.", ".,")).replace("-", "−")

    return ["" if value is None else text(value) for value in values]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        *most, last = map(_cell, value) if value else [""]
        return f"{', '.join(most)} und {last}" if most else last
    text = "" if value is None else str(value).strip()
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T00:00:00(?:\.000)?Z?)?", text):
        return f"{day[3]}.{day[2]}.{day[1]}"
    return text


def _marked_table(sheets: Any) -> Iterator[Line]:
    """Of a marked workbook paper shows the notes alone: what it is called, where it stands, what it says."""
    rows = []
    for sheet in [None, *sheets["sheets"]]:
        for note in (sheet or sheets)["notes"]:
            places = ", ".join(note["places"]) + (f" und {note['more']} weitere" if note["more"] else "")
            place = f"{sheet['name']}: {places}".removesuffix(": ") if sheet else "Arbeitsmappe"
            rows.append([f"{note['label']} {note['number']}", place, note["text"]])
    names = [Line("TH-Column", name) for name in ("Nummer", "Stelle", "Anmerkung")]
    cells = [[Line("TD", text) for text in row] for row in rows]
    yield from _noted_table(names, cells, 1, sheets["caption"], ON_SCREEN)
