"""What a document is made of: one frozen block per thing a reader meets, the same for every exporter."""

import datetime
from dataclasses import dataclass

from .markdown import Token
from .marked import MarkedSheets
from .pictures import Picture
from .tables import Grid


@dataclass(frozen=True)
class Prose:
    """One run of Markdown blocks without headings: paragraphs, lists, quotes, code, small tables."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Heading:
    """One heading; level 2 is the first below the title, and no level is left out.

    On paper its section has a page of its own in larger type where the heading opens a cell tagged `own-page`.
    """

    level: int
    tokens: tuple[Token, ...]
    text: str
    has_own_page: bool = False


@dataclass(frozen=True)
class Figure:
    """One picture that stands alone; numbered where it has a caption.

    A chart also has a `subtitle` (what was counted), a `description` (every value in words), the caption of the
    table it was drawn from (`values`), the number of that table where it stands in the same section, and perhaps
    the same picture for `narrow` screens.
    """

    picture: Picture
    number: int | None = None
    is_chart: bool = False
    subtitle: str = ""
    description: str = ""
    values: str = ""
    table: int | None = None
    narrow: Picture | None = None


@dataclass(frozen=True)
class Table:
    """One table of an output; numbered where it has a caption. `note` stands below it."""

    grid: Grid
    caption: str | None = None
    number: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Marked:
    """One workbook with its cells marked; numbered among the tables."""

    sheets: MarkedSheets
    number: int | None = None

    @property
    def caption(self) -> str:
        """What it is called."""
        return self.sheets.caption


@dataclass(frozen=True)
class Note:
    """One boxed remark under its label."""

    label: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Verbatim:
    """One piece of printed text, line by line as the program wrote it."""

    text: str


Block = Prose | Heading | Figure | Table | Marked | Note | Verbatim


@dataclass(frozen=True)
class Neighbour:
    """One page of the same folder, for the way around; one of them is the page itself."""

    title: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Document:
    """One notebook as a document. `footnotes[n - 1]` holds the blocks of the footnote that a `footnote_ref`
    token with attrs["number"] n refers to; `remarks` says in German what was mended or left out.
    """

    title: str
    title_tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]
    footnotes: tuple[tuple[Token, ...], ...] = ()
    date: datetime.date | None = None
    running_head: str = ""
    organisation: str = ""
    neighbours: tuple[Neighbour, ...] = ()
    remarks: tuple[str, ...] = ()
